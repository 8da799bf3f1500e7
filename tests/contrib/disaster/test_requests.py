"""Requests are asked, put in order, given to teams, and told of, also hours later."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import anyio
import pytest

from contrib.disaster.rules.events import Zone
from contrib.disaster.service import acting, events, forgetting, queue, requests
from contrib.disaster.service.rights import READ, RESCUE
from core.context import Context
from core.errors import Conflict, NotAllowed, NotFound, TooMany
from core.identity import attempts
from tests.contrib.disaster.asking import a_team, asked
from tests.contrib.disaster.conftest import MIDDLE, a_flood, a_household, an_officer, around, rows

RIVER = Zone(name="ริมแม่น้ำ", corners=around(MIDDLE), depth_cm=120)


def later(ctx: Context, **time: int) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**time))


async def test_who_needs_it_most_is_first_and_waiting_moves_a_request_up(officer: Context) -> None:
    event = await a_flood(officer, RIVER)
    dry = await asked(officer, event, pin={"lat": 18.8, "lon": 98.99})
    deep = await asked(officer, event)
    sick = await asked(officer, event, flags={"powered": 1})

    assert [one.row["id"] for one in await queue.queue(officer)] == [sick, deep, dry]
    in_a_day = later(officer, hours=24)
    new = await asked(in_a_day, event)
    assert [one.row["id"] for one in await queue.queue(in_a_day)] == [sick, deep, dry, new]


async def test_a_caller_stands_as_the_household_of_the_telephone(officer: Context) -> None:
    await a_household(officer, phone="+66899999999", floor_cm=50, bedridden=2, address="9 ถนนริมน้ำ")
    event = await a_flood(officer, RIVER)
    id = await asked(officer, event, address="", pin=None, flags={"bedridden": 1, "infant": 1})

    row = await requests.read_request(officer, id)
    assert (row["address"], row["floor_cm"]) == ("9 ถนนริมน้ำ", 50)
    assert row["flags"] == {"bedridden": 2, "infant": 1}
    [weighed] = await queue.weigh(officer, [row])
    assert weighed.score.depth.points == 70


async def test_a_new_depth_changes_every_score_at_once(officer: Context) -> None:
    event = await a_flood(officer, RIVER)
    await asked(officer, event)
    [zone] = await events.zone_rows(officer, event)
    await events.measure(officer, event, zone["id"], 200, revision=1)

    [one] = await queue.queue(officer)
    assert one.points == 200


async def test_points_set_by_hand_put_a_request_first_and_keep_name_and_reason(
    officer: Context,
) -> None:
    event = await a_flood(officer, RIVER)
    first, second = await asked(officer, event), await asked(officer, event)
    await acting.set_points(officer, second, Decimal(900), "แพทย์ขอให้รับก่อน", revision=1)

    [one, other] = await queue.queue(officer)
    assert [one.row["id"], other.row["id"]] == [second, first]
    assert one.score.total == other.score.total
    assert (one.row["points_by_name"], one.row["points_why"]) == (
        officer.actor.name,
        "แพทย์ขอให้รับก่อน",
    )
    rescuer = an_officer(officer, "ผู้รับสาย", READ, RESCUE)
    with pytest.raises(NotAllowed):
        await acting.set_points(rescuer, first, Decimal(1), "ลด", revision=1)


async def test_of_two_who_send_a_team_at_once_the_second_is_told(officer: Context) -> None:
    event = await a_flood(officer)
    id, team = await asked(officer, event), await a_team(officer)
    told: list[str] = []

    async def send() -> None:
        try:
            await acting.assign(officer, id, team, revision=1)
        except Conflict as refusal:
            told.append(refusal.sentence.en)

    async with anyio.create_task_group() as group:
        group.start_soon(send)
        group.start_soon(send)
    assert len(told) == 1
    assert "same moment" in told[0]


async def test_a_team_tells_what_came_of_it_and_a_late_record_reopens_nothing(
    officer: Context,
) -> None:
    event = await a_flood(officer)
    id, team = await asked(officer, event), await a_team(officer)
    await acting.assign(officer, id, team, revision=1)
    now = later(officer, minutes=50)
    await acting.tell_outcome(now, id, "helped", note="ส่งถึงศูนย์", made_at=now.now)
    late = later(officer, hours=3)
    await acting.tell_outcome(late, id, "going", note="", made_at=officer.now)

    row = await requests.get_request(officer, id)
    assert (row["state"], row["ended_at"]) == ("helped", now.now)
    steps = await requests.steps_of(officer, id)
    assert sorted(one["what"] for one in steps) == ["assigned", "going", "helped"]
    assert "มาถึงหลังปิดเรื่อง" in next(one["words_th"] for one in steps if one["what"] == "going")
    with pytest.raises(Conflict, match="closed"):
        await acting.assign(officer, id, team, revision=row["revision"])


async def test_a_request_that_was_not_reached_waits_for_another_team(officer: Context) -> None:
    event = await a_flood(officer)
    id, team = await asked(officer, event), await a_team(officer)
    await acting.assign(officer, id, team, revision=1)
    await acting.tell_outcome(officer, id, "back", note="น้ำเชี่ยว", made_at=officer.now)

    row = await requests.get_request(officer, id)
    assert (row["state"], row["team_id"]) == ("new", None)


async def test_a_closed_disaster_takes_no_request(officer: Context) -> None:
    event = await a_flood(officer)
    await events.close_event(officer, event)

    with pytest.raises(Conflict):
        await asked(officer, event)


async def test_wrong_codes_are_counted_and_then_there_is_a_pause(ctx: Context) -> None:
    stranger = replace(ctx, address="192.0.2.7")

    for _ in range(attempts.ADDRESS.free):
        with pytest.raises(NotFound):
            await requests.request_of_code(stranger, "2222-2222-2222")
    with pytest.raises(TooMany):
        await requests.request_of_code(stranger, "2222-2222-2222")


async def test_contacts_are_removed_when_the_disaster_ended_years_ago(officer: Context) -> None:
    event = await a_flood(officer)
    id = await asked(officer, event)
    await events.close_event(officer, event)
    await forgetting.forget(later(officer, days=300))
    assert (await requests.get_request(officer, id))["phone"]

    await forgetting.forget(later(officer, days=2 * 366))
    row = await requests.get_request(officer, id)
    assert (row["phone"], row["name"], row["address"], row["pin"]) == ("", "", "", None)
    assert row["needs"] == ["evacuate", "boat"]


async def test_another_office_sees_no_request_of_this_one(officer: Context, other: Context) -> None:
    await asked(officer, await a_flood(officer))

    assert await queue.queue(an_officer(other)) == []
    assert await rows(other, "SELECT 1 FROM disaster.request") == []
