"""Renewal of a permit before it expires.

Law: Building Control Act B.E. 2522, s. 35.
"""

from core.api import Text
from kit.casework import Applying, Fee, Service
from kit.forms import AnyField, Choice, Lines, Number, Option
from kit.law import Limits
from kit.thai import baht
from plugins.permits.rules.after import RENEW
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, permitting

_PERMIT = after.WHICH[0].step
_LEFT = Text("งานที่เหลือ", "The work that is left")
# Days of the longest year, so that no whole years are cut short.
_YEAR = 366

_GRANTED = Text(
    "เอกสารนี้เป็นส่วนหนึ่งของใบอนุญาตเลขที่ข้างต้น เก็บไว้ด้วยกันที่สถานที่ก่อสร้าง",
    "This belongs to the permit of that number: keep both together on the site.",
)
_AGAIN = Text(
    "ถ้างานยังไม่เสร็จ ยื่นขอต่ออายุครั้งถัดไปก่อนวันหมดอายุใหม่",
    "If the work is not done by then, ask again before the new last day.",
)
_WORK = Choice(
    "work",
    Text("ใบอนุญาตให้ทำอะไร", "What the permit is for"),
    options=(
        Option("build", Text("ก่อสร้าง", "To build")),
        Option("alter", Text("ดัดแปลง", "To alter")),
        Option("demolish", Text("รื้อถอน", "To demolish")),
    ),
    help=Text("ค่าธรรมเนียมต่างกันตามประเภทนี้", "The fee depends on it."),
    step=_PERMIT,
)
_STAGE = Choice(
    "stage",
    Text("งานทำไปถึงขั้นใด", "How far the work is"),
    options=(
        Option("not_begun", Text("ยังไม่เริ่ม", "Not begun")),
        Option("foundations", Text("กำลังทำฐานราก", "At the foundations")),
        Option("structure", Text("ทำโครงสร้าง ผนัง หรือหลังคา", "At structure, walls or roof")),
        Option("finishing", Text("เหลืองานเก็บรายละเอียด", "Only finishing is left")),
    ),
    step=_LEFT,
)


def renew(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    fees = {
        name: baht(limits[f"fee.renew.{name}"].whole) for name in ("build", "alter", "demolish")
    }
    return Service(
        code=RENEW,
        title=Text("ต่ออายุใบอนุญาตก่อสร้าง", "Renew a building permit"),
        summary=Text(
            "งานยังไม่เสร็จ ยื่นก่อนใบอนุญาตหมดอายุ แล้วทำงานต่อได้ระหว่างรอผล",
            "The work is not done: ask before the permit expires, and it may go on meanwhile.",
        ),
        topic="home",
        words=("ต่ออายุ", "ใบอนุญาตก่อสร้าง", limits["form.renewal"].value, "renewal", "permit"),
        law=(limits["renew.before"].law,),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=_form(limits),
        subject="permit",
        steps=after.decided(limits),
        within=after.within(limits),
        fee=Fee(
            note=Text(
                "ก่อสร้าง {build} ดัดแปลง {alter} รื้อถอน {demolish} บาท",
                "To build {build}, alter {alter}, demolish {demolish} baht",
            ).format(**fees)
        ),
        paper="general",
        paper_title=Text("การต่ออายุใบอนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร", "Renewal of a permit"),
        appeal=permitting.appeal(limits),
        conditions=(_GRANTED, _AGAIN),
        keep_years=permitting.KEEP_YEARS,
    )


def _form(limits: Limits) -> tuple[AnyField, ...]:
    years = max(limits[f"validity.{one}years"].whole for one in ("", "middle.", "large."))
    return (
        *after.WHICH,
        _WORK,
        _STAGE,
        Lines(
            "reason",
            Text("เหตุที่งานยังไม่เสร็จ", "Why the work is not done"),
            longest=500,
            step=_LEFT,
        ),
        Number(
            "days",
            Text("ขอต่ออายุอีก", "Renew it by"),
            help=Text("นับต่อจากวันหมดอายุเดิม", "Counted from the present last day."),
            unit=Text("วัน", "days"),
            least=1,
            most=years * _YEAR,
            step=_LEFT,
        ),
    )
