"""Help that the office sends out: to cut a tree, to bring water, to drive a patient.

The times are what offices commonly promise (unverified); an office sets its own.
"""

from core.api import Text
from kit.casework import Document, Outcome, Post, Service, Step
from kit.forms import AddressField, Choice, Day, Line, Lines, Number, Option, Yes
from kit.thai import WorkingDays
from plugins.oss.services.asked import DUTIES, PHOTO, spot

_WANTED = Text("สิ่งที่ขอ", "What you ask for")
_TRIP = Text("การเดินทาง", "The trip")
_ENDS = (Outcome.APPROVED, Outcome.REFUSED)

TREE = Service(
    code="oss.tree",
    title=Text("ขอตัดต้นไม้หรือกิ่งไม้", "Cutting a tree or branches"),
    summary=Text(
        "ต้นไม้ในที่สาธารณะ หรือกิ่งที่ยื่นออกมาบังทางและเสี่ยงล้ม",
        "Trees on public ground, and branches that block the way or may fall.",
    ),
    topic="use",
    words=("ตัดกิ่งไม้", "ต้นไม้ล้ม", "กิ่งไม้พาดสายไฟ", "ตัดหญ้า", "tree", "branch"),
    law=(DUTIES,),
    unit="works",
    form=(
        Choice(
            "danger",
            Text("สภาพ", "How it is"),
            options=(
                Option("fallen", Text("ล้มหรือหักแล้ว", "Fallen or broken")),
                Option(
                    "wires",
                    Text("พาดสายไฟ", "On a power line"),
                    Text("อย่าเข้าใกล้ เจ้าหน้าที่ประสานการไฟฟ้า", "Keep away; we call the power company"),
                ),
                Option("blocks", Text("บังทางหรือบังไฟ", "Blocks the way or the light")),
                Option("other", Text("อื่น ๆ", "Other")),
            ),
            step=_WANTED,
        ),
        *spot(_WANTED),
        Number(
            "trees",
            Text("จำนวนต้น", "How many"),
            unit=Text("ต้น", "trees"),
            least=1,
            most=500,
            step=_WANTED,
        ),
        Yes(
            "own",
            Text("ต้นไม้อยู่ในที่ดินของท่าน และท่านยินยอมให้ตัด", "It is on your land, and you agree"),
            required=False,
            step=_WANTED,
        ),
    ),
    subject="spot",
    documents=(PHOTO,),
    steps=(
        Step(
            "look",
            Text("ตรวจสถานที่", "Visit"),
            Post.INSPECTOR,
            WorkingDays(2),
            status="site_inspection",
        ),
        Step(
            "cut", Text("ตัดและแจ้งผล", "Cutting, and answer"), Post.HEAD, WorkingDays(5), ends=_ENDS
        ),
    ),
    within=WorkingDays(7),
)

WATER = Service(
    code="oss.water",
    title=Text("ขอน้ำอุปโภคบริโภค", "Water by truck"),
    summary=Text(
        "รถน้ำของหน่วยงานส่งน้ำให้ครัวเรือนที่ขาดน้ำ",
        "For households that are without water.",
    ),
    topic="use",
    words=("รถน้ำ", "ขาดน้ำ", "ภัยแล้ง", "น้ำไม่ไหล", "น้ำประปา", "water truck", "drought"),
    law=(DUTIES, "พ.ร.บ.ป้องกันและบรรเทาสาธารณภัย พ.ศ. 2550"),
    unit="clerk",
    form=(
        AddressField("place", Text("ส่งที่", "Where to"), own=True, step=_WANTED),
        Line(
            "way",
            Text("ทางเข้าและที่เก็บน้ำ", "The way in, and where the water goes"),
            help=Text("เช่น ถังหลังบ้าน 2 ใบ", "e.g. two tanks behind the house"),
            longest=200,
            step=_WANTED,
        ),
        Number(
            "people",
            Text("จำนวนคนที่ใช้น้ำ", "How many people"),
            unit=Text("คน", "people"),
            least=1,
            most=2_000,
            step=_WANTED,
        ),
        Number(
            "litres",
            Text("ปริมาณ", "How much"),
            unit=Text("ลิตร", "litres"),
            least=100,
            most=20_000,
            step=_WANTED,
        ),
    ),
    subject="way",
    steps=(
        Step("plan", Text("จัดรอบรถ", "Plan of the trips"), Post.OFFICER, WorkingDays(1)),
        Step("bring", Text("ส่งน้ำ", "Delivery"), Post.HEAD, WorkingDays(1), ends=_ENDS),
    ),
    within=WorkingDays(2),
)

TRANSPORT = Service(
    code="oss.patient-transport",
    title=Text("ขอรถรับส่งผู้ป่วย", "Transport for a patient"),
    summary=Text(
        "รับส่งตามนัดแพทย์ สำหรับผู้ที่เดินทางเองลำบาก เหตุฉุกเฉินโทร 1669",
        "To an appointment, for who cannot travel alone. In an emergency call 1669.",
    ),
    topic="welfare",
    words=("รถพยาบาล", "รถโรงพยาบาล", "หมอนัด", "ผู้ป่วยติดเตียง", "ambulance", "hospital", "patient"),
    law=(DUTIES,),
    unit="clerk",
    form=(
        Line("patient", Text("ชื่อผู้ป่วย", "The patient"), longest=200, personal=True, step=_TRIP),
        Choice(
            "needs",
            Text("การเดินทางของผู้ป่วย", "How the patient travels"),
            options=(
                Option("sits", Text("นั่งได้", "Can sit")),
                Option("wheelchair", Text("ใช้รถเข็น", "In a wheelchair")),
                Option("lies", Text("ต้องนอน", "Lying down")),
            ),
            step=_TRIP,
        ),
        AddressField("from_place", Text("รับที่", "From"), own=True, step=_TRIP),
        Line("hospital", Text("ส่งที่โรงพยาบาล", "To the hospital"), longest=200, step=_TRIP),
        Day("on", Text("วันนัด", "Day"), earliest_days=2, latest_days=90, step=_TRIP),
        Line(
            "at",
            Text("เวลานัดแพทย์", "Time of the appointment"),
            help=Text("เช่น 09.30 น.", "e.g. 9:30"),
            longest=20,
            step=_TRIP,
        ),
        Yes("both", Text("ต้องการให้รับกลับด้วย", "Also the way back"), required=False, step=_TRIP),
        Lines(
            "details",
            Text("สิ่งที่เจ้าหน้าที่ควรทราบ", "What we should know"),
            longest=500,
            required=False,
            personal=True,
            step=_TRIP,
        ),
    ),
    subject="hospital",
    documents=(
        Document(
            "appointment",
            Text("ใบนัดแพทย์", "Slip of the appointment"),
            issuer=Text("โรงพยาบาล", "Hospital"),
            originals=0,
        ),
    ),
    steps=(
        Step("plan", Text("จัดรถและยืนยัน", "Confirmation"), Post.OFFICER, WorkingDays(1), ends=_ENDS),
    ),
    within=WorkingDays(1),
)
