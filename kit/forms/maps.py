"""What fields on a map have in common: coordinates that are typed, and a search by name."""

from core.api import InvalidInput, Text
from kit.forms import cleaning, map_sentences
from kit.forms.field import Field, Texts
from kit.forms.place import Place
from kit.geo import Landmark, Point, find_subdistricts
from kit.thai import Unreadable

# Names in one sentence; whoever finds more types more.
NAMES_SHOWN = 5
# Digits from which words are rather meant as coordinates.
COORDINATES_LEAST = 4

_HERE = Text("จุดนี้", "The place")


class OnMap(Field, frozen=True, kw_only=True):
    """A field that is answered on a map, by coordinates in its first control.

    The second control, ``name.find``, asks for a place by its name or by coordinates in any
    form. A script goes there; without one the form comes back with the map of that place.

    :param inside: it must lie in the municipality, as far as its limits are drawn.
    """

    inside: bool = True

    @property
    def controls(self) -> tuple[str, ...]:
        """Coordinates, then the search."""
        return self.name, self.finder

    @property
    def finder(self) -> str:
        """The name of the control of the search."""
        return f"{self.name}.find"

    def coordinates(self, typed: Texts) -> str:
        """Return what was typed as coordinates, "" for nothing."""
        return typed.get(self.name, [""])[0].strip()

    def sought(self, typed: Texts) -> str:
        """Return what was typed into the search, "" for nothing."""
        return cleaning.line(typed.get(self.finder, [""])[0])

    def found(self, typed: Texts, place: Place) -> Landmark | None:
        """Return the one place that the search means, None where it means none or several."""
        text = self.sought(typed)
        try:
            point = Point.parse(text)
        except Unreadable:
            fitting = place.find(text)
            return fitting[0] if len(fitting) == 1 else None
        return Landmark(_HERE, point)

    def answer_search(self, typed: Texts, place: Place, then: Text) -> InvalidInput:
        """Return what the search came to, as the refusal of a field without coordinates.

        :param then: what to do at the one place that was found.
        """
        text = self.sought(typed)
        if one := self.found(typed, place):
            return self.refuse(map_sentences.FOUND_ONE, name=one.name, at=one.point, next=then)
        if some := place.find(text):
            names = Text.joined(one.name for one in some[:NAMES_SHOWN])
            return self.refuse(map_sentences.FOUND_SOME, count=len(some), typed=text, names=names)
        if elsewhere := find_subdistricts(text, 1):
            name = Text(elsewhere[0].full_name("th"), elsewhere[0].full_name("en"))
            return self.refuse(map_sentences.FOUND_ELSEWHERE, name=name)
        return self.wrong(_unreadable(text) or self.says(map_sentences.FOUND_NONE, typed=text))


def _unreadable(text: str) -> Text | None:
    """Return why ``text`` gives no place, if it was meant as coordinates or as a link."""
    figures = sum(character.isdigit() for character in text)
    if "/" not in text and figures < COORDINATES_LEAST:
        return None
    try:
        Point.parse(text)
    except Unreadable as refusal:
        return refusal.sentence
    return None
