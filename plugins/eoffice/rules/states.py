"""How a letter stands, and what becomes of it.

A letter from outside arrives, is registered under a number, goes from post to post and is closed;
one that is not ours or not whole goes back before it has a number. The office's own is drafted,
looked at from post to post, signed (which gives it its number) and sent; it is closed as well.
"""

from collections.abc import Mapping
from enum import StrEnum

from core.api import Text


class State(StrEnum):
    """How a letter stands."""

    ARRIVED = "arrived"
    REGISTERED = "registered"
    RETURNED = "returned"
    DRAFT = "draft"
    ROUTED = "routed"
    SIGNED = "signed"
    DROPPED = "dropped"
    CLOSED = "closed"


WORDS: Mapping[str, Text] = {
    State.ARRIVED: Text("รอลงทะเบียน", "Waits to be registered"),
    State.REGISTERED: Text("ลงทะเบียนแล้ว", "Registered"),
    State.RETURNED: Text("ไม่รับ ส่งคืนแล้ว", "Not taken, sent back"),
    State.DRAFT: Text("ร่าง", "Draft"),
    State.ROUTED: Text("เสนอตรวจและลงนาม", "On its way to be signed"),
    State.SIGNED: Text("ลงนามแล้ว", "Signed"),
    State.DROPPED: Text("ยกเลิกร่าง", "Draft dropped"),
    State.CLOSED: Text("เรื่องเสร็จ", "Dealt with"),
}
TONES: Mapping[str, str] = {
    State.ARRIVED: "warn",
    State.REGISTERED: "run",
    State.RETURNED: "bad",
    State.DRAFT: "info",
    State.ROUTED: "run",
    State.SIGNED: "ok",
    State.DROPPED: "bad",
    State.CLOSED: "ok",
}
# A letter that may be written on and sent from post to post.
OPEN = frozenset({State.REGISTERED, State.DRAFT, State.ROUTED, State.SIGNED})
# A letter of the office whose words may still change.
UNSIGNED = frozenset({State.DRAFT, State.ROUTED})
# A letter of the office that may go to other agencies.
SENT = frozenset({State.SIGNED, State.CLOSED})

SPEEDS: Mapping[str, Text] = {
    "normal": Text("ปกติ", "Normal"),
    "urgent": Text("ด่วน", "Urgent"),
    "very_urgent": Text("ด่วนมาก", "Very urgent"),
    "most_urgent": Text("ด่วนที่สุด", "Most urgent"),
}
# above: ลับมาก and ลับที่สุด are never kept here; only that there is a paper (platform safe default).
SECRECIES: Mapping[str, Text] = {
    "normal": Text("ไม่ลับ", "Not secret"),
    "secret": Text("ลับ", "Confidential"),
    "above": Text("ลับมาก หรือลับที่สุด", "Secret or top secret"),
}
