"""A collector's round: the houses of a route with what each owes, to be taken along on a phone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, audit, need, transaction
from kit.documents import read_code
from kit.thai import ascii_digits
from kit.treasury import bills_of, owed_by
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.rights import READ

COLLECT = "treasury.collect"
# So many houses stand on one page: a day's walk, and light enough for an old phone.
PART = 300

_NO_ROUTE = Text(
    "ไม่มีจุดให้บริการในเส้นทางนี้ เลือกเส้นทางอีกครั้ง",
    "No service point is on this route. Choose a route again.",
)
_NO_POINT = Text(
    "ไม่พบจุดให้บริการเลขที่นี้ ตรวจเลขบนสติกเกอร์หรือใบแจ้ง",
    "No service point has this number. Check it on the sticker or the bill.",
)

_ROUTES = """
SELECT route, count(*) AS points FROM waste_fees.point
WHERE tenant_id = $1 AND open GROUP BY route ORDER BY route
"""
_HOUSES = """
SELECT id, number, code, address, route, payer, payer_name, open FROM waste_fees.point
WHERE tenant_id = $1 AND route = $2 ORDER BY zone, number LIMIT $3 OFFSET $4
"""
_COUNT = "SELECT count(*) FROM waste_fees.point WHERE tenant_id = $1 AND route = $2"


class House(msgspec.Struct, frozen=True, kw_only=True):
    """A service point as its collector needs it: no telephone, no history.

    :param code: of its sticker.
    :param payer: of today, of the treasury.
    :param bills: what its payer of today owes, the oldest due first.
    """

    id: UUID
    number: int
    code: str
    payer: UUID
    name: str
    address: str
    route: str
    open: bool
    bills: Sequence[Mapping[str, Any]]

    @property
    def owed(self) -> int:
        """Satang in all."""
        return sum(one["owed"] for one in self.bills)


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """The houses of a route, or a part of a long one, in the order in which they are walked.

    :param part: from 1 to ``parts``.
    """

    route: str
    part: int
    parts: int
    houses: Sequence[House]

    @property
    def owing(self) -> int:
        """How many of them owe something."""
        return sum(bool(one.bills) for one in self.houses)

    @property
    def owed(self) -> int:
        """Satang of all of them."""
        return sum(one.owed for one in self.houses)


async def routes_of(ctx: Context) -> list[tuple[str, int]]:
    """Return the routes of the register with how many points each serves."""
    need(ctx, READ)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_ROUTES, ctx.tenant.id)
    return [(row["route"], row["points"]) for row in rows]


async def read_round(ctx: Context, route: str, part: int = 1) -> Round:
    """Return the houses of a route; that the list was taken out is recorded.

    Where the service has ended, only who still owes something is on it.

    :param route: as in the register; empty for points without one.
    :raises NotFound: no point is on it.
    """
    need(ctx, READ)
    async with transaction(ctx) as connection:
        count: int = await connection.fetchval(_COUNT, ctx.tenant.id, route)
        if not count:
            raise NotFound(_NO_ROUTE)
        parts = -(-count // PART)
        chosen = min(max(part, 1), parts)
        rows = await connection.fetch(_HOUSES, ctx.tenant.id, route, PART, (chosen - 1) * PART)
        owed = await owed_by(ctx, [row["payer"] for row in rows], source=SOURCE)
        houses = [_house(row, owed.get(row["payer"], [])) for row in rows]
        houses = [one for one in houses if one.open or one.bills]
        await audit.record(
            ctx, "waste_fees.round.read", "round", route=route, part=chosen, points=len(houses)
        )
    return Round(route=route, part=chosen, parts=parts, houses=houses)


def _house(row: Mapping[str, Any], bills: Sequence[Mapping[str, Any]]) -> House:
    return House(
        id=row["id"],
        number=row["number"],
        code=row["code"],
        payer=row["payer"],
        name=row["payer_name"],
        address=row["address"],
        route=row["route"],
        open=row["open"],
        bills=[one for one in bills if one["subject"] == f"point/{row['id']}"],
    )


_HOUSE = """
SELECT id, number, code, address, route, payer, payer_name, open FROM waste_fees.point
WHERE tenant_id = $1 AND (id = $2 OR number = $3 OR code = $4)
"""


async def read_house(ctx: Context, point: UUID) -> House:
    """Return one house with what it owes; that it was read is recorded.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        house = await _find(ctx, point, None, None)
        await audit.record(ctx, "waste_fees.point.read", f"point/{point}")
    return house


async def find_house(ctx: Context, typed: str) -> House:
    """Return the house whose number was typed, or whose sticker was scanned.

    :raises NotFound: there is none.
    """
    plain = ascii_digits(typed).strip()
    number = int(plain) if plain.isdecimal() and len(plain) < 10 else None
    return await _find(ctx, None, number, None if number is not None else read_code(typed))


async def _find(ctx: Context, point: UUID | None, number: int | None, code: str | None) -> House:
    need(ctx, READ)
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_HOUSE, ctx.tenant.id, point, number, code)
        if row is None:
            raise NotFound(_NO_POINT)
        subject = f"point/{row['id']}"
        bills = await bills_of(ctx, [row["payer"]], subject=subject, owed_only=True)
    return _house(row, bills)
