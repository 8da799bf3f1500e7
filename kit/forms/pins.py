"""A place on the map: the coordinates that a pin, a telephone or a person gives."""

from typing import Any, ClassVar

import msgspec

from core.api import Language, Text
from kit.forms import map_sentences, sentences
from kit.forms.field import JSON, Texts
from kit.forms.maps import OnMap
from kit.forms.place import Place
from kit.geo import Drawing, Point
from kit.thai import Unreadable


class Degrees(msgspec.Struct, forbid_unknown_fields=True):
    """A place as it is stored, in degrees."""

    lat: float
    lon: float


# What a schema can say of them; the country and the area are beyond it.
DEGREES: dict[str, JSON] = {
    "type": "object",
    "properties": {
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
    },
    "required": ["lat", "lon"],
    "additionalProperties": False,
}


class Pin(OnMap, frozen=True, kw_only=True, tag="pin"):
    """A place, stored as ``{"lat": …, "lon": …}`` in degrees, to five decimals (a metre).

    Decimal figures are floats here and in a plot alone: nothing is ever summed of them.
    """

    shape: ClassVar[Any] = Degrees
    asks: ClassVar[Text] = sentences.PLACE_PIN

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the degrees."""
        point = self._point(typed, place)
        outside = place.area.problem(point) if self.inside and place.area else None
        if outside is not None:
            raise self.wrong(outside)
        return msgspec.to_builtins(point)

    def _point(self, typed: Texts, place: Place) -> Point:
        text = self.coordinates(typed)
        try:
            return Point.parse(text or self.sought(typed))
        except Unreadable as refusal:
            if text:
                raise self.wrong(refusal.sentence) from None
            raise self.answer_search(typed, place, map_sentences.MOVE_PIN) from None

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return True: what a device gives beyond five decimals is rounded away."""
        return True

    def suggested(self, typed: Texts, place: Place) -> str:
        """Return coordinates that the search found and nobody has confirmed, else ""."""
        one = None if self.coordinates(typed) else self.found(typed, place)
        return str(one.point) if one else ""

    def drawing(self, typed: Texts, place: Place) -> Drawing | None:
        """Return the map with the pin that was typed, if it can be read, or what was found."""
        try:
            return place.map([Point.parse(self.coordinates(typed))])
        except Unreadable:
            one = self.found(typed, place)
        return place.map([one.point] if one else [])

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return latitude and longitude with a comma between."""
        return {self.name: [_words(value)]}

    def schema(self) -> dict[str, JSON]:
        """Return two numbers."""
        return DEGREES

    def show(self, value: JSON, language: Language) -> str:
        """Return latitude and longitude."""
        return _words(value)


def _words(value: JSON) -> str:
    return str(Point(value["lat"], value["lon"]))
