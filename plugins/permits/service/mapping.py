"""Permits on a map, by how they stand and by what is done, and the list of what the map shows.

Permits that lie close are one mark, worked out here as for all maps of the platform; the mark has
the tone of what needs an eye first. Who cannot use the map has the list beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.api import Context
from kit.geo import Cluster, Drawing, Point, area_of, closer, clusters, map_of
from plugins.permits.service.finding import Sought, mapped_permits

PAGE, MOST, CLOSEST = 50, 50_000, 6
# The first of these that a mark has gives its tone.
TONES: Mapping[str, str] = {
    "revoked": "bad",
    "expired": "bad",
    "expiring": "warn",
    "valid": "ok",
    "completed": "",
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be shown; empty is all.

    :param at: the middle of the map; None for the whole area.
    :param near: how many times it was enlarged twofold.
    :param skip: of the list.
    """

    work: str = ""
    stands: str = ""
    at: Point | None = None
    near: int = 0
    skip: int = 0


class Mark(msgspec.Struct, frozen=True):
    """Permits of one place of the map.

    :ivar works: how many there are of each kind of work; ``stands``: of each standing.
    """

    spot: Cluster
    tone: str
    works: Mapping[str, int]
    stands: Mapping[str, int]


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """A map and the list beside it.

    :ivar drawing: None while the municipality has no area.
    :ivar permits: a page of what the map shows, the newest first.
    :ivar total: how many there are on all pages.
    :ivar unplaced: how many fit and have no place on the map; in the list of the whole area.
    """

    drawing: Drawing | None
    marks: Sequence[Mark]
    permits: Sequence[dict[str, Any]]
    total: int
    unplaced: int


async def show_map(ctx: Context, asked: Asked) -> Mapped:
    """Return the permits that fit, on a map and in a list."""
    found = await mapped_permits(ctx, Sought(work=asked.work, stands=asked.stands), MOST)
    drawing = _drawing(ctx, asked)
    placed = [one for one in found if one["lat"] is not None]
    inside = [one for one in placed if _inside(drawing, _place(one))]
    listed = inside if asked.at else found
    return Mapped(
        drawing=drawing,
        marks=_marks(drawing, inside) if drawing else [],
        permits=listed[asked.skip : asked.skip + PAGE],
        total=len(listed),
        unplaced=len(found) - len(placed),
    )


def _place(one: Mapping[str, Any]) -> Point:
    return Point(one["lat"], one["lon"])


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


def _marks(drawing: Drawing, inside: Sequence[Mapping[str, Any]]) -> list[Mark]:
    known = {str(one["case_id"]): one for one in inside}
    spots = clusters(drawing, [(key, _place(one), False) for key, one in known.items()])
    return [_mark(spot, [known[key] for key in spot.keys]) for spot in spots]


def _mark(spot: Cluster, permits: Sequence[Mapping[str, Any]]) -> Mark:
    stands = Counter(one["stands"] for one in permits)
    tone = next((tone for name, tone in TONES.items() if stands[name]), "")
    return Mark(spot, tone, Counter(one["work"] for one in permits), stands)
