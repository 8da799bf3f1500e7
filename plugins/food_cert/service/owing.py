"""What places owe: their years, who is overdue, who can be ordered to stop, what was settled.

Law: Public Health Act B.E. 2535, s. 65.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Card, Context, Text, transaction
from kit.thai import amount, said_day
from kit.treasury import bills_by_id, owed_by
from plugins.food_cert.rules.fees import FEE_STATES, Asked, FeeState, in_a_row
from plugins.food_cert.service.feeyears import fee_rows
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.revenues import SOURCE, subject_of
from plugins.food_cert.tables.fees import FeeYear
from plugins.food_cert.tables.register import Place

_TITLE = Text("ค่าธรรมเนียมรายปี", "Yearly fee")
_OWED = Text("ค้าง {owed} ใบแรกครบกำหนด {day}", "{owed} are owed, the first bill since {day}")
_NOTHING = Text("ไม่มียอดค้าง", "Nothing is owed")
_PAY, _SEE = Text("ดูใบแจ้ง", "See the bill"), Text("ดูค่าธรรมเนียม", "See the fees")


async def bills_to_pay(ctx: Context, places: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the bills that places owe, the oldest due first, by place.

    :returns: rows of the treasury, each with ``href``, where it is paid: ``/b/<code>``.
    """
    if not places:
        return {}
    async with transaction(ctx):
        rows = await Place.select(Place.id, Place.payer).where(
            Place.of(ctx), Place.id.is_in(list(places)), Place.payer.is_not_null()
        )
        owed = await owed_by(ctx, [row["payer"] for row in rows], source=SOURCE)
        bills = await bills_by_id(ctx, [one["id"] for some in owed.values() for one in some])
    of = {subject_of(place): place for place in places}
    found: dict[UUID, list[dict[str, Any]]] = {}
    for some in owed.values():
        for one in some:
            if one["subject"] in of:
                bill = bills[one["id"]]
                found.setdefault(of[one["subject"]], []).append(
                    bill | {"href": f"/b/{bill['code']}"}
                )
    return found


async def years_of(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return the years of a place, the newest first: rows of ``FeeYear`` and more.

    :returns: each with its ``title``, a Text of how it stands, and ``late``.
    """
    return [
        row
        | {
            "title": FEE_STATES[row["state"]],
            "late": row["state"] == FeeState.BILLED and row["due_on"] < ctx.today,
        }
        for row in reversed(await fee_rows(ctx, place))
    ]


async def cards_of_place(ctx: Context, place: Mapping[str, Any]) -> Sequence[Card]:
    """Return the card of the fees for the page of a place at the desk.

    :param place: its row of the register.
    """
    bills = (await bills_to_pay(ctx, [place["id"]])).get(place["id"], [])
    if not bills:
        return [Card(_TITLE, _NOTHING, "/desk/food/fees", _SEE, sign="money")]
    owed = sum(one["owed"] for one in bills)
    said = _OWED.format(
        owed=Text(amount(owed, "th"), amount(owed, "en")), day=said_day(bills[0]["due_on"])
    )
    return [Card(_TITLE, said, f"/desk/bills/{bills[0]['id']}", _PAY, sign="money")]


class Unpaid(msgspec.Struct, frozen=True, kw_only=True):
    """A place with fees that are overdue.

    :param owed: satang, fees and surcharges, also what is not due yet.
    :param since: the oldest due day.
    :param bill: the oldest one of the treasury.
    :param in_a_row: how many fees one after another fell due and are not paid.
    """

    place: UUID
    number: int
    name: str
    holder: str
    phone: str
    state: str
    owed: int
    since: date
    bill: UUID
    in_a_row: int


_UNPAID = """
SELECT p.id, p.number, p.name, p.holder, p.phone, p.state, q.since, q.years, q.due, q.states
FROM (
  SELECT f.place_id, min(f.due_on) FILTER (WHERE f.state = 'billed') AS since,
    array_agg(f.year ORDER BY f.year) AS years, array_agg(f.due_on ORDER BY f.year) AS due,
    array_agg(f.state ORDER BY f.year) AS states
  FROM food_cert.fee_year f
  WHERE f.tenant_id = $1 AND f.place_id IN (
    SELECT place_id FROM food_cert.fee_year
    WHERE tenant_id = $1 AND state = 'billed' AND due_on < $2)
  GROUP BY f.place_id
) q JOIN food_cert.place p ON p.tenant_id = $1 AND p.id = q.place_id
ORDER BY q.since, p.number
"""


async def unpaid(ctx: Context) -> list[Unpaid]:
    """Return the places with fees that are overdue, the oldest first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_UNPAID, ctx.tenant.id, ctx.today)
        bills = await bills_to_pay(ctx, [row["id"] for row in rows])
    return [_unpaid(ctx, row, bills[row["id"]]) for row in rows if row["id"] in bills]


def _unpaid(ctx: Context, row: Mapping[str, Any], bills: Sequence[Mapping[str, Any]]) -> Unpaid:
    asked = [Asked(*one) for one in zip(row["years"], row["due"], row["states"], strict=True)]
    return Unpaid(
        **{name: row[name] for name in ("number", "name", "holder", "phone", "state", "since")},
        place=row["id"],
        owed=sum(one["owed"] for one in bills),
        bill=bills[0]["id"],
        in_a_row=in_a_row(asked, ctx.today),
    )


async def to_stop(ctx: Context, among: Sequence[Unpaid] | None = None) -> list[Unpaid]:
    """Return the places that can be ordered to stop: unpaid more than so many times in a row.

    :param among: what :func:`unpaid` gave, where it is known.
    """
    most = (await limits_on(ctx, ctx.today))["stop.unpaid"].whole
    known = await unpaid(ctx) if among is None else among
    return [one for one in known if one.in_a_row > most and one.state in ("valid", "suspended")]


async def follow_settled(ctx: Context, bill: UUID) -> UUID | None:
    """Note that a bill was settled; return its place, None where it is settled no more."""
    return await _follow(ctx, bill, settled=True)


async def follow_reopened(ctx: Context, bill: UUID) -> None:
    """Note that a bill is owed again: its money went back."""
    await _follow(ctx, bill, settled=False)


async def _follow(ctx: Context, bill: UUID, *, settled: bool) -> UUID | None:
    async with transaction(ctx):
        row = (
            await FeeYear.select(FeeYear.place_id, FeeYear.bill)
            .where(FeeYear.of(ctx), (FeeYear.bill == bill) | (FeeYear.surcharge_bill == bill))
            .first()
        )
        stands = (await bills_by_id(ctx, [bill]))[bill]["state"] == "settled" if row else None
        # Facts come late and twice: what the treasury says now is what counts.
        if row is None or stands is not settled:
            return None
        was, now = (FeeState.BILLED, FeeState.SETTLED)[:: 1 if settled else -1]
        await FeeYear.update(
            {FeeYear.state: now, FeeYear.settled_on: ctx.today if settled else None}
        ).where(FeeYear.of(ctx), FeeYear.bill == bill, FeeYear.state == was)
        place: UUID = row["place_id"]
        return place if settled else None


async def in_arrears(ctx: Context, place: UUID) -> bool:
    """Return whether a fee that fell due, or any surcharge, is owed for a place.

    A fee that is not due yet stops nobody, so it is not waited for.
    """
    async with transaction(ctx):
        left = (await bills_to_pay(ctx, [place])).get(place, [])
        fees = {one["bill"] for one in await fee_rows(ctx, place)} if left else set()
    return any(one["id"] not in fees or one["due_on"] < ctx.today for one in left)


async def unpaid_in_a_row(ctx: Context, place: UUID) -> int:
    """Return the most fees of a place in a row that fell due and are not paid."""
    asked = [Asked(one["year"], one["due_on"], one["state"]) for one in await fee_rows(ctx, place)]
    return in_a_row(asked, ctx.today)
