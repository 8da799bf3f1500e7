"""An address, asked part by part, with one list for everything above the road."""

from typing import Any, ClassVar

import msgspec

from core.api import InvalidInput, Language, Text
from kit.forms import cleaning, sentences
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place
from kit.geo import Address, Subdistrict, find_subdistricts, subdistrict

# What the list says for a place that is not on it; the place is then typed beside it.
ELSEWHERE = "other"
FOUND_MOST = 30

_PARTS = ("house_no", "moo", "village", "soi", "road")


class AddressField(Field, frozen=True, kw_only=True, tag="address"):
    """An address, stored as the parts of ``kit.geo.Address`` that are not empty.

    The list offers the municipality's own sub-districts. For another one, its name or
    postcode is typed: where that fits several, the page comes back with them on the list.

    :param own: only the municipality's own sub-districts are taken.
    :param house: a house number must be given; land without a house has none.
    :param autofill: it is the reader's own, which the browser may fill in.
    """

    personal: bool = True
    own: bool = False
    house: bool = True
    autofill: bool = False

    parts: ClassVar[tuple[str, ...]] = (*_PARTS, "subdistrict", "elsewhere")
    shape: ClassVar[Any] = dict[str, str]
    asks: ClassVar[Text] = sentences.GIVE_ADDRESS

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the parts that were given."""
        given = {part: self._text(typed, part) for part in _PARTS}
        problems: dict[str, Text] = {}
        if self.house and not given["house_no"]:
            problems[self._control("house_no")] = sentences.HOUSE_NO
        try:
            code, postcode = self._where(typed, place)
        except InvalidInput as refusal:
            problems |= refusal.problems
            code, postcode = "", ""
        address = Address.read(**given, subdistrict=code, postcode=postcode)
        for part, sentence in address.problems().items():
            # There is no control for the postcode: it comes with the sub-district.
            at = self._control("subdistrict" if part == "postcode" else part)
            if code or part in _PARTS:
                problems.setdefault(at, sentence)
        if problems:
            raise InvalidInput({one: problems[one] for one in self.controls if one in problems})
        return msgspec.to_builtins(address)

    def _where(self, typed: Texts, place: Place) -> tuple[str, str]:
        """Return the code and the postcode that were chosen, or found by what was typed."""
        chosen, elsewhere = self._text(typed, "subdistrict"), self._text(typed, "elsewhere")
        code, _, postcode = chosen.partition("-")
        if chosen == ELSEWHERE or (elsewhere and not chosen):
            if self.own:
                raise self.refuse(sentences.NOT_OWN, self._control("subdistrict"))
            code, postcode = self._found(elsewhere)
        if subdistrict(code) is None:
            raise self.wrong(sentences.CHOOSE_SUBDISTRICT, self._control("subdistrict"))
        if self.own and code not in place.subdistricts:
            raise self.refuse(sentences.NOT_OWN, self._control("subdistrict"))
        return code, postcode

    def _found(self, elsewhere: str) -> tuple[str, str]:
        options = [one for found in _find(elsewhere) for one in _options(found)]
        if not elsewhere:
            raise self.wrong(sentences.TYPE_SUBDISTRICT, self._control("elsewhere"))
        if not options:
            no_such = sentences.NO_SUCH_SUBDISTRICT.format(typed=elsewhere)
            raise self.wrong(no_such, self._control("elsewhere"))
        if len(options) > 1:
            several = sentences.SEVERAL_SUBDISTRICTS.format(typed=elsewhere, count=len(options))
            raise self.wrong(several, self._control("subdistrict"))
        code, _, postcode = options[0].partition("-")
        return code, postcode

    def options(self, typed: Texts, place: Place, language: Language) -> list[tuple[str, str]]:
        """Return value and label of everything on the list, the municipality's own first."""
        codes = dict.fromkeys(place.subdistricts)
        if not self.own:
            chosen = self._text(typed, "subdistrict").partition("-")[0]
            codes |= dict.fromkeys(one.code for one in _find(self._text(typed, "elsewhere")))
            codes |= {chosen: None}
        known = [found for code in codes if (found := subdistrict(code))]
        return [
            (value, f"{_name(one, language)} {value.partition('-')[2]}")
            for one in known
            for value in _options(one)
        ]

    def chosen(self, typed: Texts, place: Place) -> str:
        """Return what the list stands on: what was chosen, or the only thing there is."""
        if any(typed.get(control) for control in self.controls):
            return self._text(typed, "subdistrict")
        only = subdistrict(place.subdistricts[0]) if len(place.subdistricts) == 1 else None
        return _options(only)[0] if only and self.required else ""

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return whether it is the same address, with or without words like ซอย."""
        if not set(given) <= {*_PARTS, "subdistrict", "postcode"}:
            return False
        clean = all(text == cleaning.line(cleaning.clean(text)) for text in given.values())
        codes = all(given.get(part) == taken.get(part) for part in ("subdistrict", "postcode"))
        return clean and codes

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the parts, and the option of the list."""
        option = "-".join(filter(None, (value.get("subdistrict", ""), value.get("postcode", ""))))
        filled = {self._control(part): [value[part]] for part in _PARTS if value.get(part)}
        return filled | {self._control("subdistrict"): [option]}

    def schema(self) -> dict[str, JSON]:
        """Return an object of texts; whether the sub-district exists is beyond a schema."""
        text = {"type": "string", "pattern": f"^({cleaning.LINE})?$"}
        house = {"type": "string", "pattern": f"^{cleaning.LINE}$"}
        return {
            "type": "object",
            "properties": {part: text for part in _PARTS}
            | ({"house_no": house} if self.house else {})
            | {
                "subdistrict": {"type": "string", "pattern": "^[0-9]{6}$"},
                "postcode": {"type": "string", "pattern": "^[0-9]{5}$"},
            },
            "required": [*(["house_no"] if self.house else []), "subdistrict", "postcode"],
            "additionalProperties": False,
        }

    def show(self, value: JSON, language: Language) -> str:
        """Return the address in one line."""
        return Address(**value).one_line(language)

    def hide(self, value: JSON, language: Language) -> str:
        """Return the sub-district and what is above it."""
        kept = {part: value[part] for part in ("subdistrict", "postcode")}
        return f"••••• {Address(**kept).one_line(language)}"

    def _control(self, part: str) -> str:
        return f"{self.name}.{part}"

    def _text(self, typed: Texts, part: str) -> str:
        return cleaning.line(typed.get(self._control(part), [""])[0])


def _find(typed: str) -> list[Subdistrict]:
    return find_subdistricts(typed, limit=FOUND_MOST) if typed else []


def _options(one: Subdistrict) -> list[str]:
    """Return what the list posts for a sub-district: one value for each of its postcodes."""
    return [f"{one.code}-{postcode}" for postcode in one.postcodes]


def _name(one: Subdistrict, language: Language) -> str:
    # Bare names: with ตำบล, อำเภอ and จังหวัด the list is wider than a phone.
    between = " " if language == "th" else ", "
    return between.join(name.to(language) for name in (one.name, one.district, one.province))
