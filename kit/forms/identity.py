"""Fields of numbers that belong to somebody: people, companies, telephones."""

import re

from core.api import Language
from kit.forms.field import JSON, Field, Texts
from kit.forms.place import Place
from kit.thai import (
    Unreadable,
    mask_national_id,
    mask_phone,
    parse_juristic_id,
    parse_national_id,
    parse_phone,
    show_juristic_id,
    show_national_id,
    show_phone,
)

_THIRTEEN = re.compile("[0-9]{13}")


class ThaiID(Field, frozen=True, kw_only=True, tag="thai_id"):
    """The 13 digits of a person's national ID."""

    personal: bool = True

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the digits."""
        try:
            return parse_national_id(typed[self.name][0])
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the digits with hyphens, as the card shows them."""
        whole = _THIRTEEN.fullmatch(value)
        return {self.name: [show_national_id(value) if whole else value]}

    def schema(self) -> dict[str, JSON]:
        """Return 13 digits; the check digit is beyond a schema."""
        return {"type": "string", "pattern": "^[0-9]{13}$"}

    def show(self, value: JSON, language: Language) -> str:
        """Return the whole number with hyphens."""
        return show_national_id(value)

    def hide(self, value: JSON, language: Language) -> str:
        """Return ``1-2345-•••••-••-1``."""
        return mask_national_id(value)


class JuristicID(Field, frozen=True, kw_only=True, tag="juristic_id"):
    """The 13 digits of a company or an office of the state; they are public."""

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the digits."""
        try:
            return parse_juristic_id(typed[self.name][0])
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the digits with hyphens."""
        whole = _THIRTEEN.fullmatch(value)
        return {self.name: [show_juristic_id(value) if whole else value]}

    def schema(self) -> dict[str, JSON]:
        """Return 13 digits that begin with 0; the check digit is beyond a schema."""
        return {"type": "string", "pattern": "^0[0-9]{12}$"}

    def show(self, value: JSON, language: Language) -> str:
        """Return the number with hyphens."""
        return show_juristic_id(value)


class Phone(Field, frozen=True, kw_only=True, tag="phone"):
    """A telephone number of Thailand, stored as E.164."""

    personal: bool = True

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the number, e.g. ``+66812345678``."""
        try:
            return parse_phone(typed[self.name][0])
        except Unreadable as refusal:
            raise self.wrong(refusal.sentence) from None

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the number as people write it."""
        return {self.name: [show_phone(value)]}

    def schema(self) -> dict[str, JSON]:
        """Return the two lengths of Thai numbers."""
        return {"type": "string", "pattern": "^\\+66([689][0-9]{8}|[2-57][0-9]{7})$"}

    def show(self, value: JSON, language: Language) -> str:
        """Return the number as people write it."""
        return show_phone(value)

    def hide(self, value: JSON, language: Language) -> str:
        """Return the number without four of its digits."""
        return mask_phone(value)
