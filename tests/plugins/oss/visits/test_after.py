"""What becomes of a visit for a case: at the desk, on the pages of the case, for its plugin."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from core.context import Context
from core.db import transaction
from core.errors import InvalidInput
from core.notifications.tables import MessageRow
from kit.casework import Filed
from kit.casework.service import citizens, handling
from plugins.oss.rules.slots import Visit
from plugins.oss.service import appointments, cases, offering, visits
from plugins.oss.service.booked import Booked
from tests.plugins.oss.visits.conftest import SIGNING, File, Heard, SignIn, an_officer, said

Work = Callable[[], Awaitable[None]]


async def booked(ctx: Context, filed: Filed, number: int = 0) -> Booked:
    [kind] = [one for one in await cases.kinds_for_cases(ctx) if one.code == SIGNING.code]
    at = offering.may_be_booked(ctx, kind)[number]
    return await appointments.book(ctx, kind=SIGNING.code, at=at, track=filed.track)


async def test_the_plugin_hears_once_of_each_change_with_the_time_of_the_visit(
    ctx: Context, file: File, heard: list[Heard], work: Work
) -> None:
    filed = await file(ctx=ctx)
    one = await booked(ctx, filed)
    to = one.starts_at + timedelta(days=3)
    await appointments.move(ctx, one.code, at=to)
    await appointments.move(ctx, one.code, at=to)
    await appointments.cancel(ctx, one.code)
    await work()

    assert [(told.state, told.starts_at) for told in heard] == [
        ("booked", one.starts_at),
        ("moved", to),
        ("cancelled", to),
    ]
    assert {(told.case, told.code, told.minutes) for told in heard} == {
        (filed.id, "kiosk.signing", 15)
    }
    assert len({told.event for told in heard}) == 3
    assert all(told.starts_at.tzinfo for told in heard)


async def test_the_plugin_hears_who_came_and_who_did_not(
    ctx: Context, file: File, heard: list[Heard], work: Work
) -> None:
    one = await booked(ctx, await file(ctx=ctx))
    late = replace(ctx, now=one.starts_at + timedelta(minutes=5))
    await visits.miss(late, one.id)
    place = await visits.arrive(late, one.id)
    await work()

    assert [(told.state, told.at) for told in heard] == [
        ("booked", ctx.now),
        ("absent", late.now),
        ("arrived", late.now),
    ]
    assert (place.kind, place.case_number) == (SIGNING.title, "1/2569")


async def test_the_office_own_visits_are_nobody_elses_news(
    ctx: Context, file: File, heard: list[Heard], work: Work
) -> None:
    filed = await file(ctx=ctx)
    general = offering.kinds(ctx)[0]
    await appointments.book(
        ctx,
        kind=general.code,
        at=offering.may_be_booked(ctx, general)[0],
        name="นายสมชาย ใจดี",
        phone="+66812345678",
        track=filed.track,
    )
    await work()

    assert heard == []


async def test_who_let_a_visit_pass_can_book_again_and_was_absent(
    ctx: Context, file: File, heard: list[Heard], work: Work
) -> None:
    filed = await file(ctx=ctx)
    one = await booked(ctx, filed)
    with pytest.raises(InvalidInput) as refusal:
        await booked(ctx, filed, 9)
    assert list(refusal.value.problems) == ["kind"]

    later = replace(ctx, now=one.starts_at + timedelta(days=1))
    again = await booked(later, filed)
    await work()

    assert (await appointments.get_booked(later, one.code)).state is Visit.ABSENT
    assert [(told.state, told.starts_at) for told in heard] == [
        ("booked", one.starts_at),
        ("absent", one.starts_at),
        ("booked", again.starts_at),
    ]


async def test_a_case_that_is_taken_back_gives_its_visit_back(
    now: Context, file: File, heard: list[Heard], work: Work
) -> None:
    filed, going_on = await file(), await file()
    one, stays = await booked(now, filed), await booked(now, going_on, 1)
    await handling.forward(an_officer(now), going_on.id, opinion="", revision=3)
    await citizens.cancel(now, filed.id, revision=3)
    await work()
    await work()

    assert (await appointments.get_booked(now, one.code)).state is Visit.CANCELLED
    assert (await appointments.get_booked(now, stays.code)).open
    assert [told.state for told in heard] == ["booked", "booked", "cancelled"]


async def test_the_day_before_the_person_of_the_case_is_reminded(ctx: Context, file: File) -> None:
    one = await booked(ctx, await file(ctx=ctx))
    eve = replace(ctx, now=one.starts_at - timedelta(days=1))

    await visits.send_reminders(eve)

    async with transaction(ctx):
        rows = await MessageRow.select(MessageRow.href, MessageRow.body_th).where(
            MessageRow.of(ctx), MessageRow.href == f"/appointments/{one.code}"
        )
    assert len(rows) == 1
    assert SIGNING.title.th in rows[0]["body_th"]


async def come_now(ctx: Context, one: Booked) -> None:
    """Let the time of a visit be now."""
    async with transaction(ctx) as connection:
        await connection.execute(
            "INSERT INTO oss.slot (tenant_id, kind, starts_at) VALUES ($1, $2, $3)",
            ctx.tenant.id,
            one.kind,
            ctx.now,
        )
        await connection.execute(
            "UPDATE oss.appointment SET starts_at = $3, visit_on = $4 "
            "WHERE tenant_id = $1 AND id = $2",
            ctx.tenant.id,
            one.id,
            ctx.now,
            ctx.today,
        )


def here(page: httpx.Response) -> str:
    return str(re.findall(r'name="after" value="([^"]*)"', page.text)[0])


async def test_who_comes_is_one_press_from_the_case(
    sign_in: SignIn, file: File, now: Context
) -> None:
    registry, filed = await sign_in("registry"), await file()
    one = await booked(now, filed)
    await come_now(now, one)
    to_case = f'href="/desk/cases/{filed.id}"'
    assert to_case in (await registry.get("/desk/appointments")).text

    came = await registry.post(f"/desk/appointments/{one.id}/arrived")
    ticket = await registry.get(came.headers["location"])
    assert to_case in ticket.text
    assert SIGNING.title.th in said(ticket)
    await registry.post("/desk/counter/seat", data={"counter": "1"})
    assert to_case not in (await registry.get("/desk/counter")).text
    await registry.post("/desk/counter/next", data={"after": ""})
    counter = await registry.get("/desk/counter")
    assert to_case in counter.text
    assert SIGNING.title.th in said(counter)
    board = said(await registry.get("/queue"))
    assert SIGNING.title.th in board
    assert "1/2569" not in board


async def test_the_officer_sees_on_the_case_whether_a_visit_is_booked(
    sign_in: SignIn, file: File, now: Context
) -> None:
    registry, filed, early = await sign_in("registry"), await file(), await file(1)
    desk = f"/desk/cases/{filed.id}"
    before = await registry.get(desk)
    assert "ผู้ยื่นยังไม่ได้จองเวลามาที่เคาน์เตอร์" in said(before)
    assert f"/appointments?kind=kiosk.signing&amp;case={filed.track}" in before.text
    assert "จองเวลามาที่เคาน์เตอร์" not in said(await registry.get(f"/desk/cases/{early.id}"))

    one = await booked(now, filed)
    after = await registry.get(desk)
    assert "นัดมาที่เคาน์เตอร์ วัน" in said(after)
    assert f"/desk/appointments?day={one.starts_at.date()}" in after.text
    await come_now(now, one)
    assert "พ้นเวลานัดแล้ว" in said(await registry.get(desk))
    await registry.post(f"/desk/appointments/{one.id}/arrived")
    assert "มาตามนัดแล้ว" in said(await registry.get(desk))


async def test_who_is_not_at_the_counter_reads_it_without_a_way_to_act_for_the_citizen(
    sign_in: SignIn, file: File
) -> None:
    head, filed = await sign_in("head"), await file()
    page = await head.get(f"/desk/cases/{filed.id}")

    assert "ผู้ยื่นยังไม่ได้จองเวลามาที่เคาน์เตอร์" in said(page)
    assert filed.track not in page.text
