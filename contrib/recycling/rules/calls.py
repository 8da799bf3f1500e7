"""Calls for a collector: their states and times."""

from collections.abc import Mapping

from core.api import Text

OPEN, ACCEPTED, WEIGHED, CANCELLED, LAPSED = "open", "accepted", "weighed", "cancelled", "lapsed"

STATES: Mapping[str, Text] = {
    OPEN: Text("รอผู้รับซื้อ", "Waits for a collector"),
    ACCEPTED: Text("มีผู้รับซื้อแล้ว", "A collector will come"),
    WEIGHED: Text("ชั่งแล้ว", "Weighed"),
    CANCELLED: Text("ยกเลิก", "Cancelled"),
    LAPSED: Text("พ้นวันนัด", "Its day has passed"),
}
TONES: Mapping[str, str] = {
    OPEN: "warn",
    ACCEPTED: "run",
    WEIGHED: "ok",
    CANCELLED: "",
    LAPSED: "bad",
}
SLOTS: Mapping[str, Text] = {
    "morning": Text("เช้า 08.30–12.00 น.", "Morning, 8.30 to 12.00"),
    "afternoon": Text("บ่าย 13.00–16.30 น.", "Afternoon, 13.00 to 16.30"),
}
# So far ahead a call may be made.
DAYS_AHEAD = 14
