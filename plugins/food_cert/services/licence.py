"""The licence of a place larger than what a notice is enough for.

Law: Public Health Act B.E. 2535, s. 38, 54, 55 and 56.
"""

from core.api import Text
from kit.casework import Applying, Outcome, Post, Service, Step
from kit.law import Limits, bare
from kit.thai import Days
from plugins.food_cert.rules.book import LATEST
from plugins.food_cert.rules.instrument import LICENSE
from plugins.food_cert.services import papers
from plugins.food_cert.services.asked import BEFORE, BUSINESS, HOLDER, WHERE
from plugins.food_cert.services.promised import BY_BANDS, CONDITIONS, KEEP_YEARS, appeal

# The shares that the steps have of the time are what offices commonly plan (unverified); the
# Act binds the whole.
STEPS = (
    Step("check", Text("ตรวจคำขอและหลักฐาน", "Request and proofs checked"), Post.OFFICER, Days(7)),
    Step(
        "inspect",
        Text("ตรวจสุขลักษณะสถานที่", "Hygiene of the place inspected"),
        Post.INSPECTOR,
        Days(10),
        status="site_inspection",
    ),
    Step("head", Text("ความเห็นของหัวหน้าฝ่าย", "Opinion of the head"), Post.HEAD, Days(4)),
    Step(
        "director",
        Text("ความเห็นของผู้อำนวยการกอง", "Opinion of the director"),
        Post.DIRECTOR,
        Days(4),
    ),
    Step(
        "decide",
        Text("เจ้าพนักงานท้องถิ่นสั่งการ", "Decision of the local official"),
        Post.MAYOR,
        Days(5),
        ends=(Outcome.APPROVED, Outcome.REFUSED),
        judged=True,
    ),
)


def licence(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    most = bare(limits["area.most"].number)
    return Service(
        code=LICENSE,
        title=Text(
            f"ขออนุญาตจัดตั้งสถานที่จำหน่ายหรือสะสมอาหาร เกิน {most} ตร.ม.",
            f"Licence for a place to sell or store food, over {most} m²",
        ),
        summary=Text(
            "สวนอาหาร ศูนย์อาหาร ห้าง หรือคลังอาหารขนาดใหญ่ ต้องได้รับใบอนุญาตก่อนเปิด",
            "Large restaurants, food halls, supermarkets: licensed before they open.",
        ),
        topic="shops",
        words=("ใบอนุญาตร้านอาหาร", "สวนอาหาร", "ซูเปอร์มาร์เก็ต", "restaurant", "food", "licence"),
        law=(limits["area.most"].law, limits["licence.days"].law),
        unit="health",
        applying=Applying.IDENTIFIED,
        form=(*HOLDER, *BUSINESS, *BEFORE, *WHERE),
        subject="business_name",
        documents=(*papers.ABOUT_HOLDER, papers.SITE_PLAN, *papers.OF_PLACE),
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


def extensions(limits: Limits) -> tuple[Days, ...]:
    """Return by what the Act lets the time be extended, each by a letter before its end."""
    return (Days(limits["licence.extension_days"].whole),) * limits["licence.extensions"].whole
