"""Figures of law as the office has set them: they go before those that the code begins with."""

from collections.abc import Sequence
from datetime import date

from core.api import Context, transaction
from plugins.permits.rules.dated import STARTING, Entry, Limits, in_force
from plugins.permits.tables.figures import Figure


async def of_office(ctx: Context) -> Sequence[Entry]:
    """Return the entries of the office in the order in which they were made."""
    async with transaction(ctx):
        rows = (
            await Figure.select()
            .where(Figure.of(ctx), Figure.withdrawn_at.is_null())
            .order_by(Figure.id)
        )
    return [
        Entry(
            code=row["code"],
            since=row["since"],
            value=row["value"],
            law=row["law"],
            source=row["why"],
            verified=True,
        )
        for row in rows
    ]


async def limits_on(ctx: Context, on: date) -> Limits:
    """Return the figures that hold in the office on a day."""
    return in_force((*STARTING, *await of_office(ctx)), on)
