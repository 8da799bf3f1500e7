"""Many points on one map: those that lie close are drawn as one mark with their number."""

from collections.abc import Iterable

import msgspec

from kit.geo.drawing import Drawing
from kit.geo.points import Point

# Into how many columns and rows a map is parted, whose points are one mark each, and half of a
# mark: on a phone it can still be tapped, none covers another or lies over the frame.
COLUMNS, ROWS, REACH = 10, 6, 20


class Cluster(msgspec.Struct, frozen=True):
    """Points of one square.

    :ivar x: where the mark stands, among its points and apart from other marks, in units of the
        drawing; so is ``y``.
    :ivar centre: the middle of its points.
    :ivar count: how many there are.
    :ivar keys: those of its points, in the order in which they were given.
    """

    x: float
    y: float
    centre: Point
    count: int
    keys: tuple[str, ...]

    @property
    def first(self) -> str:
        """The key of the first of its points."""
        return self.keys[0]


def clusters(drawing: Drawing, places: Iterable[tuple[str, Point]]) -> list[Cluster]:
    """Return the marks for places of any number, each with its key; outside the frame is none."""
    wide, high = drawing.width / COLUMNS, drawing.height / ROWS
    squares: dict[tuple[int, int], list[tuple[str, Point]]] = {}
    for one in places:
        x, y = drawing.place(one[1])
        if 0 <= x < drawing.width and 0 <= y < drawing.height:
            squares.setdefault((int(x // wide), int(y // high)), []).append(one)
    return [_cluster(drawing, square, squares[square]) for square in sorted(squares)]


def _cluster(drawing: Drawing, square: tuple[int, int], inside: list[tuple[str, Point]]) -> Cluster:
    count = len(inside)
    centre = Point(
        round(sum(place.lat for _, place in inside) / count, 6),
        round(sum(place.lon for _, place in inside) / count, 6),
    )
    x, y = (
        min(max(at, place * side + REACH), (place + 1) * side - REACH)
        for at, place, side in zip(
            drawing.place(centre),
            square,
            (drawing.width / COLUMNS, drawing.height / ROWS),
            strict=True,
        )
    )
    return Cluster(x, y, centre, count, tuple(key for key, _ in inside))
