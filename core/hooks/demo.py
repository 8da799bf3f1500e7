"""Hooks called once, while the demonstration is made. All are coroutine functions."""

from core.context import Context
from core.hooks import hookspec


@hookspec(budget=900)
async def seed_demo(ctx: Context) -> None:
    """Fill a municipality of the demonstration by calling the plugin's own services.

    Called for each municipality, once, after the core has made its officers and citizens.
    It never runs where THONGTHIN_DEMO is not set.
    """
