"""A page on which a part of a service is filled in, and what comes of it when it is sent.

The builder's own pages are forms of ``kit.forms``, read and shown like those of citizens.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.api import InvalidInput, Text
from kit.forms import AnyField, Line, Lines, Place, Posted, fill, read
from plugins.oss.forms.pairs import Pair, Pairs, arrange
from plugins.oss.rules.parts import Change

Values = Mapping[str, Any]

_ENGLISH = Text(
    "ชาวต่างชาติและเอกสารภาษาอังกฤษใช้ข้อความนี้ ถ้าไม่มีคำแปล เขียนคำอ่าน",
    "Foreigners and English pages read this.",
)
_IN_THAI = Text("{label} (ไทย)", "{label} (Thai)")
_IN_ENGLISH = Text("{label} (อังกฤษ)", "{label} (English)")
_ONE = Text("กรอกทั้งสองภาษา หรือเว้นว่างทั้งสองช่อง", "Fill in both languages, or neither.")
_LINES = Text(
    "มี {count} บรรทัด รับได้ไม่เกิน {most} บรรทัด บรรทัดละไม่เกิน {longest} ตัวอักษร",
    "There are {count} lines; at most {most} are taken, of at most {longest} characters each.",
)


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a heading; ``pairs`` is a list that belongs to them."""

    title: Text
    fields: tuple[AnyField, ...]
    note: Text | None = None
    pairs: Pairs | None = None


@dataclass(frozen=True)
class Sheet:
    """One page.

    :param values: what stands in its fields, as ``kit.forms`` stores values.
    :param take: gives the change of the service for what was read; it may still refuse.
    """

    title: Text
    groups: tuple[Group, ...]
    values: Values
    take: Callable[[Values, Sequence[Pair]], Change]

    @property
    def fields(self) -> tuple[AnyField, ...]:
        """All fields of the page."""
        return tuple(one for group in self.groups for one in group.fields)

    @property
    def pairs(self) -> Pairs | None:
        """The one list of the page."""
        return next((group.pairs for group in self.groups if group.pairs), None)


@dataclass(frozen=True)
class Sent:
    """What came of a page: the change, or what is wrong, and what was typed."""

    sheet: Sheet
    typed: Mapping[str, list[str]]
    rows: Sequence[Pair]
    problems: Mapping[str, Text] = field(default_factory=dict)
    change: Change | None = None


def fresh(sheet: Sheet) -> Sent:
    """Return a page that nobody has typed into yet."""
    rows = sheet.pairs.shown() if sheet.pairs else []
    return Sent(sheet, fill(sheet.fields, sheet.values), rows)


def sent(sheet: Sheet, posted: Posted, place: Place) -> Sent:
    """Read what was sent."""
    reading = read(sheet.fields, posted, place)
    problems = dict(reading.problems)
    rows = sheet.pairs.typed(posted) if sheet.pairs else []
    filled: Sequence[Pair] = ()
    try:
        filled = sheet.pairs.read(rows) if sheet.pairs else ()
    except InvalidInput as refusal:
        problems |= refusal.problems
    if problems:
        return Sent(sheet, reading.typed, rows, problems)
    try:
        change = sheet.take(reading.values, filled)
    except InvalidInput as refusal:
        return Sent(sheet, reading.typed, rows, refusal.problems)
    return Sent(sheet, reading.typed, rows, change=change)


def arranged(sheet: Sheet, posted: Posted, place: Place, act: str) -> Sent:
    """Return the page as it was typed, after a button beside the rows of its list."""
    rows = arrange(sheet.pairs.typed(posted), act) if sheet.pairs else []
    return Sent(sheet, read(sheet.fields, posted, place).typed, rows)


def bilingual(
    name: str,
    label: Text,
    *,
    longest: int,
    required: bool = True,
    help: Text | None = None,
    why: bool = False,
) -> tuple[Line | Lines, Line | Lines]:
    """Return the two fields of a text: Thai, and English below it.

    :param longest: characters; above 300 it may have several lines.
    :param why: say what the English is for, once a page.
    """
    kind = Line if longest <= 300 else Lines
    return (
        kind(
            f"{name}_th",
            _IN_THAI.format(label=label),
            help=help,
            longest=longest,
            required=required,
        ),
        kind(
            f"{name}_en",
            _IN_ENGLISH.format(label=label),
            help=_ENGLISH if why else None,
            longest=longest,
            required=required,
        ),
    )


def said(name: str, text: Text | None) -> dict[str, str]:
    """Return the values of the two fields of a text."""
    return {f"{name}_th": text.th, f"{name}_en": text.en} if text and text.th else {}


def both(values: Values, name: str) -> Text | None:
    """Return a text of two fields; None where both were left empty.

    :raises InvalidInput: only one was filled in.
    """
    thai, english = values.get(f"{name}_th", ""), values.get(f"{name}_en", "")
    if bool(thai) != bool(english):
        raise InvalidInput({f"{name}_{'en' if thai else 'th'}": _ONE})
    return Text(thai, english) if thai else None


def whole(values: Values, name: str) -> Text:
    """Return a text of two fields that must be filled in."""
    return Text(values[f"{name}_th"], values[f"{name}_en"])


def lines_of(values: Values, name: str, *, most: int, longest: int) -> tuple[str, ...]:
    """Return the lines of a field, without empty ones.

    :raises InvalidInput: there are too many, or one is too long.
    """
    lines = tuple(filter(None, values.get(name, "").split("\n")))
    if len(lines) > most or any(len(line) > longest for line in lines):
        sentence = _LINES.format(count=len(lines), most=most, longest=longest)
        raise InvalidInput({name: sentence})
    return lines
