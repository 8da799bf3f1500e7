"""Cases for the demonstration, in every state, made by calling the services."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.api import EVERYWHERE, Actor, Context
from kit.casework.applicant import Applicant
from kit.casework.declaration import Service
from kit.casework.service import citizens, handling
from kit.casework.service.acting import PERMISSIONS, take
from kit.casework.service.catalogue import offered
from kit.casework.service.filing import Channel, file_case
from kit.casework.service.handling import Defect
from kit.casework.service.sampling import sample_answers
from kit.casework.service.tasks import set_tasks

CASES = 200
DAYS_BACK = 45
_PEOPLE = (
    ("นายสมชาย ใจดี", "1234545678781"),
    ("นางสาววิภาดา แสงคำ", "3100600445635"),
)
_CLERK = Actor(
    kind="system",
    name="อรทัย มั่นคง",
    post="เจ้าพนักงานธุรการ",
    permissions=dict.fromkeys(PERMISSIONS.values(), EVERYWHERE),
)
# How far a case is brought, in turn; each ends in a state of its own.
_ENDS = ("filed", "checking", "returned", "mended", "running", "issued", "refused", "cancelled")


async def fill(ctx: Context) -> None:
    """File the cases over the last weeks, bring each to its state, and set today's tasks."""
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    services = list((await offered(ctx)).values())
    for number in range(CASES if services else 0):
        days = DAYS_BACK - number * DAYS_BACK // CASES
        begun = replace(ctx, actor=_CLERK, now=ctx.now - timedelta(days=days))
        # One turn more after each round of services, so that every service meets every end.
        end = _ENDS[(number + number // len(services)) % len(_ENDS)]
        await _one(begun, services[number % len(services)], number, end, ctx.now, chance)
    await set_tasks(ctx)


async def _one(
    ctx: Context, service: Service, number: int, end: str, now: datetime, chance: random.Random
) -> None:
    name, national_id = chance.choice(_PEOPLE)
    channel: Channel = "counter" if number % 3 == 0 else "online"
    filed = await file_case(
        ctx,
        service=service,
        applicant=Applicant(name=name, national_id=national_id, phone="+66812345678"),
        answers=sample_answers(ctx, service.form, chance),
        key=f"demonstration/{number}",
        channel=channel,
    )
    await _Handling(ctx, filed.id, now).bring_to(end)


class _Handling:
    """Acts on one case, each act some time after the one before, never in the future."""

    def __init__(self, ctx: Context, case: Any, now: datetime) -> None:
        self._ctx = ctx
        self._case = case
        self._now = now

    async def bring_to(self, end: str) -> None:
        if end == "cancelled":
            await citizens.cancel(self._ctx, self._case, revision=1)
        if end in ("filed", "cancelled"):
            return
        await handling.take_up(self._after(5), self._case, revision=1)
        if end in ("returned", "mended"):
            await self._return()
        if end == "mended":
            await citizens.mend(
                self._after(26), self._case, files={}, words="ส่งรูปเพิ่มแล้ว", revision=3
            )
        if end in ("running", "issued", "refused"):
            await handling.accept(self._after(20), self._case, revision=2)
            await self._steps(end)

    async def _return(self) -> None:
        defects = [Defect("รูปถ่ายไม่ชัด", "ถ่ายใหม่ให้เห็นทั้งแผ่น")]
        ctx = self._after(4)
        fix_by = ctx.today + timedelta(days=10)
        await handling.return_for_fix(ctx, self._case, defects=defects, fix_by=fix_by, revision=2)

    async def _steps(self, end: str) -> None:
        opened = await take(self._ctx, self._case)
        steps = opened.service.steps
        for revision, _ in enumerate(steps[:-1] if end != "running" else (), 3):
            await handling.forward(
                self._after(22), self._case, opinion="ตรวจแล้ว เห็นควรดำเนินการ", revision=revision
            )
        last = len(steps) + 2
        if end == "issued":
            await handling.approve(self._after(18), self._case, opinion="", revision=last)
        elif end == "refused" and "refused" in steps[-1].ends:
            reasons = ["ไม่อยู่ในอำนาจหน้าที่ของหน่วยงาน"]
            await handling.refuse(self._after(18), self._case, reasons=reasons, revision=last)

    def _after(self, hours: int) -> Context:
        self._ctx = replace(self._ctx, now=min(self._ctx.now + timedelta(hours=hours), self._now))
        return self._ctx
