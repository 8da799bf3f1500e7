"""The demonstration: a village of the waste bank in one month."""

from core.api import Context


async def fill(ctx: Context) -> None:
    """Fill it."""
