"""A document that goes with the request."""

from msgspec.structs import replace

from core.api import Text
from kit.casework import Document, Service
from kit.forms import AnyField, Choice, Number, Option, Yes
from plugins.oss.forms.conditions import condition_group, condition_of, condition_values
from plugins.oss.forms.sheet import Group, Sheet, Values, bilingual, both, said, whole
from plugins.oss.rules.parts import Change, Names, put

NEW = Document("", Text("", ""))
_EMPTY = Text("", "")
_WAY = Choice(
    "way",
    Text("ส่งอย่างไร", "How it comes"),
    options=(
        Option("upload", Text("แนบไฟล์หรือรูปถ่าย", "Sent as a file or a photo")),
        Option("shown", Text("แสดงตัวจริงที่เคาน์เตอร์", "Shown at the counter")),
        Option(
            "looked_up",
            Text("หน่วยงานตรวจจากฐานข้อมูลรัฐเอง", "Looked up by the office itself"),
            Text(
                "เอกสารที่รัฐออกให้ ไม่ควรขอสำเนาจากประชาชน",
                "Papers of the state are not to be asked of citizens",
            ),
        ),
    ),
)


_HOW_MANY: tuple[AnyField, ...] = (
    Number("originals", Text("ตัวจริงกี่ฉบับ", "Originals"), least=0, most=20),
    Number("copies", Text("สำเนากี่ฉบับ", "Copies"), least=0, most=20),
    Number("most", Text("แนบได้ไม่เกินกี่ไฟล์", "Files, at most"), least=1, most=20),
)


def document_sheet(service: Service, document: Document) -> Sheet:
    """Return the page of a document; one without a code is new."""
    required = Yes("required", Text("ต้องมี", "Must be there"), required=False)
    issuer = Text("หน่วยงานที่ออกให้", "Issued by")
    groups = [
        Group(
            Text("เอกสาร", "Document"),
            (*bilingual("name", Text("ชื่อเอกสาร", "Name"), longest=150, why=True), required, _WAY),
        ),
        Group(Text("จำนวน", "How many"), _HOW_MANY),
        condition_group(service.form),
        Group(
            Text("รายละเอียด", "Particulars"),
            (
                *bilingual("issuer", issuer, longest=150, required=False),
                *bilingual("note", Text("หมายเหตุ", "Note"), longest=300, required=False),
            ),
        ),
    ]
    return Sheet(
        title=document.name if document.code else Text("เพิ่มเอกสาร", "Add a document"),
        groups=tuple(one for one in groups if one),
        values=_values(document),
        take=lambda values, _: _take(document, values),
    )


def _values(document: Document) -> Values:
    return {
        **said("name", document.name),
        **said("issuer", document.issuer),
        **said("note", document.note),
        **condition_values(document.when),
        "required": document.required,
        "way": document.way,
        "originals": document.originals,
        "copies": document.copies,
        "most": document.most,
    }


def _take(document: Document, values: Values) -> Change:
    changed = replace(
        document,
        name=whole(values, "name"),
        required=values["required"],
        way=values["way"],
        when=condition_of(values),
        issuer=both(values, "issuer") or _EMPTY,
        note=both(values, "note") or _EMPTY,
        originals=values["originals"],
        copies=values["copies"],
        most=values["most"],
    )

    def change(service: Service, names: Names) -> Service:
        return put(service, names, "documents", changed)

    return change
