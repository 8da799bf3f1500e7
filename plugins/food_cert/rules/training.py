"""How long a card of training counts, and how it stands on a day.

Law: Ministerial Regulation on Hygiene of Food-Selling Premises B.E. 2561, cl. 21 (2). For how many
years a card counts was not read there (unverified); it is a figure that the office can set.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from core.api import Text
from kit.law import Limits
from kit.thai import years_later

ROLES: Mapping[str, Text] = {
    "operator": Text("ผู้ประกอบกิจการ", "Operator"),
    "handler": Text("ผู้สัมผัสอาหาร", "Food handler"),
}
EXPIRED, SOON, FINE, LEFT = "expired", "soon", "fine", "left"
CARDS: Mapping[str, Text] = {
    EXPIRED: Text("บัตรหมดอายุ", "Card expired"),
    SOON: Text("ใกล้หมดอายุ", "Expires soon"),
    FINE: Text("บัตรใช้ได้", "Card counts"),
    LEFT: Text("ออกแล้ว", "Left"),
}
TONES: Mapping[str, str] = {EXPIRED: "bad", SOON: "warn", FINE: "ok", LEFT: ""}


def expires_on(trained_on: date, limits: Limits) -> date:
    """Return the last day of a card on which none is printed."""
    return years_later(trained_on, limits["training.years"].whole)


def warned_from(day: date, limits: Limits) -> date:
    """Return the last of the days of expiry of which is warned on a day."""
    return day + timedelta(days=limits["training.warn_days"].whole)


def card_stands(expires: date, left: date | None, today: date, limits: Limits) -> str:
    """Return how a card stands on a day, a key of ``CARDS``; it counts on its last day."""
    if left is not None:
        return LEFT
    if expires < today:
        return EXPIRED
    return SOON if expires <= warned_from(today, limits) else FINE
