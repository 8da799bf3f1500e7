"""What people need to hold an event: things to borrow, and leave to use loudspeakers.

The times are what offices commonly promise (unverified); an office sets its own. The fees for
loudspeakers and how long each kind of licence counts are those that several municipalities
publish (10, 60 and 75 baht; 15, 5 and 15 days); the regulation itself was not read.

Law: Control of Advertising by Sound Amplifiers Act B.E. 2493.
"""

from core.api import Text
from kit.casework import Applying, Document, Fee, Outcome, Post, Service, Step
from kit.forms import AddressField, Choice, Choices, Day, Line, Number, Option, When
from kit.thai import WorkingDays
from plugins.oss.services.asked import ID_CARD, power_of_attorney, spot

_EVENT = Text("งานที่จัด", "The event")
_THINGS = Text("สิ่งของที่ยืม", "What you borrow")
_SOUND = Text("การใช้เสียง", "The sound")
_WHO = Text("ผู้ขออนุญาต", "Who applies")
# What the office lends, how it is counted, and how many at most; an office sets its own.
_LENT = (
    ("tents", Text("เต็นท์", "Tents"), Text("หลัง", "tents"), 20),
    ("tables", Text("โต๊ะ", "Tables"), Text("ตัว", "tables"), 100),
    ("chairs", Text("เก้าอี้", "Chairs"), Text("ตัว", "chairs"), 1_000),
    ("speakers", Text("เครื่องเสียง", "Loudspeakers"), Text("ชุด", "sets"), 2),
)
_ENDS = (Outcome.APPROVED, Outcome.REFUSED)

BORROW = Service(
    code="oss.borrow",
    title=Text("ขอยืมเต็นท์ โต๊ะ เก้าอี้", "Borrowing tents, tables, chairs"),
    summary=Text(
        "ยืมพัสดุของหน่วยงานไปใช้ในงานบุญ งานศพ หรืองานของชุมชน",
        "For ceremonies, funerals and events of the community.",
    ),
    topic="use",
    words=("ยืมพัสดุ", "ยืมเต็นท์", "ยืมโต๊ะ", "ยืมเก้าอี้", "เครื่องเสียง", "งานศพ", "tent", "chair", "lend"),
    law=("ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",),
    unit="finance",
    applying=Applying.IDENTIFIED,
    form=(
        Line("event", Text("ชื่องาน", "Event"), longest=150, step=_EVENT),
        Day("first", Text("รับของวันที่", "Fetched on"), earliest_days=1, latest_days=90, step=_EVENT),
        Number(
            "days",
            Text("ยืมกี่วัน", "For how long"),
            unit=Text("วัน", "days"),
            least=1,
            most=7,
            step=_EVENT,
        ),
        AddressField(
            "place", Text("ใช้ที่", "Used at"), own=True, house=False, personal=False, step=_EVENT
        ),
        Choices(
            "things",
            Text("สิ่งที่ยืม", "Things"),
            options=tuple(Option(code, label) for code, label, *_ in _LENT),
            step=_THINGS,
        ),
        *(
            Number(
                code,
                Text(f"จำนวน{label.th}", f"How many {label.en.lower()}"),
                unit=unit,
                least=1,
                most=most,
                when=When("things", (code,)),
                step=_THINGS,
            )
            for code, label, unit, most in _LENT
        ),
    ),
    subject="event",
    documents=(ID_CARD,),
    steps=(
        Step("check", Text("ตรวจว่าของว่าง", "Is it free"), Post.OFFICER, WorkingDays(1)),
        Step(
            "allow", Text("อนุญาตให้ยืม", "Leave to borrow"), Post.DIRECTOR, WorkingDays(2), ends=_ENDS
        ),
    ),
    within=WorkingDays(3),
    conditions=(
        Text("คืนของตามวันที่แจ้ง ในสภาพเดิม", "Return everything on the day, as it was."),
        Text("ของหายหรือชำรุด ผู้ยืมชดใช้ตามราคา", "What is lost or broken is paid for."),
    ),
)

LOUDSPEAKER = Service(
    code="oss.loudspeaker",
    title=Text("ขออนุญาตโฆษณาโดยใช้เครื่องขยายเสียง", "Licence to use loudspeakers"),
    summary=Text(
        "งานบุญ มหรสพ รถแห่ หรือร้านค้าที่ใช้เครื่องขยายเสียงในที่สาธารณะ",
        "For ceremonies, shows, cars with loudspeakers and shops.",
    ),
    topic="use",
    words=("เครื่องเสียง", "เครื่องขยายเสียง", "รถแห่", "ขอใช้เสียง", "มหรสพ", "loudspeaker", "sound"),
    law=("พ.ร.บ.ควบคุมการโฆษณาโดยใช้เครื่องขยายเสียง พ.ศ. 2493",),
    unit="finance",
    applying=Applying.IDENTIFIED,
    form=(
        Choice(
            "kind",
            Text("ประเภท", "Kind"),
            options=(
                Option(
                    "private",
                    Text("ไม่เป็นไปในทำนองการค้า", "Not for trade"),
                    Text("ไม่เกิน 15 วัน 10 บาท", "Up to 15 days, 10 baht"),
                ),
                Option(
                    "moving",
                    Text("การค้า เคลื่อนที่", "For trade, moving"),
                    Text("ไม่เกิน 5 วัน 60 บาท", "Up to 5 days, 60 baht"),
                ),
                Option(
                    "fixed",
                    Text("การค้า ประจำที่", "For trade, in one place"),
                    Text("ไม่เกิน 15 วัน 75 บาท", "Up to 15 days, 75 baht"),
                ),
            ),
            step=_SOUND,
        ),
        Line("purpose", Text("เรื่องที่โฆษณาหรือชื่องาน", "What for"), longest=200, step=_SOUND),
        *spot(_SOUND, help=Text("เส้นทางที่รถผ่าน หรือสถานที่จัดงาน", "The route, or the place.")),
        Number(
            "watts",
            Text("กำลังขยาย", "Power"),
            unit=Text("วัตต์", "watts"),
            least=1,
            most=100_000,
            step=_SOUND,
        ),
        Day("first", Text("ตั้งแต่วันที่", "From"), earliest_days=1, latest_days=90, step=_SOUND),
        Number(
            "days",
            Text("กี่วัน", "For how long"),
            unit=Text("วัน", "days"),
            least=1,
            most=15,
            step=_SOUND,
        ),
        Choice(
            "by",
            Text("ยื่นในนาม", "You apply"),
            options=(
                Option("self", Text("ตนเอง", "For yourself")),
                Option("proxy", Text("ผู้อื่นหรือนิติบุคคล", "For somebody else, or a company")),
            ),
            step=_WHO,
        ),
    ),
    subject="purpose",
    documents=(
        ID_CARD,
        Document(
            "police",
            Text("แบบ ฆ.ษ.1 ที่ตำรวจให้ความเห็นแล้ว", "The opinion of the police, on their form"),
            issuer=Text("สถานีตำรวจ", "Police station"),
        ),
        power_of_attorney(When("by", ("proxy",))),
    ),
    steps=(
        Step("check", Text("ตรวจคำขอ", "Check"), Post.OFFICER, WorkingDays(1)),
        Step("fee", Text("รับค่าธรรมเนียม", "Fee"), Post.TREASURY, WorkingDays(1)),
        Step("sign", Text("ลงนามในใบอนุญาต", "Signature"), Post.MAYOR, WorkingDays(1), ends=_ENDS),
    ),
    within=WorkingDays(3),
    fee=Fee(note=Text("10 ถึง 75 บาท ตามประเภท", "10 to 75 baht by kind")),
    paper="general",
    paper_title=Text("ใบอนุญาตโฆษณาโดยใช้เครื่องขยายเสียง", "Licence to use loudspeakers"),
    conditions=(
        Text(
            "งดใช้เสียงใกล้โรงพยาบาล ศาล วัด และโรงเรียนในเวลาที่กฎหมายห้าม",
            "Not near hospitals, courts, temples and schools at the hours that the law forbids.",
        ),
    ),
)
