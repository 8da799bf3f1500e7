"""Service points on a map, paid and unpaid, and the list of what the map shows.

Thousands of points are a few dozen marks: those that lie close are one, worked out here, so that
the page stays light and needs no script. Who cannot use the map has the list beside it.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Context, transaction
from kit.geo import Cluster, Drawing, Point, area_of, closer, clusters, map_of
from kit.treasury import Standing, standing_of
from plugins.waste_fees.service.entries import SOURCE

PAGE, MOST, CLOSEST = 50, 50_000, 6

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
    :param at: the middle of the map; None for the whole area.
    :param near: how many times it was enlarged twofold.
    :param skip: of the list.
    """

    zone: str = ""
    route: str = ""
    period: str = ""
    only: str = ""
    at: Point | None = None
    near: int = 0
    skip: int = 0


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """A map and the list beside it.

    :ivar drawing: None while the municipality has no area.
    :ivar points: a page of what the map shows, each with ``owed`` and ``late`` in satang.
    :ivar total: how many there are on all pages.
    :ivar unpaid: how many of these owe something.
    :ivar unplaced: how many fit and have no place on the map; in the list of the whole area.
    :ivar unbilled: how many were not billed for the month that was asked for.
    """

    drawing: Drawing | None
    marks: list[Cluster]
    points: list[dict[str, Any]]
    total: int
    unpaid: int
    unplaced: int
    unbilled: int


async def show_map(ctx: Context, asked: Asked) -> Mapped:
    """Return the points that fit, on a map and in a list."""
    async with transaction(ctx) as connection:
        stands = await standing_of(ctx, SOURCE, period=asked.period)
        rows = await connection.fetch(_POINTS, ctx.tenant.id, asked.zone, asked.route, MOST)
    found = [_stood(row, stands) for row in rows]
    billed = [one for one in found if one["billed"] or not asked.period]
    fitting = [one for one in billed if _fits(one, asked.only)]
    drawing = _drawing(ctx, asked)
    placed = [one for one in fitting if one["place"]]
    inside = [one for one in placed if _inside(drawing, one["place"])]
    listed = inside if asked.at else fitting
    marks = clusters(drawing, [_mark(one) for one in inside]) if drawing else []
    return Mapped(
        drawing=drawing,
        marks=marks,
        points=listed[asked.skip : asked.skip + PAGE],
        total=len(listed),
        unpaid=sum(one["owed"] > 0 for one in listed),
        unplaced=len(fitting) - len(placed),
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


def _fits(one: Mapping[str, Any], only: str) -> bool:
    owes: bool = one["owed"] > 0
    return not only or owes is (only == "unpaid")


def _drawing(ctx: Context, asked: Asked) -> Drawing | None:
    whole, area = map_of(ctx.tenant), area_of(ctx.tenant)
    if whole is None or area is None or asked.at is None or not asked.near:
        return whole
    return closer(whole, area, asked.at, 2 ** min(asked.near, CLOSEST))


def _inside(drawing: Drawing | None, place: Point) -> bool:
    if drawing is None:
        return False
    x, y = drawing.place(place)
    return 0 <= x < drawing.width and 0 <= y < drawing.height


def _mark(one: Mapping[str, Any]) -> tuple[str, Point, bool]:
    return str(one["id"]), one["place"], one["owed"] > 0
