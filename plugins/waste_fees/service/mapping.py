"""Service points on a map, paid and unpaid, and the list of what the map shows."""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Context, transaction
from kit.geo import Look, Point, Sight, View, view_of
from kit.treasury import Standing, standing_of
from plugins.waste_fees.service.entries import SOURCE

MOST = 50_000
# The first of these that a mark has gives its tone.
TONES: Mapping[str, str] = {"unpaid": "bad", "paid": "ok"}

_POINTS = """
SELECT id, number, address, zone, route, payer_name, (pin->>'lat')::float8 AS lat,
  (pin->>'lon')::float8 AS lon
FROM waste_fees.point
WHERE tenant_id = $1 AND open AND ($2 = '' OR zone = $2) AND ($3 = '' OR route = $3)
ORDER BY zone, route, number LIMIT $4
"""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be shown; empty is all.

    :param period: ``YYYYMM`` of the Buddhist Era.
    :param only: ``unpaid``, ``paid`` or empty.
    """

    zone: str = ""
    route: str = ""
    period: str = ""
    only: str = ""


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """A map and the list beside it.

    :ivar view: of points, each with ``owed`` and ``late`` in satang.
    :ivar unpaid: how many of the list owe something.
    :ivar unbilled: how many were not billed for the month that was asked for.
    """

    view: View
    unpaid: int
    unbilled: int


async def show_map(ctx: Context, asked: Asked, look: Look) -> Mapped:
    """Return the points that fit, on a map and in a list."""
    async with transaction(ctx) as connection:
        stands = await standing_of(ctx, SOURCE, period=asked.period)
        rows = await connection.fetch(_POINTS, ctx.tenant.id, asked.zone, asked.route, MOST)
    found = [_stood(row, stands) for row in rows]
    billed = [one for one in found if one["billed"] or not asked.period]
    fitting = [one for one in billed if asked.only in ("", _standing(one))]
    view = view_of(ctx.tenant, look, fitting, _see, TONES)
    return Mapped(
        view=view,
        unpaid=sum(one["owed"] > 0 for one in view.things),
        unbilled=len(found) - len(billed),
    )


def _stood(row: Mapping[str, Any], stands: Mapping[str, Standing]) -> dict[str, Any]:
    known = stands.get(f"point/{row['id']}")
    place = Point(row["lat"], row["lon"]) if row["lat"] is not None else None
    return {
        **{name: row[name] for name in ("id", "number", "address", "zone", "route", "payer_name")},
        "place": place,
        "owed": known.owed if known else 0,
        "late": known.late if known else 0,
        "billed": known is not None,
    }


def _standing(point: Mapping[str, Any]) -> str:
    return "unpaid" if point["owed"] > 0 else "paid"


def _see(point: Mapping[str, Any]) -> Sight:
    return Sight(str(point["id"]), point["place"], _standing(point))
