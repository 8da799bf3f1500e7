"""A permit that goes to another holder, by consent of the old one or to an heir.

Law: Building Control Act B.E. 2522, s. 36 (only with written permission) and 37 (heirs).
"""

from core.api import Text
from kit.casework import Applying, Document, Service
from kit.forms import AddressField, AnyField, Choice, Day, Line, Option, Phone, ThaiID, When
from kit.law import Limits
from plugins.permits.rules.after import TRANSFER
from plugins.permits.rules.dated import LATEST
from plugins.permits.services import after, permitting

_PERMIT = after.WHICH[0].step
_NEW = Text("ผู้รับใบอนุญาตคนใหม่", "The new holder")
_BY_CONSENT, _BY_DEATH = When("ground", ("consent",)), When("ground", ("heir",))

_DOCUMENTS = (
    Document(
        "transfer-consent",
        Text("หนังสือยินยอมโอนของผู้ได้รับใบอนุญาตเดิม", "Consent of who held the permit"),
        when=_BY_CONSENT,
        note=Text("เพราะใบอนุญาตเป็นของผู้อื่น", "Because the permit is somebody else's."),
    ),
    Document(
        "heir",
        Text("หลักฐานการเป็นทายาทหรือผู้จัดการมรดก", "Proof of being heir or administrator"),
        when=_BY_DEATH,
        note=Text("เพราะผู้ได้รับใบอนุญาตเสียชีวิต", "Because the holder has died."),
    ),
    Document(
        "death",
        Text("มรณบัตร", "Death certificate"),
        issuer=Text("กรมการปกครอง", "Department of Provincial Administration"),
        when=_BY_DEATH,
        originals=0,
        way="looked_up",
    ),
)
_ONLY_SO = Text(
    "ผู้รับใบอนุญาตคนใหม่มีหน้าที่ตามใบอนุญาตนับแต่วันที่ออกหนังสือนี้",
    "From the day of this paper the new holder has the duties of the permit.",
)


def transfer(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = limits["heirs.days"]
    return Service(
        code=TRANSFER,
        title=Text("โอนใบอนุญาตก่อสร้าง", "Transfer a building permit"),
        summary=Text(
            f"ขายหรือยกให้ผู้อื่น หรือผู้ได้รับใบอนุญาตเสียชีวิต ทายาทแจ้งภายใน {days.whole} วัน",
            f"Sold, given away, or the holder has died: heirs within {days.whole} days.",
        ),
        topic="home",
        words=("โอนใบอนุญาต", "ทายาท", limits["form.transfer"].value, "transfer", "heir"),
        law=(limits["transfer.permission"].law, days.law),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=_form(),
        subject="permit",
        documents=_DOCUMENTS,
        steps=after.decided(limits),
        within=after.within(limits),
        paper="general",
        paper_title=Text("หนังสืออนุญาตให้โอนใบอนุญาต", "Permission to transfer a permit"),
        appeal=permitting.appeal(limits),
        conditions=(_ONLY_SO,),
        keep_years=permitting.KEEP_YEARS,
    )


def _form() -> tuple[AnyField, ...]:
    return (
        *after.WHICH,
        Choice(
            "ground",
            Text("โอนเพราะเหตุใด", "Why it is transferred"),
            options=(
                Option("consent", Text("ผู้ได้รับใบอนุญาตโอนให้ผู้อื่น", "The holder gives it away")),
                Option("heir", Text("ผู้ได้รับใบอนุญาตเสียชีวิต", "The holder has died")),
            ),
            step=_PERMIT,
        ),
        Day(
            "died_on",
            Text("เสียชีวิตเมื่อวันที่", "Died on"),
            latest_days=0,
            when=_BY_DEATH,
            step=_PERMIT,
        ),
        Line(
            "new_holder",
            Text("ชื่อผู้รับใบอนุญาตคนใหม่", "Name of the new holder"),
            help=Text("พร้อมคำนำหน้า ตามบัตรประชาชน", "With the title, as on the card."),
            longest=160,
            personal=True,
            step=_NEW,
        ),
        ThaiID("new_holder_id", Text("เลขประจำตัวประชาชน", "National ID"), step=_NEW),
        Phone("new_phone", Text("เบอร์โทรของผู้รับใบอนุญาตคนใหม่", "Telephone"), step=_NEW),
        AddressField("new_address", Text("ที่อยู่", "Address"), step=_NEW),
    )
