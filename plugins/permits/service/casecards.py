"""What of permits stands on the page of a case, for its officers and for who follows it."""

from collections.abc import Sequence
from uuid import UUID

from core.api import Card, Context
from plugins.permits.service import inspected, lane, nextsteps, order_list


async def cards(
    ctx: Context, case: UUID, service: str, status: str, step: str | None, area: str
) -> Sequence[Card]:
    """Return the cards of a case, the next thing to do first."""
    found = [
        *await nextsteps.cards(ctx, case, service, status, area),
        *await lane.cards(ctx, case, service, status, area),
    ]
    if area == "desk":
        found += await inspected.cards(ctx, case, service, step)
        found += await order_list.cards(ctx, case)
    return found
