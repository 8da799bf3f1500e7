"""Orders about food premises: issued as a signed letter, which the place follows at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, InvalidInput, Text, add, audit, need, transaction
from kit.documents import Issued, issue
from plugins.food_cert.rules.ordering import Known, refusal
from plugins.food_cert.rules.orders import Ground, check_days, grounds_on, last_day
from plugins.food_cert.rules.places import OWES, RUNS, State
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.order_effects import follow_issued
from plugins.food_cert.service.order_ends import end_lapsed
from plugins.food_cert.service.order_paper import SERIES, TEMPLATE, Facts, order_paper
from plugins.food_cert.service.order_reading import find_order, orders_about, subject_of
from plugins.food_cert.service.owing import unpaid_in_a_row
from plugins.food_cert.service.places import get_place, keep_paper
from plugins.food_cert.service.rights import ORDER
from plugins.food_cert.tables.orders import Order

_NO_GROUND = Text("เลือกฐานตามกฎหมายของคำสั่งนี้", "Choose the legal basis of this order.")
_TWICE = Text(
    "คำสั่งนี้กำลังออกอยู่ เปิดรายการคำสั่งดูก่อนออกอีกฉบับ",
    "This order is just being issued. See the list before you issue another.",
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is to be issued.

    :param ground: code of its legal basis.
    :param days: to obey, or for which it runs; not looked at where its ground knows none.
    :param place: of the register; None for one that is not there.
    :param place_words: name and address of one that is not in the register.
    :param to_name: empty for the holder, or whoever runs it.
    :param wanted: what exactly is to be done; may be empty.
    :param follows: an order that was not obeyed.
    """

    ground: str
    days: int
    facts: str
    place: UUID | None = None
    place_words: str = ""
    to_name: str = ""
    wanted: str = ""
    follows: UUID | None = None


async def issue_order(ctx: Context, wanted: Wanted, *, key: UUID) -> UUID:
    """Sign an order and issue its letter; the place follows in the same transaction.

    :param key: by which the order is known; sent twice it is one order.
    :raises NotAllowed: the actor does not sign orders.
    :raises InvalidInput: the days are not those that the law allows.
    :raises Conflict: it cannot be ordered as the place stands, or somebody was first.
    """
    need(ctx, ORDER)
    ground = grounds_on(ctx.today).get(wanted.ground)
    if ground is None:
        raise InvalidInput({"kind": _NO_GROUND})
    limits = await limits_on(ctx, ctx.today)
    days = wanted.days if ground.timed else 0
    check_days(ground, days, limits, ctx.today)
    async with transaction(ctx):
        if await find_order(ctx, key) is not None:
            return key
        known = await _known(ctx, wanted, limits)
        refused = refusal(ground, known)
        if refused is not None:
            raise Conflict(refused)
        row = {"id": key} | _row(ctx, ground, wanted, known, days)
        letter = await _letter(ctx, ground, row, known)
        row |= {"number": letter.number, "paper": letter.id}
        if not await add(Order, row, unless=("tenant_id", "id")):
            raise Conflict(_TWICE)
        if known.place is not None:
            others = [one for one in known.orders if one["state"] == "open"]
            await _keep(ctx, known.place, row, others)
        await audit.record(
            ctx,
            "food_cert.order.issued",
            subject_of(key),
            number=letter.number,
            kind=ground.kind,
            ground=ground.code,
        )
    return key


async def _known(ctx: Context, wanted: Wanted, limits: Any) -> Known:
    """Return how the place stands and what was ordered of it, once what is over has ended."""
    if wanted.place is None:
        before = await find_order(ctx, wanted.follows) if wanted.follows else None
        return Known(
            place=None, orders=[before] if before else [], unpaid=0, limits=limits, today=ctx.today
        )
    await end_lapsed(ctx, wanted.place)
    place = await get_place(ctx, wanted.place)
    return Known(
        place=place,
        orders=await orders_about(ctx, wanted.place),
        unpaid=await unpaid_in_a_row(ctx, wanted.place),
        limits=limits,
        today=ctx.today,
    )


def _row(ctx: Context, ground: Ground, wanted: Wanted, known: Known, days: int) -> dict[str, Any]:
    place = known.place
    words = f"{place['name']} {place['address']}" if place else wanted.place_words
    blank = ("served_how", "served_note", "served_by_name", "closed_why", "closed_by_name")
    return {
        "tenant_id": ctx.tenant.id,
        "kind": ground.kind,
        "code": ground.code,
        "ground": msgspec.to_builtins(ground),
        "place_id": wanted.place,
        "before": _before(ground, known),
        "holder": place["holder"] if place else "",
        "to_name": wanted.to_name or (place["holder"] if place else ""),
        "place": words,
        "facts": wanted.facts,
        "wanted": wanted.wanted,
        "days": days,
        "until": last_day(ground, days, ctx.today),
        "follows": wanted.follows,
        "issued_on": ctx.today,
        "issued_at": ctx.now,
        "made_by_name": ctx.actor.name,
        "state": "open",
        **dict.fromkeys(("served_on", "due_on", "closed_on")),
        **dict.fromkeys(blank, ""),
    }


def _before(ground: Ground, known: Known) -> str:
    """Return to what a place returns after an order; empty where it does not change it."""
    if known.place is None or ground.kind == "improve" or known.place["state"] not in OWES:
        return ""
    if known.place["state"] in RUNS:
        return str(known.place["state"])
    befores = [one["before"] for one in known.orders if one["state"] == "open" and one["before"]]
    return str(befores[0]) if befores else State.VALID


async def _letter(ctx: Context, ground: Ground, row: Mapping[str, Any], known: Known) -> Issued:
    facts = Facts(
        ground=ground,
        days=row["days"],
        until=row["until"],
        to_name=row["to_name"],
        place=row["place"],
        paper_number=known.place["paper_number"] if known.place else "",
        facts=row["facts"],
        wanted=row["wanted"],
        limits=known.limits,
    )
    return await issue(
        ctx,
        TEMPLATE,
        subject=subject_of(row["id"]),
        make=lambda stamp: order_paper(ctx, facts, stamp),
        series=SERIES,
    )


async def _keep(
    ctx: Context,
    place: Mapping[str, Any],
    order: Mapping[str, Any],
    others: Sequence[Mapping[str, Any]],
) -> None:
    await keep_paper(
        ctx,
        place["id"],
        paper=order["paper"],
        what="order",
        number=order["number"],
        subject=subject_of(order["id"]),
    )
    await follow_issued(ctx, place, order, others)
