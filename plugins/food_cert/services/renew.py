"""The renewal of a licence: asked and paid before it expires, the place goes on meanwhile.

Law: Public Health Act B.E. 2535, s. 55.
"""

from core.api import Text
from kit.casework import Applying, Service
from kit.forms import AnyField, Choice, Option
from kit.law import Limits
from kit.thai import Days
from plugins.food_cert.rules.after import RENEW
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.services import after
from plugins.food_cert.services.licence import STEPS, extensions
from plugins.food_cert.services.promised import BY_BANDS, CONDITIONS, KEEP_YEARS, appeal

_CHANGED: tuple[AnyField, ...] = (
    Choice(
        "changed",
        Text("ร้านเปลี่ยนไปจากเดิมหรือไม่", "Has the place changed"),
        options=(
            Option("no", Text("เหมือนเดิม", "No")),
            Option(
                "yes",
                Text("เปลี่ยน", "Yes"),
                Text("แจ้งเปลี่ยนแปลงอีกเรื่องหนึ่งด้วย", "Tell the change as another request too"),
            ),
        ),
        step=after.PAPER,
    ),
)


def renew(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    return Service(
        code=RENEW,
        title=Text("ต่ออายุใบอนุญาตสถานที่อาหาร", "Renew the licence of a food place"),
        summary=Text(
            "ยื่นและชำระค่าธรรมเนียมก่อนใบอนุญาตหมดอายุ แล้วเปิดต่อได้ระหว่างรอ",
            "Asked and paid before it expires: the place goes on meanwhile.",
        ),
        topic="shops",
        words=("ต่ออายุ", limits["form.renewal"].value, "ใบอนุญาตร้านอาหาร", "renew"),
        law=(limits["licence.renew_before"].law,),
        unit="health",
        applying=Applying.IDENTIFIED,
        form=(*after.WHICH, *_CHANGED),
        subject="paper",
        steps=STEPS,
        within=Days(limits["licence.days"].whole),
        extensions=extensions(limits),
        fee=BY_BANDS,
        paper="food_cert/certificate.typ",
        paper_title=Text("ใบอนุญาตจัดตั้งสถานที่จำหน่ายหรือสะสมอาหาร", "Licence of a food place"),
        appeal=appeal(limits),
        conditions=CONDITIONS,
        keep_years=KEEP_YEARS,
    )
