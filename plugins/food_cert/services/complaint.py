"""A complaint about a food place: from the QR on its wall, or by its name and spot.

Read in the text of the Public Health Act: s. 44 and 45 (who inspects, and what follows). Within how
many days it is answered the office decides (unverified figure).
"""

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import Choices, Day, Line, Lines, Option, Pin
from kit.law import Limits
from kit.thai import WorkingDays
from plugins.food_cert.rules.book import LATEST

CODE, LOOK = "food_cert.complaint", "look"
_PLACE = Text("ร้านที่ร้องเรียน", "The place")
_WRONG = Text("เรื่องที่ร้องเรียน", "What is wrong")

_FORM = (
    Line(
        "place",
        Text("รหัสของร้าน", "Code of the place"),
        help=Text(
            "ตัวอักษรใต้ QR บนใบที่ติดในร้าน ถ้าไม่มี เว้นไว้แล้วใส่ชื่อร้าน",
            "Below the QR on the wall. If there is none, leave it empty and give the name.",
        ),
        longest=20,
        required=False,
        step=_PLACE,
    ),
    Line(
        "shop",
        Text("ชื่อร้าน", "Name of the place"),
        help=Text("ไม่ต้องใส่ ถ้ามีรหัสของร้าน", "Not needed with its code."),
        longest=200,
        required=False,
        step=_PLACE,
    ),
    Line(
        "spot",
        Text("ที่ตั้งหรือจุดสังเกต", "Where it is, or a landmark"),
        help=Text("เช่น ปากซอย 4 ตรงข้ามโรงเรียน", "e.g. mouth of Soi 4, opposite the school"),
        longest=200,
        required=False,
        step=_PLACE,
    ),
    Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False, step=_PLACE),
    Choices(
        "wrong",
        Text("พบปัญหาอะไร", "What is wrong"),
        options=(
            Option("dirty", Text("ร้านหรือครัวสกปรก", "Dirty place or kitchen")),
            Option("food", Text("อาหารบูดเสียหรือมีสิ่งแปลกปลอม", "Spoilt food, or something in it")),
            Option("sick", Text("ป่วยหลังรับประทาน", "Ill after eating")),
            Option("pests", Text("หนู แมลงสาบ หรือแมลงวัน", "Rats, cockroaches or flies")),
            Option("person", Text("ผู้ปรุงหรือผู้เสิร์ฟไม่สะอาด", "Cook or staff not clean")),
            Option("waste", Text("ขยะ น้ำเสีย กลิ่นหรือควัน", "Waste, foul water, smell or smoke")),
            Option("paper", Text("ไม่มีหนังสือรับรองหรือใบอนุญาต", "No certificate or licence")),
            Option("other", Text("อื่น ๆ", "Other")),
        ),
        step=_WRONG,
    ),
    Day(
        "on",
        Text("วันที่พบ", "On which day"),
        earliest_days=-365,
        latest_days=0,
        step=_WRONG,
    ),
    Lines(
        "details",
        Text("รายละเอียด", "Details"),
        help=Text(
            "เล่าสิ่งที่พบ เวลาใด ร้านจะไม่ทราบชื่อผู้ร้องเรียน",
            "What you saw, and at what hour. The place is not told who complained.",
        ),
        longest=2_000,
        step=_WRONG,
    ),
)
_PHOTO = Document(
    "photo",
    Text("รูปถ่าย", "Photos"),
    required=False,
    originals=0,
    note=Text("ให้เห็นสิ่งที่ร้องเรียน ไม่ต้องเห็นหน้าคน", "Of what is wrong; no faces are needed."),
)


def complaint(limits: Limits = LATEST) -> Service:
    """Return the service, answered within the days of the office."""
    days = limits["complaint.days"].whole
    look = max(days // 2, 1)
    return Service(
        code=CODE,
        title=Text("ร้องเรียนร้านอาหาร", "Complain about a food place"),
        summary=Text(
            "แจ้งร้านที่ไม่สะอาด อาหารไม่ปลอดภัย หรือเปิดโดยไม่มีหนังสือรับรองหรือใบอนุญาต",
            "A place that is not clean, unsafe food, or one without certificate or licence.",
        ),
        topic="report",
        words=("ร้านอาหาร", "อาหารเป็นพิษ", "ร้องเรียน", "ท้องเสีย", "หนู", "food", "restaurant"),
        law=("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 44 และมาตรา 45",),
        unit="health",
        applying=Applying.ANYBODY,
        form=_FORM,
        subject="shop",
        documents=(_PHOTO,),
        steps=(
            Step(
                LOOK,
                Text("ตรวจร้าน", "Inspect the place"),
                Post.INSPECTOR,
                WorkingDays(look),
                status="site_inspection",
            ),
            Step(
                "answer",
                Text("แจ้งผล", "Answer"),
                Post.DIRECTOR,
                WorkingDays(max(days - look, 1)),
                ends=(Outcome.APPROVED, Outcome.REFUSED),
            ),
        ),
        within=WorkingDays(max(days, 2)),
        offline=True,
    )
