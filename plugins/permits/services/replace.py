"""A replacement of a permit that was lost or damaged.

Law: Building Control Act B.E. 2522, s. 39.
"""

from core.api import Text
from kit.casework import Applying, Fee, Service
from kit.forms import AnyField, Choice, Day, Lines, Option
from kit.law import Limits
from kit.thai import baht
from plugins.permits.rules.after import REPLACE
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, permitting

_LOSS = Text("การสูญหายหรือชำรุด", "What happened")
_OLD = Text(
    "ใบแทนนี้ใช้แทนใบอนุญาตเลขที่เดิม ถ้าพบใบเดิม นำส่งคืนสำนักงาน",
    "This stands for the permit of that number. Bring the old one back if it is found.",
)


def replace(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = limits["replacement.days"]
    return Service(
        code=REPLACE,
        title=Text("ขอใบแทนใบอนุญาตก่อสร้าง", "Replacement of a building permit"),
        summary=Text(
            f"ใบอนุญาตสูญหายหรือชำรุด ยื่นภายใน {days.whole} วันนับแต่วันที่ทราบ",
            f"It was lost or damaged: ask within {days.whole} days of knowing.",
        ),
        topic="home",
        words=("ใบแทน", "ใบอนุญาตหาย", limits["form.replacement"].value, "replacement", "lost"),
        law=(days.law,),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=(*after.WHICH, *_form()),
        subject="permit",
        steps=after.decided(limits),
        within=after.within(limits),
        fee=Fee(
            note=Text("ฉบับละ {fee} บาท", "{fee} baht each").format(
                fee=baht(limits["fee.replacement"].whole)
            )
        ),
        paper="permits/permit.typ",
        paper_title=Text("ใบแทนใบอนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร", "Replacement of a permit"),
        appeal=permitting.appeal(limits),
        conditions=(_OLD, *permitting.CONDITIONS),
        keep_years=permitting.KEEP_YEARS,
    )


def _form() -> tuple[AnyField, ...]:
    return (
        Choice(
            "what",
            Text("เกิดอะไรกับใบอนุญาต", "What became of the permit"),
            options=(
                Option("lost", Text("สูญหาย", "It was lost")),
                Option("damaged", Text("ชำรุดหรือลบเลือน", "It was damaged")),
            ),
            step=_LOSS,
        ),
        Day("known_on", Text("ทราบเมื่อวันที่", "Known since"), latest_days=0, step=_LOSS),
        Lines(
            "details",
            Text("รายละเอียด", "Details"),
            help=Text("เช่น หายที่ใด แจ้งความไว้หรือไม่", "e.g. where, and whether the police knows."),
            longest=500,
            required=False,
            step=_LOSS,
        ),
    )
