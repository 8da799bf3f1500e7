"""Lead a case of a demonstration on, for plugins whose services have rules of their own."""

from dataclasses import replace
from typing import Literal
from uuid import UUID

from core.api import Context, Text
from kit.casework.service import examining, handling
from kit.casework.service.acting import take
from kit.casework.service.demo import actors_of
from kit.casework.service.examining import Judging
from kit.casework.states import Post

_LOOKED = Text("ตรวจแล้วถูกต้อง", "Looked at, and right")


async def lead_case(
    ctx: Context, case: UUID, *, to: Literal["accepted", "last_step", "approved"]
) -> None:
    """Lead a case that was just filed on, by who sits at each desk; every doubt passes.

    :param to: received; at the step that decides; approved, where it may wait for its fee.
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
    if to == "approved":
        await handling.approve(at[steps[-1].by], case, opinion="", revision=revision + 1)
