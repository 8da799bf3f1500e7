"""What the pages of the builder say beside the service itself."""

from collections.abc import Mapping
from typing import Any

from core.api import Context, Text
from kit.casework import Document, Service, Step
from kit.forms import AnyField
from plugins.oss.forms.kinds import KINDS
from plugins.oss.forms.steps import POSTS
from plugins.oss.rules.changes import name_of
from plugins.oss.rules.faults import faults_of
from plugins.oss.rules.parts import Kind, Part, key_of, rows_of
from plugins.oss.service.own import Own

# The pages in the order in which a service is made.
SECTIONS: Mapping[str, Text] = {
    "about": Text("เกี่ยวกับบริการ", "About"),
    "questions": Text("คำถาม", "Questions"),
    "documents": Text("เอกสาร", "Documents"),
    "steps": Text("ขั้นตอน", "Steps"),
    "result": Text("ผลที่ได้รับ", "Result"),
    "try": Text("ทดลอง", "Try it"),
    "publish": Text("เผยแพร่", "Publish"),
}
_OPTIONAL = Text("ไม่บังคับ", "optional")
_CONDITION = Text("เฉพาะบางคำตอบ", "only after certain answers")
_VISIT = Text("ออกตรวจสถานที่", "a visit")
_WAYS: Mapping[str, Text] = {
    "upload": Text("แนบไฟล์", "sent as a file"),
    "shown": Text("แสดงที่เคาน์เตอร์", "shown at the counter"),
    "looked_up": Text("หน่วยงานตรวจเอง", "looked up by the office"),
}


def around(ctx: Context, own: Own, section: str) -> dict[str, Any]:
    """Return what stands around every page of a service."""
    home = f"/desk/services/{own.id}"
    faults = faults_of(own.draft, list(ctx.tenant.units))
    counts = {name: sum(fault.page == name for fault in faults) for name in SECTIONS}
    names = list(SECTIONS)
    titles = [title.to(ctx.language) for title in SECTIONS.values()]
    following = names[names.index(section) + 1 :]
    return {
        "own": own,
        "home": home,
        "section": section,
        "number": names.index(section) + 1,
        "sections": [
            (title, f"{home}/{name}", counts[name])
            for name, title in zip(names, titles, strict=True)
        ],
        "following": f"{home}/{following[0]}" if following else None,
        "faults": [
            (
                one.sentence.to(ctx.language),
                f"{home}/{'/'.join(filter(None, [one.page, one.part]))}"
                + (f"#{one.control}" if one.control else ""),
            )
            for one in faults
        ],
    }


def describe_rows(ctx: Context, service: Service, kind: Kind) -> list[dict[str, Any]]:
    """Return a line for each part, and one for each heading of a page among the questions."""
    faults = faults_of(service, list(ctx.tenant.units))
    return [
        {"heading": row.to(ctx.language)}
        if isinstance(row, Text)
        else {
            "key": key_of(kind, row),
            "title": name_of(row).to(ctx.language),
            "facts": [fact.to(ctx.language) for fact in _facts(row)],
            "faults": [
                one.sentence.to(ctx.language)
                for one in faults
                if one.page == kind and one.part == key_of(kind, row)
            ],
        }
        for row in rows_of(service, kind)
    ]


def _facts(part: Part) -> list[Text]:
    match part:
        case Step():
            visit = [_VISIT] if part.status == "site_inspection" else []
            return [POSTS.get(part.by, Text(part.by, part.by)), part.within.text, *visit]
        case Document():
            return [_WAYS[part.way], *_asked(part)]
        case _:
            return [KINDS[part.kind].title, *_asked(part)]


def _asked(part: AnyField | Document) -> list[Text]:
    optional = [] if part.required else [_OPTIONAL]
    return [*optional, _CONDITION] if part.when else optional
