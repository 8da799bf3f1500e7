"""Reminders of fees: before the due day and after it, once each, to who has not paid yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Context,
    Message,
    Recipient,
    Text,
    audit,
    need,
    notifications,
    set_settings,
    transaction,
)
from kit.thai import baht, said_day
from kit.treasury import due_between, portions_of
from plugins.food_cert.rules.fee_days import FeeDays, Turn, Window, windows
from plugins.food_cert.service.revenues import SOURCE
from plugins.food_cert.service.rights import FEES

JOB = "food_cert.remind_fees"
AT_ONCE = 200
# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, Any] = {"fee_days": msgspec.to_builtins(FeeDays())}

_PAY = Text(
    "ยอด {amount} บาท ดูและชำระได้ที่หน้าใบแจ้ง ถ้าเพิ่งชำระ ไม่ต้องทำอะไร ระบบจะตัดยอดเมื่อธนาคารแจ้ง",
    "The amount is {amount} baht. See and pay it on the page of the bill. If you have just paid, "
    "nothing is to be done: it is settled when the bank tells us.",
)
MESSAGES: Mapping[Turn, Message] = {
    "before": Message(
        "food_cert.fee_due_soon",
        Text("{title} ครบกำหนดชำระ {day}", "{title} is to be paid by {day}"),
        _PAY,
    ),
    "after": Message(
        "food_cert.fee_overdue",
        Text("{title} เกินกำหนดชำระแล้ว ครบกำหนด {day}", "{title} is overdue since {day}"),
        _PAY,
    ),
}
_NOTE = """
INSERT INTO food_cert.fee_reminded (tenant_id, bill, due_on, turn, at)
SELECT $1, w.bill, w.due_on, $4, $5 FROM unnest($2::uuid[], $3::date[]) AS w(bill, due_on)
ON CONFLICT DO NOTHING RETURNING bill
"""


def fee_days(ctx: Context) -> FeeDays:
    """Return the days of the office."""
    given = ctx.tenant.settings.get("food_cert", {}).get("fee_days", DEFAULTS["fee_days"])
    return msgspec.convert(given, FeeDays)


async def set_fee_days(ctx: Context, wanted: FeeDays) -> None:
    """Keep the days of the office; they hold within two seconds."""
    need(ctx, FEES)
    values, was = msgspec.to_builtins(wanted), msgspec.to_builtins(fee_days(ctx))
    async with transaction(ctx):
        if values != was:
            await set_settings(ctx, plugin="food_cert", settings={"fee_days": values})
            subject = f"tenant/{ctx.tenant.id}"
            await audit.record(ctx, "food_cert.fee_days.set", subject, was=was, now=values)


async def remind_fees(ctx: Context) -> None:
    """Remind whom today is the day for; every morning, and again without harm."""
    for window in windows(fee_days(ctx), ctx.today):
        after: UUID | None = None
        more = True
        while more:
            after = await _some(ctx, window, after)
            more = after is not None


async def _some(ctx: Context, window: Window, after: UUID | None) -> UUID | None:
    """Remind some payers; return the last bill that was looked at, None when it was the end."""
    async with transaction(ctx) as connection:
        rows = await due_between(ctx, SOURCE, window.first, window.last, after=after, limit=AT_ONCE)
        reached = [row for row in rows if row["account"] or row["phone"] or row["email"]]
        bills, days = [row["id"] for row in reached], [row["due_on"] for row in reached]
        if reached:
            new = await connection.fetch(_NOTE, ctx.tenant.id, bills, days, window.turn, ctx.now)
            await _send_new(ctx, window.turn, reached, {row["bill"] for row in new})
    return rows[-1]["id"] if len(rows) == AT_ONCE else None


async def _send_new(ctx: Context, turn: Turn, rows: list[dict[str, Any]], new: set[UUID]) -> None:
    parts = await portions_of(ctx, list(new))
    for row in rows:
        if row["id"] in new:
            part = parts.get(row["id"])
            await _send(ctx, turn, row, part.amount if part else row["owed"])
    if new:
        await audit.record(
            ctx, "food_cert.fees.reminded", f"bill/{min(new)}", turn=turn, count=len(new)
        )


async def _send(ctx: Context, turn: Turn, row: Mapping[str, Any], owed: int) -> None:
    to: Recipient | UUID = row["account"] or Recipient(
        email=row["email"],
        phone=row["phone"],
        language="en" if row["language"] == "en" else "th",
    )
    await notifications.send(
        ctx,
        to=to,
        template=MESSAGES[turn].name,
        key=f"food_cert/{row['id']}/{row['due_on']}/{turn}",
        href=f"/b/{row['code']}",
        title=Text(row["title_th"], row["title_en"]),
        amount=baht(owed),
        day=said_day(row["due_on"]),
    )
