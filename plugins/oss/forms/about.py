"""What a service is: its name, its words, its law, its division, and who may file."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from core.api import Text
from kit.casework import Applying, Service
from kit.forms import Choice, Lines, Option
from plugins.oss.forms.pairs import Pair
from plugins.oss.forms.sheet import Group, Sheet, Values, bilingual, lines_of, said, whole
from plugins.oss.rules.changes import APPLYING
from plugins.oss.rules.parts import Change, Names
from plugins.oss.rules.topics import TOPICS

_WORDS = Text("คำที่คนใช้ค้นหา", "Words that people search for")
_LAW = Text("กฎหมายหรือระเบียบที่ให้อำนาจ", "Law or rule that it rests on")
_A_LINE_EACH = Text("บรรทัดละ 1 ข้อ", "One a line.")
_NAME = (
    *bilingual(
        "title",
        Text("ชื่อบริการ", "Title"),
        longest=150,
        why=True,
        help=Text("ขึ้นต้นด้วยสิ่งที่คนมาขอ เช่น ขอใช้สนามกีฬา", "Begin with what people ask for."),
    ),
    *bilingual(
        "summary",
        Text("คำอธิบายสั้น ๆ", "Short description"),
        longest=300,
        help=Text("ใครใช้ ใช้เมื่อใด ได้อะไร", "For whom, when, and what comes of it."),
    ),
)
_WHO = Choice(
    "applying",
    Text("ใครยื่นได้", "Who may file"),
    help=Text(
        "ขอเท่าที่จำเป็น เลขประจำตัวประชาชนใช้เมื่อต้องรู้ตัวบุคคลแน่ชัด",
        "Ask no more than is needed; a national ID only where the person must be certain.",
    ),
    options=tuple(Option(value, words) for value, words in APPLYING.items()),
)


def about_sheet(service: Service, units: Mapping[str, Text]) -> Sheet:
    """Return the page of what a service is.

    :param units: divisions to choose from, by id.
    """
    return Sheet(
        title=Text("เกี่ยวกับบริการ", "About the service"),
        groups=(
            Group(Text("ชื่อและคำอธิบาย", "Title and description"), _NAME),
            Group(
                Text("ให้คนหาพบ", "How people find it"),
                (
                    Choice(
                        "topic",
                        Text("อยู่ในหมวด", "Heading"),
                        options=tuple(Option(code, words) for code, words in TOPICS.items()),
                    ),
                    Lines("words", _WORDS, help=_A_LINE_EACH, longest=1_500, required=False),
                ),
            ),
            Group(
                Text("อำนาจและผู้รับผิดชอบ", "Law and division"),
                (
                    Lines("law", _LAW, help=_A_LINE_EACH, longest=3_000, required=False),
                    Choice(
                        "unit",
                        Text("กองหรือสำนักที่เป็นเจ้าของ", "Division that owns it"),
                        options=tuple(Option(id, name) for id, name in units.items()),
                    ),
                    _WHO,
                ),
            ),
        ),
        values=_values(service),
        take=_take,
    )


def _values(service: Service) -> Values:
    return {
        **said("title", service.title),
        **said("summary", service.summary),
        "topic": service.topic,
        "words": "\n".join(service.words),
        "law": "\n".join(service.law),
        "unit": service.unit,
        "applying": service.applying,
    }


def _take(values: Values, _: Sequence[Pair]) -> Change:
    changed = {
        "title": whole(values, "title"),
        "summary": whole(values, "summary"),
        "topic": values["topic"],
        "words": lines_of(values, "words", most=40, longest=60),
        "law": lines_of(values, "law", most=20, longest=300),
        "unit": values["unit"],
        "applying": Applying(values["applying"]),
    }

    def change(service: Service, _: Names) -> Service:
        return replace(service, **changed)

    return change
