"""How a letter on its way to another agency stands, and when it is tried again.

waiting → sent → received → accepted; not taken: rejected or misdirected, then withdrawn where it
is sent anew. What cannot be sent is tried again with growing pauses for as long as it waits; after
a day a person is asked as well. What the other side said stays said: news that comes late or twice
changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.api import Text

CHANNELS: Mapping[str, Text] = {
    "neighbour": Text("ในระบบเดียวกัน", "Within this installation"),
    "direct": Text("ระบบท้องถิ่นอื่นโดยตรง", "Directly to another installation"),
    "ecms": Text("ระบบ eCMS (TH e-GIF)", "eCMS (TH e-GIF)"),
    "email": Text("ไปรษณีย์อิเล็กทรอนิกส์กลาง", "Central mailbox"),
    "hand": Text("นำส่งเอง หรือไปรษณีย์", "By hand or post"),
}
# Both sides sign what they say.
SIGNED = frozenset({"neighbour", "direct"})
# Nothing on the way has an id: a letter is known by its number. What is under one number goes one
# after another, and a number goes to the same agency again only once it was withdrawn there.
BY_NUMBER = frozenset({"ecms"})
# What failed may have failed by the address that it had; to a new one it goes as a new one.
BY_ADDRESS = frozenset({"email"})

STATES: Mapping[str, Text] = {
    "waiting": Text("กำลังส่ง", "Being sent"),
    "sent": Text("ส่งแล้ว", "Sent"),
    "received": Text("ปลายทางได้รับแล้ว", "It has arrived"),
    "accepted": Text("ปลายทางลงรับแล้ว", "Registered there"),
    "rejected": Text("ปลายทางไม่รับ", "Not taken"),
    "misdirected": Text("ส่งผิดหน่วยงาน", "Sent to the wrong agency"),
    "failed": Text("ส่งไม่สำเร็จ", "Could not be sent"),
    "withdrawn": Text("ถอนแล้ว", "Withdrawn"),
    "wrong_number": Text("แจ้งว่าเลขรับไม่ถูกต้องแล้ว", "Its receive number was doubted"),
}
TONES: Mapping[str, str] = {
    "waiting": "warn",
    "sent": "run",
    "received": "run",
    "accepted": "ok",
    "rejected": "bad",
    "misdirected": "bad",
    "failed": "bad",
    "withdrawn": "",
    "wrong_number": "warn",
}
NOTES: Mapping[str, Text] = {
    "received": Text("แจ้งว่าได้รับหนังสือแล้ว", "That it has arrived"),
    "accepted": Text("แจ้งเลขรับ", "Its receive number"),
    "rejected": Text("แจ้งว่าไม่รับหนังสือ", "That it is not taken"),
    "misdirected": Text("แจ้งว่าส่งผิดหน่วยงาน", "That it is another agency's"),
    "wrong_number": Text("แจ้งว่าเลขรับไม่ถูกต้อง", "That its receive number is wrong"),
    "withdrawn": Text("ขอถอนหนังสือ", "That it is withdrawn"),
    "undeliverable": Text("แจ้งว่าส่งไม่ถึง", "That it did not arrive"),
    "said": Text("ข้อความถึงหนังสือ", "Words about it"),
}
# What the sender says of a letter; the other kinds of notes are the receiver's.
OF_SENDER = frozenset({"wrong_number", "withdrawn"})
ASK_AFTER = timedelta(hours=24)
_PAUSES = (60, 120, 300, 900, 1800, 3600, 2 * 3600, 4 * 3600)  # seconds; the last is repeated

_UNDERWAY = ("waiting", "sent", "received", "failed")
_UNTAKEN = ("rejected", "misdirected", "withdrawn")
# What a note of either side makes of a letter that stands so.
_AFTER: Mapping[str, Mapping[str, str]] = {
    "received": dict.fromkeys(("waiting", "sent", "failed"), "received"),
    "accepted": dict.fromkeys((*_UNDERWAY, *_UNTAKEN, "wrong_number"), "accepted"),
    "rejected": dict.fromkeys(_UNDERWAY, "rejected"),
    "misdirected": dict.fromkeys(_UNDERWAY, "misdirected"),
    "withdrawn": dict.fromkeys(
        ("sent", "received", "failed", "rejected", "misdirected"), "withdrawn"
    ),
    "wrong_number": {"accepted": "wrong_number"},
    "undeliverable": dict.fromkeys(("waiting", "sent"), "failed"),
}


def after_note(state: str, note: str) -> str | None:
    """Return how a letter stands once one side has said something of it; None: as before."""
    return _AFTER.get(note, {}).get(state)


def steps(channel: str, state: str) -> frozenset[str]:
    """Return what may be done about a letter that went over a channel and stands so.

    ``again``: try the same; ``anew``: send it as a new one; ``doubt`` its receive number;
    ``withdraw`` it.
    """
    found = {
        "again": state == "failed",
        "anew": state in _UNTAKEN or (state == "failed" and channel in BY_NUMBER | BY_ADDRESS),
        "doubt": state == "accepted" and channel in BY_NUMBER,
        "withdraw": state in ("sent", "received") and channel in SIGNED,
    }
    return frozenset(name for name, may in found.items() if may)


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when something is tried again that failed so many times, at least once."""
    return now + timedelta(seconds=_PAUSES[min(attempts, len(_PAUSES)) - 1])
