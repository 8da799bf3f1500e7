"""Reminders that a permit expires: every morning, on the days of the office, each once."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
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
from kit.thai import said_day
from plugins.permits.rules.reminding import turn_of
from plugins.permits.service.rights import REMINDERS

log = logging.getLogger(__name__)

JOB = "permits.remind"
AT_ONCE = 200

_Days = Annotated[int, msgspec.Meta(ge=1, le=365)]


class Reminding(msgspec.Struct, frozen=True):
    """What an office has chosen: so many days before the last day of a permit; () for never."""

    days: tuple[_Days, ...] = (60, 30, 7)


# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, Any] = {"reminders": msgspec.to_builtins(Reminding())}

MESSAGE = Message(
    "permits.expiring",
    Text("ใบอนุญาตก่อสร้างเลขที่ {number} ใช้ได้ถึง {day}", "Permit no. {number} is valid until {day}"),
    Text(
        "ถ้างานจะเสร็จหลังวันนั้น ยื่นขอต่ออายุก่อนใบอนุญาตหมดอายุ หมดอายุแล้วต่อไม่ได้ ต้องขออนุญาตใหม่ "
        "ถ้ายื่นแล้ว หรืองานเสร็จแล้ว ไม่ต้องทำอะไร",
        "If the work takes longer, ask for a renewal before the permit expires; afterwards it "
        "cannot be renewed, and a new one must be asked for. If you have asked already, or the "
        "work is done, nothing is to be done.",
    ),
)
_SOON = """
SELECT case_id, number, work, account, phone, issued_on, until FROM permits.permit
WHERE tenant_id = $1 AND state = 'valid' AND until BETWEEN $2 AND $3
  AND (account IS NOT NULL OR phone <> '') AND (until, case_id) > ($4, $5)
ORDER BY until, case_id LIMIT $6
"""
_NOTE = """
INSERT INTO permits.reminded (tenant_id, case_id, until, days, at)
SELECT $1, w.permit, w.until, w.days, $5
FROM unnest($2::uuid[], $3::date[], $4::smallint[]) AS w(permit, until, days)
ON CONFLICT DO NOTHING RETURNING case_id
"""


def reminding(ctx: Context) -> Reminding:
    """Return the days of the office."""
    given = ctx.tenant.settings.get("permits", {}).get("reminders", DEFAULTS["reminders"])
    try:
        return msgspec.convert(given, Reminding)
    except msgspec.ValidationError as problem:
        # What was set by hand must not end reminding.
        log.warning("permits: reminders of %s do not fit: %s", ctx.tenant.id, problem)
        return Reminding()


async def set_reminding(ctx: Context, wanted: Reminding) -> None:
    """Keep the days of the office; they hold from the next morning on."""
    need(ctx, REMINDERS)
    values = msgspec.to_builtins(wanted)
    async with transaction(ctx):
        was = msgspec.to_builtins(reminding(ctx))
        if values != was:
            await set_settings(ctx, plugin="permits", settings={"reminders": values})
            subject = f"tenant/{ctx.tenant.id}"
            await audit.record(ctx, "permits.reminders.set", subject, was=was, now=values)


async def remind(ctx: Context) -> None:
    """Remind whom today is the day for; every morning, and again without harm."""
    days = reminding(ctx).days
    after: tuple[date, UUID] | None = (ctx.today, UUID(int=0))
    while days and after:
        after = await _some(ctx, days, after)


async def _some(
    ctx: Context, days: Sequence[int], after: tuple[date, UUID]
) -> tuple[date, UUID] | None:
    """Remind some holders; return the last permit that was looked at, None when it was the end."""
    last = ctx.today + timedelta(days=max(days))
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_SOON, ctx.tenant.id, ctx.today, last, *after, AT_ONCE)
        turns = {
            row["case_id"]: turn
            for row in rows
            if (turn := turn_of(row["until"], row["issued_on"], ctx.today, days))
        }
        due = [row for row in rows if row["case_id"] in turns]
        noted = await connection.fetch(
            _NOTE,
            ctx.tenant.id,
            [row["case_id"] for row in due],
            [row["until"] for row in due],
            [turns[row["case_id"]] for row in due],
            ctx.now,
        )
        new = {one["case_id"] for one in noted}
        for row in due:
            if row["case_id"] in new:
                await _send(ctx, row, turns[row["case_id"]])
        if new:
            subject = f"permit/{min(new)}"
            await audit.record(ctx, "permits.reminders.sent", subject, count=len(new))
    return (rows[-1]["until"], rows[-1]["case_id"]) if len(rows) == AT_ONCE else None


async def _send(ctx: Context, row: Mapping[str, Any], days: int) -> None:
    until = row["until"]
    known = urlencode({"permit": row["number"], "work": row["work"]})
    await notifications.send(
        ctx,
        to=row["account"] or Recipient(phone=row["phone"]),
        template=MESSAGE.name,
        key=f"permits/{row['case_id']}/{until}/{days}",
        href=f"/permits/renew?{known}",
        number=row["number"],
        day=said_day(until),
    )
