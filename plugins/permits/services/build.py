"""The ordinary permit to build, alter or demolish any building.

The shares that the steps have of the time are what offices commonly plan (unverified); the
Act binds the whole.
"""

from collections.abc import Sequence

from core.api import Text
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import AnyField
from kit.law import Limits
from kit.thai import Days
from plugins.permits.rules.dated import LATEST
from plugins.permits.rules.plans import Plan
from plugins.permits.rules.ways import BUILD
from plugins.permits.services import papers, permitting
from plugins.permits.services.building import by_own, larger_building
from plugins.permits.services.owner import OWNER
from plugins.permits.services.professionals import PEOPLE
from plugins.permits.services.site import AROUND, LAND, SIDES_OF_LAND, SITE
from plugins.permits.services.work import WORK

_STEPS = (
    Step(
        "check", Text("ตรวจแบบแปลนและเอกสาร", "Drawings and papers checked"), Post.OFFICER, Days(14)
    ),
    Step(
        "inspect",
        Text("ตรวจสถานที่", "Site inspection"),
        Post.INSPECTOR,
        Days(10),
        status="site_inspection",
    ),
    Step("head", Text("ความเห็นของหัวหน้าฝ่าย", "Opinion of the head"), Post.HEAD, Days(5)),
    Step(
        "director",
        Text("ความเห็นของผู้อำนวยการกอง", "Opinion of the director"),
        Post.DIRECTOR,
        Days(5),
    ),
    Step("clerk", Text("ความเห็นของปลัด", "Opinion of the municipal clerk"), Post.CLERK, Days(4)),
    Step(
        "decide",
        Text("เจ้าพนักงานท้องถิ่นสั่งการ", "Decision of the local official"),
        Post.MAYOR,
        Days(7),
        ends=(Outcome.APPROVED, Outcome.REFUSED),
    ),
)


def build(plans: Sequence[Plan] = (), limits: Limits = LATEST) -> Service:
    """Return the declaration for an office.

    :param plans: of the office, in the order in which they are offered.
    """
    return Service(
        code=BUILD,
        title=Text("ขออนุญาตก่อสร้าง ดัดแปลง หรือรื้อถอนอาคาร", "Permit to build, alter or demolish"),
        summary=Text(
            "บ้านหลังใหญ่ ตึกแถว โรงเก็บของ และอาคารอื่นทุกประเภท",
            "Larger houses, row houses, stores and every other building.",
        ),
        topic="home",
        words=(
            "สร้างอาคาร",
            "ตึกแถว",
            "รื้อถอน",
            "ดัดแปลงอาคาร",
            "ข.1",
            "อ.1",
            "permit",
            "build",
            "demolish",
        ),
        law=(limits["way.permit"].law, limits["permit.days"].law),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=_form(plans, limits),
        subject="deed_number",
        documents=_documents(plans, limits),
        steps=_STEPS,
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


def _form(plans: Sequence[Plan], limits: Limits) -> tuple[AnyField, ...]:
    return (
        *OWNER,
        *WORK,
        *SITE,
        *LAND,
        *SIDES_OF_LAND,
        *AROUND,
        *larger_building(plans, limits),
        *PEOPLE,
    )


def _documents(plans: Sequence[Plan], limits: Limits) -> tuple[Document, ...]:
    return (
        *papers.about_owner(limits),
        papers.SITE_PLAN,
        papers.drawings(by_own(plans)),
        *papers.BY_DESIGNER,
    )
