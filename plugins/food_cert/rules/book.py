"""The figures of law that the rules of food premises ask for, as they begin."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

_DATA = Path(__file__).parents[1] / "data"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of law."""

    code: str
    since: date
    value: str
    law: str
    source: str
    verified: bool

    @property
    def number(self) -> Decimal:
        """The value to reckon with."""
        return Decimal(self.value)

    @property
    def whole(self) -> int:
        """The value where it is a count or an amount of satang."""
        return int(self.number)


class _File(msgspec.Struct):
    about: str
    entries: tuple[Entry, ...]


Limits = Mapping[str, Entry]
LATEST: Limits = {
    entry.code: entry
    for name in ("limits", "forms")
    for entry in msgspec.json.decode((_DATA / f"{name}.json").read_bytes(), type=_File).entries
}
