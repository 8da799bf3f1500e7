"""What can be booked at the counter now: kinds of visits, days, times, and how many are free."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from core.api import Context, people, transaction
from kit.casework import calendar_of
from kit.thai import show_phone
from plugins.oss.rules.slots import Kind, offered
from plugins.oss.service import chosen

_TAKEN = """
SELECT starts_at, count(*) AS taken FROM oss.appointment
WHERE tenant_id = $1 AND kind = $2 AND starts_at >= $3 AND state IN ('booked', 'arrived')
GROUP BY starts_at
"""


class Free(msgspec.Struct, frozen=True):
    """A slot that may be booked; ``left`` is how many places it still has."""

    at: datetime
    left: int


def kinds(ctx: Context) -> Sequence[Kind]:
    """Return what people can come for; there is at least one."""
    return chosen.booking(ctx).kinds


def find_kind(ctx: Context, code: str) -> Kind | None:
    """Return what people can come for, by its code; None when there is no such thing."""
    return next((one for one in kinds(ctx) if one.code == code), None)


async def free_slots(ctx: Context, kind: Kind) -> Mapping[date, Sequence[Free]]:
    """Return the slots that may be booked now, full ones too, by day, the earliest first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_TAKEN, ctx.tenant.id, kind.code, ctx.now)
    taken = {row["starts_at"]: row["taken"] for row in rows}
    days: dict[date, list[Free]] = {}
    for at in may_be_booked(ctx, kind):
        days.setdefault(at.date(), []).append(Free(at, max(0, kind.places - taken.get(at, 0))))
    return days


def may_be_booked(ctx: Context, kind: Kind) -> Sequence[datetime]:
    """Return when visits of a kind begin that may be booked now, full or not, earliest first."""
    tenant = ctx.tenant
    return list(
        offered(
            kind,
            chosen.booking(ctx),
            now=ctx.now,
            zone=tenant.zone,
            hours=tenant.hours,
            calendar=calendar_of(tenant),
        )
    )


async def own_person(ctx: Context) -> dict[str, list[str]]:
    """Return name and phone of a citizen who has signed in, as they stand in the form."""
    if ctx.actor.kind != "citizen" or ctx.actor.id is None:
        return {}
    known = await people.find_account(ctx, ctx.actor.id)
    phone = show_phone(known.phone) if known and known.phone else ""
    return {"name": [ctx.actor.name], "phone": [phone]}
