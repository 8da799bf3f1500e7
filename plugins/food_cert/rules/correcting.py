"""Facts of a place that an officer may put right, and how the change is told in its history."""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Text

_LABELS: Mapping[str, Text] = {
    "name": Text("ชื่อ", "name"),
    "workers": Text("ผู้ปฏิบัติงาน", "workers"),
    "phone": Text("โทรศัพท์", "telephone"),
    "pin": Text("ตำแหน่งบนแผนที่", "place on the map"),
}
_CHANGED = Text("แก้{what} เหตุผล: {why}", "Corrected: {what}. Reason: {why}")
_RENAMED = Text("ชื่อจาก “{was}”", "name from “{was}”")


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What may be put right; all else changes by a request, an inspection or an order.

    :param phone: E.164; may be empty.
    :param pin: ``lat`` and ``lon``, degrees; None where nobody knows it.
    """

    name: str
    workers: int
    phone: str
    pin: dict[str, float] | None


def changed(place: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the facts that differ from those of the register."""
    given = msgspec.structs.asdict(facts)
    return {name: value for name, value in given.items() if value != place[name]}


def told(place: Mapping[str, Any], names: Mapping[str, Any], why: str) -> Text:
    """Return the sentence about a change; numbers of telephones are not repeated in it."""
    said = [
        _RENAMED.format(was=place["name"]) if name == "name" else _LABELS[name] for name in names
    ]
    return _CHANGED.format(what=Text.joined(said), why=why)
