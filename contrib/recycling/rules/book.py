"""Figures of the waste bank, as dated data (:mod:`kit.law`)."""

from decimal import Decimal
from pathlib import Path

from kit.law import Limits, read_rulebook

BOOK = read_rulebook("recycling", Path(__file__).parents[1] / "data", ("limits",))
TOLERANCE, DIVIDEND = "load.tolerance", "dividend.share"


def ten_thousandths(limits: Limits, code: str) -> int:
    """Return a figure of per cent as ten-thousandths."""
    return int(limits[code].number * 100)


def factor(limits: Limits, kind: str) -> Decimal:
    """Return the kilograms of carbon dioxide that a kilogram of a group avoids."""
    return limits[f"co2.{kind}"].number
