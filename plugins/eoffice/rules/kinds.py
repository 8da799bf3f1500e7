"""The kinds of official document and how people are addressed, as data in ``data/``.

Law: Regulation of the Office of the Prime Minister on Correspondence B.E. 2526, cl. 10.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from core.api import Text
from plugins.eoffice.rules.registers import SEND
from plugins.eoffice.rules.states import SECRECIES, SPEEDS

_DATA = Path(__file__).parents[1] / "data"

# A number of the send register after the letter code; a running number with the year; none.
Numbering = Literal["register", "series", "none"]


class Part(msgspec.Struct, frozen=True):
    """A part of a document, by the name of its field in the contents."""

    code: str
    needed: bool = False


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind or sub-kind of document.

    :param family: which of the six kinds, 1 to 6.
    :param form: of the regulation, ``แบบที่ 1``; empty where it has none.
    :param book: the register that gives the number; empty where there is none.
    :param era: the day is written with พ.ศ., as ``kit.thai.paper_day`` does.
    :param parts: in the order in which they stand on the form.
    """

    code: str
    family: int
    title: Text
    form: str
    book: str
    era: bool
    template: str
    parts: tuple[Part, ...]

    @property
    def numbering(self) -> Numbering:
        """How its number is written."""
        return "register" if self.book == SEND else "series" if self.book else "none"


class Family(msgspec.Struct, frozen=True):
    """One of the six kinds of the regulation."""

    number: int
    title: Text


class Salutation(msgspec.Struct, frozen=True, kw_only=True):
    """The words for somebody of a standing, all in Thai.

    :param writer: what the writer calls himself or herself; ``addressee`` what he calls the other.
    :param verified: it was read in the appendix itself.
    """

    code: str
    who: Text
    opening: str
    writer: str
    addressee: str
    closing: str
    envelope: str
    source: str
    verified: bool


class _Kinds(msgspec.Struct, frozen=True):
    families: tuple[Family, ...]
    parts: dict[str, Text]
    kinds: tuple[Kind, ...]


class _Salutations(msgspec.Struct, frozen=True):
    salutations: tuple[Salutation, ...]


def read_salutations(raw: bytes) -> Mapping[str, Salutation]:
    """Return a table of salutations by code, for one that an office keeps in the same form.

    :raises msgspec.ValidationError: something is missing or of another kind.
    """
    found = msgspec.json.decode(raw, type=_Salutations).salutations
    return {one.code: one for one in found}


_FILE = msgspec.json.decode((_DATA / "kinds.json").read_bytes(), type=_Kinds)
FAMILIES: Mapping[int, Text] = {one.number: one.title for one in _FILE.families}
PARTS: Mapping[str, Text] = _FILE.parts
KINDS: Mapping[str, Kind] = {one.code: one for one in _FILE.kinds}
SALUTATIONS = read_salutations((_DATA / "salutations.json").read_bytes())


def mark_of(degree: str) -> str:
    """Return what a letter of this urgency or secrecy is marked with; nothing where it is normal.

    Law: Regulation on Correspondence B.E. 2526, cl. 28.
    """
    return "" if degree == "normal" else {**SECRECIES, **SPEEDS}[degree].th
