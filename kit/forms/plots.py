"""A piece of land, drawn on the map or given by the coordinates of its corners."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import msgspec

from core.api import Language, Text
from kit.forms import map_sentences, sentences
from kit.forms.field import JSON, Texts
from kit.forms.maps import OnMap
from kit.forms.pins import DEGREES, Degrees
from kit.forms.place import Place
from kit.geo import Drawing, Outline, Point, spoken_distance
from kit.thai import Unreadable, land_area

CORNERS_LEAST, CORNERS_MOST = 3, 40
# The areas that a form may set as limits, in square metres: 100 hectares is 625 rai.
AREA_MOST = 1_000_000
# Corners and pins are kept to a metre, so that a pin on the line may come to lie outside.
ON_THE_LINE_M = 3
# Characters of a line, enough for the address of a page of a map.
LINE_MOST = 200


class Plot(OnMap, frozen=True, kw_only=True, tag="plot"):
    """A piece of land, stored as a list of ``{"lat": …, "lon": …}``: its corners in their order.

    Either way round, to five decimals (a metre), 3 to 40 corners, the first one not repeated.
    Figures that follow from it are about right, to a metre at each corner: the deed counts.

    :param around: name of an earlier field of a pin that must lie in the land.
    :param least: square metres, inclusive.
    :param most: square metres, inclusive, at most 1,000,000 (100 hectares).
    """

    around: str = ""
    least: int = 20
    most: int = AREA_MOST

    corners_most: ClassVar[int] = CORNERS_MOST
    shape: ClassVar[Any] = list[Degrees]
    asks: ClassVar[Text] = sentences.DRAW_PLOT

    @property
    def room(self) -> int:
        """A line for each corner."""
        return CORNERS_MOST * LINE_MOST

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the corners."""
        if not self.coordinates(typed):
            raise self.answer_search(typed, place, map_sentences.DRAW_THERE)
        corners = self._corners(typed)
        if len(corners) > CORNERS_LEAST and corners[0] == corners[-1]:
            corners.pop()
        if len(corners) < CORNERS_LEAST:
            raise self.refuse(map_sentences.FEW_CORNERS, least=CORNERS_LEAST, count=len(corners))
        if len(corners) > CORNERS_MOST:
            raise self.refuse(map_sentences.MANY_CORNERS, most=CORNERS_MOST, count=len(corners))
        self._check_place(corners, place)
        self._check_line(Outline(tuple(corners)))
        return msgspec.to_builtins(corners)

    def _corners(self, typed: Texts) -> list[Point]:
        corners = []
        for number, line in enumerate(typed[self.name][0].split("\n"), 1):
            try:
                corners += [Point.parse(line)] if line.strip() else []
            except Unreadable as refusal:
                why = refusal.sentence
                raise self.refuse(map_sentences.ON_LINE, number=number, why=why) from None
        return corners

    def _check_place(self, corners: list[Point], place: Place) -> None:
        if place.area is None or not self.inside:
            return
        for number, corner in enumerate(corners, 1):
            outside = place.area.problem(corner, map_sentences.CORNER.format(number=number))
            if outside is not None:
                raise self.wrong(outside)

    def _check_line(self, outline: Outline) -> None:
        count = len(outline.corners)
        if twice := outline.twice:
            raise self.refuse(map_sentences.SAME_CORNER, first=twice[0], second=twice[1])
        if crossing := outline.crossing:
            first, second = crossing
            raise self.refuse(
                map_sentences.CROSSING,
                first=first,
                from_first=first,
                to_first=first % count + 1,
                second=second,
                from_second=second,
                to_second=second % count + 1,
            )
        area = outline.area_m2
        if round(area) < self.least:
            raise self.refuse(map_sentences.SMALL_PLOT, area=_land(area), limit=_land(self.least))
        if round(area) > self.most:
            raise self.refuse(map_sentences.LARGE_PLOT, area=_land(area), limit=_land(self.most))

    def hold_against(self, value: JSON, answers: Mapping[str, JSON]) -> None:
        """Hold the land against the pin that it must lie around, where that is answered.

        :raises InvalidInput: the pin lies outside.
        """
        given = answers.get(self.around)
        if given is None:
            return
        pin = Point(given["lat"], given["lon"])
        far = outline_of(value).distance_m(pin)
        if far > ON_THE_LINE_M:
            raise self.refuse(map_sentences.PIN_OUTSIDE_PLOT, pin=pin, far=spoken_distance(far))

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return whether no corner was left out; decimals beyond five are rounded away."""
        return len(taken) == len(given)

    def drawn(self, typed: Texts) -> Outline | None:
        """Return the land that was typed, whether it is sound or not; None if it is unreadable."""
        lines = [line for line in self.coordinates(typed).split("\n") if line.strip()]
        try:
            points = [Point.parse(line) for line in lines]
        except Unreadable:
            return None
        return Outline(tuple(points)) if points else None

    def measured(self, typed: Texts, language: Language) -> str:
        """Return the area of the land that was typed, "" where that is none yet."""
        outline = self.drawn(typed)
        if outline is None or not CORNERS_LEAST <= len(outline.corners) <= CORNERS_MOST:
            return ""
        if outline.crossing:
            return ""
        return land_area(outline.area_m2, language)

    def drawing(self, typed: Texts, place: Place) -> Drawing | None:
        """Return the map of what lies around the land, its pin, or what was searched for.

        That of the whole municipality where none of them is known yet.
        """
        outline = self.drawn(typed)
        corners = outline.corners if outline else ()
        pins = self._pins(typed)
        if not (corners or pins) and (one := self.found(typed, place)):
            pins = [one.point]
        return place.map_near(pins, corners) if pins or corners else place.map([])

    def _pins(self, typed: Texts) -> list[Point]:
        try:
            return [Point.parse(typed.get(self.around, [""])[0])]
        except Unreadable:
            return []

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return a line for each corner."""
        return {self.name: ["\n".join(map(str, outline_of(value).corners))]}

    def schema(self) -> dict[str, JSON]:
        """Return a list of pairs of numbers; whether its line is sound is beyond a schema."""
        return {
            "type": "array",
            "items": DEGREES,
            "minItems": CORNERS_LEAST,
            "maxItems": CORNERS_MOST,
        }

    def show(self, value: JSON, language: Language) -> str:
        """Return area, lengths and corners."""
        outline = outline_of(value)
        return map_sentences.ABOUT_PLOT.to(language).format(
            area=land_area(outline.area_m2, language),
            line=round(outline.perimeter_m),
            sides=", ".join(f"{side:,.0f}" for side in outline.sides_m),
            corners="; ".join(map(str, outline.corners)),
        )

    def faults(self) -> Iterator[Text]:
        """Yield the limits that cannot be kept."""
        if not 1 <= self.least <= self.most <= AREA_MOST:
            yield self.says(sentences.CROSSED_LIMITS)


def outline_of(value: JSON) -> Outline:
    """Return the land of a stored value."""
    return Outline(tuple(Point(corner["lat"], corner["lon"]) for corner in value))


def _land(square_metres: float) -> Text:
    return Text(land_area(square_metres, "th"), land_area(square_metres, "en"))
