"""What is asked of who drafts a document, part by part of its form."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api import Text
from kit.forms import AnyField, Choice, Choices, File, Groups, Line, Lines, Option
from plugins.eoffice.forms.receiving import Posts, kept_as, options, post_options
from plugins.eoffice.rules.drafts import parts_of
from plugins.eoffice.rules.kinds import KINDS, PARTS
from plugins.eoffice.rules.states import SECRECIES, SPEEDS

LONGEST_BODY = 20_000
_PREFIX = "part_"

_MANY_LINES = Text("บรรทัดละหนึ่งรายการ", "One on each line.")
_HELP: Mapping[str, Text] = {
    "body": Text(
        "เว้นบรรทัดว่างระหว่างย่อหน้า ข้อขึ้นต้นด้วย ข้อ 1, 1., 1.1 หรือ (1)",
        "An empty line between paragraphs. Clauses begin with the Thai word and number of the "
        "clause, with 1., 1.1 or (1).",
    ),
    "agenda": Text(
        "ขึ้นต้นแต่ละวาระด้วย “ระเบียบวาระที่ 1 เรื่อง…” แล้วพิมพ์มติในบรรทัดถัดไป",
        "Begin each point with the Thai words for agenda item and its number, its text on the "
        "lines below.",
    ),
    "enclosures": Text(
        "บรรทัดละหนึ่งรายการ จำนวนหลังเครื่องหมาย | เช่น แผนที่ | 1 ชุด",
        "One on each line, the quantity behind |, such as: Map | 1 set.",
    ),
    "present": Text(
        "บรรทัดละหนึ่งคน ชื่อ | ตำแหน่ง | หน้าที่ในที่ประชุม",
        "One person on each line: name | post | role in the meeting.",
    ),
    "opening": Text("ไม่กรอก ใช้ “เรียน”", "Left empty it is the usual address."),
    "closing": Text("ไม่กรอก ใช้ “ขอแสดงความนับถือ”", "Left empty it is the usual closing."),
}
# What is asked of a document that came as a file, beside the file.
_BESIDE_FILE = frozenset({"subject", "about", "to", "references", "enclosures", "year"})
FILE = File(
    "file",
    Text("ตัวหนังสือ", "The document"),
    kinds=("pdf",),
    required=False,
    help=Text(
        "ระบบจะพิมพ์เลขที่ วันที่ และผู้ลงนามไว้มุมขวาบนของหน้าแรกเมื่อลงนาม",
        "Number, day and signer are printed at the top right of its first page at signing.",
    ),
)
_LONG = {"body": LONGEST_BODY, "agenda": LONGEST_BODY}
_LISTS = frozenset({"references", "enclosures", "unit", "copies", "present", "absent", "attending"})


def kinds() -> tuple[AnyField, ...]:
    """Return the question which kind of document it is."""
    titles = {code: kind.title for code, kind in KINDS.items()}
    ways = {
        "written": Text("พิมพ์ข้อความในระบบ", "Typed here"),
        "file": Text("แนบไฟล์ PDF ที่ทำไว้แล้ว", "A PDF that is made already"),
    }
    return (
        Choice("kind", Text("ชนิดหนังสือ", "Kind of document"), options=options(titles)),
        Choice("how", Text("ข้อความ", "Its text"), options=options(ways)),
    )


def document(
    kind: str,
    held: Posts,
    agencies: Sequence[tuple[str, Text]],
    *,
    secrecies: Sequence[str],
    written: bool,
) -> Groups:
    """Return the questions about a document.

    :param held: posts that may sign.
    :param agencies: those of the address book that it may go to.
    :param secrecies: how secret it may be.
    :param written: its text is typed here; else it came as a file, which has the text.
    """
    needed = {part.code for part in KINDS[kind].parts if part.needed}
    codes = [code for code in parts_of(kind) if written or code in _BESIDE_FILE]
    parts = tuple(_part(code, needed=code in needed) for code in codes)
    levels = {code: SECRECIES[code] for code in secrecies}
    handling: list[AnyField] = [
        Choice("signer", Text("ผู้ลงนาม", "Signed by"), options=post_options(held)),
        Choice("speed", Text("ชั้นความเร็ว", "Urgency"), options=options(SPEEDS)),
        Choice("secrecy", Text("ชั้นความลับ", "Secrecy"), options=options(levels)),
        kept_as(),
        Line("keywords", Text("คำค้น", "Keywords"), longest=300, required=False),
    ]
    if agencies and KINDS[kind].book == "send":
        sent = Choices(
            "agencies",
            Text("ส่งถึงหน่วยงานเมื่อลงนามแล้ว", "Goes to, once it is signed"),
            options=tuple(Option(id, name) for id, name in agencies),
            required=False,
        )
        handling.append(sent)
    return (
        (KINDS[kind].title, parts),
        (Text("การลงนามและส่ง", "Signing and sending"), tuple(handling)),
    )


def _part(code: str, *, needed: bool) -> AnyField:
    name, label, help = f"{_PREFIX}{code}", PARTS[code], _HELP.get(code)
    if code in _LONG:
        return Lines(name, label, longest=_LONG[code], required=needed, help=help)
    if code in _LISTS:
        return Lines(name, label, longest=4_000, required=needed, help=help or _MANY_LINES)
    return Line(name, label, longest=500, required=needed, help=help)


def values_of(fields: Mapping[str, str], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a document as the form holds it."""
    return {f"{_PREFIX}{code}": text for code, text in fields.items() if text} | dict(more)


def fields_of(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed, by part of the form."""
    return {code: values.get(f"{_PREFIX}{code}") or "" for code in parts_of(kind)}


def controls(problems: Mapping[str, Text]) -> dict[str, Text]:
    """Return problems of parts by the controls of the form."""
    known = {f"{_PREFIX}{code}" for code in PARTS}
    return {
        f"{_PREFIX}{name}" if f"{_PREFIX}{name}" in known else name: text
        for name, text in problems.items()
    }
