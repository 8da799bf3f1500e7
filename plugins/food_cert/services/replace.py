"""A replacement of a certificate or licence that was lost or damaged.

Law: Public Health Act B.E. 2535, s. 50 and 58.
"""

from core.api import Text
from kit.casework import Applying, Fee, Service
from kit.forms import AnyField, Choice, Day, Lines, Option
from kit.law import Limits
from kit.thai import baht
from plugins.food_cert.rules.after import REPLACE
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services import after
from plugins.food_cert.services.promised import CONDITIONS, FREE, KEEP_YEARS, appeal

_LOSS = Text("การสูญหายหรือชำรุด", "What happened")
_FORM: tuple[AnyField, ...] = (
    Choice(
        "what",
        Text("เกิดอะไรกับเอกสาร", "What became of the paper"),
        options=(
            Option("lost", Text("สูญหายหรือถูกทำลาย", "It was lost or destroyed")),
            Option("damaged", Text("ชำรุดหรือลบเลือน", "It was damaged")),
        ),
        step=_LOSS,
    ),
    Day("known_on", Text("ทราบเมื่อวันที่", "Known since"), latest_days=0, step=_LOSS),
    Lines("details", Text("รายละเอียด", "Details"), longest=500, required=False, step=_LOSS),
)


def replace(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days, amount = limits["replacement.days"], limits["fee.replacement"].whole
    costs = Fee(note=Text("ฉบับละ {fee} บาท", "{fee} baht each").format(fee=baht(amount)))
    return Service(
        code=REPLACE,
        title=Text("ขอใบแทนหนังสือรับรองหรือใบอนุญาตสถานที่อาหาร", "Replacement of a food place's paper"),
        summary=Text(
            f"เอกสารสูญหาย ถูกทำลาย หรือชำรุด ยื่นภายใน {days.whole} วันนับแต่วันที่ทราบ",
            f"Lost, destroyed or damaged: ask within {days.whole} days of knowing.",
        ),
        topic="shops",
        words=("ใบแทน", "เอกสารหาย", limits["form.replacement"].value, "replacement", "lost"),
        law=(days.law,),
        unit="health",
        applying=Applying.CONTACT,
        form=(*after.WHICH, *_FORM),
        subject="paper",
        steps=after.decided(limits),
        within=after.within(limits),
        fee=costs if amount else FREE,
        paper="food_cert/certificate.typ",
        paper_title=Text("ใบแทนเอกสารสถานที่อาหาร", "Replacement of a food place's paper"),
        appeal=appeal(limits),
        conditions=CONDITIONS,
        keep_years=KEEP_YEARS,
    )
