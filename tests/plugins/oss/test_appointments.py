import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import Actor, Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotFound
from core.notifications.tables import MessageRow
from core.runtime import Runtime
from core.tenants.service import set_settings
from kit.casework import Applicant, file_case, offered
from plugins.oss.rules.slots import Kind, Visit
from plugins.oss.service import appointments, offering, queue, visits
from plugins.oss.service.booked import Booked
from plugins.oss.tables.counter import Appointment

PHONES = [f"+668{n:08}" for n in range(200)]


def general(ctx: Context) -> Kind:
    kind = offering.find_kind(ctx, "general")
    assert kind is not None
    return kind


def first_slot(ctx: Context, day: int = 1) -> datetime:
    """The first time of a day to come: 1 is Monday 23 November, 2 the Tuesday after."""
    times = offering.may_be_booked(ctx, general(ctx))
    days = sorted({at.date() for at in times})
    return next(at for at in times if at.date() == days[day])


async def booked(ctx: Context, at: datetime | None, phone: str = PHONES[0], **more: Any) -> Booked:
    given: dict[str, Any] = {"kind": "general", "name": "นางสาววิภาดา แสงคำ"} | more
    return await appointments.book(ctx, at=at, phone=phone, **given)


async def held(ctx: Context) -> Sequence[Any]:
    async with transaction(ctx) as connection:
        rows: Sequence[Any] = await connection.fetch(
            "SELECT kind, starts_at, count(*) AS n, count(DISTINCT place) AS places "
            "FROM oss.appointment WHERE state IN ('booked', 'arrived') GROUP BY kind, starts_at"
        )
        return rows


async def test_a_visit_is_booked_and_opened_by_its_code(ctx: Context) -> None:
    made = await booked(ctx, first_slot(ctx))
    found = await appointments.get_booked(ctx, made.code.lower().replace("-", " "))

    assert found == made
    assert f"{found.starts_at:%Y-%m-%d %H.%M}" == "2026-11-23 08.30"
    assert found.open


async def test_of_fifty_who_want_the_same_time_as_many_get_it_as_there_are_places(
    ctx: Context,
) -> None:
    at = first_slot(ctx)
    told = await asyncio.gather(
        *[booked(ctx, at, phone) for phone in PHONES[:50]], return_exceptions=True
    )

    refused = [one for one in told if isinstance(one, InvalidInput)]
    assert len(refused) == 48
    assert all(list(one.problems) == ["at"] for one in refused)
    assert [(row["n"], row["places"]) for row in await held(ctx)] == [(2, 2)]


async def test_one_number_has_one_visit_a_day_though_it_asks_for_many_at_once(
    ctx: Context,
) -> None:
    times = [at for at in offering.may_be_booked(ctx, general(ctx)) if at.day == 23]
    told = await asyncio.gather(*[booked(ctx, at) for at in times], return_exceptions=True)

    refused = [one for one in told if isinstance(one, InvalidInput)]
    assert len(refused) == len(times) - 1
    assert all(list(one.problems) == ["phone"] for one in refused)
    await booked(ctx, first_slot(ctx, day=2))


async def test_a_time_that_is_not_offered_is_refused(ctx: Context) -> None:
    at = first_slot(ctx)
    noon = at.replace(hour=12)
    saturday = at - timedelta(days=2)
    yesterday = at - timedelta(days=4)
    far = at + timedelta(days=70)

    for wrong in (None, noon, saturday, yesterday, far, at + timedelta(minutes=7)):
        with pytest.raises(InvalidInput) as refusal:
            await booked(ctx, wrong)
        assert list(refusal.value.problems) == ["at"]
    with pytest.raises(InvalidInput) as refusal:
        await booked(ctx, at, kind="gold")
    assert list(refusal.value.problems) == ["kind"]
    assert await held(ctx) == []


async def test_a_move_frees_the_old_place_at_once(ctx: Context) -> None:
    at, to = first_slot(ctx), first_slot(ctx, day=2)
    one = await booked(ctx, at, PHONES[1])
    await booked(ctx, at, PHONES[2])
    with pytest.raises(InvalidInput):
        await booked(ctx, at, PHONES[3])

    moved = await appointments.move(ctx, one.code, at=to)
    await booked(ctx, at, PHONES[3])

    assert moved.starts_at == to
    assert (await appointments.get_booked(ctx, one.code)).starts_at == to


async def test_two_who_change_places_with_each_other_both_keep_one(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx), PHONES[1])
    two = await booked(ctx, first_slot(ctx, day=2), PHONES[2])

    await asyncio.gather(
        appointments.move(ctx, one.code, at=two.starts_at),
        appointments.move(ctx, two.code, at=one.starts_at),
    )

    assert (await appointments.get_booked(ctx, one.code)).starts_at == two.starts_at
    assert (await appointments.get_booked(ctx, two.code)).starts_at == one.starts_at


async def test_a_move_onto_a_day_on_which_the_number_has_a_visit_is_refused(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx))
    two = await booked(ctx, first_slot(ctx, day=2))

    with pytest.raises(InvalidInput) as refusal:
        await appointments.move(ctx, two.code, at=one.starts_at + timedelta(minutes=30))

    assert list(refusal.value.problems) == ["phone"]
    assert (await appointments.get_booked(ctx, two.code)).starts_at == two.starts_at


async def test_a_move_to_the_same_time_changes_nothing(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx))

    assert await appointments.move(ctx, one.code, at=one.starts_at) == one


async def test_what_is_cancelled_or_past_is_changed_no_more(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx), PHONES[1])
    two = await booked(ctx, first_slot(ctx), PHONES[2])
    await appointments.cancel(ctx, one.code)
    past = replace(ctx, now=two.starts_at + timedelta(minutes=1))

    for act in (
        appointments.cancel(ctx, one.code),
        appointments.move(ctx, one.code, at=first_slot(ctx, day=2)),
        appointments.cancel(past, two.code),
        appointments.move(past, two.code, at=first_slot(past, day=2)),
    ):
        with pytest.raises(Conflict):
            await act
    await booked(ctx, one.starts_at, PHONES[1])


async def test_another_municipality_neither_opens_nor_fills_it(
    ctx: Context, other: Context
) -> None:
    at = first_slot(ctx)
    [one, _] = [await booked(ctx, at, phone) for phone in PHONES[:2]]

    with pytest.raises(NotFound):
        await appointments.get_booked(other, one.code)
    with pytest.raises(NotFound):
        await appointments.cancel(other, one.code)
    with pytest.raises(NotFound):
        await visits.arrive(other, one.id)
    await booked(other, at)


async def test_a_visit_is_for_a_case_only_by_its_tracking_code(ctx: Context) -> None:
    with pytest.raises(NotFound):
        await booked(ctx, first_slot(ctx), track="AAAA-AAAA-AAAA")
    assert await held(ctx) == []


async def test_a_visit_for_a_case_is_listed_with_its_number(clerk: Context) -> None:
    general = (await offered(clerk))["oss.general"]
    filed = await file_case(
        clerk,
        service=general,
        applicant=Applicant(name="นางสาววิภาดา แสงคำ", phone=PHONES[0]),
        answers={"subject": "ขอปรึกษา", "details": "ขอปรึกษา"},
        key="visit-for-a-case",
    )
    one = await booked(clerk, first_slot(clerk), track=filed.track)
    [listed] = await visits.of_day(clerk, one.starts_at.date())

    assert (listed.case_id, listed.case_number) == (filed.id, "1/2569")


async def test_the_settings_of_the_office_decide_and_wrong_ones_leave_the_default(
    ctx: Context, runtime: Runtime
) -> None:
    async def chosen(**appointments: Any) -> Context:
        await set_settings(ctx, plugin="oss", settings={"appointments": appointments})
        runtime.directory.forget()
        tenant = await runtime.directory.get(ctx.tenant.id)
        assert tenant is not None
        return replace(ctx, tenant=tenant)

    tax = {"code": "tax", "title": {"th": "ภาษี", "en": "Tax"}, "weekdays": [2], "places": 1}
    own = await chosen(kinds=[tax], pause=None)
    kind = offering.find_kind(own, "tax")
    assert kind is not None
    assert {at.weekday() for at in offering.may_be_booked(own, kind)} == {2}
    assert offering.find_kind(own, "general") is None

    faults: list[dict[str, Any]] = [{"kinds": []}, {"kinds": [{"code": "TAX"}]}, {"ahead": 1000}]
    for wrong in faults:
        assert offering.find_kind(await chosen(**wrong), "general") is not None


async def test_who_comes_gets_a_ticket_that_is_due_at_the_time_of_the_visit(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx))
    early = replace(ctx, now=one.starts_at - timedelta(minutes=20))
    with pytest.raises(Conflict):
        await visits.arrive(ctx, one.id)

    place = await visits.arrive(early, one.id)

    assert (place.name, place.due_at) == ("B001", one.starts_at)
    assert (await queue.in_turn(early))[0].id == place.id
    with pytest.raises(Conflict):
        await visits.arrive(early, one.id)
    assert [row.state for row in await visits.of_day(early, early.today)] == [Visit.ARRIVED]


async def test_who_is_absent_may_still_come_late(ctx: Context) -> None:
    one = await booked(ctx, first_slot(ctx))
    before = replace(ctx, now=one.starts_at - timedelta(minutes=1))
    late = replace(ctx, now=one.starts_at + timedelta(minutes=15))
    with pytest.raises(Conflict):
        await visits.miss(before, one.id)

    await visits.miss(late, one.id)
    place = await visits.arrive(late, one.id)

    assert place.due_at == late.now
    assert await visits.count_today(late) == 0


async def test_reading_the_list_of_a_day_is_recorded(clerk: Context) -> None:
    one = await booked(clerk, first_slot(clerk))
    await booked(clerk, first_slot(clerk, day=2), PHONES[2])

    assert [found.id for found in await visits.of_day(clerk, one.starts_at.date())] == [one.id]
    async with transaction(clerk) as connection:
        row = await connection.fetchrow(
            "SELECT actor, subject FROM core.audit_entry WHERE action = 'oss.appointments.read'"
        )
    assert tuple(row) == (clerk.actor.id, "appointments/2026-11-23")


async def test_everybody_is_reminded_once_the_day_before(ctx: Context) -> None:
    citizen = replace(ctx, actor=Actor(kind="citizen", id=UUID(int=7)), language="en")
    one = await booked(ctx, first_slot(ctx))
    given_back = await booked(ctx, first_slot(ctx), PHONES[2])
    await appointments.cancel(ctx, given_back.code)
    await booked(citizen, first_slot(ctx, day=2), PHONES[3])
    sunday = replace(ctx, now=ctx.now + timedelta(days=2))

    await visits.send_reminders(ctx)
    await visits.send_reminders(sunday)
    await visits.send_reminders(sunday)

    async with transaction(ctx):
        rows = await MessageRow.select(MessageRow.href, MessageRow.subject_th).where(
            MessageRow.of(ctx)
        )
    assert rows == [{"href": f"/appointments/{one.code}", "subject_th": "พรุ่งนี้ท่านมีนัดเวลา 08.30 น."}]


acts = st.lists(
    st.tuples(st.sampled_from(["book", "move", "cancel"]), st.integers(0, 5), st.integers(0, 3)),
    max_size=25,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts)
async def test_whatever_is_done_a_slot_never_has_more_visits_than_places(
    ctx: Context, acts: list[tuple[str, int, int]]
) -> None:
    async with transaction(ctx):
        await Appointment.delete().where(Appointment.of(ctx))
    times = [at for at in offering.may_be_booked(ctx, general(ctx)) if at.day in (23, 24)][:4]
    codes: dict[int, str] = {}
    wanted: dict[int, datetime] = {}
    for act, person, time in acts:
        at = times[time]
        full = sum(one == at for one in wanted.values()) >= general(ctx).places
        if act == "book" and person not in wanted:
            if full:
                with pytest.raises(InvalidInput):
                    await booked(ctx, at, PHONES[person])
                continue
            codes[person] = (await booked(ctx, at, PHONES[person])).code
            wanted[person] = at
        elif act == "move" and person in wanted and wanted[person] != at:
            if full:
                with pytest.raises(InvalidInput):
                    await appointments.move(ctx, codes[person], at=at)
                continue
            await appointments.move(ctx, codes[person], at=at)
            wanted[person] = at
        elif act == "cancel" and person in wanted:
            await appointments.cancel(ctx, codes[person])
            del wanted[person]

    kept = {row["starts_at"]: row["n"] for row in await held(ctx)}
    assert kept == {at: list(wanted.values()).count(at) for at in set(wanted.values())}
    free = (await offering.free_slots(ctx, general(ctx)))[times[0].date()]
    places = general(ctx).places
    assert {one.at: places - one.left for one in free if one.left < places} == {
        at: n for at, n in kept.items() if at.astimezone(ctx.tenant.zone).date() == times[0].date()
    }
