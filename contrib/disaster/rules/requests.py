"""Requests for help: what is needed, how high the water stands, and how a request can stand."""

from collections.abc import Mapping
from typing import Literal

from core.api import Text

NEEDS: Mapping[str, Text] = {
    "evacuate": Text("อพยพ", "Evacuation"),
    "food": Text("อาหารและน้ำดื่ม", "Food and drinking water"),
    "medicine": Text("ยาหรือการรักษา", "Medicine or treatment"),
    "boat": Text("เรือ", "A boat"),
    "power": Text("ตัดไฟ", "Cut the power"),
    "belongings": Text("ขนย้ายสิ่งของ", "Move belongings"),
    "other": Text("อื่น ๆ", "Something else"),
}

# How high the water stands, as people say it on the telephone, in centimetres (inference).
WATER: Mapping[str, tuple[Text, int]] = {
    "none": (Text("ไม่มีน้ำท่วม", "No water"), 0),
    "ankle": (Text("ข้อเท้า (ราว 20 ซม.)", "Ankle (about 20 cm)"), 20),
    "knee": (Text("เข่า (ราว 50 ซม.)", "Knee (about 50 cm)"), 50),
    "waist": (Text("เอว (ราว 100 ซม.)", "Waist (about 100 cm)"), 100),
    "chest": (Text("อก (ราว 130 ซม.)", "Chest (about 130 cm)"), 130),
    "over": (Text("มิดศีรษะ (ราว 200 ซม.)", "Over the head (about 200 cm)"), 200),
}

State = Literal["new", "assigned", "going", "helped", "ended"]
OPEN: tuple[State, ...] = ("new", "assigned", "going")
STATES: Mapping[State, Text] = {
    "new": Text("รอจัดทีม", "Waits for a team"),
    "assigned": Text("จัดทีมแล้ว", "A team has it"),
    "going": Text("ทีมกำลังไป", "The team is on its way"),
    "helped": Text("ช่วยแล้ว", "Helped"),
    "ended": Text("ปิดเรื่องโดยไม่ได้ช่วย", "Closed without help"),
}
TONES: Mapping[State, str] = {
    "new": "bad",
    "assigned": "warn",
    "going": "run",
    "helped": "ok",
    "ended": "",
}
# What a team tells, and where the request stands then.
OUTCOMES: Mapping[str, tuple[Text, State]] = {
    "going": (Text("รับเรื่อง กำลังไป", "Taken, on the way"), "going"),
    "helped": (Text("ช่วยแล้ว", "Helped"), "helped"),
    "moved": (Text("ไปถึง ผู้ขอย้ายออกแล้ว", "Reached; they had left"), "ended"),
    "not_found": (Text("ไปถึง ไม่พบผู้ขอ", "Reached; nobody was found"), "ended"),
    "back": (Text("ไปไม่ถึง ส่งคืนให้จัดทีมใหม่", "Not reached; another team is needed"), "new"),
}
WEB, PHONE = "web", "phone"
CHANNELS: Mapping[str, Text] = {
    WEB: Text("ขอเองทางเว็บ", "Asked on the web"),
    PHONE: Text("เจ้าหน้าที่รับทางโทรศัพท์", "Taken by telephone"),
}
HIGHEST = 99_999
