"""Appointments as the office sees them: who comes today, who came, and who is reminded."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from core.api import (
    Conflict,
    Context,
    Language,
    Message,
    NavItem,
    NotFound,
    Recipient,
    Text,
    audit,
    notifications,
    transaction,
)
from kit.casework import Status
from kit.thai import clock_time
from plugins.oss.rules.slots import Visit
from plugins.oss.service import appointments, cases, queue
from plugins.oss.service.booked import Booked, booked_of, note
from plugins.oss.service.queue import Place
from plugins.oss.tables.counter import Appointment

TOMORROW = Message(
    "oss.visit_tomorrow",
    Text("พรุ่งนี้ท่านมีนัดเวลา {time}", "You have an appointment tomorrow at {time}"),
    Text(
        "{title} ถ้ามาไม่ได้ เปลี่ยนเวลาหรือยกเลิกได้ที่หน้านัด",
        "{title}. If you cannot come, move or cancel it on its page.",
    ),
)
_REMINDED_AT_ONCE = 200
_ENDED = frozenset({Status.REJECTED, Status.LAPSED, Status.CANCELLED})

_NOT_FOUND = Text("ไม่พบนัดนี้", "There is no such appointment.")
_NOT_NOW = Text(
    "บันทึกไม่ได้ เพราะนัดนี้ไม่ใช่ของวันนี้ ยกเลิกแล้ว หรือบันทึกไว้แล้ว",
    "This cannot be noted: it is not for today, cancelled, or noted already.",
)
_TOO_EARLY = Text(
    "ยังไม่ถึงเวลานัด บันทึกว่าไม่มาได้เมื่อพ้นเวลานัดแล้ว",
    "It is not time yet. Note an absence when the time has passed.",
)


async def of_day(ctx: Context, day: date) -> list[Booked]:
    """Return the appointments of a day in the order of their times, without cancelled ones.

    That their names and numbers were read is recorded.
    """
    async with transaction(ctx):
        rows = (
            await Appointment.select()
            .where(
                Appointment.of(ctx),
                Appointment.visit_on == day,
                Appointment.state != Visit.CANCELLED,
            )
            .order_by(Appointment.starts_at)
            .order_by(Appointment.place)
            .limit(1000)
        )
        if rows:
            await audit.record(ctx, "oss.appointments.read", f"appointments/{day}", count=len(rows))
    return [booked_of(ctx, row) for row in rows]


async def count_today(ctx: Context) -> int:
    """Return how many announced visits of today have not come yet."""
    async with transaction(ctx):
        count: int = await Appointment.count().where(
            Appointment.of(ctx),
            Appointment.visit_on == ctx.today,
            Appointment.state == Visit.BOOKED,
        )
    return count


async def arrive(ctx: Context, id: UUID) -> Place:
    """Note that somebody has come, and return the ticket that was given out.

    Who comes early waits for the time of the appointment, who comes late from now on.

    :raises Conflict: the appointment is not for today, or has been noted.
    """
    booked = await _find(ctx, id)
    async with transaction(ctx):
        # Who was noted as absent may still come.
        await _mark(ctx, booked, Visit.ARRIVED, [Visit.BOOKED, Visit.ABSENT])
        due_at = max(booked.starts_at, ctx.now)
        return await queue.issue(ctx, kind=booked.kind, series="B", due_at=due_at, booked=booked)


async def miss(ctx: Context, id: UUID) -> None:
    """Note that somebody has not come.

    :raises Conflict: it is not time yet, or it has been noted.
    """
    booked = await _find(ctx, id)
    if booked.starts_at > ctx.now:
        raise Conflict(_TOO_EARLY)
    async with transaction(ctx):
        await _mark(ctx, booked, Visit.ABSENT, [Visit.BOOKED])


async def give_back(ctx: Context, case: UUID, *, status: str) -> None:
    """Cancel what was booked for a case that has ended without it: others can have the time."""
    if status not in _ENDED:
        return
    for one in await cases.visits_of(ctx, case):
        if one.open:
            await appointments.cancel(ctx, one.code)


async def _find(ctx: Context, id: UUID) -> Booked:
    async with transaction(ctx):
        row = await Appointment.select().where(Appointment.of(ctx), Appointment.id == id).first()
    if row is None:
        raise NotFound(_NOT_FOUND)
    return booked_of(ctx, row)


async def _mark(ctx: Context, booked: Booked, to: Visit, before: list[Visit]) -> None:
    changed = (
        await Appointment.update({Appointment.state: to, Appointment.changed_at: ctx.now})
        .where(
            Appointment.of(ctx),
            Appointment.id == booked.id,
            Appointment.visit_on == ctx.today,
            Appointment.state.is_in(before),
        )
        .returning(Appointment.id)
    )
    if not changed:
        raise Conflict(_NOT_NOW)
    await note(ctx, to, booked)


async def send_reminders(ctx: Context) -> None:
    """Remind everybody whose appointment is tomorrow; whoever was reminded is not again."""
    after = UUID(int=0)
    while True:
        async with transaction(ctx):
            rows = (
                await Appointment.select()
                .where(
                    Appointment.of(ctx),
                    Appointment.visit_on == ctx.today + timedelta(days=1),
                    Appointment.state == Visit.BOOKED,
                    Appointment.id > after,
                )
                .order_by(Appointment.id)
                .limit(_REMINDED_AT_ONCE)
            )
            for row in rows:
                booked = booked_of(ctx, row)
                await _remind(ctx, booked, "en" if row["language"] == "en" else "th")
        if not rows:
            return
        after = rows[-1]["id"]


async def _remind(ctx: Context, booked: Booked, language: Language) -> None:
    to = Recipient(account=booked.account, phone=booked.phone, language=language)
    await notifications.send(
        ctx,
        to=to,
        template=TOMORROW.name,
        key=f"oss/appointment/{booked.id}/{booked.starts_at:%Y-%m-%d}",
        href=f"/appointments/{booked.code}",
        title=booked.title,
        time=Text(clock_time(booked.starts_at, "th"), clock_time(booked.starts_at, "en")),
    )


async def links(ctx: Context) -> Sequence[NavItem]:
    """Return the links of an officer's navigation to the counter and its appointments."""
    if not ctx.actor.may("casework.counter"):
        return []
    return [
        NavItem(Text("เคาน์เตอร์", "Counter"), "/desk/counter", order=20),
        NavItem(
            Text("นัดหมาย", "Appointments"),
            "/desk/appointments",
            order=25,
            count=await count_today(ctx),
        ),
    ]
