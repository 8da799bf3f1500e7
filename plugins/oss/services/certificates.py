"""Certificates about people: who somebody is, where they live, how they conduct themselves.

The office certifies what it has looked at. The times are what offices commonly promise
(unverified); an office sets its own.

Law: Digital Government Act B.E. 2562, s. 11 (papers of the state are fetched by the office).
"""

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AddressField, Day, Line, Lines, Number
from kit.thai import WorkingDays
from plugins.oss.services.asked import DIGITAL, DUTIES, HOUSE_REGISTRATION, ID_CARD

_CERTIFIED = Text("เรื่องที่รับรอง", "What is certified")

_PURPOSE = Line(
    "purpose",
    Text("นำไปใช้เพื่อ", "What it is for"),
    help=Text("เช่น สมัครงาน ขอมิเตอร์ไฟฟ้า สมัครเรียน", "e.g. a job, an electricity meter, school"),
    longest=200,
    step=_CERTIFIED,
)
_SIGN = Step(
    "sign",
    Text("ลงนามในหนังสือรับรอง", "Signature"),
    Post.MAYOR,
    WorkingDays(2),
    ends=(Outcome.APPROVED, Outcome.REFUSED),
)

PERSON = Service(
    code="oss.person-certificate",
    title=Text("ขอหนังสือรับรองบุคคล", "Certificate of a person"),
    summary=Text(
        "รับรองว่าเป็นบุคคลคนเดียวกัน หรือมีสถานภาพตามที่ทางราชการมีหลักฐาน",
        "That somebody is the same person, or has the status that the records show.",
    ),
    topic="certificates",
    words=("รับรองตัวบุคคล", "บุคคลคนเดียวกัน", "รับรองสถานภาพ", "รับรองโสด", "identity", "person"),
    law=(DUTIES, DIGITAL),
    unit="clerk",
    applying=Applying.IDENTIFIED,
    form=(
        Lines(
            "facts",
            Text("ข้อความที่ขอให้รับรอง", "What shall be certified"),
            help=Text(
                "เช่น นายสมชาย ใจดี กับ นายชาย ใจดี เป็นบุคคลคนเดียวกัน",
                "e.g. that two names are of the same person",
            ),
            longest=600,
            step=_CERTIFIED,
        ),
        _PURPOSE,
    ),
    subject="purpose",
    documents=(
        ID_CARD,
        HOUSE_REGISTRATION,
        Document(
            "evidence",
            Text("หลักฐานของข้อความที่ขอให้รับรอง", "Evidence of what shall be certified"),
            required=False,
            note=Text("เช่น ใบเปลี่ยนชื่อ ที่ยังไม่อยู่ในฐานข้อมูล", "e.g. an old change of name"),
        ),
    ),
    steps=(
        Step("check", Text("ตรวจหลักฐาน", "Check of the records"), Post.OFFICER, WorkingDays(1)),
        _SIGN,
    ),
    within=WorkingDays(3),
    paper="certificate",
    paper_title=Text("หนังสือรับรองบุคคล", "Certificate"),
    certifies=Text("มีข้อเท็จจริงตามหลักฐานของทางราชการ ดังนี้", "is as the records show:"),
    keep_years=10,
)

RESIDENCE = Service(
    code="oss.residence-certificate",
    title=Text("ขอหนังสือรับรองการอยู่อาศัย", "Certificate of residence"),
    summary=Text(
        "รับรองว่าท่านอยู่ที่นี่จริง แม้ชื่อยังอยู่ในทะเบียนบ้านอื่น",
        "That you do live here, also when you are registered elsewhere.",
    ),
    topic="certificates",
    words=("รับรองที่อยู่", "รับรองถิ่นที่อยู่", "ขอมิเตอร์", "บ้านเลขที่", "residence", "address"),
    law=(DUTIES, DIGITAL),
    unit="clerk",
    applying=Applying.IDENTIFIED,
    form=(
        AddressField("home", Text("ที่อยู่จริง", "Where you live"), own=True, step=_CERTIFIED),
        Day("since", Text("อยู่มาตั้งแต่", "Since"), latest_days=0, step=_CERTIFIED),
        _PURPOSE,
    ),
    subject="purpose",
    documents=(
        ID_CARD,
        Document(
            "evidence",
            Text("หลักฐานการอยู่อาศัย", "Evidence that you live there"),
            required=False,
            note=Text("เช่น สัญญาเช่า ใบแจ้งค่าน้ำค่าไฟ", "e.g. a lease, a bill for water or power"),
        ),
    ),
    steps=(
        Step(
            "look",
            Text("ตรวจสถานที่", "Visit"),
            Post.INSPECTOR,
            WorkingDays(2),
            status="site_inspection",
        ),
        Step("think", Text("เสนอความเห็น", "Opinion"), Post.HEAD, WorkingDays(1)),
        _SIGN,
    ),
    within=WorkingDays(5),
    paper="certificate",
    paper_title=Text("หนังสือรับรองการอยู่อาศัย", "Certificate of residence"),
    certifies=Text("อาศัยอยู่ในเขตนี้จริง ตามรายการต่อไปนี้", "does live in this area, as follows:"),
    keep_years=10,
)

CONDUCT = Service(
    code="oss.conduct-certificate",
    title=Text("ขอหนังสือรับรองความประพฤติ", "Certificate of conduct"),
    summary=Text(
        "รับรองความประพฤติของผู้ที่อยู่ในเขต เท่าที่หน่วยงานและผู้นำชุมชนทราบ",
        "Of somebody who lives here, as far as the office and the community know.",
    ),
    topic="certificates",
    words=("รับรองความประพฤติ", "สมัครงาน", "สมัครเรียน", "conduct", "behaviour", "reference"),
    law=(DUTIES, DIGITAL),
    unit="clerk",
    applying=Applying.IDENTIFIED,
    form=(
        AddressField("home", Text("ที่อยู่", "Address"), own=True, step=_CERTIFIED),
        Number(
            "years",
            Text("อยู่ในเขตมาแล้ว", "Lived here for"),
            unit=Text("ปี", "years"),
            most=120,
            step=_CERTIFIED,
        ),
        _PURPOSE,
    ),
    subject="purpose",
    documents=(
        ID_CARD,
        HOUSE_REGISTRATION,
        Document(
            "reference",
            Text("คำรับรองของผู้ใหญ่บ้านหรือประธานชุมชน", "Word of the head of the community"),
        ),
    ),
    steps=(
        Step(
            "check", Text("สอบถามชุมชน", "Questions in the community"), Post.OFFICER, WorkingDays(3)
        ),
        _SIGN,
    ),
    within=WorkingDays(5),
    paper="certificate",
    paper_title=Text("หนังสือรับรองความประพฤติ", "Certificate of conduct"),
    certifies=Text(
        "เป็นผู้มีความประพฤติเรียบร้อย ไม่ปรากฏว่าเสื่อมเสีย เท่าที่หน่วยงานทราบ",
        "is of good conduct, as far as this office knows.",
    ),
    keep_years=10,
)
