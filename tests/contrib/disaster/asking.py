"""Requests for help, as tests make them."""

from typing import Any
from uuid import UUID

from contrib.disaster.service import requests, teams
from core.context import Context


def facts(**more: Any) -> dict[str, Any]:
    """Return what a caller says who is at the middle, where nothing else is said."""
    given = {
        "name": "นางสาวสุดา",
        "phone": "+66899999999",
        "address": "หลังวัดกลาง",
        "pin": {"lat": 18.74, "lon": 98.93},
        "needs": ["evacuate", "boat"],
        "water": "",
        "people": 3,
        "flags": {},
        "note": "",
    }
    return given | more


async def asked(ctx: Context, event: UUID, **more: Any) -> UUID:
    row = await requests.ask(ctx, event, facts(**more))
    id: UUID = row["id"]
    return id


async def a_team(ctx: Context, name: str = "ทีมเรือ 1") -> UUID:
    known = {"name": name, "leader": "นายกล้า", "phone": "+66811111111", "can": "เรือท้องแบน"}
    return await teams.form_team(ctx, known)
