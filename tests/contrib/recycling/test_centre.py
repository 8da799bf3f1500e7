import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contrib.recycling.rules.book import BOOK
from contrib.recycling.rules.books import ACCOUNTS
from contrib.recycling.service import books, dividends, figures, loads, lots
from contrib.recycling.service.lots import Sale, Sold
from contrib.recycling.service.rights import FIGURES
from core.context import Context
from core.errors import AppError, Conflict, InvalidInput, NotAllowed, NotFound
from kit.law import set_figure
from tests.contrib.recycling.conftest import a_household, an_officer, later, rows, weighed


async def brought(officer: Context, **found: int) -> UUID:
    """Take in all that the officer carries, as the centre has weighed it."""
    assert officer.actor.id
    carried = await loads.carried_by(officer, officer.actor.id)
    return await loads.receive(officer, officer.actor.id, carried.mark, found)


def a_sale(ctx: Context, **sold: tuple[int, int]) -> Sale:
    return Sale(
        sold_on=ctx.today,
        factory="โรงงานกระดาษเชียงราย",
        note="WB-118",
        truck="80-1234 เชียงราย",
        sold={code: Sold(*one) for code, one in sold.items()},
    )


async def test_a_load_within_the_tolerance_is_booked_with_what_it_lost(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000)
    id = await brought(officer, carton=9_900)

    trial = await books.trial_balance(officer)
    assert (trial["stock"], trial["loss"], trial["on_way"]) == (2_970, 30, 0)
    assert (await loads.get_load(officer, id))["state"] == "booked"
    assert [(one["quantity"], one["cost"]) for one in await lots.stock_of(officer)] == [
        (9_900, 2_970)
    ]


async def test_what_weighs_more_at_the_centre_costs_nothing_more(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000)
    await brought(officer, carton=10_100)

    trial = await books.trial_balance(officer)
    assert (trial["stock"], trial["loss"]) == (3_000, 0)
    assert [one["quantity"] for one in await lots.stock_of(officer)] == [10_100]


async def test_a_load_that_differs_is_booked_only_when_it_was_settled(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000, petclear=1_000)
    id = await brought(officer, carton=9_000, petclear=1_000)

    assert (await loads.get_load(officer, id))["state"] == "questioned"
    assert (await books.trial_balance(officer))["on_way"] == 3_800
    assert await lots.stock_of(officer) == []

    with pytest.raises(NotAllowed):
        await loads.settle(
            an_officer(officer, "recycling.centre"), id, bearer="collector", why="ของหาย"
        )
    await loads.settle(officer, id, bearer="collector", why="ของหาย")
    trial = await books.trial_balance(officer)
    assert (trial["on_way"], trial["stock"], trial["collector"]) == (0, 3_500, 300)
    with pytest.raises(Conflict):
        await loads.settle(officer, id, bearer="loss", why="อีกครั้ง")


async def test_a_ticket_comes_with_one_load_however_many_weigh_at_once(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000)
    assert officer.actor.id
    mark = (await loads.carried_by(officer, officer.actor.id)).mark

    results = await asyncio.gather(
        *(loads.receive(officer, officer.actor.id, mark, {"carton": 10_000}) for _ in range(5)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, UUID) for one in results) == 1
    assert all(isinstance(one, UUID | Conflict | NotFound) for one in results)
    assert (await books.trial_balance(officer))["stock"] == 3_000


async def test_the_tolerance_is_that_of_the_day(officer: Context, household: UUID) -> None:
    facts: dict[str, Any] = {"since": officer.today, "value": "15", "law": "", "why": "มติที่ประชุม"}
    await set_figure(officer, BOOK, "load.tolerance", permission=FIGURES, revision=0, **facts)
    await weighed(officer, household, carton=10_000)

    id = await brought(officer, carton=8_600)

    assert (await loads.get_load(officer, id))["state"] == "booked"


async def test_a_sale_brings_its_margin_and_takes_its_part_of_the_cost(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000)
    await brought(officer, carton=10_000)

    await lots.sell(officer, a_sale(officer, carton=(4_000, 450)), key="lot-1")

    trial = await books.trial_balance(officer)
    assert (trial["bank"], trial["stock"], trial["surplus"]) == (1_800, 1_800, -600)
    await lots.sell(officer, a_sale(officer, carton=(6_000, 200)), key="lot-2")
    trial = await books.trial_balance(officer)
    assert (trial["bank"], trial["stock"], trial["surplus"]) == (3_000, 0, 0)
    assert await lots.stock_of(officer) == []


async def test_the_same_sale_is_noted_once(officer: Context, household: UUID) -> None:
    await weighed(officer, household, carton=10_000)
    await brought(officer, carton=10_000)
    sale = a_sale(officer, carton=(10_000, 450))

    assert await lots.sell(officer, sale, key="k") == await lots.sell(officer, sale, key="k")
    assert (await books.trial_balance(officer))["bank"] == 4_500


async def test_no_more_is_sold_than_there_is_however_many_sell_at_once(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000, petclear=3_000)
    await brought(officer, carton=10_000, petclear=3_000)

    results = await asyncio.gather(
        *(
            lots.sell(
                officer, a_sale(officer, carton=(3_000, 400), petclear=(900, 900)), key=f"{n}"
            )
            for n in range(8)
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(one, UUID) for one in results) == 3
    assert all(isinstance(one, UUID | InvalidInput) for one in results)
    assert {one["code"]: one["quantity"] for one in await lots.stock_of(officer)} == {
        "carton": 1_000,
        "petclear": 300,
    }


async def sold_to(officer: Context) -> tuple[Context, list[UUID]]:
    """A month with three sellers of 10, 10 and 9.99 baht, and a margin of 20 baht; a day later."""
    sellers = [await a_household(officer, f"นายสมชาย ใจดี {n}") for n in range(3)]
    for one, grams in zip(sellers, (3_333, 3_333, 3_330), strict=True):
        await weighed(officer, one, carton=grams)
    await brought(officer, carton=9_996)
    await lots.sell(officer, a_sale(officer, carton=(9_996, 500)), key="lot")
    return later(officer, days=1), sellers


async def test_a_dividend_shares_the_rule_s_part_of_the_margin_to_the_last_satang(
    officer: Context,
) -> None:
    tomorrow, sellers = await sold_to(officer)
    day = officer.today
    before = [await books.balance_of(officer, one) for one in sellers]

    proposed = await dividends.propose(tomorrow, day, day)
    assert proposed.margin == 4_998 - 2_999
    assert proposed.pool == 1_999 * 70 // 100
    await dividends.give(tomorrow, day, day, seen=proposed.pool)

    after = [await books.balance_of(officer, one) for one in sellers]
    parts = [new - old for new, old in zip(after, before, strict=True)]
    assert sum(parts) == proposed.pool
    assert (await books.trial_balance(officer))["surplus"] == -(1_999 - proposed.pool)


async def test_days_are_shared_once_however_many_confirm_at_once(officer: Context) -> None:
    tomorrow, _ = await sold_to(officer)
    day = officer.today
    pool = (await dividends.propose(tomorrow, day, day)).pool

    results = await asyncio.gather(
        *(dividends.give(tomorrow, day, day, seen=pool) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(one, UUID) for one in results) == 1
    assert all(isinstance(one, UUID | InvalidInput) for one in results)
    assert len(await rows(officer, "SELECT 1 FROM recycling.dividend")) == 1


async def test_a_dividend_that_changed_since_it_was_seen_is_not_given(officer: Context) -> None:
    tomorrow, _ = await sold_to(officer)

    with pytest.raises(Conflict):
        await dividends.give(tomorrow, officer.today, officer.today, seen=1)
    assert await rows(officer, "SELECT 1 FROM recycling.dividend") == []


@pytest.mark.parametrize(("first", "last"), [(0, -1), (0, 1), (0, 2)])
async def test_days_that_are_none_or_have_not_passed_are_refused(
    officer: Context, first: int, last: int
) -> None:
    tomorrow = later(officer, days=1)
    day = officer.today

    with pytest.raises(InvalidInput):
        await dividends.propose(tomorrow, day + timedelta(days=first), day + timedelta(days=last))


async def test_a_margin_that_was_lost_again_is_not_shared(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000)
    await brought(officer, carton=10_000)
    await lots.sell(officer, a_sale(officer, carton=(5_000, 500)), key="1")
    next_day = later(officer, days=1)
    await lots.sell(next_day, a_sale(next_day, carton=(5_000, 50)), key="2")

    with pytest.raises(InvalidInput):
        await dividends.give(later(officer, days=2), officer.today, officer.today, seen=0)


async def test_figures_tell_weights_and_carbon_dioxide_and_that_nobody_read_the_factor(
    officer: Context, household: UUID
) -> None:
    await weighed(officer, household, carton=10_000, petclear=2_500, beer=12)

    kept = {one.kind: one for one in await figures.kept(officer)}
    assert (kept["paper"].grams, kept["paper"].co2) == (10_000, 56_700)
    assert (kept["plastic"].grams, kept["plastic"].co2) == (2_500, 2_575)
    assert (kept["glass"].grams, kept["glass"].pieces) == (0, 12)
    assert not any(one.verified for one in kept.values())
    total = await figures.total(officer, list(kept.values()))
    assert (total.grams, total.co2, total.members) == (12_500, 59_275, 1)


async def test_who_may_only_read_books_nothing(officer: Context, household: UUID) -> None:
    await weighed(officer, household, carton=10_000)
    reader = an_officer(officer, "recycling.read")

    for act in (
        loads.carrying(reader),
        lots.sell(reader, a_sale(officer, carton=(1, 1)), key="k"),
        dividends.propose(reader, officer.today, officer.today),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert set(await books.read_books(reader)) == set(ACCOUNTS)
    with pytest.raises(AppError):
        await books.read_books(an_officer(officer, "recycling.collect"))
