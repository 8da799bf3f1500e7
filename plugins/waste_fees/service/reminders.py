"""Reminders: before the due day and after it, once each, to who has not paid yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, Message, Recipient, Text, audit, notifications, transaction
from kit.thai import baht, said_day
from kit.treasury import due_between, portions_of
from plugins.waste_fees.rules.dues import Turn, Window, windows
from plugins.waste_fees.service.chosen import dues
from plugins.waste_fees.service.entries import SOURCE

JOB = "waste_fees.remind"
AT_ONCE = 200

_PAY = Text(
    "ยอด {amount} บาท ดูและชำระได้ที่หน้าใบแจ้ง ถ้าเพิ่งชำระ ไม่ต้องทำอะไร ระบบจะตัดยอดเมื่อธนาคารแจ้ง",
    "The amount is {amount} baht. See and pay it on the page of the bill. If you have just paid, "
    "nothing is to be done: it is settled when the bank tells us.",
)
MESSAGES: Mapping[Turn, Message] = {
    "before": Message(
        "waste_fees.due_soon",
        Text("{title} ครบกำหนดชำระ {day}", "{title} is to be paid by {day}"),
        _PAY,
    ),
    "after": Message(
        "waste_fees.overdue",
        Text("{title} เกินกำหนดชำระแล้ว ครบกำหนด {day}", "{title} is overdue since {day}"),
        _PAY,
    ),
}
_NOTE = """
INSERT INTO waste_fees.reminded (tenant_id, bill_id, due_on, turn, at)
SELECT $1, w.bill, w.due_on, $4, $5 FROM unnest($2::uuid[], $3::date[]) AS w(bill, due_on)
ON CONFLICT DO NOTHING RETURNING bill_id
"""


async def remind(ctx: Context) -> None:
    """Remind whom today is the day for; every morning, and again without harm."""
    for window in windows(dues(ctx), ctx.today):
        after: UUID | None = None
        while True:
            after = await _some(ctx, window, after)
            if after is None:
                break


async def _some(ctx: Context, window: Window, after: UUID | None) -> UUID | None:
    """Remind some payers; return the last bill that was looked at, None when it was the end."""
    async with transaction(ctx) as connection:
        rows = await due_between(ctx, SOURCE, window.first, window.last, after=after, limit=AT_ONCE)
        reached = [row for row in rows if row["account"] or row["phone"] or row["email"]]
        new = await connection.fetch(
            _NOTE,
            ctx.tenant.id,
            [row["id"] for row in reached],
            [row["due_on"] for row in reached],
            window.turn,
            ctx.now,
        )
        ids = {row["bill_id"] for row in new}
        parts = await portions_of(ctx, list(ids))
        for row in reached:
            if row["id"] in ids:
                part = parts.get(row["id"])
                await _send(ctx, window.turn, row, part.amount if part else row["owed"])
        if ids:
            first = min(ids)
            await audit.record(
                ctx, "waste_fees.reminders.sent", f"bill/{first}", turn=window.turn, count=len(ids)
            )
    return rows[-1]["id"] if len(rows) == AT_ONCE else None


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
        key=f"waste_fees/{row['id']}/{row['due_on']}/{turn}",
        href=f"/b/{row['code']}",
        title=Text(row["title_th"], row["title_en"]),
        amount=baht(owed),
        day=said_day(row["due_on"]),
    )
