"""Officers with some rights of the treasury."""

from dataclasses import replace
from uuid import uuid4

from core.context import EVERYWHERE, Actor, Context


def with_rights(ctx: Context, *rights: str, name: str = "สมหญิง เก็บเงิน") -> Context:
    held = {f"treasury.{right}": EVERYWHERE for right in rights}
    actor = Actor(kind="officer", id=uuid4(), name=name, post="เจ้าพนักงานการเงิน", permissions=held)
    return replace(ctx, actor=actor)
