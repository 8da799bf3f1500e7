"""Begin, change and end the collection of waste at a service point.

Local governments commonly offer the three on paper; no form is set by law. The times are what
offices commonly promise (unverified); an office sets its own. That a cancellation takes effect
when the office has checked and answered, and that arrears stay payable, stands on a form in use.
"""

from core.api import Text
from kit.casework import Document, Fee, Outcome, Post, Service, Step
from kit.forms import (
    AddressField,
    Choice,
    Choices,
    Day,
    Line,
    Lines,
    Number,
    Option,
    Phone,
    Pin,
    When,
)
from kit.thai import WorkingDays
from plugins.waste_fees.rules.register import USES

_LAW = ("พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 18 และมาตรา 20 (4)",)
_BY_ORDINANCE = Fee(
    note=Text(
        "คำขอไม่เสียค่าธรรมเนียม ค่าเก็บขนรายเดือนเป็นไปตามข้อบัญญัติของท้องถิ่น",
        "The request is free. The monthly fee is set by the local ordinance.",
    )
)
_PLACE = Text("จุดให้บริการ", "Service point")
_WASTE = Text("ขยะและถัง", "Waste and bins")
_ASKED = Text("สิ่งที่ขอ", "What you ask for")
_STEPS = (
    Step(
        "check",
        Text("ตรวจกับทะเบียนจุดให้บริการ", "Checked against the register"),
        Post.OFFICER,
        WorkingDays(3),
        status="site_inspection",
    ),
    Step(
        "decide",
        Text("สั่งการและแจ้งผล", "Decision and answer"),
        Post.HEAD,
        WorkingDays(2),
        ends=(Outcome.APPROVED, Outcome.REFUSED),
    ),
)
_WITHIN = WorkingDays(5)
_POINT = Line(
    "point",
    Text("เลขที่จุดให้บริการ", "Number of the service point"),
    help=Text(
        "อยู่มุมบนของใบแจ้ง บนสติกเกอร์ และในหน้าค่าขยะของฉัน เช่น 00012",
        "It stands on the bill, on the sticker and on your page of waste fees, e.g. 00012.",
    ),
    digits=True,
    longest=8,
    step=_PLACE,
)
_USE_OPTIONS = tuple(Option(code, title) for code, title in USES.items())

BEGIN = Service(
    code="waste_fees.begin",
    title=Text("ขอรับบริการเก็บขนมูลฝอย", "Have waste collected"),
    summary=Text(
        "ขอให้เก็บขยะที่บ้าน ร้าน หรือหอพัก เมื่ออนุมัติแล้วจุดให้บริการเข้าทะเบียนทันที",
        "At a house, shop or dormitory. Once approved the point is in the register.",
    ),
    topic="waste",
    words=("ขอถังขยะ", "เก็บขยะ", "รถขยะ", "ขนขยะ", "มูลฝอย", "waste", "garbage", "bin"),
    law=_LAW,
    unit="health",
    form=(
        AddressField("place", Text("สถานที่ให้บริการ", "Where"), own=True, step=_PLACE),
        Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False, step=_PLACE),
        Choice("use", Text("ประเภท", "Class"), options=_USE_OPTIONS, step=_WASTE),
        Number("bins", Text("จำนวนถัง", "Bins"), least=1, most=999, step=_WASTE),
        Number(
            "litres",
            Text("ปริมาณขยะต่อวัน", "Waste a day"),
            help=Text(
                "บ้านทั่วไปไม่เกิน 20 ลิตร ถ้าไม่ทราบ ไม่ต้องกรอก",
                "A common house has up to 20 litres. Leave it if you do not know.",
            ),
            unit=Text("ลิตร", "litres"),
            least=1,
            most=100_000,
            required=False,
            step=_WASTE,
        ),
        Line(
            "payer_name",
            Text("ออกใบแจ้งในชื่อ ถ้าไม่ใช่ผู้ยื่น", "Bills in the name of, if not yours"),
            required=False,
            personal=True,
            step=_WASTE,
        ),
        Day(
            "from_on",
            Text("ขอเริ่มวันที่", "To begin on"),
            help=Text("ถ้าไม่กรอก เริ่มวันที่อนุมัติ", "If left out, on the day of approval."),
            earliest_days=0,
            latest_days=180,
            required=False,
            step=_WASTE,
        ),
    ),
    documents=(
        Document("photo", Text("รูปหน้าบ้านหรือจุดวางถัง", "A photo of the place"), required=False),
    ),
    steps=_STEPS,
    within=_WITHIN,
    fee=_BY_ORDINANCE,
    conditions=(
        Text(
            "ค่าธรรมเนียมคิดเป็นรายเดือน เริ่มเดือนถัดจากวันเริ่มบริการ ถ้าไม่เริ่มวันที่ 1",
            "The fee is by month, from the month after the first day, unless that is the 1st.",
        ),
    ),
)

CHANGE = Service(
    code="waste_fees.change",
    title=Text("ขอเปลี่ยนแปลงการรับบริการเก็บขนมูลฝอย", "Change the collection of waste"),
    summary=Text(
        "แก้จำนวนถัง ปริมาณขยะ ประเภท ผู้ชำระ หรือที่อยู่ส่งใบแจ้ง",
        "Bins, amount, class, who pays, or where bills go.",
    ),
    topic="waste",
    words=("เปลี่ยนชื่อผู้ชำระ", "เปลี่ยนถัง", "ย้ายบ้าน", "โอน", "change", "payer"),
    law=_LAW,
    unit="health",
    form=(
        _POINT,
        Choices(
            "what",
            Text("ต้องการเปลี่ยน", "What to change"),
            options=(
                Option("bins", Text("จำนวนถัง", "Bins")),
                Option("litres", Text("ปริมาณขยะต่อวัน", "Waste a day")),
                Option("use", Text("ประเภทการใช้", "Class")),
                Option("payer", Text("ผู้ชำระ", "Who pays")),
                Option("contact", Text("ที่อยู่ส่งใบแจ้งหรือโทรศัพท์", "Address or telephone")),
            ),
            step=_ASKED,
        ),
        Number(
            "bins",
            Text("จำนวนถังใหม่", "Bins from now on"),
            least=1,
            most=999,
            when=When("what", ("bins",)),
            step=_ASKED,
        ),
        Number(
            "litres",
            Text("ปริมาณขยะต่อวันใหม่", "Waste a day from now on"),
            unit=Text("ลิตร", "litres"),
            least=1,
            most=100_000,
            when=When("what", ("litres",)),
            step=_ASKED,
        ),
        Choice(
            "use",
            Text("ประเภทใหม่", "Class from now on"),
            options=_USE_OPTIONS,
            when=When("what", ("use",)),
            step=_ASKED,
        ),
        Line(
            "payer_name",
            Text("ชื่อผู้ชำระใหม่", "Name of who pays from now on"),
            help=Text(
                "ยอดค้างก่อนวันเปลี่ยนยังเป็นของผู้ชำระเดิม",
                "What was owed before stays with who paid until then.",
            ),
            personal=True,
            when=When("what", ("payer",)),
            step=_ASKED,
        ),
        Line(
            "payer_address",
            Text("ที่อยู่ส่งใบแจ้งใหม่", "Address for bills"),
            longest=300,
            required=False,
            personal=True,
            when=When("what", ("contact",)),
            step=_ASKED,
        ),
        Phone(
            "payer_phone",
            Text("โทรศัพท์ของผู้ชำระ", "Telephone of who pays"),
            required=False,
            when=When("what", ("contact", "payer")),
            step=_ASKED,
        ),
        Lines("details", Text("เหตุผล", "Why"), longest=300, step=_ASKED),
    ),
    subject="details",
    documents=(
        Document(
            "paper",
            Text("สัญญาซื้อขาย สัญญาเช่า หรือหลักฐานอื่น", "Contract of sale or rent, or the like"),
            required=False,
            when=When("what", ("payer",)),
        ),
    ),
    steps=_STEPS,
    within=_WITHIN,
    fee=_BY_ORDINANCE,
)

END = Service(
    code="waste_fees.end",
    title=Text("ขอยกเลิกบริการเก็บขนมูลฝอย", "End the collection of waste"),
    summary=Text(
        "ย้ายออก รื้อบ้าน หรือไม่มีผู้อยู่ มีผลเมื่อหน่วยงานตรวจและแจ้งผลแล้ว",
        "Moved, demolished or empty. It takes effect when the office has checked and answered.",
    ),
    topic="waste",
    words=("ยกเลิกเก็บขยะ", "เลิกเก็บขยะ", "ย้ายออก", "บ้านว่าง", "cancel", "stop"),
    law=_LAW,
    unit="health",
    form=(
        _POINT,
        Choice(
            "reason",
            Text("เหตุที่ขอยกเลิก", "Why"),
            options=(
                Option("moved", Text("ย้ายออก", "Moved away")),
                Option("empty", Text("ไม่มีผู้อยู่อาศัย", "Nobody lives there")),
                Option("demolished", Text("รื้อถอนอาคาร", "The building is gone")),
                Option("closed", Text("เลิกกิจการ", "The business has ended")),
                Option("other", Text("เหตุอื่น", "Something else")),
            ),
            step=_ASKED,
        ),
        Day(
            "from_on",
            Text("วันแรกที่ไม่ต้องเก็บ", "The first day without collection"),
            earliest_days=0,
            latest_days=180,
            step=_ASKED,
        ),
        Lines(
            "details",
            Text("รายละเอียดเพิ่มเติม", "More"),
            longest=300,
            required=False,
            step=_ASKED,
        ),
    ),
    steps=_STEPS,
    within=_WITHIN,
    fee=_BY_ORDINANCE,
    conditions=(
        Text(
            "การยกเลิกมีผลเมื่อหน่วยงานตรวจสอบและแจ้งผลแล้ว ยอดค้างชำระยังต้องชำระ",
            "It takes effect when the office has checked and answered. Arrears stay payable.",
        ),
    ),
)
