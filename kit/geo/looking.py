"""Looking at places by the thousand: a part of the map, what lies there, and the list beside it.

Things that lie close are one mark, worked out here, so that a page stays light and needs no script.
What is looked at stands in the address of the page; who cannot use the map has the list beside it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from core.api import Tenant
from kit.geo.areas import area_of
from kit.geo.clusters import Cluster, clusters
from kit.geo.drawing import Drawing, closer, map_of
from kit.geo.points import Point
from kit.thai import Unreadable

PAGE, CLOSEST, MOST_SKIPPED = 50, 6, 10**6

Thing = Mapping[str, Any]


class Look(msgspec.Struct, frozen=True):
    """Which part of a map is looked at, and where the list begins; nothing is the whole area.

    :param at: the middle of the map; None for the whole area.
    :param near: how many times it was enlarged twofold, at most ``CLOSEST``.
    :param skip: how many things of the list are on the pages before.
    """

    at: Point | None = None
    near: int = 0
    skip: int = 0


def look_of(params: Mapping[str, str]) -> Look:
    """Return what an address looks at; what it cannot mean is nothing."""
    at = _place(params.get("at", ""))
    near = _number(params.get("near", ""), CLOSEST) if at else 0
    return Look(at, near, _number(params.get("skip", ""), MOST_SKIPPED))


def _place(typed: str) -> Point | None:
    try:
        return Point.parse(typed[:60]) if typed else None
    except Unreadable:
        return None


def _number(typed: str, most: int) -> int:
    plain = typed.isascii() and typed.isdigit() and len(typed) < 8
    return min(int(typed), most) if plain else 0


class Sight(msgspec.Struct, frozen=True):
    """How a map sees a thing.

    :param key: in the address of its page; no two things of a map have the same.
    :param place: None where nobody has put it on the map.
    :param stands: a code of how it stands, which gives its mark the tone.
    """

    key: str
    place: Point | None
    stands: str


class Mark(msgspec.Struct, frozen=True):
    """Things of one place of the map, in the order of the list.

    :ivar tone: as ``geo/spread.html`` takes it, of what needs an eye first.
    :ivar stands: how many there are of each standing.
    """

    spot: Cluster
    tone: str
    stands: Counter[str]
    things: Sequence[Thing]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A map and the list beside it.

    :ivar drawing: None while the municipality has no area; then the list is whole.
    :ivar things: of the part that is looked at; of the whole area, also those without a place.
    :ivar unplaced: how many fit and have no place on the map.
    """

    look: Look
    drawing: Drawing | None
    marks: Sequence[Mark]
    things: Sequence[Thing]
    unplaced: int

    @property
    def page(self) -> Sequence[Thing]:
        """The things on this page of the list."""
        return self.things[self.look.skip : self.look.skip + PAGE]

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return len(self.things)

    @property
    def first(self) -> int:
        """Place of the first of this page in the list, from 1."""
        return self.look.skip + 1

    @property
    def last(self) -> int:
        """Place of the last of this page."""
        return self.look.skip + len(self.page)


def view_of(
    tenant: Tenant,
    look: Look,
    things: Sequence[Thing],
    see: Callable[[Thing], Sight],
    tones: Mapping[str, str],
) -> View:
    """Return what the map of a municipality and the list beside it show of some things.

    :param things: all that fit, in the order of the list.
    :param tones: by how a thing stands; the first of these that a mark has gives its tone.
    """
    drawing = _drawing(tenant, look)
    sights = [see(one) for one in things]
    seen = {sight.key: (sight, one) for sight, one in zip(sights, things, strict=True)}
    places = [(sight.key, sight.place) for sight in sights if sight.place]
    spots = clusters(drawing, places) if drawing else []
    if look.at and drawing:
        inside = {key for spot in spots for key in spot.keys}
        things = [one for key, (_, one) in seen.items() if key in inside]
    return View(
        look=look,
        drawing=drawing,
        marks=[_mark(spot, [seen[key] for key in spot.keys], tones) for spot in spots],
        things=things,
        unplaced=len(sights) - len(places),
    )


def _drawing(tenant: Tenant, look: Look) -> Drawing | None:
    whole, area = map_of(tenant), area_of(tenant)
    if whole is None or area is None or look.at is None or not look.near:
        return whole
    return closer(whole, area, look.at, 2**look.near)


def _mark(spot: Cluster, seen: Sequence[tuple[Sight, Thing]], tones: Mapping[str, str]) -> Mark:
    stands = Counter(sight.stands for sight, _ in seen)
    tone = next((tone for code, tone in tones.items() if stands[code]), "")
    return Mark(spot, tone, stands, [one for _, one in seen])


class Ways(msgspec.Struct, frozen=True):
    """Where one can go from a part of a map: addresses of its page.

    :param sought: what is looked for, which stays the same, by name in the address.
    """

    path: str
    sought: Mapping[str, str]
    view: View

    def to(self, look: Look) -> str:
        """Return the address that looks at another part, or at another page of the list."""
        looked = {"at": look.at, "near": look.near, "skip": look.skip}
        kept = {name: value for name, value in looked.items() if value}
        return f"{self.path}?{urlencode({**self.sought, **kept})}"

    def into(self, mark: Mark, home: str, listed: str) -> str:
        """Return where a mark leads: to its only thing, or closer, or to the list of what is here.

        :param home: address of a thing's page, without its key.
        :param listed: id of the list on the page of the map.
        """
        if mark.spot.count == 1:
            return f"{home}{mark.spot.first}"
        near = self.view.look.near
        closest = f"#{listed}" if near >= CLOSEST else ""
        return self.to(Look(mark.spot.centre, min(near + 1, CLOSEST))) + closest

    @property
    def further(self) -> str | None:
        """One step away; None from the whole area."""
        look = self.view.look
        return self.to(Look(look.at, look.near - 1)) if look.near > 1 else self.whole

    @property
    def whole(self) -> str | None:
        """The whole area; None where it is looked at."""
        return self.to(Look()) if self.view.look.at else None

    @property
    def previous(self) -> str | None:
        """The page of the list before; None before the first."""
        look = self.view.look
        before = msgspec.structs.replace(look, skip=max(0, look.skip - PAGE))
        return self.to(before) if look.skip else None

    @property
    def next(self) -> str | None:
        """The next page of the list; None after the last."""
        after = msgspec.structs.replace(self.view.look, skip=self.view.last)
        return self.to(after) if self.view.last < self.view.total else None
