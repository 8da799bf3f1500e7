"""The demonstration of inspections: what was found in the places that are there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.api import EVERYWHERE, Actor, Context, transaction
from plugins.food_cert.rules.hygiene import (
    COMPLAINT,
    FAIL,
    FIRST,
    FOLLOW_UP,
    NONE,
    PASS,
    YEARLY,
    Found,
    checklist_on,
)
from plugins.food_cert.rules.places import RUNS
from plugins.food_cert.service.hygiene import record
from plugins.food_cert.service.rights import INSPECT
from plugins.food_cert.tables.register import Place

_OFFICER = Actor(
    kind="system",
    name="สุดา รักสะอาด",
    post="นักวิชาการสาธารณสุข",
    permissions={INSPECT: EVERYWHERE},
)
_ILL = {"4.2": "ให้ผู้ปรุงอาหารที่ป่วยหยุดงานจนกว่าแพทย์รับรองว่าหาย (ข้อมูลสาธิต)"}
_OPEN = {"2.1": "ทิ้งวัตถุดิบที่หมดอายุ และตรวจวันหมดอายุทุกสัปดาห์ (ข้อมูลสาธิต)"}
# For one place after another, in turn: how many days ago, why, and what failed.
_VISITS: tuple[tuple[tuple[int, str, Mapping[str, str]], ...], ...] = (
    ((40, FIRST, {}),),
    ((200, YEARLY, {"1.3": ""}), (10, COMPLAINT, {})),
    ((45, YEARLY, _ILL),),
    (),
    ((80, YEARLY, _OPEN), (55, FOLLOW_UP, {})),
    ((355, YEARLY, {"1.1": "", "1.4": "", "1.5": ""}),),
    ((6, YEARLY, _OPEN | {"1.2": ""}),),
)


async def fill(ctx: Context) -> None:
    """Inspect the places that are there: most pass, one is overdue, one was never inspected."""
    async with transaction(ctx):
        places = (
            await Place.select()
            .where(Place.of(ctx), Place.state.is_in(sorted(RUNS)))
            .order_by(Place.number)
        )
    for number, place in enumerate(places):
        for ago, reason, failed in _VISITS[number % len(_VISITS)]:
            await _inspect(ctx, place, ago, reason, failed)


async def _inspect(
    ctx: Context, place: Mapping[str, Any], ago: int, reason: str, failed: Mapping[str, str]
) -> None:
    then = replace(ctx, actor=_OFFICER, now=ctx.now - timedelta(days=ago))
    checklist = checklist_on(place["kind"], then.today)
    codes = [item.code for item in checklist.items]
    known = {code: words for code, words in failed.items() if code in codes}
    answers = dict.fromkeys(codes, PASS) | {codes[-1]: NONE} | dict.fromkeys(known, FAIL)
    found = Found(
        made_at=then.now,
        checklist=checklist,
        reason=reason,
        answers=answers,
        told={code: words for code, words in known.items() if words},
    )
    await record(then, place["id"], found, [], key=f"demo/{place['id']}/{ago}")
