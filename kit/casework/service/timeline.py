"""The timeline of a case in words: what happened, what is now, what is still to come."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import Context, Text
from kit.casework.service.reading import View
from kit.casework.states import CLOSED, IN_STEPS, Act, Status
from kit.thai import short_day, short_moment

_TITLES = {
    "file": Text("ยื่นคำขอแล้ว", "Filed"),
    Act.CHECK: Text("เจ้าหน้าที่รับไปตรวจ", "Being checked"),
    Act.ACCEPT: Text("รับคำขอ เอกสารครบถ้วน", "Received, the file is complete"),
    Act.RETURN: Text("ขอเอกสารหรือข้อมูลเพิ่ม", "Asked to complete the file"),
    Act.RESUBMIT: Text("ผู้ยื่นแก้ไขแล้ว", "Completed by the applicant"),
    Act.LAPSE: Text("คืนคำขอ", "Returned"),
    Act.FORWARD: Text("เสนอความเห็น", "Opinion given"),
    Act.SEND_BACK: Text("ส่งคืนขั้นก่อน", "Sent back"),
    Act.CORRECT: Text("สั่งให้แก้ไข", "Changes ordered"),
    Act.APPROVE: Text("อนุมัติ", "Approved"),
    Act.REFUSE: Text("ไม่อนุมัติ", "Refused"),
    Act.ISSUE: Text("ชำระค่าธรรมเนียมและออกเอกสารแล้ว", "Paid, and the paper issued"),
    "unpaid": Text("ค่าธรรมเนียมกลับเป็นยังไม่ชำระ", "The fee is owed again"),
    Act.EXTEND: Text("ขยายเวลาพิจารณา", "Time extended"),
    Act.PAUSE: Text("หยุดนับเวลา", "The clock is stopped"),
    Act.RESUME: Text("นับเวลาต่อ", "The clock runs again"),
    Act.CANCEL: Text("ผู้ยื่นขอยกเลิก", "Cancelled by the applicant"),
    "late": Text("แจ้งเหตุล่าช้า", "Letter about the delay"),
    "revoke": Text("เพิกถอนเอกสาร", "A paper was revoked"),
}
_CHANNELS = {
    "online": Text("ยื่นทางออนไลน์", "Online"),
    "counter": Text("ยื่นที่เคาน์เตอร์", "At the counter"),
    "api": Text("ยื่นผ่านระบบอื่น", "Through another system"),
}


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A point on the timeline.

    :param when: in words; ``at`` is the same for machines.
    :param paper: what was issued then.
    """

    title: str
    state: Literal["done", "now", "todo"] = "done"
    when: str = ""
    at: str = ""
    note: str = ""
    paper: UUID | None = None


def timeline(ctx: Context, view: View) -> list[Event]:
    """Return the points in order, in the reader's language."""
    events = [_happened(ctx, moment, view) for moment in view.moments]
    if view.status in CLOSED:
        return events
    return events + _ahead(ctx, view)


def _happened(ctx: Context, moment: dict[str, Any], view: View) -> Event:
    detail, language = moment["detail"], ctx.language
    title = _TITLES[moment["act"]]
    if moment["act"] == Act.FORWARD:
        title = _step_title(view, detail.get("step"), title)
    paper = detail.get("paper")
    return Event(
        title=title.to(language),
        when=short_moment(moment["at"], language),
        at=moment["at"].isoformat(),
        note=_note(ctx, moment["act"], detail),
        paper=UUID(paper) if paper else None,
    )


def _step_title(view: View, code: str | None, otherwise: Text) -> Text:
    titles = {step.code: step.title for step in view.service.steps}
    return titles.get(code or "", otherwise)


def _note(ctx: Context, act: str, detail: dict[str, Any]) -> str:
    if act == "file":
        seen = [Text(**one).to(ctx.language) for one in detail.get("seen", ())]
        original = Text("ดูตัวจริงแล้ว: {names}", "originals seen: {names}")
        told = [original.format(names=", ".join(seen)).to(ctx.language)] if seen else []
        return " · ".join([_CHANNELS[detail["channel"]].to(ctx.language), *told])
    if act in (Act.RETURN, Act.CORRECT):
        what = ", ".join(one["what"] for one in detail["defects"])
        by = short_day(date.fromisoformat(detail["fix_by"]), ctx.language)
        return (
            Text("{what} ส่งเพิ่มภายใน {by}", "{what}; by {by}")
            .format(what=what, by=by)
            .to(ctx.language)
        )
    if act == Act.ACCEPT:
        return Text("เริ่มนับเวลาตามกฎหมาย", "The legal clock starts").to(ctx.language)
    if act == Act.REFUSE:
        return " · ".join(detail["reasons"])
    return str(detail.get("reason") or detail.get("opinion") or "")


def _ahead(ctx: Context, view: View) -> list[Event]:
    """Return the present step and those that follow it."""
    steps = view.service.steps
    if view.status in IN_STEPS:
        place = [step.code for step in steps].index(str(view.case.step))
        now = Event(title=steps[place].title.to(ctx.language), state="now")
        later = steps[place + 1 :]
    else:
        now = Event(title=view.label.to(ctx.language), state="now")
        later = () if view.status is Status.WAITING_FEE else steps
    return [now, *(Event(title=step.title.to(ctx.language), state="todo") for step in later)]
