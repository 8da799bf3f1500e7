"""Lead a case of a demonstration on, for plugins whose services have rules of their own."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal
from uuid import UUID

from core.api import Context, Text
from kit.casework.service import correcting, examining, handling
from kit.casework.service.acting import take
from kit.casework.service.demo import actors_of
from kit.casework.service.examining import Judging
from kit.casework.service.returning import Defect
from kit.casework.states import Post

End = Literal["accepted", "last_step", "ordered", "approved"]
_WHAT = Text("แผนผัง", "The site plan")
_CHANGE = Text("ทำใหม่ให้เห็นระยะทั้งสี่ด้าน", "Draw it anew, with the distances of all sides")
_TO_CHANGE = timedelta(days=30)
_LOOKED = Text("ตรวจแล้วถูกต้อง", "Looked at, and right")


async def lead_case(ctx: Context, case: UUID, *, to: End) -> None:
    """Lead a case that was just filed on, by who sits at each desk; every doubt passes.

    :param to: received; at the step that decides; given back by an order to change it, where its
        law knows one; approved, where it may wait for its fee.
    """
    actors = await actors_of(ctx)
    at = {post: replace(ctx, actor=actor) for post, actor in actors.items()}
    opened = await take(ctx, case)
    steps, revision = opened.service.steps, opened.case.revision
    await handling.accept(at[Post.REGISTRY], case, revision=revision)
    if to == "accepted":
        return
    doubts = examining.found_in(opened).doubts
    if doubts:
        judgings = [Judging(one.rule, holds=True, why=_LOOKED.th) for one in doubts]
        await examining.judge(at[steps[0].by], case, judgings)
    for step in steps[:-1]:
        revision += 1
        await handling.forward(at[step.by], case, opinion=_LOOKED.th, revision=revision)
    decides, revision = at[steps[-1].by], revision + 1
    if to == "approved":
        await handling.approve(decides, case, opinion="", revision=revision)
    elif to == "ordered":
        fix_by = ctx.today + _TO_CHANGE
        await correcting.order_changes(
            decides, case, defects=[Defect(_WHAT.th, _CHANGE.th)], fix_by=fix_by, revision=revision
        )
