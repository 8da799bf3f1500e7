"""What officers are asked when they carry a report on."""

from collections.abc import Mapping, Sequence
from typing import Any

from contrib.incidents.rules.assets import OWNERS
from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.states import Act
from core.api import LONGEST_REASON, Text, Unit
from kit.forms import AnyField, Choice, Line, Lines, Option

_WORDS: Mapping[Act, Text] = {
    Act.ASSIGN: Text("ข้อความถึงผู้รับงาน", "A word to who will do it"),
    Act.REFUSE: Text("เหตุผล (ประชาชนอ่านได้)", "Why (everybody reads it)"),
    Act.FORWARD: Text("ข้อความถึงประชาชน", "A word to everybody"),
    Act.BEGIN: Text("หมายเหตุ", "Remarks"),
    Act.CLOSE: Text("ผลการดำเนินการ (ประชาชนอ่านได้)", "What was done (everybody reads it)"),
    Act.RETURN: Text("เหตุผลที่ส่งคืน", "Why it is sent back"),
    Act.TAKE_BACK: Text("เหตุผลที่รับกลับ", "Why it is taken back"),
    Act.PART: Text("เหตุผลที่แยก", "Why it is parted"),
    Act.REOPEN: Text("เหตุผลที่เปิดใหม่", "Why it is reopened"),
}
_MAY_BE_LEFT = frozenset({Act.ASSIGN, Act.FORWARD, Act.BEGIN})
_INTO = Line(
    "into",
    Text("เลขเรื่องที่จะรวมเข้า", "Number of the report it is merged into"),
    longest=12,
    help=Text("เช่น 2569-00012 ผู้แจ้งทุกคนจะติดตามเรื่องนั้น", "e.g. 2569-00012. All follow that one then."),
)
_AGENCY = Line(
    "agency",
    Text("หน่วยงานที่ส่งต่อ", "To which agency"),
    longest=200,
    help=Text("เช่น การไฟฟ้าส่วนภูมิภาค", "e.g. the Provincial Electricity Authority"),
)


def asked_of(act: Act, units: Mapping[str, Unit], crews: Mapping[str, str]) -> tuple[AnyField, ...]:
    """Return the fields of an act that asks for something.

    :param crews: names by account of who may do the work.
    """
    if act == Act.MERGE:
        return (_INTO,)
    must = act not in _MAY_BE_LEFT
    words = Lines("words", _WORDS[act], longest=LONGEST_REASON, required=must)
    if act == Act.FORWARD:
        return (_AGENCY, words)
    if act != Act.ASSIGN:
        return (words,)
    return (*_assigned(units, crews), words)


def _assigned(units: Mapping[str, Unit], crews: Mapping[str, str]) -> Sequence[AnyField]:
    named = tuple(Option(code, Text(name, name)) for code, name in crews.items())
    crew = Choice("crew", Text("ผู้รับงาน", "Who will do it"), options=named, required=False)
    return (
        Choice(
            "category",
            Text("เรื่องอะไร", "What is it about"),
            options=tuple(Option(one.code, one.title) for one in CATEGORIES.values()),
        ),
        Choice(
            "unit",
            Text("มอบหมายให้", "Assigned to"),
            options=tuple(Option(code, unit.name) for code, unit in units.items()),
        ),
        *((crew,) if named else ()),
        Lines(
            "summary",
            Text("ข้อความที่ประชาชนทุกคนเห็น", "What everybody reads"),
            longest=4_000,
            help=Text(
                "ตัดชื่อ เบอร์โทร และข้อมูลส่วนบุคคลออกก่อน",
                "Take names, telephones and other personal data out first.",
            ),
        ),
        Line(
            "place",
            Text("ที่ไหน (ประชาชนทุกคนเห็น)", "Where (everybody reads it)"),
            longest=300,
            help=Text(
                "ตัดบ้านเลขที่และชื่อบุคคลออกก่อน เจ้าหน้าที่ยังเห็นที่อยู่ตามที่แจ้ง",
                "Take house numbers and names out first; officers still see it as it was sent.",
            ),
            required=False,
        ),
    )


def begun_with(
    act: Act, report: Mapping[str, Any], asset: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what stands in the form of an act for a report.

    :param asset: what the report is about; whose owner is another agency, it goes there.
    """
    if act == Act.FORWARD:
        agency = OWNERS[asset["owner"]].agency.th if asset else ""
        return {"agency": agency} if agency else {}
    if act != Act.ASSIGN:
        return {}
    return {
        "category": report["category"],
        "unit": report["unit"] or CATEGORIES[report["category"]].unit,
        "summary": report["summary"] or report["description"],
        "place": report["place"] or ("" if report["summary"] else report["address"]),
    }
