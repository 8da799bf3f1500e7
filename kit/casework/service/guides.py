"""The citizen's guide (คู่มือสำหรับประชาชน) of a service, as the paper of the office.

Law: Licensing Facilitation Act B.E. 2558, s. 7.
"""

from core.api import Context, Text
from kit import documents
from kit.casework.declaration import Document, Service, Step
from kit.documents import Guide, GuideDocument, GuideStep, Row, Table

_WAYS = {
    "upload": "แนบไฟล์หรือรูปถ่ายเมื่อยื่นทางออนไลน์",
    "shown": "แสดงตัวจริงที่เคาน์เตอร์",
    "looked_up": "หน่วยงานตรวจจากฐานข้อมูลรัฐเอง ไม่ต้องนำมา",
}
# Documents that say who somebody is stand in a table of their own.
_IDENTITY = frozenset({"id-card", "house-registration"})
_STEPS = {"considering": "การพิจารณา", "site_inspection": "การตรวจสอบสถานที่"}


_ONLY_WHEN = Text("เฉพาะ {th}", "Only for {en}")


def only_when(service: Service, document: Document) -> Text | None:
    """Return for which answers a document is needed; None where it always is."""
    when = document.when
    field = next((one for one in service.form if when and one.name == when.field), None)
    if when is None or field is None:
        return None
    answers = [answer for code in when.values if (answer := field.answer(code))]
    return _ONLY_WHEN.format(
        th=" หรือ ".join(f"“{one.th}”" for one in answers),
        en=" or ".join(f"“{one.en}”" for one in answers),
    )


def guide_of(ctx: Context, service: Service) -> Guide:
    """Return the guide in the order of the national service portal."""
    unit = ctx.tenant.units.get(service.unit)
    owner = unit.name.th if unit else ctx.tenant.name.th
    opening = f"{ctx.tenant.hours.text.th} และทางออนไลน์ตลอด 24 ชั่วโมง"
    return Guide(
        **documents.stamp(ctx, number="-", verify=None),
        title=service.title.th,
        rows=[
            Row("ชื่อกระบวนงาน", service.title.th),
            Row("หน่วยงานเจ้าของกระบวนงาน", f"{owner} {ctx.tenant.name.th}"),
            Row("กฎหมายที่เกี่ยวข้อง", "; ".join(service.law) or "-"),
            Row("ระยะเวลา", service.within.text.th),
        ],
        channels=[Row("เปิดให้บริการ", opening), Row("เว็บไซต์", ctx.origin)],
        criteria=[service.summary.th, *(one.th for one in service.conditions)],
        steps=[_step(step, owner) for step in service.steps],
        total=service.within.text.th,
        identity=[_document(service, one) for one in service.documents if one.code in _IDENTITY],
        documents=[
            _document(service, one) for one in service.documents if one.code not in _IDENTITY
        ],
        fees=Table(heads=("รายการ",), rows=((service.fee.note.th,),)),
        complaints=[
            Row("ศูนย์ดำรงธรรม", "โทร. 1567"),
            Row("ศูนย์บริการประชาชน สำนักนายกรัฐมนตรี", "โทร. 1111"),
        ],
    )


def _step(step: Step, owner: str) -> GuideStep:
    return GuideStep(
        kind=_STEPS["site_inspection" if step.status == "site_inspection" else "considering"],
        detail=step.title.th,
        within=step.within.text.th,
        unit=owner,
    )


def _document(service: Service, one: Document) -> GuideDocument:
    only = only_when(service, one)
    note = " ".join(part for part in (only and only.th, one.note.th, _WAYS[one.way]) if part)
    return GuideDocument(
        name=one.name.th,
        issuer=one.issuer.th or "-",
        originals=f"{one.originals} ฉบับ" if one.originals else "-",
        copies=f"{one.copies} ฉบับ" if one.copies else "-",
        note=note,
    )


async def guide_pdf(ctx: Context, service: Service) -> bytes:
    """Return the guide as a PDF file."""
    return await documents.print_at_once(ctx, "guide", guide_of(ctx, service))
