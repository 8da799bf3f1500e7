"""What a shelter holds and hands out: never less than nothing, and never other than its records."""

from collections.abc import Iterable, Mapping

from core.api import Text

UNITS: Mapping[str, Text] = {
    "piece": Text("ชิ้น", "pieces"),
    "pack": Text("ชุด", "packs"),
    "bottle": Text("ขวด", "bottles"),
    "kilo": Text("กิโลกรัม", "kg"),
    "box": Text("กล่อง", "boxes"),
}
RECEIVED, GIVEN, COUNTED = "received", "given", "counted"
WHYS: Mapping[str, Text] = {
    RECEIVED: Text("รับเข้า", "Received"),
    GIVEN: Text("แจกจ่าย", "Handed out"),
    COUNTED: Text("ปรับตามการตรวจนับ", "Set right by a count"),
}
MOST_AT_ONCE = 1_000_000


def after(balance: int, moves: Iterable[int]) -> int | None:
    """Return what is left after some moves in their order; None where one takes too much."""
    for move in moves:
        balance += move
        if balance < 0:
            return None
    return balance


def correction(balance: int, counted: int) -> int:
    """Return the move that sets a balance to what was counted."""
    return counted - balance
