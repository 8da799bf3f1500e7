"""The fast lane: a small house, checked from afar, then decided while its owner waits.

It is the ordinary permit of the Act with its time and its extensions; what makes it fast is
that everything is checked before the appointment at the counter.
"""

from collections.abc import Sequence

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AnyField
from kit.law import Limits, bare
from kit.thai import WorkingDays
from plugins.permits.rules.dated import LATEST
from plugins.permits.rules.plans import Plan
from plugins.permits.rules.ways import SMALL
from plugins.permits.services import papers, permitting
from plugins.permits.services.building import building, by_own
from plugins.permits.services.owner import OWNER
from plugins.permits.services.professionals import PEOPLE
from plugins.permits.services.site import AROUND, LAND, SIDES_OF_LAND, SITE
from plugins.permits.services.work import WORK_OF_HOUSE


def small(plans: Sequence[Plan] = (), limits: Limits = LATEST) -> Service:
    """Return the declaration for an office.

    :param plans: of the office, in the order in which they are offered; those that are too
        large for the fast lane are left out.
    """
    area, storeys = limits["fast.area"], limits["fast.storeys"]
    fitting = [
        plan for plan in plans if plan.area <= area.number and plan.storeys <= storeys.number
    ]
    most, minutes = bare(area.number), bare(limits["fast.minutes"].number)
    return Service(
        code=SMALL,
        title=Text(
            f"ขออนุญาตบ้านพักอาศัยไม่เกิน {most} ตร.ม. (ช่องทางเร่งด่วน)",
            f"Permit for a house up to {most} m² (fast lane)",
        ),
        summary=Text(
            f"ยื่นและตรวจล่วงหน้าทางออนไลน์ แล้วนัดรับใบอนุญาตที่เคาน์เตอร์ {minutes} นาที",
            f"Filed and checked online first, then {minutes} minutes at the counter.",
        ),
        topic="home",
        words=("สร้างบ้าน", "ต่อเติมบ้าน", "รื้อบ้าน", "ใบอนุญาตก่อสร้าง", "ข.1", "house", "permit", "build"),
        law=(limits["way.permit"].law, limits["permit.days"].law),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=_form(fitting),
        subject="deed_number",
        documents=_documents(fitting, limits),
        steps=_steps(limits, minutes),
        within=permitting.within(limits),
        extensions=permitting.extensions(limits),
        correction=permitting.correction(limits),
        fee=permitting.fee(limits),
        paper="permits/permit.typ",
        paper_title=Text("ใบอนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร", "Building permit"),
        appeal=permitting.appeal(limits),
        conditions=permitting.CONDITIONS,
        keep_years=permitting.KEEP_YEARS,
    )


def _steps(limits: Limits, minutes: str) -> tuple[Step, ...]:
    return (
        Step(
            "pre-check",
            Text("ตรวจล่วงหน้าจากเอกสารและแผนที่", "Checked from papers and map"),
            Post.OFFICER,
            WorkingDays(limits["fast.pre_check_days"].whole),
            judged=True,
        ),
        Step(
            "counter",
            Text(
                f"นัดที่เคาน์เตอร์ {minutes} นาที: ลงนาม ชำระเงิน รับใบอนุญาต",
                f"{minutes} minutes at the counter: signed, paid, handed over",
            ),
            Post.MAYOR,
            WorkingDays(1),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    )


def _form(plans: Sequence[Plan]) -> tuple[AnyField, ...]:
    return (
        *OWNER,
        *WORK_OF_HOUSE,
        *SITE,
        *LAND,
        *SIDES_OF_LAND,
        *AROUND,
        *building(plans),
        *PEOPLE,
    )


def _documents(plans: Sequence[Plan], limits: Limits) -> tuple[Document, ...]:
    return (
        *papers.about_owner(limits),
        papers.SITE_PLAN,
        papers.drawings(by_own(plans)),
        *papers.BY_DESIGNER,
    )
