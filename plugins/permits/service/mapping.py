"""Permits on a map, by how they stand and by what is done, and the list of what the map shows."""

from collections.abc import Mapping
from typing import Any

from core.api import Context
from kit.geo import Look, Point, Sight, View, view_of
from plugins.permits.service.finding import Sought, mapped_permits

MOST = 50_000
# The first of these that a mark has gives its tone.
TONES: Mapping[str, str] = {
    "revoked": "bad",
    "expired": "bad",
    "expiring": "warn",
    "valid": "ok",
    "completed": "",
}


async def show_map(ctx: Context, sought: Sought, look: Look) -> View:
    """Return the permits that fit, the newest first, on a map and in a list."""
    found = await mapped_permits(ctx, sought, MOST)
    return view_of(ctx.tenant, look, found, _see, TONES)


def _see(permit: Mapping[str, Any]) -> Sight:
    place = Point(permit["lat"], permit["lon"]) if permit["lat"] is not None else None
    return Sight(str(permit["case_id"]), place, permit["stands"])
