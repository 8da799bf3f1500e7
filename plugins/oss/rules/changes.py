"""What a new version of a service changes for citizens, in sentences."""

from collections.abc import Iterator, Mapping

from core.api import Text
from kit.casework import Applying, Document, Service, Step
from plugins.oss.rules.parts import KEPT, Kind, Part, key_of, parts_of

APPLYING: Mapping[Applying, Text] = {
    Applying.IDENTIFIED: Text(
        "ผู้ที่บอกชื่อ เลขประจำตัวประชาชน และเบอร์โทรศัพท์",
        "Who gives name, national ID and phone",
    ),
    Applying.CONTACT: Text("ผู้ที่บอกชื่อและเบอร์โทรศัพท์", "Who gives name and phone"),
    Applying.ANYBODY: Text("ทุกคน ไม่ต้องบอกชื่อ", "Anybody, without a name"),
}
PAPERS: Mapping[str | None, Text] = {
    None: Text("หนังสือแจ้งผลอย่างเดียว", "The letter with the outcome alone"),
    "general": Text("เอกสารทั่วไป มีข้อมูลที่ยื่นและลายมือชื่อ", "A general paper with what was filed"),
    "certificate": Text("หนังสือรับรอง", "A certificate"),
}

_ADDED = Text("เพิ่ม{kind} “{name}”", "Added to the {kind}: “{name}”.")
_REMOVED = Text("ตัด{kind} “{name}” ออก", "Removed from the {kind}: “{name}”.")
_CHANGED = Text("แก้ไข{kind} “{name}”", "Changed in the {kind}: “{name}”.")
_ORDER = Text("จัดลำดับ{kind}ใหม่", "The {kind} stand in another order.")
_BECAME = Text("{what}: จาก “{before}” เป็น “{after}”", "{what}: from “{before}” to “{after}”.")
_OTHER = Text("แก้ไขรายละเอียดอื่น", "Other particulars changed.")
_NONE = Text("ไม่มี", "none")


def changes(before: Service, after: Service) -> list[Text]:
    """Return what is different, in the order of the builder's pages; empty: nothing."""
    if before == after:
        return []
    said = [*_facts(before, after), *(one for kind in KEPT for one in _parts(before, after, kind))]
    return said or [_OTHER]


def _facts(before: Service, after: Service) -> Iterator[Text]:
    old, new = _told(before), _told(after)
    for what, words in new.items():
        if old[what] != words:
            yield _BECAME.format(what=what, before=old[what], after=words)


def _told(service: Service) -> dict[Text, Text]:
    """Return what a citizen reads of a service beside its parts."""
    conditions = service.conditions
    law = " · ".join(service.law)
    return {
        Text("ชื่อ", "Title"): service.title,
        Text("คำอธิบาย", "Summary"): service.summary,
        Text("ผู้ยื่น", "Who may file"): APPLYING[service.applying],
        Text("กฎหมาย", "Law"): Text(law, law) if law else _NONE,
        Text("เสร็จภายใน", "Done within"): service.within.text,
        Text("เอกสารที่ได้รับ", "Paper"): PAPERS.get(service.paper, service.title),
        Text("ชื่อเอกสาร", "Title of the paper"): service.paper_title or _NONE,
        Text("ค่าธรรมเนียม", "Fee"): service.fee.note,
        Text("เงื่อนไข", "Conditions"): Text.joined(conditions, " · ") if conditions else _NONE,
    }


def _parts(before: Service, after: Service, kind: Kind) -> Iterator[Text]:
    old = {key_of(kind, one): one for one in parts_of(before, kind)}
    new = {key_of(kind, one): one for one in parts_of(after, kind)}
    words = KEPT[kind].title
    for key, part in new.items():
        if key not in old:
            yield _ADDED.format(kind=words, name=name_of(part))
        elif part != old[key]:
            yield _CHANGED.format(kind=words, name=name_of(part))
    for key, part in old.items():
        if key not in new:
            yield _REMOVED.format(kind=words, name=name_of(part))
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield _ORDER.format(kind=words)


def name_of(part: Part) -> Text:
    """Return how people call a part."""
    match part:
        case Step(title=words) | Document(name=words):
            return words
        case _:
            return part.label
