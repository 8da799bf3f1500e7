"""Notice that the work of a permit is done.

Law: Building Control Act B.E. 2522, s. 32 (a building of controlled use is inspected and gets a
certificate before it is used; that an ordinary house needs none is unverified).
"""

import msgspec

from core.api import Text
from kit.casework import Applying, Document, Service
from kit.forms import AnyField, Day
from kit.law import Limits
from plugins.permits.rules.after import COMPLETE
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, permitting
from plugins.permits.services.work import USE

_DONE = Text("งานที่แล้วเสร็จ", "The work that is done")
_PICTURES = Document(
    "pictures",
    Text("ภาพถ่ายอาคารที่แล้วเสร็จ", "Pictures of the building"),
    required=False,
    originals=0,
    note=Text("ถ้ามี เจ้าหน้าที่ตรวจได้เร็วขึ้น", "If you have some, it is checked sooner."),
)
_CLOSES = Text(
    "เมื่อรับแจ้งแล้ว ใบอนุญาตสิ้นสุดการใช้ งานใหม่ต้องขออนุญาตใหม่",
    "With it the permit is used up; further work needs another one.",
)


def complete(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    return Service(
        code=COMPLETE,
        title=Text("แจ้งก่อสร้างแล้วเสร็จ", "Tell that the work is done"),
        summary=Text(
            "แจ้งเมื่อสร้างบ้านตามใบอนุญาตเสร็จ อาคารอื่นขอใบรับรองการก่อสร้างแทน",
            "When a house is built as permitted. For other buildings ask for a certificate.",
        ),
        topic="home",
        words=("แล้วเสร็จ", "สร้างเสร็จ", "completion", "done"),
        law=(limits["completion.certificate"].law,),
        unit="works",
        applying=Applying.CONTACT,
        form=(*after.WHICH, *_form()),
        subject="permit",
        documents=(_PICTURES,),
        steps=after.received(limits),
        within=after.within(limits),
        paper="general",
        paper_title=Text("หนังสือรับแจ้งการก่อสร้างแล้วเสร็จ", "Receipt of a notice of completion"),
        appeal=permitting.appeal(limits),
        conditions=(_CLOSES,),
        keep_years=permitting.KEEP_YEARS,
    )


def _form() -> tuple[AnyField, ...]:
    return (
        msgspec.structs.replace(USE, step=_DONE),
        Day("done_on", Text("แล้วเสร็จเมื่อวันที่", "Done on"), latest_days=0, step=_DONE),
    )
