"""The certificate of a building of controlled use, before it is used.

What papers offices ask for beside the request is unverified.

Law: Building Control Act B.E. 2522, s. 32 (inspected within 30 days of the notice, and certified
if it is as it was permitted) and 33 (another use needs a permit).
"""

import msgspec

from core.api import Text
from kit.casework import Applying, Document, Fee, Outcome, Post, Service, Step
from kit.forms import AnyField, Day
from kit.law import Limits
from kit.thai import Days, WorkingDays, baht
from plugins.permits.rules.after import CERTIFY
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, permitting
from plugins.permits.services.work import USE

_DONE = Text("อาคารที่แล้วเสร็จ", "The building that is done")
_DOCUMENTS = (
    Document(
        "supervised",
        Text("หนังสือรับรองของผู้ควบคุมงาน", "Statement of the supervisor"),
        required=False,
        note=Text("ว่าก่อสร้างตรงตามใบอนุญาต", "That it was built as it was permitted."),
    ),
    Document(
        "pictures",
        Text("ภาพถ่ายอาคารที่แล้วเสร็จ", "Pictures of the building"),
        required=False,
        originals=0,
        note=Text("ด้านหน้า ด้านข้าง และด้านหลัง", "Its front, its sides and its back."),
    ),
)
_STEPS = (
    Step("check", Text("ตรวจคำขอและใบอนุญาต", "Request and permit checked"), Post.OFFICER, Days(7)),
    Step(
        "inspect",
        Text("ตรวจอาคารที่แล้วเสร็จ", "The building inspected"),
        Post.INSPECTOR,
        Days(14),
        status="site_inspection",
        judged=True,
    ),
    Step(
        "decide",
        Text("เจ้าพนักงานท้องถิ่นสั่งการ", "Decision of the local official"),
        Post.MAYOR,
        WorkingDays(3),
        ends=(Outcome.APPROVED, Outcome.REFUSED),
    ),
)
_USES = Text(
    "ใช้อาคารได้ตามประเภทการใช้ในใบรับรองนี้ ถ้าจะเปลี่ยนการใช้ ต้องได้รับใบอนุญาตก่อน",
    "The building may be used as this certificate says. Another use needs a permit first.",
)


def certify(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = limits["completion.days"]
    return Service(
        code=CERTIFY,
        title=Text("ขอใบรับรองการก่อสร้างอาคาร", "Certificate of construction"),
        summary=Text(
            f"อาคารประเภทควบคุมการใช้ที่สร้างเสร็จ ตรวจภายใน {days.whole} วัน ก่อนเปิดใช้อาคาร",
            f"A building of controlled use: inspected within {days.whole} days, before it is used.",
        ),
        topic="home",
        words=(
            "ใบรับรอง",
            "เปิดใช้อาคาร",
            limits["form.certificate"].value,
            limits["form.certified"].value,
            "certificate",
        ),
        law=(limits["completion.certificate"].law,),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=(*after.WHICH, *_form()),
        subject="permit",
        documents=_DOCUMENTS,
        steps=_STEPS,
        within=Days(days.whole),
        fee=Fee(
            note=Text("ฉบับละ {fee} บาท", "{fee} baht each").format(
                fee=baht(limits["fee.certificate"].whole)
            )
        ),
        paper="general",
        paper_title=Text("ใบรับรองการก่อสร้างอาคาร", "Certificate of construction"),
        appeal=permitting.appeal(limits),
        conditions=(_USES,),
        keep_years=permitting.KEEP_YEARS,
    )


def _form() -> tuple[AnyField, ...]:
    return (
        msgspec.structs.replace(USE, step=_DONE),
        Day("done_on", Text("แล้วเสร็จเมื่อวันที่", "Done on"), latest_days=0, step=_DONE),
    )
