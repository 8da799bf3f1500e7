"""What is to be done, and for what the building is."""

from core.api import Text
from kit.forms import AnyField, Choice, Line, Number, Option, When

_WORK = Text("งานที่ขออนุญาต", "The work")

WHAT = Choice(
    "work",
    Text("จะทำอะไรกับอาคาร", "What is to be done"),
    options=(
        Option("build", Text("ก่อสร้างใหม่", "Build anew")),
        Option(
            "alter",
            Text("ดัดแปลง", "Alter"),
            Text("เช่น ต่อเติม เปลี่ยนโครงสร้าง", "e.g. extend it, change its structure"),
        ),
        Option("demolish", Text("รื้อถอน", "Demolish")),
    ),
    step=_WORK,
)
USE = Choice(
    "use",
    Text("อาคารใช้เป็น", "The building is for"),
    options=(
        Option("house", Text("บ้านพักอาศัย", "A house to live in")),
        Option("shop", Text("ตึกแถว ห้องแถว หรือร้านค้า", "A row house or shop")),
        Option("store", Text("โรงเก็บของ โกดัง หรือโรงงาน", "A store or factory")),
        Option(
            "public",
            Text("อาคารสาธารณะหรืออาคารพิเศษ", "A public or special building"),
            Text("เช่น โรงเรียน หอประชุม โรงพยาบาล วัด", "e.g. a school, hall, hospital, temple"),
        ),
        Option("other", Text("อย่างอื่น", "Something else")),
    ),
    step=_WORK,
)
_USE_WORDS = Line(
    "use_words",
    Text("ใช้เป็นอะไร", "What it is for"),
    longest=120,
    when=When("use", ("other",)),
    step=_WORK,
)
_BUILDINGS = Number(
    "buildings",
    Text("จำนวนอาคาร", "Number of buildings"),
    unit=Text("หลัง", "buildings"),
    least=1,
    most=500,
    step=_WORK,
)
_PARKING = Number(
    "parking",
    Text("จำนวนที่จอดรถ", "Places for cars"),
    help=Text("ถ้าไม่มี ใส่ 0", "0 if there are none."),
    unit=Text("คัน", "cars"),
    most=10_000,
    step=_WORK,
)
_FENCE = Choice(
    "fence",
    Text("ขอทำรั้วหรือกำแพงด้วยหรือไม่", "Is there a fence or wall too"),
    options=(
        Option("none", Text("ไม่ทำ", "No")),
        Option(
            "private",
            Text("ทำ แต่ไม่ติดที่สาธารณะ", "Yes, not next to a public place"),
            Text("ไม่ต้องขออนุญาตและไม่เสียค่าธรรมเนียม", "It needs no permit and costs nothing"),
        ),
        Option(
            "public",
            Text("ทำ และติดถนนหรือที่สาธารณะ", "Yes, next to a road or public place"),
        ),
    ),
    step=_WORK,
)
_FENCE_LENGTH = Number(
    "fence_length",
    Text("ความยาวรั้วส่วนที่ติดที่สาธารณะ", "Length next to the public place"),
    unit=Text("เมตร", "metres"),
    most=100_000,
    decimals=2,
    when=When("fence", ("public",)),
    step=_WORK,
)

WORK_OF_HOUSE: tuple[AnyField, ...] = (WHAT, USE, _USE_WORDS, _PARKING, _FENCE, _FENCE_LENGTH)
WORK: tuple[AnyField, ...] = (
    WHAT,
    USE,
    _USE_WORDS,
    _BUILDINGS,
    _PARKING,
    _FENCE,
    _FENCE_LENGTH,
)
