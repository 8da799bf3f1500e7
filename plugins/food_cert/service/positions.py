"""How exactly the public register tells where a place is, as the office has chosen."""

import logging
from collections.abc import Mapping
from typing import Any

from core.api import Context, audit, need, set_settings, transaction
from plugins.food_cert.service.rights import FIGURES

log = logging.getLogger(__name__)

ROUNDED, EXACT = 3, 4  # decimals of a degree
_SETTING = "positions"
# In the manifest: what stands there until the office sets it.
DEFAULTS: Mapping[str, Any] = {_SETTING: {"decimals": ROUNDED}}


def decimals(ctx: Context) -> int:
    """Return how many decimals of a degree everybody is given."""
    given = ctx.tenant.settings.get("food_cert", {}).get(_SETTING, DEFAULTS[_SETTING])
    found = given.get("decimals") if isinstance(given, dict) else None
    if found in (ROUNDED, EXACT):
        return int(found)
    # What was set by hand must not show more than was meant.
    log.warning("food_cert: positions of %s do not fit: %s", ctx.tenant.id, given)
    return ROUNDED


async def set_decimals(ctx: Context, wanted: int) -> None:
    """Keep how exactly everybody is told; it holds at once.

    :param wanted: ``ROUNDED`` or ``EXACT``.
    """
    need(ctx, FIGURES)
    if wanted not in (ROUNDED, EXACT):
        raise ValueError(f"{wanted} decimals are neither rounded nor exact")
    was = decimals(ctx)
    if wanted == was:
        return
    async with transaction(ctx):
        await set_settings(ctx, plugin="food_cert", settings={_SETTING: {"decimals": wanted}})
        subject = f"tenant/{ctx.tenant.id}"
        await audit.record(ctx, "food_cert.positions.set", subject, was=was, now=wanted)
