"""Certificates about buildings; permits to build are another plugin's.

The time is what offices commonly promise (unverified); an office sets its own.
"""

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AddressField, Choice, Line, Number, Option, Pin
from kit.thai import WorkingDays
from plugins.oss.services.asked import DEED, DIGITAL, DUTIES, HOUSE_REGISTRATION, ID_CARD

_BUILDING = Text("สิ่งปลูกสร้าง", "The building")
_PLACE = Text("ที่ตั้ง", "Where it stands")

BUILDING = Service(
    code="oss.building-certificate",
    title=Text("ขอหนังสือรับรองสิ่งปลูกสร้าง", "Certificate of a building"),
    summary=Text(
        "รับรองว่ามีบ้านหรืออาคารอยู่จริงบนที่ดิน เช่น เพื่อโอนที่ดิน จำนอง หรือขอเลขบ้าน",
        "That a house stands on the land, e.g. for a transfer, a mortgage or a house number.",
    ),
    topic="home",
    words=("รับรองบ้าน", "รับรองอาคาร", "รับรองต่อเติม", "จำนอง", "โอนบ้าน", "building", "house"),
    law=(DUTIES, DIGITAL),
    unit="works",
    applying=Applying.IDENTIFIED,
    form=(
        Choice(
            "kind",
            Text("ชนิด", "Kind"),
            options=(
                Option("house", Text("บ้านพักอาศัย", "House")),
                Option("shop", Text("ตึกแถวหรือร้านค้า", "Shophouse")),
                Option("store", Text("โรงเก็บของหรือโรงเรือน", "Store or shed")),
                Option("other", Text("อื่น ๆ", "Other")),
            ),
            step=_BUILDING,
        ),
        Line("material", Text("วัสดุหลัก", "Main material"), longest=100, step=_BUILDING),
        Number("storeys", Text("จำนวนชั้น", "Storeys"), least=1, most=60, step=_BUILDING),
        Number(
            "area_m2",
            Text("พื้นที่ใช้สอย", "Floor area"),
            unit=Text("ตารางเมตร", "square metres"),
            least=1,
            most=100_000,
            step=_BUILDING,
        ),
        Line("purpose", Text("นำไปใช้เพื่อ", "What it is for"), longest=200, step=_BUILDING),
        AddressField(
            "place", Text("ที่ตั้ง", "Address"), own=True, house=False, personal=False, step=_PLACE
        ),
        Line(
            "deed_number",
            Text("เลขที่โฉนด", "Number of the deed"),
            help=Text("เจ้าหน้าที่ใช้ตรวจกับกรมที่ดิน", "The officer checks it with the land office."),
            longest=20,
            step=_PLACE,
        ),
        Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False, step=_PLACE),
    ),
    subject="purpose",
    documents=(
        ID_CARD,
        HOUSE_REGISTRATION,
        DEED,
        Document(
            "photo",
            Text("รูปถ่ายด้านหน้าและด้านข้าง", "Photos of the front and the sides"),
            originals=0,
        ),
    ),
    steps=(
        Step(
            "look",
            Text("ตรวจสถานที่", "Visit"),
            Post.INSPECTOR,
            WorkingDays(3),
            status="site_inspection",
        ),
        Step("think", Text("เสนอความเห็น", "Opinion"), Post.DIRECTOR, WorkingDays(2)),
        Step(
            "sign",
            Text("ลงนามในหนังสือรับรอง", "Signature"),
            Post.MAYOR,
            WorkingDays(2),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(7),
    paper="certificate",
    paper_title=Text("หนังสือรับรองสิ่งปลูกสร้าง", "Certificate of a building"),
    certifies=Text("มีสิ่งปลูกสร้างอยู่จริง ตามรายการต่อไปนี้", "has a building, as follows:"),
    keep_years=10,
)
