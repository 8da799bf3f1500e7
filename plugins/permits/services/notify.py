"""The notification instead of a permit, where architects and engineers answer for the work.

Law: Building Control Act B.E. 2522, s. 39 bis and 39 ter.
"""

from core.api import Text
from kit.casework import Applying, Outcome, Post, Service, Step
from kit.law import Limits
from kit.thai import WorkingDays
from plugins.permits.rules.dated import LATEST
from plugins.permits.rules.ways import NOTIFY
from plugins.permits.services import papers, permitting
from plugins.permits.services.building import sizes
from plugins.permits.services.owner import OWNER
from plugins.permits.services.professionals import ALL_PEOPLE
from plugins.permits.services.site import AROUND, LAND, SIDES_OF_LAND, SITE
from plugins.permits.services.work import WORK


def notify(limits: Limits = LATEST) -> Service:
    """Return the declaration for an office."""
    days = limits["notify.receipt_days"].whole
    return Service(
        code=NOTIFY,
        title=Text("แจ้งก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร โดยไม่ขออนุญาต", "Notify instead of a permit"),
        summary=Text(
            "เมื่อมีสถาปนิกและวิศวกรทั้งออกแบบและควบคุมงาน เริ่มงานได้เมื่อได้ใบรับแจ้ง",
            "With architects and engineers for design and supervision: begin with the receipt.",
        ),
        topic="home",
        words=("แจ้งก่อสร้าง", "39 ทวิ", "ใบรับแจ้ง", "สร้างอาคาร", "notification", "notify", "build"),
        law=(limits["notify.people"].law, limits["notify.objection_days"].law),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=(*OWNER, *WORK, *SITE, *LAND, *SIDES_OF_LAND, *AROUND, *sizes(), *ALL_PEOPLE),
        subject="deed_number",
        documents=(
            *papers.about_owner(limits),
            papers.SITE_PLAN,
            papers.drawings(None),
            *papers.OF_PROFESSIONALS,
        ),
        steps=_steps(days),
        within=WorkingDays(days),
        fee=permitting.fee(limits, notified=True),
        paper_title=Text("ใบรับแจ้งก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร", "Receipt of a notification"),
        appeal=permitting.appeal(limits),
        conditions=permitting.conditions_of_notice(limits),
        keep_years=permitting.KEEP_YEARS,
    )


def _steps(days: int) -> tuple[Step, ...]:
    return (
        Step(
            "check",
            Text("ตรวจเอกสารและรายชื่อ", "Papers and names checked"),
            Post.OFFICER,
            WorkingDays(max(days - 1, 1)),
        ),
        Step(
            "receive",
            Text("ออกใบรับแจ้ง", "Receipt issued"),
            Post.MAYOR,
            WorkingDays(1),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    )
