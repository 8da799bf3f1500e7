"""The general request (คำร้องทั่วไป): whatever has no form of its own."""

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AddressField, Line, Lines
from kit.thai import WorkingDays

GENERAL = Service(
    code="oss.general",
    title=Text("คำร้องทั่วไป", "General request"),
    summary=Text(
        "เรื่องที่ต้องการให้เทศบาลดำเนินการ และไม่มีแบบคำขอเฉพาะ",
        "Anything you ask of the municipality that has no form of its own.",
    ),
    topic="report",
    words=("ร้องเรียน", "ขอความช่วยเหลือ", "ตัดกิ่งไม้", "complaint", "help"),
    law=("พ.ร.บ.การอำนวยความสะดวกในการพิจารณาอนุญาตของทางราชการ พ.ศ. 2558",),
    unit="clerk",
    applying=Applying.CONTACT,
    form=(
        Line(
            "subject",
            Text("เรื่อง", "Subject"),
            help=Text("เช่น ขอให้ตัดกิ่งไม้พาดสายไฟ", "e.g. branches on the power line"),
            longest=200,
            step=Text("เรื่องที่ขอ", "Your request"),
        ),
        Lines(
            "details",
            Text("รายละเอียด", "Details"),
            help=Text("ต้องการให้ทำอะไร ที่ไหน เมื่อใด", "What, where and when."),
            longest=3000,
            step=Text("เรื่องที่ขอ", "Your request"),
        ),
        AddressField(
            "place",
            Text("สถานที่", "Place"),
            required=False,
            step=Text("เรื่องที่ขอ", "Your request"),
        ),
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
        Step(
            "consider",
            Text("พิจารณาดำเนินการ", "Consideration"),
            by=Post.OFFICER,
            within=WorkingDays(5),
        ),
        Step(
            "sign",
            Text("สั่งการและลงนาม", "Decision and signature"),
            by=Post.CLERK,
            within=WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(7),
    keep_years=2,
    offline=True,
)
