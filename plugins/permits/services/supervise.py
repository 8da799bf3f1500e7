"""Notice of who supervises the work, from when to when, and of a change.

Who told it goes on; the office only checks.

Law: Building Control Act B.E. 2522, s. 29 (notice and consent) and 30 (change: the work stands
still until somebody else is named); Licensing Facilitation Act B.E. 2558, s. 8 and 9 (mending:
unverified that they reach this notice).
"""

import msgspec

from core.api import Text
from kit.casework import Applying, Notice, Outcome, Service
from kit.forms import AnyField, Choice, Day, Option
from kit.law import Limits
from kit.thai import WorkingDays
from plugins.permits.rules.after import SUPERVISE
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, papers, permitting
from plugins.permits.services.professionals import PEOPLE

_WHO = Text("ผู้ควบคุมงาน", "The supervisor")
_ASKED = (
    "supervisor",
    "supervisor_name",
    "supervising_engineer_name",
    "supervising_engineer_licence",
    "supervising_architect_name",
    "supervising_architect_licence",
)
_NEEDED = ("supervisor-consent", "supervisor-licence")
_STOPS = Text(
    "เมื่อผู้ควบคุมงานเลิกควบคุมงาน ให้หยุดงานจนกว่าจะแจ้งชื่อผู้ควบคุมงานคนใหม่",
    "When a supervisor leaves, the work stands still until another one was named.",
)
_LETS = Text(
    "ใบรับแจ้งนี้เป็นหลักฐานว่าได้แจ้งชื่อผู้ควบคุมงานแล้ว เริ่มงานหรือทำงานต่อได้ตั้งแต่วันที่แจ้งไว้ "
    "ภายในอายุใบอนุญาต โดยไม่ต้องรอผลการตรวจ",
    "It shows that the supervisor was told: from the day that was told the work may begin or go "
    "on, within the term of the permit, without waiting for the check.",
)
_WHEN = Text("ระยะเวลาและเรื่องที่แจ้ง", "What is told, and the time")


def supervise(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    return Service(
        code=SUPERVISE,
        title=Text("แจ้งผู้ควบคุมงานก่อสร้าง", "Tell who supervises the work"),
        summary=Text(
            "แจ้งก่อนเริ่มงาน และแจ้งทันทีที่เปลี่ยนผู้ควบคุมงาน ไม่เสียค่าธรรมเนียม",
            "Before the work begins, and at once when the supervisor changes. Free.",
        ),
        topic="home",
        words=(
            "ผู้ควบคุมงาน",
            limits["form.supervisor"].value,
            limits["form.supervisor_consent"].value,
            "supervisor",
        ),
        law=(limits["supervisor.notice"].law, limits["supervisor.change"].law),
        unit="works",
        applying=Applying.CONTACT,
        form=_form(),
        subject="permit",
        documents=tuple(one for one in papers.BY_DESIGNER if one.code in _NEEDED),
        steps=after.received(limits, ends=(Outcome.APPROVED,)),
        within=after.within(limits),
        notice=_notice(limits),
        appeal=permitting.appeal(limits),
        conditions=(_STOPS,),
        keep_years=permitting.KEEP_YEARS,
    )


def _notice(limits: Limits) -> Notice:
    mend = limits["supervisor.mend_days"]
    return Notice(
        law=f"{limits['supervisor.notice'].law} ประกอบ{mend.law}",
        mend=WorkingDays(mend.whole),
        receipt=Text("ใบรับแจ้งผู้ควบคุมงาน", "Receipt of the notice of supervisor"),
        says=(_LETS, _STOPS),
    )


def _form() -> tuple[AnyField, ...]:
    asked = {one.name: one for one in PEOPLE}
    return (
        *after.WHICH,
        Choice(
            "change",
            Text("แจ้งเรื่องใด", "What is told"),
            options=(
                Option("first", Text("แจ้งครั้งแรกก่อนเริ่มงาน", "The first one, before work begins")),
                Option("another", Text("เปลี่ยนผู้ควบคุมงาน", "Another one")),
            ),
            step=_WHEN,
        ),
        Day("begin_on", Text("ควบคุมงานตั้งแต่วันที่", "Supervises from"), step=_WHEN),
        Day("end_on", Text("ถึงวันที่", "Until"), step=_WHEN),
        *(msgspec.structs.replace(asked[name], step=_WHO) for name in _ASKED),
    )
