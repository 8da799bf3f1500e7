"""Who is helped first: the open requests with their scores, worked out when somebody looks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.events import OPEN as GOING_ON
from contrib.disaster.rules.events import Zone, deepest, zones_at
from contrib.disaster.rules.requests import OPEN, WATER
from contrib.disaster.rules.scoring import Facts, Score, score
from contrib.disaster.service.events import as_zone
from contrib.disaster.service.limits import limits_on
from contrib.disaster.service.rights import READ
from contrib.disaster.tables.events import EventZone
from contrib.disaster.tables.requests import HelpRequest
from core.api import Context, need, transaction
from kit.geo import Point

# What one page can hold; a city with more open requests at once has other troubles.
MOST = 2_000
Zones = Mapping[UUID, Sequence[Zone]]


class Queued(msgspec.Struct, frozen=True):
    """A request with how urgent it is.

    :ivar row: columns of the request.
    """

    row: Mapping[str, Any]
    score: Score

    @property
    def points(self) -> Decimal:
        """What it is put in order by: set by a person, else the score."""
        set_by_hand: Decimal | None = self.row["points"]
        return self.score.total if set_by_hand is None else set_by_hand


async def queue(
    ctx: Context, *, team: UUID | None = None, states: Sequence[str] = OPEN
) -> list[Queued]:
    """Return the open requests, the most urgent first; of two alike who asked first.

    :param team: only those that it has.
    """
    need(ctx, READ)
    which = HelpRequest.of(ctx) & HelpRequest.state.is_in(list(states))
    if team is not None:
        which &= HelpRequest.team_id == team
    async with transaction(ctx):
        rows = (
            await HelpRequest.select()
            .where(which)
            .order_by(HelpRequest.asked_at, HelpRequest.id)
            .limit(MOST)
            .output(load_json=True)
        )
    weighed = await weigh(ctx, rows)
    return sorted(weighed, key=lambda one: (-one.points, one.row["asked_at"], one.row["number"]))


async def weigh(ctx: Context, rows: Sequence[Mapping[str, Any]]) -> list[Queued]:
    """Return requests with their scores by the zones and the weights of now."""
    limits = await limits_on(ctx, ctx.today)
    zones = await _zones(ctx, {row["event_id"] for row in rows})
    return [
        Queued(row, score(facts_of(row, zones.get(row["event_id"], ()), ctx.now), limits))
        for row in rows
    ]


async def _zones(ctx: Context, events: Iterable[UUID]) -> Zones:
    wanted = list(events)
    if not wanted:
        return {}
    async with transaction(ctx):
        rows = (
            await EventZone.select()
            .where(EventZone.of(ctx), EventZone.event_id.is_in(wanted))
            .output(load_json=True)
        )
    found: dict[UUID, list[Zone]] = {}
    for row in rows:
        found.setdefault(row["event_id"], []).append(as_zone(row))
    return found


def facts_of(row: Mapping[str, Any], zones: Sequence[Zone], now: datetime) -> Facts:
    """Return what is known of a request, for its score.

    :param zones: of its disaster.
    """
    point = Point(**row["pin"]) if row["pin"] else None
    zone = deepest(zones_at(zones, point, row["village"], row["subdistrict"]))
    waited = (row["ended_at"] or now) - row["asked_at"]
    return Facts(
        zone=zone.name if zone else "",
        zone_cm=zone.depth_cm if zone else 0,
        told_cm=WATER[row["water"]][1] if row["water"] else None,
        floor_cm=row["floor_cm"],
        flags=row["flags"],
        waited_minutes=int(waited.total_seconds() // 60),
    )


_COUNTS = f"""
SELECT r.state, count(*) AS count FROM disaster.request r
JOIN disaster.event e ON e.tenant_id = r.tenant_id AND e.id = r.event_id
WHERE r.tenant_id = $1 AND e.state = '{GOING_ON}' GROUP BY r.state
"""  # noqa: S608 - of a constant


async def counts(ctx: Context) -> dict[str, int]:
    """Return how many requests of disasters that go on stand where."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_COUNTS, ctx.tenant.id)
    return {row["state"]: row["count"] for row in rows}
