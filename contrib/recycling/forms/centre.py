"""What officers of the centre fill in: sales, questions, dividends, materials."""

from contrib.recycling.rules.materials import GROUPS, UNITS
from core.api import Text
from kit.forms import AnyField, Choice, Day, Line, Money, Option

_OLDEST = 3_660  # days, ten years
SALE: tuple[AnyField, ...] = (
    Line("factory", Text("โรงงานหรือผู้ซื้อ", "Factory or buyer"), longest=200),
    Day("sold_on", Text("วันที่ขาย", "Day of the sale"), earliest_days=-60, latest_days=0),
    Line("note", Text("เลขที่ใบชั่งของโรงงาน", "Number of its weight note"), longest=60),
    Line("truck", Text("ทะเบียนรถ", "Number plate of the truck"), longest=60),
)
SETTLING: tuple[AnyField, ...] = (
    Choice(
        "bearer",
        Text("ส่วนที่ขาดเป็นของใคร", "Who bears what is missing"),
        options=(
            Option("loss", Text("ศูนย์รับเป็นน้ำหนักขาด", "The centre, as weight lost")),
            Option("collector", Text("ผู้รับซื้อชดใช้", "The collector owes it")),
        ),
    ),
    Line("why", Text("เหตุผล", "Reason"), longest=500),
)
SHARING: tuple[AnyField, ...] = (
    Day("first_on", Text("ตั้งแต่วันที่", "From"), earliest_days=-_OLDEST, latest_days=-1),
    Day("last_on", Text("ถึงวันที่", "To"), earliest_days=-_OLDEST, latest_days=-1),
)
MATERIAL: tuple[AnyField, ...] = (
    Line(
        "code",
        Text("รหัส", "Code"),
        longest=20,
        help=Text("ตัวอักษรอังกฤษพิมพ์เล็กและตัวเลข เช่น hdpe", "Small letters and digits, e.g. hdpe"),
    ),
    Choice(
        "kind",
        Text("กลุ่ม", "Group"),
        options=tuple(Option(code, words) for code, words in GROUPS.items()),
    ),
    Line("title_th", Text("ชื่อภาษาไทย", "Name in Thai"), longest=120),
    Line("title_en", Text("ชื่อภาษาอังกฤษ", "Name in English"), longest=120),
    Line("grade", Text("เกรด", "Grade"), longest=40, required=False),
    Choice(
        "unit",
        Text("หน่วย", "Unit"),
        options=tuple(Option(code, words) for code, words in UNITS.items()),
    ),
    Money("amount", Text("ราคารับซื้อต่อหน่วย (บาท)", "Price for a unit (baht)")),
)
