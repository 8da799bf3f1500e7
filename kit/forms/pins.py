"""A place on the map: the coordinates that a pin, a telephone or a person gives."""

from typing import Any, ClassVar

import msgspec

from core.api import Language, Text
from kit.forms import sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place
from kit.geo import Drawing, Point
from kit.thai import Unreadable


class _Degrees(msgspec.Struct, forbid_unknown_fields=True):
    lat: float
    lon: float


class Pin(Field, frozen=True, kw_only=True, tag="pin"):
    """A place, stored as ``{"lat": …, "lon": …}`` in degrees, to five decimals (a metre).

    Decimal figures are floats here alone: nothing is ever summed of them.

    :param inside: it must lie in the municipality, as far as its limits are drawn.
    """

    inside: bool = True

    shape: ClassVar[Any] = _Degrees
    asks: ClassVar[Text] = sentences.PLACE_PIN

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the degrees."""
        try:
            point = Point.parse(typed[self.name][0])
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None
        outside = place.area.problem(point) if self.inside and place.area else None
        if outside is not None:
            raise self.wrong(outside)
        return msgspec.to_builtins(point)

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return True: what a device gives beyond five decimals is rounded away."""
        return True

    def drawing(self, typed: Texts, place: Place) -> Drawing | None:
        """Return the map with the pin that was typed, if it can be read."""
        try:
            pins = [Point.parse(typed.get(self.name, [""])[0])]
        except Unreadable:
            pins = []
        return place.map(pins)

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return latitude and longitude with a comma between."""
        return {self.name: [_words(value)]}

    def schema(self) -> dict[str, JSON]:
        """Return two numbers; the country and the area are beyond a schema."""
        return {
            "type": "object",
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
            },
            "required": ["lat", "lon"],
            "additionalProperties": False,
        }

    def show(self, value: JSON, language: Language) -> str:
        """Return latitude and longitude."""
        return _words(value)


def _words(value: JSON) -> str:
    return str(Point(value["lat"], value["lon"]))
