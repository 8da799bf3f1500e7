"""The facts of a service point, and which of them hold on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from core.api import Text

What = Literal["opened", "changed", "transferred", "closed", "reopened"]

# Customer classes, as ordinances of local governments commonly name them.
USES = {
    "household": Text("บ้านพักอาศัย", "Household"),
    "dormitory": Text("หอพักหรือห้องเช่า", "Dormitory or rooms to let"),
    "shop": Text("ร้านค้า", "Shop"),
    "business": Text("สถานประกอบการ", "Business"),
    "market": Text("ตลาด", "Market"),
    "office": Text("หน่วยงานราชการ", "Public office"),
}
CHANGES: dict[What, Text] = {
    "opened": Text("เริ่มใช้บริการ", "Service began"),
    "changed": Text("เปลี่ยนข้อมูล", "Facts changed"),
    "transferred": Text("เปลี่ยนผู้ชำระ", "Another payer"),
    "closed": Text("ยกเลิกบริการ", "Service ended"),
    "reopened": Text("กลับมาใช้บริการ", "Service began again"),
}


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a service point from a day on.

    :param use: customer class, one of ``USES``.
    :param litres: of waste a day.
    :param payer: id of the payer in the treasury, in hexadecimal.
    :param payer_phone: E.164, or empty.
    :param pin: ``lat`` and ``lon``, degrees.
    :param open: it is served.
    """

    use: str
    address: str
    zone: str = ""
    route: str = ""
    bins: int = 1
    litres: int = 0
    meter: str = ""
    owner: str = ""
    payer: str
    payer_name: str
    payer_address: str = ""
    payer_phone: str = ""
    pin: dict[str, Any] | None = None
    open: bool = True


class Since(msgspec.Struct, frozen=True):
    """Facts with the day from which they hold."""

    from_on: date
    facts: Facts


def in_force(history: Sequence[Since], day: date) -> Facts | None:
    """Return the facts on a day; None before the first.

    :param history: in the order of days; of one day the last counts.
    """
    found = None
    for one in history:
        if one.from_on > day:
            break
        found = one.facts
    return found
