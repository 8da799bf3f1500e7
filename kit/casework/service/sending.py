"""From a draft to a case: everything is read once more, then filed."""

import msgspec

from core.api import Context, Text
from kit.casework.applicant import applicant_of
from kit.casework.service import drafts, uploads
from kit.casework.service.drafts import OpenDraft
from kit.casework.service.examining import examine
from kit.casework.service.filing import Channel, Filed, file_case
from kit.forms import Place, read

_DECLARE = Text(
    "ทำเครื่องหมายรับรองว่าข้อมูลเป็นความจริง ก่อนยื่นเรื่อง",
    "Tick that what you say is true, before you file.",
)
_OTHER_FEE = Text(
    "ค่าธรรมเนียมที่แสดงไม่ตรงกับที่ระบบคำนวณตอนนี้ ดูยอดที่แสดงใหม่ แล้วยื่นอีกครั้ง",
    "The fee that was shown is not what is reckoned now. Look at the new sum, then file again.",
)


class Sent(msgspec.Struct, frozen=True):
    """What came of sending a draft: a case, or what is still wrong, and on which page."""

    filed: Filed | None = None
    problems: dict[str, Text] = msgspec.field(default_factory=dict)
    page: int | None = None


async def send(
    ctx: Context, draft: OpenDraft, *, declared: bool, fee: str, channel: Channel = "online"
) -> Sent:
    """File what the draft holds. Its id is the key: sent twice it is one case.

    :param declared: the person has said that it is true.
    :param fee: satang, as it was shown before; what counts is reckoned here.
    """
    if draft.case_id is None:
        wrong = await _what_is_wrong(ctx, draft) or await _what_rules_forbid(ctx, draft, fee)
        if wrong is not None:
            return wrong
        if not declared:
            return Sent(problems={"declared": _DECLARE})
    values = draft.answers
    names = {field.name for field in draft.service.form}
    filed = await file_case(
        ctx,
        service=draft.service,
        applicant=applicant_of(values, ctx.actor.id if ctx.actor.kind == "citizen" else None),
        answers={name: value for name, value in values.items() if name in names},
        key=str(draft.id),
        channel=channel,
        attachments=[one.id for one in await uploads.all_of_draft(ctx, draft.id)],
    )
    if not filed.again:
        await drafts.became(ctx, draft.id, filed.id)
    return Sent(filed=filed)


async def _what_is_wrong(ctx: Context, draft: OpenDraft) -> Sent | None:
    """Return the first page on which something is wrong, by the rules of today."""
    place = Place.of(ctx)
    known = draft.answers
    for number, one in enumerate(draft.pages, 1):
        reading = read(one.fields, draft.content.typed, place, known=known)
        if reading.problems:
            return Sent(problems=reading.problems, page=number)
    missing = await uploads.missing(ctx, draft)
    if missing:
        return Sent(problems=missing, page=len(draft.pages) + 1)
    return None


async def _what_rules_forbid(ctx: Context, draft: OpenDraft, fee: str) -> Sent | None:
    """Return what the rules of the service do not let be filed so, with the page it stands on."""
    found = await examine(ctx, draft.service, draft.answers)
    if not found.problems:
        return None if (fee or "0") == str(found.fee) else Sent(problems={"fee": _OTHER_FEE})
    places = {field.name: n for n, one in enumerate(draft.pages, 1) for field in one.fields}
    pages = [places[name] for name in found.problems if name in places]
    page = min(pages, default=None)
    here = {name: text for name, text in found.problems.items() if page in (None, places.get(name))}
    return Sent(problems=here, page=page)
