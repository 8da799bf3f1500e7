"""Many points on one map: those that lie close are drawn as one mark with their number."""

from collections.abc import Iterable

import msgspec

from kit.geo.drawing import Drawing
from kit.geo.points import Point

# The side of the squares whose points are one mark, and half of a mark; on a phone it can still
# be tapped, and none covers another.
CELL, REACH = 48, 20


class Cluster(msgspec.Struct, frozen=True):
    """Points of one square.

    :ivar x: where the mark stands, among its points and apart from other marks, in units of the
        drawing; so is ``y``.
    :ivar centre: the middle of its points.
    :ivar count: how many there are.
    :ivar marked: how many of them stand out.
    :ivar first: the key of the first of them.
    """

    x: float
    y: float
    centre: Point
    count: int
    marked: int
    first: str


def clusters(drawing: Drawing, points: Iterable[tuple[str, Point, bool]]) -> list[Cluster]:
    """Return the marks for points of any number; what lies outside the frame has none.

    :param points: a key, the place, and whether it stands out.
    """
    squares: dict[tuple[int, int], list[tuple[str, Point, bool]]] = {}
    for one in points:
        x, y = drawing.place(one[1])
        if 0 <= x < drawing.width and 0 <= y < drawing.height:
            squares.setdefault((int(x // CELL), int(y // CELL)), []).append(one)
    return [_cluster(drawing, square, squares[square]) for square in sorted(squares)]


def _cluster(
    drawing: Drawing, square: tuple[int, int], inside: list[tuple[str, Point, bool]]
) -> Cluster:
    count = len(inside)
    centre = Point(
        round(sum(place.lat for _, place, _ in inside) / count, 6),
        round(sum(place.lon for _, place, _ in inside) / count, 6),
    )
    x, y = (
        min(max(at, side * CELL + REACH), (side + 1) * CELL - REACH)
        for at, side in zip(drawing.place(centre), square, strict=True)
    )
    marked = sum(stands_out for *_, stands_out in inside)
    return Cluster(x, y, centre, count, marked, inside[0][0])
