"""Claims inspected and valued by what was found, or refused."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.valuing import Damage, Line, total, value
from contrib.disaster.service.claims import get_claim, move, read_claim
from contrib.disaster.service.events import get_event
from contrib.disaster.service.limits import limits_on
from contrib.disaster.service.rights import CLAIMS
from contrib.disaster.tables.claims import Claim
from core.api import Context, NotFound, Text, audit, need, transaction
from kit.documents import KeptPhoto

_NO_PHOTO = Text("ไม่มีรูปนี้", "There is no such photo.")


async def appraise(
    ctx: Context, id: UUID, damage: Damage, photos: Sequence[KeptPhoto], *, revision: int
) -> int:
    """Value a claim by what was found, at the rates of the day of the disaster; return satang.

    :raises Conflict: it stands before the committee already, or somebody changed it.
    """
    need(ctx, CLAIMS)
    async with transaction(ctx):
        row = await get_claim(ctx, id)
        event = await get_event(ctx, row["event_id"])
        lines = value(row["scheme"], damage, await limits_on(ctx, event["begun_on"]))
        amount = total(lines)
        values = {
            Claim.found: msgspec.to_builtins(damage),
            Claim.lines: msgspec.to_builtins(lines),
            Claim.amount: amount,
            Claim.photos: [*row["photos"], *msgspec.to_builtins(list(photos))],
            Claim.inspected_at: ctx.now,
            Claim.inspected_by_name: ctx.actor.name,
        }
        await move(ctx, id, "valued", values, revision=revision)
        await audit.record(ctx, "disaster.claim.valued", f"claim/{id}", amount=amount)
    return amount


async def refuse(ctx: Context, id: UUID, why: str, *, revision: int) -> None:
    """Refuse a claim before it came to the committee."""
    need(ctx, CLAIMS)
    async with transaction(ctx):
        await move(ctx, id, "refused", {Claim.why: why}, revision=revision)
        await audit.record(ctx, "disaster.claim.refused", f"claim/{id}")


def lines_of(row: Mapping[str, Any]) -> list[Line]:
    """Return how the amount of a claim was reckoned."""
    return msgspec.convert(row["lines"], list[Line])


async def photo_of(ctx: Context, id: UUID, number: int) -> KeptPhoto:
    """Return a photo of the inspection of a claim.

    :param number: from 1.
    :raises NotFound: there is none.
    """
    photos = (await read_claim(ctx, id))["photos"]
    if not 1 <= number <= len(photos):
        raise NotFound(_NO_PHOTO)
    return msgspec.convert(photos[number - 1], KeptPhoto)
