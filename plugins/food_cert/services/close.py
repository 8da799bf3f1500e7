"""The notice that a place is closed.

Law: Public Health Act B.E. 2535, s. 51 (told), 65 (no surcharge for who tells before the next due).
"""

from core.api import Text
from kit.casework import Applying, Notice, Outcome, Post, Service, Step
from kit.forms import Day, Lines
from kit.law import Limits
from kit.thai import WorkingDays
from plugins.food_cert.rules.after import CLOSE
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services import after
from plugins.food_cert.services.promised import FREE, KEEP_YEARS, appeal

_END = Text("การเลิกกิจการ", "The end")
_LETS = Text(
    "ใบรับแจ้งนี้เป็นหลักฐานว่าได้แจ้งเลิกกิจการตามวันที่ข้างต้น ค่าธรรมเนียมของปีต่อไปไม่ต้องชำระ",
    "It shows that the closing was told. Fees of later years are not owed.",
)


def close(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = after.within(limits)
    return Service(
        code=CLOSE,
        title=Text("แจ้งเลิกกิจการสถานที่อาหาร", "Tell that a food place is closed"),
        summary=Text(
            "ปิดร้านแล้วแจ้งให้หน่วยงานทราบ จะได้ไม่มีค่าธรรมเนียมปีต่อไป",
            "Tell the office when it is closed, so that no further fee is owed.",
        ),
        topic="shops",
        words=("เลิกกิจการ", "ปิดร้าน", "close"),
        law=(limits["closing.notice"].law,),
        unit="health",
        applying=Applying.CONTACT,
        form=(
            *after.WHICH,
            Day("closed_on", Text("วันที่เลิกกิจการ", "Closed since"), latest_days=0, step=_END),
            Lines("why", Text("เหตุผล", "Why"), longest=500, required=False, step=_END),
        ),
        subject="paper",
        steps=(
            Step(
                "receive",
                Text("ตรวจและรับแจ้ง", "Checked and received"),
                Post.OFFICER,
                days,
                ends=(Outcome.APPROVED,),
                judged=True,
            ),
        ),
        within=days,
        notice=Notice(
            law=limits["closing.notice"].law,
            mend=WorkingDays(limits["notice.mend_days"].whole),
            receipt=Text("ใบรับแจ้งเลิกกิจการ", "Receipt of the closing"),
            says=(_LETS,),
        ),
        fee=FREE,
        appeal=appeal(limits),
        keep_years=KEEP_YEARS,
    )
