import asyncio
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from contrib.recycling.service import calls
from contrib.recycling.service.calls import Asked
from core.context import SYSTEM, Context
from core.errors import Conflict, NotAllowed, NotFound
from core.notifications.service import notices
from kit.documents import keep_photo
from tests.contrib.recycling.conftest import a_call, a_citizen, an_officer, later, rows, taken

CALLS = "SELECT id, state FROM recycling.call"


def a_png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "#8a5a3c").save(written, "PNG")
    return written.getvalue()


async def test_a_call_is_taken_by_one_collector_however_many_want_it(officer: Context) -> None:
    citizen = await a_citizen(officer)
    call = await a_call(citizen)
    collectors = [an_officer(officer, name=f"ผู้รับซื้อ {n}") for n in range(6)]

    results = await asyncio.gather(
        *(calls.accept(one, call) for one in collectors), return_exceptions=True
    )

    assert results.count(None) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 5
    winner = collectors[results.index(None)]
    assert [one["id"] for one in await calls.my_round(winner)] == [call]
    told = [one["subject_th"] for one in await notices(citizen)]
    assert told == ["มีผู้รับซื้อรับงานเรียกรถของท่านแล้ว"]


async def test_a_call_that_is_given_back_waits_for_another(officer: Context) -> None:
    call = await taken(officer, await a_call(await a_citizen(officer)))

    with pytest.raises(Conflict):
        await calls.give_back(an_officer(officer), call)
    await calls.give_back(officer, call)
    assert [one["id"] for one in await calls.waiting_calls(officer)] == [call]
    assert await calls.my_round(officer) == []


async def test_a_household_cancels_its_own_calls_alone(officer: Context) -> None:
    citizen, other = await a_citizen(officer), await a_citizen(officer, phone="0898765432")
    call = await a_call(citizen)

    with pytest.raises(NotFound):
        await calls.cancel(other, call)
    await calls.cancel(citizen, call)
    with pytest.raises(Conflict):
        await calls.cancel(citizen, call)
    with pytest.raises(Conflict):
        await calls.accept(officer, call)


async def test_who_has_not_joined_is_told_to(officer: Context) -> None:
    stranger = replace(officer, actor=replace(officer.actor, kind="citizen"))

    with pytest.raises(Conflict, match="Join first"):
        await a_call(stranger)


async def test_calls_whose_day_has_passed_end_once_and_their_household_is_told(
    officer: Context,
) -> None:
    citizen = await a_citizen(officer)
    old = await a_call(citizen)
    coming = await a_call(citizen, slot_on=officer.today + timedelta(days=2))
    accepted = await taken(officer, await a_call(citizen))
    tomorrow = replace(later(officer, days=1), actor=SYSTEM)

    await calls.lapse(tomorrow)
    await calls.lapse(tomorrow)

    states = {one["id"]: one["state"] for one in await rows(officer, CALLS)}
    assert states == {old: "lapsed", coming: "open", accepted: "accepted"}
    told = [one["subject_th"] for one in await notices(citizen)]
    assert told.count("ยังไม่มีผู้รับซื้อไปรับตามวันที่ท่านเรียก") == 1


async def test_how_to_reach_a_household_is_told_to_its_collector_alone(officer: Context) -> None:
    call = await taken(officer, await a_call(await a_citizen(officer)))

    assert (await calls.round_call(officer, call))["phone"] == "+66812345678"
    with pytest.raises(NotFound):
        await calls.round_call(an_officer(officer), call)
    await calls.give_back(officer, call)
    with pytest.raises(NotFound):
        await calls.round_call(officer, call)


async def test_photos_of_a_call_are_seen_by_collectors(officer: Context) -> None:
    citizen = await a_citizen(officer)
    photo = await keep_photo(officer, "กล่อง.png", a_png())
    asked = Asked(slot_on=officer.today, slot="morning", kinds=["paper"], grams=1, address="8")
    call = await calls.call(citizen, asked, [photo])

    data, media_type = await calls.read_photo(officer, call, 1)
    assert data
    assert media_type.startswith("image/")
    for number in (0, 2):
        with pytest.raises(NotFound):
            await calls.read_photo(officer, call, number)
    with pytest.raises(NotAllowed):
        await calls.read_photo(citizen, call, 1)


async def test_calls_are_seen_by_who_collects(officer: Context) -> None:
    await a_call(await a_citizen(officer))

    with pytest.raises(NotAllowed):
        await calls.waiting_calls(an_officer(officer, "recycling.read"))
