"""The demonstration: example plans, and a figure of the office that is to come.

Of the plans one has a version to come, and one was withdrawn.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from core.api import Actor, Context
from plugins.permits.rules.library import What
from plugins.permits.rules.plans import Plan
from plugins.permits.service import demo_cases, files, library
from plugins.permits.service import figures, files, library
from plugins.permits.service.drawings import Floor, calculations_pdf, drawings_pdf

_EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"
_WHY = "ตัวอย่างของการสาธิต"
# The names of officers of the demonstration, see core.commands.demo_people.
_GUIDE = "คู่มือสำหรับประชาชนฉบับใหม่ของเทศบาล (ตัวอย่าง)"
_OFFICER = Actor(kind="system", name="มานพ ศรีสุข", post="ผู้อำนวยการกองช่าง")
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
    """Fill the library, and ask for some permits by its plans."""
    await _fill_library(ctx)
    await demo_cases.fill(ctx)


async def _fill_library(ctx: Context) -> None:
    """Fill the library, and let the check from afar take a day less from next month on."""
    here = replace(ctx, actor=_OFFICER)
    await figures.set_figure(
        here,
        "fast.pre_check_days",
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


async def _files(ctx: Context, example: Example) -> dict[What, UUID]:
    plan = example.plan
    drawn = await drawings_pdf(ctx, plan, example.floors)
    reckoned = await calculations_pdf(ctx, plan)
    drawings = await files.keep(ctx, "drawings", f"แบบแปลน {plan.code}.pdf", drawn)
    calculations = await files.keep(ctx, "calculations", f"รายการคำนวณ {plan.code}.pdf", reckoned)
    return {"drawings": drawings.id, "calculations": calculations.id}
