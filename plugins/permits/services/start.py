"""The four questions that tell which way a permit takes."""

from core.api import Text
from kit.forms import AnyField, Choice, Number, Option
from plugins.permits.services.work import USE

WORK = Choice(
    "work",
    Text("จะทำอะไรกับอาคาร", "What is to be done"),
    options=(
        Option("build", Text("ก่อสร้างใหม่", "Build anew")),
        Option("alter", Text("ดัดแปลงหรือต่อเติม", "Alter or extend")),
        Option("demolish", Text("รื้อถอน", "Demolish")),
        Option("other", Text("เคลื่อนย้ายหรือเปลี่ยนการใช้", "Move it or change its use")),
    ),
)
QUESTIONS: tuple[AnyField, ...] = (
    WORK,
    USE,
    Number(
        "storeys",
        Text("กี่ชั้น", "How many storeys"),
        unit=Text("ชั้น", "storeys"),
        least=1,
        most=200,
    ),
    Number(
        "area",
        Text("พื้นที่รวมทุกชั้น", "Area of all floors"),
        help=Text(
            "ประมาณได้ เช่น กว้าง 8 ลึก 15 เมตร ชั้นเดียว คือ 120",
            "A guess will do: 8 by 15 metres on one floor are 120.",
        ),
        unit=Text("ตารางเมตร", "square metres"),
        least=1,
        most=10_000_000,
        decimals=2,
    ),
)
