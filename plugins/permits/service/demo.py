"""The demonstration: example plans, a figure of the office that is to come, orders, requests.

Of the plans one has a version to come, and one was withdrawn.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from core.api import Actor, Context
from kit.law import set_figure
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.library import What
from plugins.permits.rules.plans import Plan
from plugins.permits.service import demo_cases, files, library, orders
from plugins.permits.service.drawings import Floor, calculations_pdf, drawings_pdf
from plugins.permits.service.rights import FIGURES

_EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"
_WHY = "ตัวอย่างของการสาธิต"
# The names of officers of the demonstration, see core.commands.demo_people.
_GUIDE = "คู่มือสำหรับประชาชนฉบับใหม่ของเทศบาล (ตัวอย่าง)"
_OFFICER = Actor(kind="system", name="มานพ ศรีสุข", post="ผู้อำนวยการกองช่าง")
_MAYOR = Actor(kind="system", name="ธนวัฒน์ ยอดเมือง", post="นายกเทศมนตรี")
# An order to stop whose decision is overdue, and one to put right that was posted at the building.
_STOPPED, _ORDERED = timedelta(days=34), timedelta(days=9)
_BEGUN, _WITHDRAWN, _COMING = timedelta(days=60), timedelta(days=20), timedelta(days=30)


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A plan of the demonstration.

    :param withdrawn: why it was withdrawn; empty while it is offered.
    :param changes: why it has a version to come; empty for none.
    """

    plan: Plan
    floors: Sequence[Floor]
    withdrawn: str
    changes: str


class _Examples(msgspec.Struct):
    note: str
    plans: Sequence[Example]


async def fill(ctx: Context) -> None:
    """Fill the library and the list of orders, and ask for some permits by its plans."""
    await _fill_library(ctx)
    await _orders(replace(ctx, actor=_MAYOR))
    await demo_cases.fill(ctx)


async def _fill_library(ctx: Context) -> None:
    """Add the plans, and let the check from afar take a day less from next month on."""
    here = replace(ctx, actor=_OFFICER)
    await set_figure(
        here,
        BOOK,
        "fast.pre_check_days",
        permission=FIGURES,
        value="2",
        law=_GUIDE,
        why=_WHY,
        since=here.today + _COMING,
        revision=0,
    )
    for one in msgspec.json.decode(_EXAMPLES.read_bytes(), type=_Examples).plans:
        then = replace(here, now=here.now - _BEGUN)
        kept = await _files(then, one)
        await library.add_plan(then, one.plan, from_on=then.today, files=kept, why=_WHY)
        if one.changes:
            await library.change_plan(
                here,
                one.plan,
                based_on=1,
                from_on=here.today + _COMING,
                files=kept,
                why=one.changes,
            )
        if one.withdrawn:
            later = replace(here, now=here.now - _WITHDRAWN)
            await library.withdraw_plan(
                later, one.plan.code, from_on=later.today, why=one.withdrawn
            )


async def _orders(ctx: Context) -> None:
    stopped, ordered = (replace(ctx, now=ctx.now - ago) for ago in (_STOPPED, _ORDERED))
    stop = orders.Wanted(
        ground="stop-unpermitted",
        days=0,
        place="ที่ดินข้างวัดอุโบสถ หมู่ที่ 5",
        facts="ตรวจพบการก่อสร้างอาคารชั้นเดียวโดยไม่มีใบอนุญาต (ข้อมูลสาธิต)",
    )
    await orders.issue_order(stopped, stop)
    fix = orders.Wanted(
        ground="fix-correctable",
        days=30,
        place="ร้านค้าริมถนนเชียงใหม่-หางดง หมู่ที่ 2",
        to_name="นางบัวผัน ใจยา",
        facts="ตรวจพบกันสาดยื่นล้ำเขตถนน 40 เซนติเมตร (ข้อมูลสาธิต)",
        wanted="ตัดกันสาดให้พ้นเขตถนน",
    )
    order = await orders.issue_order(ordered, fix)
    await orders.serve(ordered, order, how="posted", on=ordered.today, note="มีพยาน 2 คน")


async def _files(ctx: Context, example: Example) -> dict[What, UUID]:
    plan = example.plan
    drawn = await drawings_pdf(ctx, plan, example.floors)
    reckoned = await calculations_pdf(ctx, plan)
    drawings = await files.keep(ctx, "drawings", f"แบบแปลน {plan.code}.pdf", drawn)
    calculations = await files.keep(ctx, "calculations", f"รายการคำนวณ {plan.code}.pdf", reckoned)
    return {"drawings": drawings.id, "calculations": calculations.id}
