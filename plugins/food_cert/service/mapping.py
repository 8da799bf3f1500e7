"""Food premises on a map, by how they stand, and the list of what the map shows."""

from collections.abc import Mapping
from typing import Any

from core.api import Context
from kit.geo import Look, Point, Sight, View, view_of
from plugins.food_cert.rules.places import TONES
from plugins.food_cert.service.finding import Sought, mapped_places

MOST = 50_000
# Forms of marks by tone, what needs an eye first before the rest; a place that waits for its
# licence stands on a corner, for a map has no form of its own for it.
_FORMS: Mapping[str, str] = {"bad": "bad", "info": "warn", "ok": "ok", "": ""}
MARKS: Mapping[str, str] = {
    stands: form for tone, form in _FORMS.items() for stands in TONES if TONES[stands] == tone
}


async def show_map(ctx: Context, sought: Sought, look: Look) -> View:
    """Return the places that fit, the newest first, on a map and in a list."""
    found = await mapped_places(ctx, sought, MOST)
    return view_of(ctx.tenant, look, found, _see, MARKS)


def _see(place: Mapping[str, Any]) -> Sight:
    spot = Point(place["lat"], place["lon"]) if place["lat"] is not None else None
    return Sight(str(place["id"]), spot, place["stands"])
