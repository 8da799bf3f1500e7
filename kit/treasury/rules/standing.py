"""How a bill stands, in one word, as people ask of it."""

import enum
from datetime import date

from core.api import Text


class Standing(enum.StrEnum):
    """How a bill stands on a day."""

    OWED = "owed"
    OVERDUE = "overdue"
    PAID = "paid"
    WAIVED = "waived"
    CANCELLED = "cancelled"


LABELS = {
    Standing.OWED: Text("รอชำระ", "To be paid"),
    Standing.OVERDUE: Text("เกินกำหนด", "Overdue"),
    Standing.PAID: Text("ชำระแล้ว", "Paid"),
    Standing.WAIVED: Text("ไม่ต้องชำระ", "Nothing to pay"),
    Standing.CANCELLED: Text("ยกเลิกแล้ว", "Cancelled"),
}
# The tone of the tag, as the shell's macros name it.
TONES = {
    Standing.OWED: "warn",
    Standing.OVERDUE: "bad",
    Standing.PAID: "ok",
    Standing.WAIVED: "info",
    Standing.CANCELLED: "",
}


def standing(state: str, *, due_on: date, today: date, paid: bool = True) -> Standing:
    """Return how a bill stands.

    :param state: of its row: open, settled, cancelled.
    :param due_on: the last day in time.
    :param paid: whether any money stands behind it; where none does, the rest was waived.
    """
    if state == "cancelled":
        return Standing.CANCELLED
    if state == "settled":
        return Standing.PAID if paid else Standing.WAIVED
    return Standing.OWED if today <= due_on else Standing.OVERDUE
