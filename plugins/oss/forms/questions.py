"""A question of the form: its words, its answers, when it is asked, on which page."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from core.api import InvalidInput, Text
from kit.casework import Service
from kit.forms import AnyField, Choice, Choices, Number, Option, Yes
from plugins.oss.forms.conditions import condition_group, condition_of, condition_values
from plugins.oss.forms.kinds import KINDS, limit_values, usual, with_limits
from plugins.oss.forms.pairs import Pair, Pairs
from plugins.oss.forms.sheet import Group, Sheet, Values, bilingual, both, said, whole
from plugins.oss.rules.parts import Change, Names, put, rows_of

_TOO_FEW = Text("ใส่ตัวเลือกอย่างน้อย 2 ข้อ", "Give at least two answers to choose from.")
_PAGE = Text(
    "แบบฟอร์มยาวแบ่งเป็นหน้าได้ คำถามถัดไปอยู่หน้าเดียวกันจนกว่าจะมีหัวข้อใหม่ เว้นว่างถ้าอยู่หน้าเดียวกับข้อก่อน",
    "A long form has pages. The questions that follow are on the same page until another "
    "heading. Leave it empty to stay on the page before.",
)
_PERSONAL = Text("เป็นข้อมูลส่วนบุคคล ปิดบังไว้เมื่อแสดง", "Personal data: masked when it is shown")


def question_sheet(service: Service, field: AnyField) -> Sheet:
    """Return the page of a question; one without a name is new."""
    names = [one.name for one in service.form]
    place = names.index(field.name) if field.name else len(names)
    kind = KINDS[field.kind].title
    groups = [
        Group(kind, _words(), pairs=_options(field)),
        Group(Text("คำตอบ", "The answer"), _answer(field)),
        condition_group(service.form[:place]),
        Group(
            Text("หน้าของแบบฟอร์ม", "Page of the form"),
            bilingual(
                "heading",
                Text("เริ่มหน้าใหม่ที่ข้อนี้ ชื่อหน้า", "A page begins here, called"),
                longest=100,
                required=False,
            ),
            note=_PAGE,
        ),
    ]
    return Sheet(
        title=field.label if field.name else Text("เพิ่มคำถาม", "Add a question"),
        groups=tuple(one for one in groups if one),
        values=_values(service, field),
        take=lambda values, rows: _take(field, values, rows),
    )


def _words() -> tuple[AnyField, ...]:
    help = Text("เช่น ตัวอย่างคำตอบ หรือหาได้จากที่ใด", "An example, or where it is found.")
    return (
        *bilingual("label", Text("คำถาม", "Question"), longest=200, why=True),
        *bilingual("help", Text("คำอธิบาย", "Explanation"), longest=300, required=False, help=help),
    )


def _options(field: AnyField) -> Pairs | None:
    if not isinstance(field, Choice | Choices):
        return None
    given = tuple(Pair(one.code, one.label.th, one.label.en) for one in field.options)
    help = Text("เรียงตามที่ให้คนเห็น แถวที่ลบข้อความจนว่างจะหายไป", "A row that is emptied goes away.")
    return Pairs(
        name="option",
        title=Text("ตัวเลือก", "Answers to choose from"),
        help=help,
        given=given,
        most=100,
        longest=150,
    )


def _answer(field: AnyField) -> tuple[AnyField, ...]:
    asked: list[AnyField] = [Yes("required", Text("ต้องตอบ", "Must be answered"), required=False)]
    asked += KINDS[field.kind].limits
    if isinstance(field, Number):
        asked += bilingual("unit", Text("หน่วย", "Unit"), longest=30, required=False)
    if not usual(field).personal:
        asked.append(Yes("personal", _PERSONAL, required=False))
    return tuple(asked)


def _values(service: Service, field: AnyField) -> Values:
    return {
        **said("label", field.label),
        **said("help", field.help),
        **said("unit", getattr(field, "unit", None)),
        **said("heading", _heading(service, field)),
        **limit_values(field),
        **condition_values(field.when),
        "required": field.required,
        "personal": field.personal,
    }


def _heading(service: Service, field: AnyField) -> Text | None:
    """Return the heading of the page that begins at a question."""
    rows = rows_of(service, "questions")
    place = rows.index(field) if field in rows else 0
    before = rows[place - 1] if place else None
    return before if isinstance(before, Text) else None


def _take(field: AnyField, values: Values, rows: Sequence[Pair]) -> Change:
    heading = both(values, "heading")
    changed: dict[str, Any] = {
        "label": whole(values, "label"),
        "help": both(values, "help"),
        "required": values["required"],
        "when": condition_of(values),
        "personal": values.get("personal", field.personal),
    }
    if isinstance(field, Number):
        changed["unit"] = both(values, "unit")
    if isinstance(field, Choice | Choices) and len(rows) < 2:
        raise InvalidInput({"option.0.th": _TOO_FEW})
    question = with_limits(replace(field, **changed), values)

    def change(service: Service, names: Names) -> Service:
        return put(service, names, "questions", _with_options(question, rows, names), heading)

    return change


def _with_options(field: AnyField, rows: Sequence[Pair], names: Names) -> AnyField:
    """Return the question with its answers; each keeps its code, whatever it is called now."""
    if not isinstance(field, Choice | Choices):
        return field
    known = {one.code: one for one in field.options}
    return replace(field, options=tuple(_option(row, known, names) for row in rows))


def _option(row: Pair, known: dict[str, Option], names: Names) -> Option:
    label = Text(row.th, row.en)
    old = known.get(row.id)
    return replace(old, label=label) if old else Option(names.new("o"), label)
