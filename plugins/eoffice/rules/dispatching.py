"""How a letter on its way to another agency stands, and when it is tried again.

waiting → sent → received → accepted; not taken: rejected or misdirected. What cannot be sent is
tried again with growing pauses for as long as it waits; after a day a person is asked as well.
What the other side said stays said: news that comes late or twice changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.api import Text

CHANNELS: Mapping[str, Text] = {
    "neighbour": Text("ในระบบเดียวกัน", "Within this installation"),
    "direct": Text("ระบบท้องถิ่นอื่นโดยตรง", "Directly to another installation"),
    "ecms": Text("eCMS (TH e-GIF)", "eCMS (TH e-GIF)"),
    "email": Text("ไปรษณีย์อิเล็กทรอนิกส์กลาง", "Central mailbox"),
    "hand": Text("นำส่งเอง หรือไปรษณีย์", "By hand or post"),
}
# Both sides sign what they say.
SIGNED = frozenset({"neighbour", "direct"})

STATES: Mapping[str, Text] = {
    "waiting": Text("กำลังส่ง", "Being sent"),
    "sent": Text("ส่งแล้ว", "Sent"),
    "received": Text("ปลายทางได้รับแล้ว", "It has arrived"),
    "accepted": Text("ปลายทางลงรับแล้ว", "Registered there"),
    "rejected": Text("ปลายทางไม่รับ", "Not taken"),
    "misdirected": Text("ส่งผิดหน่วยงาน", "Sent to the wrong agency"),
    "failed": Text("ส่งไม่สำเร็จ", "Could not be sent"),
    "withdrawn": Text("ถอนแล้ว", "Withdrawn"),
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
}
ASK_AFTER = timedelta(hours=24)
_PAUSES = (60, 120, 300, 900, 1800, 3600, 2 * 3600, 4 * 3600)  # seconds; the last is repeated

# What a note makes of a letter that stands so.
_AFTER: Mapping[str, Mapping[str, str]] = {
    "received": dict.fromkeys(("waiting", "sent", "failed"), "received"),
    "accepted": dict.fromkeys(
        ("waiting", "sent", "received", "failed", "rejected", "misdirected"), "accepted"
    ),
    "rejected": dict.fromkeys(("waiting", "sent", "received", "failed"), "rejected"),
    "misdirected": dict.fromkeys(("waiting", "sent", "received", "failed"), "misdirected"),
}


def after_note(state: str, note: str) -> str | None:
    """Return how a letter stands once the other side has said something; None: as before."""
    return _AFTER.get(note, {}).get(state)


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when something is tried again that failed so many times, at least once."""
    return now + timedelta(seconds=_PAUSES[min(attempts, len(_PAUSES)) - 1])
