"""The notice of a place up to the area of the law: its receipt at once, the certificate after it.

Law: Public Health Act B.E. 2535, s. 38 and 48.
"""

from core.api import Text
from kit.casework import Applying, Notice, Outcome, Post, Service, Step
from kit.law import Limits, bare
from kit.thai import WorkingDays
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.instrument import NOTIFY
from plugins.food_cert.services import papers
from plugins.food_cert.services.asked import BEFORE, BUSINESS, HOLDER, WHERE
from plugins.food_cert.services.promised import BY_BANDS, CONDITIONS, KEEP_YEARS, appeal

_LETS = Text(
    "ใบรับแจ้งนี้เป็นหลักฐานว่าได้แจ้งแล้ว ผู้แจ้งประกอบกิจการได้ตั้งแต่ได้รับใบรับแจ้งนี้ ระหว่างรอหนังสือรับรองการแจ้ง",
    "It shows that the notice was given: the business may be run from now on, until the "
    "certificate is issued.",
)
_TITLE = Text(
    "แจ้งจัดตั้งสถานที่จำหน่ายหรือสะสมอาหาร ไม่เกิน {most} ตร.ม.",
    "Notice of a place to sell or store food, up to {most} m²",
)


def notify(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = WorkingDays(limits["notice.check_days"].whole)
    return Service(
        code=NOTIFY,
        title=_TITLE.format(most=bare(limits["area.most"].number)),
        summary=Text(
            "ร้านอาหาร ร้านกาแฟ ร้านชำ ได้ใบรับแจ้งทันทีและเปิดได้เลย",
            "Restaurants, cafes, groceries: the receipt comes at once, and you may open.",
        ),
        topic="shops",
        words=(
            "เปิดร้านอาหาร",
            "ร้านกาแฟ",
            "ร้านชำ",
            "มินิมาร์ต",
            "ขายอาหาร",
            "หนังสือรับรองการแจ้ง",
            limits["form.notice"].value,
            "restaurant",
            "food",
        ),
        law=(limits["area.most"].law, limits["notice.check_days"].law),
        unit="health",
        applying=Applying.IDENTIFIED,
        form=(*HOLDER, *BUSINESS, *BEFORE, *WHERE),
        subject="business_name",
        documents=(*papers.ABOUT_HOLDER, *papers.OF_PLACE),
        steps=_steps(days),
        within=days,
        notice=_notice(limits),
        fee=BY_BANDS,
        paper="food_cert/certificate.typ",
        paper_title=Text("หนังสือรับรองการแจ้ง", "Certificate of notification"),
        appeal=appeal(limits),
        conditions=CONDITIONS,
        keep_years=KEEP_YEARS,
    )


def _notice(limits: Limits) -> Notice:
    return Notice(
        law=limits["notice.check_days"].law,
        mend=WorkingDays(limits["notice.mend_days"].whole),
        receipt=Text("ใบรับแจ้ง", "Receipt of the notice"),
        form=limits["form.receipt"].value,
        says=(_LETS,),
    )


def _steps(days: WorkingDays) -> tuple[Step, ...]:
    return (
        Step(
            "check",
            Text("ตรวจความถูกต้องของการแจ้ง", "The notice is checked"),
            Post.OFFICER,
            WorkingDays(max(days.count - 2, 1)),
            judged=True,
        ),
        Step(
            "certify",
            Text("ออกหนังสือรับรองการแจ้ง", "The certificate is issued"),
            Post.MAYOR,
            WorkingDays(2),
            ends=(Outcome.APPROVED,),
        ),
    )
