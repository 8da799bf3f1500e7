"""What is asked about reminders before a licence ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Text
from kit.forms import Groups, Number

_TURNS = (
    ("first", Text("เตือนครั้งที่ 1 ก่อนหมดอายุ", "First reminder")),
    ("second", Text("เตือนครั้งที่ 2 ก่อนหมดอายุ", "Second reminder")),
    ("third", Text("เตือนครั้งที่ 3 ก่อนหมดอายุ", "Third reminder")),
)
_DAYS = Text("วัน", "days before")

GROUPS: Groups = (
    (
        Text("เตือนกี่ครั้งก็ได้ ไม่เกิน 3 ครั้ง", "Up to three times"),
        tuple(
            Number(name, label, unit=_DAYS, least=1, most=365, required=False)
            for name, label in _TURNS
        ),
    ),
)


def days_of(values: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the days that were typed, each once, the longest before the end first."""
    given = {values[name] for name, _ in _TURNS if values.get(name)}
    return tuple(sorted(given, reverse=True))


def values_of(days: Sequence[int]) -> dict[str, int]:
    """Return the values of the fields for some days."""
    return {name: day for (name, _), day in zip(_TURNS, days, strict=False)}
