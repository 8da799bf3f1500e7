"""Dividends: a part of the margin of some days, shared by what each member has sold in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec

from contrib.recycling.rules.amounts import percent_of, shares
from contrib.recycling.rules.book import BOOK, DIVIDEND, ten_thousandths
from contrib.recycling.rules.books import SURPLUS
from contrib.recycling.service.books import post_to_members, trial_balance
from contrib.recycling.service.messages import tell
from contrib.recycling.service.rights import APPROVE, READ
from contrib.recycling.tables.centre import Dividend
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.law import limits_on
from kit.thai import said_day

_AGAIN = Text(
    "ยอดเปลี่ยนไปแล้วตั้งแต่เปิดหน้านี้ ตรวจยอดใหม่แล้วยืนยันอีกครั้ง",
    "The figures have changed since this page was opened. Look at them and confirm again.",
)
_NOTHING = Text(
    "ไม่มีส่วนต่างให้เฉลี่ยในช่วงนี้ เลือกช่วงที่มีการขาย",
    "There is no margin to share in these days. Choose days in which something was sold.",
)
_OVERLAP = Text(
    "เฉลี่ยคืนถึงวันที่ {day} แล้ว เริ่มหลังวันนั้น",
    "A dividend was given up to {day}. Begin after that day.",
)
_FUTURE = Text("เลือกวันสุดท้ายที่ผ่านไปแล้ว", "Choose a last day that has passed.")
_ORDER = Text("วันสุดท้ายต้องไม่ก่อนวันแรก", "The last day is not before the first.")
_MARGIN = """
SELECT coalesce(sum(total - cost), 0)::bigint FROM recycling.lot
WHERE tenant_id = $1 AND sold_on BETWEEN $2 AND $3
"""
_SOLD = """
SELECT m.id, m.number, m.name, m.account, m.phone, sum(t.total)::bigint AS sold
FROM recycling.ticket t JOIN recycling.member m ON m.tenant_id = t.tenant_id AND m.id = t.member_id
WHERE t.tenant_id = $1 AND t.weighed_at >= $2 AND t.weighed_at < $3 AND t.total > 0
AND NOT EXISTS (SELECT FROM recycling.closed c
  WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id AND c.load_id IS NULL)
GROUP BY m.id, m.number, m.name, m.account, m.phone ORDER BY m.number
"""


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What a dividend of some days would be.

    :ivar margin: satang that the lots of these days brought beyond their cost.
    :ivar percent: ten-thousandths, of today.
    :ivar pool: satang, no more than the enterprise still has of its margins.
    :ivar parts: each member with ``sold`` and ``part``, in satang.
    """

    first_on: date
    last_on: date
    margin: int
    percent: int
    pool: int
    parts: Sequence[Mapping[str, Any]]


async def propose(ctx: Context, first_on: date, last_on: date) -> Proposed:
    """Reckon a dividend without giving it.

    :raises NotAllowed: the actor approves nothing.
    :raises InvalidInput: the days are none, have not passed, or were shared before.
    """
    need(ctx, APPROVE)
    if last_on < first_on:
        raise InvalidInput({"last_on.day": _ORDER})
    if last_on >= ctx.today:
        raise InvalidInput({"last_on.day": _FUTURE})
    percent = ten_thousandths(await limits_on(ctx, BOOK, ctx.today), DIVIDEND)
    async with transaction(ctx) as connection:
        before = await last_shared(ctx)
        if before is not None and first_on <= before:
            raise InvalidInput({"first_on.day": _OVERLAP.format(day=said_day(before))})
        margin: int = await connection.fetchval(_MARGIN, ctx.tenant.id, first_on, last_on)
        begin, end = (_midnight(ctx, day) for day in (first_on, last_on + timedelta(days=1)))
        sold = await connection.fetch(_SOLD, ctx.tenant.id, begin, end)
        # What gives has a balance below zero: the margins that were not shared yet.
        left = -(await trial_balance(ctx))[SURPLUS]
    pool = percent_of(max(min(margin, left), 0), percent)
    parts = shares(pool, {one["id"]: one["sold"] for one in sold}) if pool and sold else {}
    return Proposed(
        first_on=first_on,
        last_on=last_on,
        margin=margin,
        percent=percent,
        pool=sum(parts.values()),
        parts=[{**one, "part": parts.get(one["id"], 0)} for one in sold],
    )


def _midnight(ctx: Context, day: date) -> datetime:
    return datetime.combine(day, time(), ctx.tenant.zone)


async def give(ctx: Context, first_on: date, last_on: date, *, seen: int) -> UUID:
    """Give a dividend, as it was seen, and return what it is known by.

    :param seen: the pool that was looked at before.
    :raises Conflict: it would be another sum by now.
    :raises InvalidInput: there is nothing to share; and as :func:`propose`.
    """
    need(ctx, APPROVE)
    async with transaction(ctx):
        # Who draws the number first goes first; the other then sees that these days are shared.
        number = await numbers.draw(ctx, "recycling.dividend")
        found = await propose(ctx, first_on, last_on)
        if not found.pool:
            raise InvalidInput({"last_on.day": _NOTHING})
        if found.pool != seen:
            raise Conflict(_AGAIN)
        row = {
            "tenant_id": ctx.tenant.id,
            "id": new_id(),
            "number": number,
            **{n: getattr(found, n) for n in ("first_on", "last_on", "margin", "percent", "pool")},
            "members": sum(bool(one["part"]) for one in found.parts),
            "at": ctx.now,
            "made_by_name": ctx.actor.name,
        }
        await add(Dividend, row)
        id: UUID = row["id"]
        parts = {one["id"]: one["part"] for one in found.parts}
        await post_to_members(ctx, SURPLUS, parts, what="dividend", subject=id)
        for one in found.parts:
            if one["part"]:
                await tell(ctx, one, "dividend", id, amount=one["part"])
        await audit.record(ctx, "recycling.dividend.given", f"dividend/{id}", pool=found.pool)
    return id


async def last_shared(ctx: Context) -> date | None:
    """Return the last day whose margin was shared."""
    async with transaction(ctx) as connection:
        found: date | None = await connection.fetchval(
            "SELECT max(last_on) FROM recycling.dividend WHERE tenant_id = $1", ctx.tenant.id
        )
    return found


async def dividends(ctx: Context) -> list[dict[str, Any]]:
    """Return the dividends that were given, the newest first."""
    need(ctx, READ)
    async with transaction(ctx):
        return (
            await Dividend.select()
            .where(Dividend.of(ctx))
            .order_by(Dividend.number, ascending=False)
            .limit(50)
        )
