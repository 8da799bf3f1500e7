"""A place where food is sold or stored: what it is called, how it can stand, what makes it one.

Law: Public Health Act B.E. 2535, s. 4 (what is a place to sell or store food), 38, 48 and 56.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from core.api import Text
from kit.geo import Address
from kit.thai import ascii_digits


class State(StrEnum):
    """How a place stands."""

    APPLIED = "applied"  # a licence was asked for; it must not be run yet
    NOTIFIED = "notified"  # the receipt lets it be run while the notice is checked
    VALID = "valid"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    REVOKED = "revoked"
    LAPSED = "lapsed"  # the notice was declared void
    REFUSED = "refused"
    CLOSED = "closed"


# A place that stands so is there; of the others a new one may be entered at the same spot.
ALIVE = frozenset({State.APPLIED, State.NOTIFIED, State.VALID, State.SUSPENDED, State.STOPPED})
# So far it may be run.
RUNS = frozenset({State.NOTIFIED, State.VALID})
# So far it is a business of which fees are due.
OWES = frozenset({State.NOTIFIED, State.VALID, State.SUSPENDED, State.STOPPED})

SELL, STORE = "sell", "store"
KINDS: Mapping[str, Text] = {
    SELL: Text("สถานที่จำหน่ายอาหาร", "Place to sell food"),
    STORE: Text("สถานที่สะสมอาหาร", "Place to store food"),
}
CERTIFICATE, LICENCE = "certificate", "licence"
INSTRUMENTS: Mapping[str, Text] = {
    CERTIFICATE: Text("หนังสือรับรองการแจ้ง", "Certificate of notification"),
    LICENCE: Text("ใบอนุญาต", "Licence"),
}
STATES: Mapping[str, Text] = {
    State.APPLIED: Text("ขออนุญาตอยู่", "Licence asked for"),
    State.NOTIFIED: Text("แจ้งแล้ว เปิดได้ รอหนังสือรับรอง", "Notified, may be run"),
    State.VALID: Text("เปิดได้ตามกฎหมาย", "Valid"),
    State.SUSPENDED: Text("พักใช้ใบอนุญาต", "Licence suspended"),
    State.STOPPED: Text("สั่งหยุดดำเนินการ", "Ordered to stop"),
    State.REVOKED: Text("เพิกถอนแล้ว", "Revoked"),
    State.LAPSED: Text("การแจ้งสิ้นผล", "Notice lapsed"),
    State.REFUSED: Text("ไม่อนุญาต", "Refused"),
    State.CLOSED: Text("เลิกกิจการแล้ว", "Closed"),
}

# What is shown of a place: its state, or what has become of a valid one by the day.
EXPIRED, RENEWING = "expired", "renewing"
STANDS: Mapping[str, Text] = {
    **STATES,
    EXPIRED: Text("ใบอนุญาตหมดอายุ", "Licence expired"),
    RENEWING: Text("เปิดได้ระหว่างต่ออายุ", "Valid while it is being renewed"),
}
TONES: Mapping[str, str] = {
    State.APPLIED: "info",
    State.NOTIFIED: "ok",
    State.VALID: "ok",
    RENEWING: "ok",
    EXPIRED: "bad",
    State.SUSPENDED: "bad",
    State.STOPPED: "bad",
    State.REVOKED: "bad",
    State.LAPSED: "bad",
    State.REFUSED: "",
    State.CLOSED: "",
}


def stands(place: Mapping[str, Any], today: date) -> str:
    """Return how a place stands on a day, a key of ``STANDS``.

    A licence that has run out counts on while a renewal that was asked and paid in time waits.

    :param place: with ``state``, ``state_until``, ``until`` and ``renewing`` of the register.

    Law: Public Health Act B.E. 2535, s. 55 (renewal) and 59 (the end of a suspension).
    """
    state = State(place["state"])
    if state is State.SUSPENDED and place["state_until"] and place["state_until"] < today:
        state = State.VALID
    if state is not State.VALID or place["until"] is None or today <= place["until"]:
        return state
    return RENEWING if place["renewing"] else EXPIRED


_NOISE = re.compile(r"[\s.,\-–\"'“”()]+")


def sameness(name: str, kind: str, site: Address) -> str:
    """Return what is equal for the same place: kind, spot of its address, name of the business.

    Blanks, points, hyphens, capital letters and Thai digits make no difference.
    """
    spot = (site.subdistrict, site.moo, site.road, site.soi, site.village, site.house_no)
    return "/".join(_plain(part) for part in (kind, *spot, name))[:400]


def spot_of(same: str) -> str:
    """Return the part of :func:`sameness` before the name of the business."""
    return same.rpartition("/")[0]


def _plain(text: str) -> str:
    return _NOISE.sub("", ascii_digits(text)).replace("/", "|").casefold()
