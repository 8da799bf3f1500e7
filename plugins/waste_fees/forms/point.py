"""What is asked about a service point."""

from uuid import UUID

from core.api import Text
from kit.forms import AnyField, Choice, Day, Line, Number, Option, Phone, Pin, Sheet, Yes, ungrouped
from plugins.waste_fees.rules.register import USES

HOME = "/desk/waste"
_REGISTER = Text("ทะเบียนจุดให้บริการ", "Register of service points")
_POINT = Text("จุดให้บริการนี้", "This service point")

_FACTS: tuple[AnyField, ...] = (
    Line("payer_name", Text("ชื่อผู้ชำระ", "Name of the payer"), longest=200),
    Choice(
        "use",
        Text("ประเภท", "Class"),
        options=tuple(Option(code, title) for code, title in USES.items()),
    ),
    Line(
        "address",
        Text("ที่ตั้งจุดให้บริการ", "Place of service"),
        longest=300,
        help=Text("เช่น 88/12 หมู่ 5 ซอย 3", "e.g. 88/12 Moo 5, Soi 3"),
    ),
    Line("zone", Text("โซน", "Zone"), longest=60, required=False),
    Line("route", Text("เส้นทางเก็บขน", "Route"), longest=60, required=False),
    Number("bins", Text("จำนวนถัง", "Bins"), most=9_999),
    Number(
        "litres",
        Text("ปริมาณขยะต่อวัน", "Waste a day"),
        unit=Text("ลิตร", "litres"),
        most=1_000_000,
    ),
    Line("meter", Text("เลขมาตรน้ำ", "Number of the water meter"), longest=40, required=False),
    Line("owner", Text("เจ้าของอาคาร ถ้าไม่ใช่ผู้ชำระ", "Owner, if not the payer"), required=False),
    Line(
        "payer_address",
        Text("ที่อยู่ส่งใบแจ้ง ถ้าต่างจากที่ตั้ง", "Address for bills, if another"),
        longest=300,
        required=False,
    ),
    Phone("payer_phone", Text("โทรศัพท์ผู้ชำระ", "Telephone of the payer"), required=False),
    Pin("pin", Text("ตำแหน่งบนแผนที่", "Place on the map"), required=False),
)
_WHY = Line(
    "why",
    Text("เหตุผลหรือเอกสารอ้างอิง", "Reason, or the paper it rests on"),
    longest=500,
    help=Text("เช่น คำร้องเลขที่ 12/2569", "e.g. request no. 12/2569"),
)
_MARK = Line(
    "mark",
    Text("รหัสเดิมหรือรหัสถัง", "Earlier code, or code of the bin"),
    longest=40,
    required=False,
    help=Text("รหัสที่หน่วยงานใช้อยู่ก่อน ถ้ามี", "The code that the office has used so far."),
)


def _from_on(label: Text) -> Day:
    return Day(
        "from_on",
        label,
        earliest_days=-3_700,
        latest_days=370,
        help=Text(
            "ค่าธรรมเนียมคิดตามข้อมูลในวันที่ 1 ของเดือน เดือนที่ออกใบแจ้งแล้วไม่เปลี่ยน",
            "A month is charged by what holds on its first day; billed months stay as they are.",
        ),
    )


def new_sheet() -> Sheet:
    """Return the form for a new point."""
    return Sheet(
        title=Text("เพิ่มจุดให้บริการ", "Add a service point"),
        back=(HOME, _REGISTER),
        groups=ungrouped(
            *_FACTS,
            _MARK,
            _from_on(Text("เริ่มใช้บริการวันที่", "Service begins on")),
            _WHY,
        ),
        button=Text("เพิ่มจุดให้บริการ", "Add it"),
    )


def change_sheet(point: UUID) -> Sheet:
    """Return the form for other facts of a point."""
    return Sheet(
        title=Text("แก้ข้อมูลจุดให้บริการ", "Change the service point"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(*_FACTS, _from_on(Text("มีผลตั้งแต่วันที่", "From")), _WHY),
        button=Text("บันทึกการเปลี่ยน", "Keep the change"),
        intro=Text(
            "ถ้าเปลี่ยนชื่อผู้ชำระ ยอดค้างเดิมยังเป็นของผู้ชำระคนเดิม",
            "If the payer's name changes, what was owed stays with the payer before.",
        ),
    )


def state_sheet(point: UUID, *, open: bool) -> Sheet:
    """Return the form that ends the service of a point, or begins it again."""
    if open:
        return Sheet(
            title=Text("ยกเลิกบริการ", "End the service"),
            back=(f"{HOME}/points/{point}", _POINT),
            groups=ungrouped(
                _from_on(Text("วันแรกที่ไม่ให้บริการ", "The first day without service")), _WHY
            ),
            button=Text("ยกเลิกบริการจุดนี้", "End the service here"),
            intro=Text(
                "ยอดค้างก่อนวันนี้ยังต้องชำระ ใบแจ้งที่ออกแล้วไม่ถูกยกเลิก",
                "What is owed until then stays payable. Bills that were issued are not cancelled.",
            ),
        )
    return Sheet(
        title=Text("กลับมาให้บริการ", "Begin the service again"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(_from_on(Text("ให้บริการตั้งแต่วันที่", "Service from")), _WHY),
        button=Text("ให้บริการอีกครั้ง", "Begin again"),
    )


def privilege_sheet(point: UUID, offers: dict[str, Text]) -> Sheet:
    """Return the form that registers a point for a discount or an exemption."""
    options = tuple(Option(_code(one), title) for one, title in offers.items())
    return Sheet(
        title=Text("ให้ส่วนลดหรือยกเว้น", "Give a discount or an exemption"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(
            Choice("offer", Text("โครงการหรือการยกเว้น", "Programme or exemption"), options=options),
            _from_on(Text("ตั้งแต่วันที่", "From")),
            _WHY,
        ),
        button=Text("บันทึกสิทธิ", "Keep it"),
    )


def _code(offer: str) -> str:
    return offer.replace("/", "--")


def offer_of(code: str) -> str:
    """Return the offer that an option of the form stands for."""
    return code.replace("--", "/")


def revoke_sheet(point: UUID) -> Sheet:
    """Return the form that ends a discount or an exemption."""
    return Sheet(
        title=Text("สิ้นสุดส่วนลดหรือการยกเว้น", "End a discount or an exemption"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(
            _from_on(Text("วันแรกที่ไม่ได้สิทธิ", "The first day without it")),
            Yes(
                "broken",
                Text(
                    "ตรวจพบว่าไม่ทำตามเงื่อนไข ให้เสียสิทธิตามเวลาที่อัตรากำหนด",
                    "It was found not to be kept to: the time without it in the tariff begins.",
                ),
                required=False,
            ),
            _WHY,
        ),
        button=Text("สิ้นสุดสิทธิ", "End it"),
    )


def reading_sheet(point: UUID, kinds: dict[str, Text]) -> Sheet:
    """Return the form for what a meter shows."""
    options = tuple(Option(code, title) for code, title in kinds.items())
    many = (Choice("kind", Text("ค่าธรรมเนียม", "Fee"), options=options),)
    return Sheet(
        title=Text("จดมาตร", "Read the meter"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(
            *(many if len(options) > 1 else ()),
            Day(
                "month",
                Text("เดือนที่จด", "Month"),
                help=Text("วันใดก็ได้ในเดือนนั้น", "Any day of that month"),
            ),
            Number("before", Text("เลขมาตรครั้งก่อน", "The meter before"), most=99_999_999),
            Number("after", Text("เลขมาตรครั้งนี้", "The meter now"), most=99_999_999),
        ),
        button=Text("บันทึกเลขมาตร", "Keep the reading"),
    )


def job_sheet(point: UUID, jobs: dict[str, Text]) -> Sheet:
    """Return the form that charges something that is done once."""
    options = tuple(Option(code, title) for code, title in jobs.items())
    many = (Choice("job", Text("รายการ", "What"), options=options),)
    return Sheet(
        title=Text("คิดค่าบริการครั้งเดียว", "Charge a job done once"),
        back=(f"{HOME}/points/{point}", _POINT),
        groups=ungrouped(
            *(many if len(options) > 1 else ()),
            Number("count", Text("จำนวน", "How many"), least=1, most=1_000),
            Day("due_on", Text("ชำระภายใน", "To be paid by"), earliest_days=0, latest_days=370),
        ),
        button=Text("ออกใบแจ้ง", "Make the bill"),
        intro=None if len(options) > 1 else options[0].label,
    )
