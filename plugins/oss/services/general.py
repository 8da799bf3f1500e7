"""The general request (คำร้องทั่วไป): whatever has no form of its own.

The time is what offices commonly promise (unverified); an office sets its own.
"""

from core.api import Text
from kit.casework import Document, Outcome, Post, Service, Step
from kit.forms import Line, Lines
from kit.thai import WorkingDays
from plugins.oss.services.asked import FACILITATION, spot

_REQUEST = Text("เรื่องที่ขอ", "Your request")

GENERAL = Service(
    code="oss.general",
    title=Text("คำร้องทั่วไป", "General request"),
    summary=Text(
        "เรื่องที่ต้องการให้หน่วยงานดำเนินการ และไม่มีแบบคำขอเฉพาะ",
        "Anything you ask of the office that has no form of its own.",
    ),
    words=("ร้องเรียน", "ร้องทุกข์", "ขอความช่วยเหลือ", "เรื่องอื่น", "complaint", "help", "other"),
    law=(FACILITATION,),
    unit="clerk",
    form=(
        Line(
            "subject",
            Text("เรื่อง", "Subject"),
            help=Text("เช่น ขอให้ติดกระจกโค้งที่ทางแยก", "e.g. a convex mirror at the junction"),
            longest=200,
            step=_REQUEST,
        ),
        Lines(
            "details",
            Text("รายละเอียด", "Details"),
            help=Text("ต้องการให้ทำอะไร ที่ไหน เมื่อใด", "What, where and when."),
            longest=3000,
            step=_REQUEST,
        ),
        *spot(_REQUEST, required=False),
    ),
    subject="subject",
    documents=(
        Document(
            "photo",
            Text("รูปถ่ายหรือเอกสารประกอบ", "Photos or papers"),
            required=False,
            originals=0,
        ),
    ),
    steps=(
        Step("consider", Text("พิจารณาดำเนินการ", "Consideration"), Post.OFFICER, WorkingDays(5)),
        Step(
            "sign",
            Text("สั่งการและลงนาม", "Decision and signature"),
            Post.CLERK,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(7),
    offline=True,
)
