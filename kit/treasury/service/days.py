"""Days of the books: open until the director of finance locks them, and never changed after."""

from datetime import date
from typing import Any

from core.api import Conflict, Context, NotAllowed, Text, audit, transaction
from kit.thai import said_day
from kit.treasury.tables.tills import BookDay, Closing

CLOSE = "treasury.close"

_LOCKED = Text(
    "บัญชีของวันที่ {day} ปิดแล้ว แก้ไขไม่ได้ ทำรายการใหม่เป็นของวันนี้",
    "The books of {day} are locked and cannot be changed. Do it anew, as of today.",
)
_NOT_OVER = Text(
    "ปิดบัญชีของวันที่ {day} ได้ตั้งแต่วันรุ่งขึ้น เพราะเงินโอนเข้าได้ถึงเที่ยงคืน",
    "The books of {day} can be locked from the next day on: banks bring money until midnight.",
)
_TILL_OPEN = Text(
    "ยังปิดบัญชีวันนี้ไม่ได้ เพราะช่อง {till} ของ {name} ยังไม่ปิดหรือยังไม่มีผู้รับเงินนำส่ง",
    "The day cannot be locked: till {till} of {name} is not closed, or its money not received.",
)
_NOT_ALLOWED = Text(
    "การปิดบัญชีประจำวันทำได้เฉพาะผู้อำนวยการกองคลัง",
    "Only the director of finance locks a day of the books.",
)

_STATE = """
SELECT locked_at FROM treasury.book_day WHERE tenant_id = $1 AND day = $2 FOR SHARE
"""
_BEGIN = """
INSERT INTO treasury.book_day (tenant_id, day) VALUES ($1, $2)
ON CONFLICT (tenant_id, day) DO NOTHING
"""


async def keep_open(ctx: Context, day: date) -> None:
    """Keep a day of the books open until this change is done.

    :raises Conflict: it is locked.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_STATE, ctx.tenant.id, day)
        if row is None:
            # Whoever begins the day at the same moment is waited for, and is seen by the next.
            await connection.execute(_BEGIN, ctx.tenant.id, day)
            row = await connection.fetchrow(_STATE, ctx.tenant.id, day)
    if row["locked_at"] is not None:
        raise Conflict(_LOCKED.format(day=said_day(day)))


async def lock_day(ctx: Context, day: date) -> None:
    """Lock a day of the books: every till of it is closed and its money received.

    :raises NotAllowed: the actor may not.
    :raises Conflict: it is not over, a till is not closed or not received, or it is locked.
    """
    if not ctx.actor.may(CLOSE):
        raise NotAllowed(_NOT_ALLOWED)
    if day >= ctx.today:
        raise Conflict(_NOT_OVER.format(day=said_day(day)))
    async with transaction(ctx) as connection:
        await connection.execute(_BEGIN, ctx.tenant.id, day)
        await connection.fetch(
            "SELECT day FROM treasury.book_day WHERE tenant_id = $1 AND day = $2 FOR UPDATE",
            ctx.tenant.id,
            day,
        )
        left = (
            await Closing.select(Closing.till, Closing.collector_name)
            .where(Closing.of(ctx), Closing.day == day, Closing.received_at.is_null())
            .order_by(Closing.till)
            .first()
        )
        if left is not None:
            raise Conflict(_TILL_OPEN.format(till=left["till"], name=left["collector_name"]))
        locked = (
            await BookDay.update(
                {
                    BookDay.locked_at: ctx.now,
                    BookDay.locked_by: ctx.actor.id,
                    BookDay.locked_by_name: ctx.actor.name,
                }
            )
            .where(BookDay.of(ctx), BookDay.day == day, BookDay.locked_at.is_null())
            .returning(BookDay.day)
        )
        if not locked:
            raise Conflict(_LOCKED.format(day=said_day(day)))
        await audit.record(ctx, "treasury.day.locked", f"day/{day}")


async def lock_of(ctx: Context, day: date) -> dict[str, Any] | None:
    """Return when and by whom a day was locked, ``locked_at`` and ``locked_by_name``, or None."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await BookDay.select(BookDay.locked_at, BookDay.locked_by_name)
            .where(BookDay.of(ctx), BookDay.day == day, BookDay.locked_at.is_not_null())
            .first()
        )
    return row
