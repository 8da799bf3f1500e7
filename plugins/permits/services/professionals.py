"""Who designs and who supervises, with their licences where they have some."""

from collections.abc import Mapping

from core.api import Text
from kit.forms import AnyField, Choice, Line, Number, Option, When

_DESIGN = Text("ผู้ออกแบบและผู้ควบคุมงาน", "Design and supervision")
_SUPERVISION = Text("ระยะเวลาและผู้ควบคุมงาน", "Time and supervisor")
_DESIGNERS = Text("สถาปนิกและวิศวกรผู้ออกแบบ", "Who designs")
# By the beginning of the names of the fields: who it is, and how a number may look.
_WHO: Mapping[str, tuple[Text, Text]] = {
    "engineer": (
        Text("วิศวกรผู้ออกแบบและคำนวณ", "Engineer who designs and calculates"),
        Text("ตามบัตร เช่น ภย.12345 สย.1234", "As on the card, Thai letters and digits."),
    ),
    "architect": (
        Text("สถาปนิกผู้ออกแบบ", "Architect who designs"),
        Text("ตามบัตร เช่น ภ-สถ 1234 ส-สถ 123", "As on the card, Thai letters and digits."),
    ),
    "supervising_engineer": (
        Text("วิศวกรผู้ควบคุมงาน", "Engineer who supervises"),
        Text("ตามบัตร เช่น ภย.12345 สย.1234", "As on the card, Thai letters and digits."),
    ),
    "supervising_architect": (
        Text("สถาปนิกผู้ควบคุมงาน", "Architect who supervises"),
        Text("ตามบัตร เช่น ภ-สถ 1234 ส-สถ 123", "As on the card, Thai letters and digits."),
    ),
}
BY_ENGINEER = When("designer", ("engineer", "both"))
BY_ARCHITECT = When("designer", ("architect", "both"))
BY_LICENSED = When("designer", ("engineer", "architect", "both"))
UNDER_LICENSED = When("supervisor", ("engineer", "architect", "both"))
UNDER_OTHERS = When("supervisor", ("person", "engineer", "architect", "both"))
_UNDER_ENGINEER = When("supervisor", ("engineer", "both"))
_UNDER_ARCHITECT = When("supervisor", ("architect", "both"))


def _person(code: str, step: Text, when: When | None) -> tuple[AnyField, AnyField]:
    who, number = _WHO[code]
    return (
        Line(
            f"{code}_name",
            Text(f"ชื่อ{who.th}", f"{who.en}: name"),
            longest=160,
            when=when,
            step=step,
        ),
        Line(
            f"{code}_licence",
            Text(f"เลขใบอนุญาตของ{who.th}", f"{who.en}: licence"),
            help=number,
            longest=30,
            when=when,
            step=step,
        ),
    )


_DAYS = Number(
    "days",
    Text("งานจะเสร็จใน", "The work will take"),
    help=Text("นับจากวันที่ได้รับใบอนุญาตหรือใบรับแจ้ง", "From the day of the permit or receipt."),
    unit=Text("วัน", "days"),
    least=1,
    most=3_650,
    step=_SUPERVISION,
)

PEOPLE: tuple[AnyField, ...] = (
    *_person("engineer", _DESIGN, BY_ENGINEER),
    *_person("architect", _DESIGN, BY_ARCHITECT),
    Choice(
        "supervisor",
        Text("ใครควบคุมงาน", "Who supervises the work"),
        options=(
            Option(
                "owner",
                Text("เจ้าของอาคาร", "The owner"),
                Text("ใช้ได้กับบ้านหลังเล็ก", "Allowed for small houses"),
            ),
            Option("person", Text("ผู้อื่นที่ไม่มีใบอนุญาต", "Somebody without a licence")),
            Option("engineer", Text("วิศวกร", "An engineer")),
            Option("architect", Text("สถาปนิก", "An architect")),
            Option("both", Text("วิศวกรและสถาปนิก", "An engineer and an architect")),
        ),
        step=_DESIGN,
    ),
    _DAYS,
    Line(
        "supervisor_name",
        Text("ชื่อผู้ควบคุมงาน", "Name of the supervisor"),
        longest=160,
        personal=True,
        when=When("supervisor", ("person",)),
        step=_SUPERVISION,
    ),
    *_person("supervising_engineer", _SUPERVISION, _UNDER_ENGINEER),
    *_person("supervising_architect", _SUPERVISION, _UNDER_ARCHITECT),
)

# A notification names all four (Building Control Act B.E. 2522, s. 39 bis).
ALL_PEOPLE: tuple[AnyField, ...] = (
    *_person("architect", _DESIGNERS, None),
    *_person("engineer", _DESIGNERS, None),
    _DAYS,
    *_person("supervising_architect", _SUPERVISION, None),
    *_person("supervising_engineer", _SUPERVISION, None),
)
