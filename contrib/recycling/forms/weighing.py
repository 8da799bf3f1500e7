"""Figures of a scale, typed at a house and perhaps sent hours later; and those of the centre."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from contrib.recycling.rules.materials import read_quantity
from core.api import InvalidInput, Text
from kit.forms import Posted, first
from kit.thai import Unreadable, ascii_digits, parse_baht

MOST_PHOTOS = 4
_PRICE = Text("กรอกราคาขายต่อหน่วยเป็นบาท เช่น 9.50", "Give the price for a unit in baht, e.g. 9.50.")


def read_weights(
    posted: Posted, materials: Sequence[Mapping[str, Any]], *, zero: bool = False
) -> dict[str, int]:
    """Return the quantities that were typed, by code.

    :param materials: each with ``code`` and ``unit``.
    :param zero: whether a 0 counts as told; what was left empty never does.
    :raises InvalidInput: with a sentence for each that is no quantity.
    """
    found: dict[str, int] = {}
    problems: dict[str, Text] = {}
    for one in materials:
        name = f"q_{one['code']}"
        text = ascii_digits(first(posted, name)).strip()
        if not text:
            continue
        read = read_quantity(text, one["unit"])
        if isinstance(read, Text):
            problems[name] = read
        elif read or zero:
            found[one["code"]] = read
    if problems:
        raise InvalidInput(problems)
    return found


def read_prices(posted: Posted, codes: Sequence[str]) -> dict[str, int]:
    """Return the prices that were typed for some materials, in satang by code.

    :raises InvalidInput: with a sentence for each that is none.
    """
    found: dict[str, int] = {}
    problems: dict[str, Text] = {}
    for code in codes:
        name = f"p_{code}"
        try:
            found[code] = parse_baht(first(posted, name))
        except Unreadable:
            problems[name] = _PRICE
    if problems:
        raise InvalidInput(problems)
    return found


def read_said(posted: Posted) -> dict[str, Any]:
    """Return what the device adds; what it adds and is none counts as not said."""
    return {
        "cash": first(posted, "pay") == "cash",
        "said_at": _moment(first(posted, "weighed_at")),
        "said": _count(first(posted, "said")),
    }


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _moment(text: str) -> datetime | None:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo is not None else None
