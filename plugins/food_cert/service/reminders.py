"""Reminders that a licence ends: every morning, on the days of the office, each once."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any
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
from plugins.food_cert.rules.places import LICENCE
from plugins.food_cert.rules.renewing import RENEWABLE, turn_of
from plugins.food_cert.service.letter_paper import renewal_path
from plugins.food_cert.service.rights import FIGURES

log = logging.getLogger(__name__)

JOB = "food_cert.remind"
AT_ONCE = 200

_Days = Annotated[int, msgspec.Meta(ge=1, le=365)]


class Reminding(msgspec.Struct, frozen=True):
    """What an office has chosen: so many days before the last day of a licence; () for never."""

    days: tuple[_Days, ...] = (60, 30, 7)


# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, Any] = {"reminders": msgspec.to_builtins(Reminding())}

MESSAGE = Message(
    "food_cert.expiring",
    Text(
        "ใบอนุญาตสถานที่อาหารเลขที่ {number} ใช้ได้ถึง {day}",
        "The licence no. {number} of your food premises is valid until {day}",
    ),
    Text(
        "{name}: ยื่นต่ออายุและชำระค่าธรรมเนียมก่อนใบอนุญาตหมดอายุ หมดอายุแล้วต่อไม่ได้ "
        "ต้องหยุดและขอใบอนุญาตใหม่ ถ้ายื่นแล้ว หรือเลิกกิจการแล้ว ไม่ต้องทำอะไร",
        "{name}: ask for the renewal and pay the fee before the licence ends; afterwards it cannot "
        "be renewed, and you must stop until you have a new one. If you have asked, or closed, "
        "nothing is to be done.",
    ),
)
_SOON = """
SELECT id, paper_number, name, account, phone, issued_on, until FROM food_cert.place
WHERE tenant_id = $1 AND until BETWEEN $2 AND $3 AND instrument = $7 AND state = ANY($8)
  AND renewing IS NULL AND (account IS NOT NULL OR phone <> '') AND (until, id) > ($4, $5)
ORDER BY until, id LIMIT $6
"""
_NOTE = """
INSERT INTO food_cert.reminded (tenant_id, place_id, until, days, at)
SELECT $1, w.place, w.until, w.days, $5
FROM unnest($2::uuid[], $3::date[], $4::smallint[]) AS w(place, until, days)
ON CONFLICT DO NOTHING RETURNING place_id
"""


def reminding(ctx: Context) -> Reminding:
    """Return the days of the office."""
    given = ctx.tenant.settings.get("food_cert", {}).get("reminders", DEFAULTS["reminders"])
    try:
        return msgspec.convert(given, Reminding)
    except msgspec.ValidationError as problem:
        # What was set by hand must not end reminding.
        log.warning("food_cert: reminders of %s do not fit: %s", ctx.tenant.id, problem)
        return Reminding()


async def set_reminding(ctx: Context, wanted: Reminding) -> None:
    """Keep the days of the office; they hold from the next morning on."""
    need(ctx, FIGURES)
    values = msgspec.to_builtins(wanted)
    async with transaction(ctx):
        was = msgspec.to_builtins(reminding(ctx))
        if values != was:
            await set_settings(ctx, plugin="food_cert", settings={"reminders": values})
            subject = f"tenant/{ctx.tenant.id}"
            await audit.record(ctx, "food_cert.reminders.set", subject, was=was, now=values)


async def remind(ctx: Context) -> None:
    """Remind whom today is the day for; every morning, and again without harm."""
    days = reminding(ctx).days
    after: tuple[date, UUID] | None = (ctx.today, UUID(int=0))
    while days and after:
        after = await _some(ctx, days, after)


async def _some(
    ctx: Context, days: Sequence[int], after: tuple[date, UUID]
) -> tuple[date, UUID] | None:
    """Remind some holders; return the last licence that was looked at, None when it was the end."""
    last = ctx.today + timedelta(days=max(days))
    which = (LICENCE, sorted(RENEWABLE))
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _SOON, ctx.tenant.id, ctx.today, last, *after, AT_ONCE, *which
        )
        turns = {
            row["id"]: turn
            for row in rows
            if (turn := turn_of(row["until"], row["issued_on"], ctx.today, days))
        }
        due = [row for row in rows if row["id"] in turns]
        ids, untils = [row["id"] for row in due], [row["until"] for row in due]
        noted = await connection.fetch(
            _NOTE, ctx.tenant.id, ids, untils, [turns[id] for id in ids], ctx.now
        )
        new = {one["place_id"] for one in noted}
        for row in due:
            if row["id"] in new:
                await _send(ctx, row, turns[row["id"]])
        if new:
            subject = f"place/{min(new)}"
            await audit.record(ctx, "food_cert.reminders.sent", subject, count=len(new))
    return (rows[-1]["until"], rows[-1]["id"]) if len(rows) == AT_ONCE else None


async def _send(ctx: Context, row: Mapping[str, Any], days: int) -> None:
    until = row["until"]
    await notifications.send(
        ctx,
        to=row["account"] or Recipient(phone=row["phone"]),
        template=MESSAGE.name,
        key=f"food_cert/{row['id']}/{until}/{days}",
        href=renewal_path(row["paper_number"]),
        number=row["paper_number"],
        name=row["name"],
        day=said_day(until),
    )
