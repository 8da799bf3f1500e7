import asyncio
from datetime import timedelta

import pytest

from contrib.recycling.service import materials
from contrib.recycling.service.materials import STARTING, Starting
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.text import Text
from tests.contrib.recycling.conftest import an_officer, later


async def of(ctx: Context, code: str, at: Context | None = None) -> int:
    found = await materials.price_list(ctx, at.now if at else None)
    return next(int(one["amount"]) for one in found if one["code"] == code)


async def test_an_office_begins_with_the_list_of_the_example_once(officer: Context) -> None:
    await materials.begin_with(later(officer, days=3))

    found = await materials.price_list(later(officer, days=4))
    assert [one["code"] for one in found] == [one.code for one in STARTING]
    assert {one["from_at"] for one in found} == {officer.now}
    assert materials.are_examples(found)


async def test_the_price_of_a_moment_is_the_last_that_had_begun(officer: Context) -> None:
    for hours, amount in ((2, 310), (6, 290), (4, 400)):
        begins = officer.now + timedelta(hours=hours)
        await materials.set_prices(officer, {"carton": amount}, from_at=begins)

    seen = [await of(officer, "carton", later(officer, hours=hours)) for hours in (1, 2, 3, 5, 7)]

    assert seen == [300, 310, 310, 400, 290]


async def test_a_phone_takes_along_the_price_of_now_and_all_that_are_to_come(
    officer: Context,
) -> None:
    begins = officer.now + timedelta(hours=2)
    await materials.set_prices(officer, {"carton": 310}, from_at=begins)

    known = await materials.coming_prices(later(officer, hours=1))
    assert [amount for _, amount in known["carton"]] == [300, 310]
    assert known["carton"][1][0] == int(begins.timestamp() * 1000)
    known = await materials.coming_prices(later(officer, hours=3))
    assert [amount for _, amount in known["carton"]] == [310]


async def test_of_two_who_set_a_price_for_one_moment_the_second_is_told(officer: Context) -> None:
    begins = officer.now + timedelta(hours=1)

    results = await asyncio.gather(
        *(
            materials.set_prices(officer, {"carton": 300 + n, "paper": 1}, from_at=begins)
            for n in range(5)
        ),
        return_exceptions=True,
    )

    assert results.count(None) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 4
    assert await of(officer, "carton", later(officer, hours=2)) == 300 + results.index(None)


async def test_prices_are_set_by_who_may_and_for_what_is_known(officer: Context) -> None:
    with pytest.raises(NotAllowed):
        await materials.set_prices(
            an_officer(officer, "recycling.read"), {"carton": 1}, from_at=officer.now
        )
    with pytest.raises(NotFound):
        await materials.set_prices(officer, {"gold": 1}, from_at=later(officer, hours=1).now)
    with pytest.raises(NotFound):
        await materials.switch_material(officer, "gold", bought=False)
    again = Starting("carton", "paper", Text("กล่อง", "Boxes"), "", "kg", 100)
    with pytest.raises(InvalidInput):
        await materials.make_material(officer, again)
