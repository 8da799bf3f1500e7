"""Disasters: opened, their zones drawn and measured, declared by a notice, closed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.events import CLOSED, OPEN, Zone
from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import COMMAND
from contrib.disaster.tables.events import Event, EventZone
from core.api import Conflict, Context, Text, add, audit, need, new_id, transaction
from kit.geo import Point

MOST_ZONES = 200
_NONE = Text("ไม่พบเหตุการณ์นี้ กลับไปที่รายการเหตุการณ์", "There is no such disaster. Go back to the list.")
_NO_ZONE = Text("ไม่พบพื้นที่นี้ เปิดหน้าเหตุการณ์อีกครั้ง", "There is no such zone. Open the disaster again.")
_OVER = Text("เหตุการณ์นี้ปิดแล้ว", "This disaster is closed already.")
_MEANWHILE = Text(
    "มีผู้แก้พื้นที่นี้พร้อมกัน เปิดดูอีกครั้งก่อนแก้",
    "This zone was changed at the same moment. Look at it again first.",
)
_MANY = Text(
    "เหตุการณ์นี้มีพื้นที่ครบ {most} แห่งแล้ว", "This disaster has {most} zones, which is all it can have."
)


async def open_event(ctx: Context, facts: Mapping[str, Any]) -> UUID:
    """Open a disaster and return its id.

    :param facts: kind, title, cause and begun_on.
    :raises NotAllowed: the actor commands no disasters.
    """
    need(ctx, COMMAND)
    id = new_id()
    row = {
        **facts,
        "tenant_id": ctx.tenant.id,
        "id": id,
        "ended_on": None,
        "state": OPEN,
        "revision": 1,
        "changed_at": ctx.now,
    }
    async with transaction(ctx):
        await add(Event, row)
        await audit.record(ctx, "disaster.event.opened", f"event/{id}", kind=facts["kind"])
    return id


async def close_event(ctx: Context, id: UUID) -> None:
    """Close a disaster: nobody can ask for help in it any more, claims go on.

    :raises Conflict: it is closed already.
    """
    need(ctx, COMMAND)
    values: dict[Any, Any] = {
        Event.state: CLOSED,
        Event.ended_on: ctx.today,
        Event.revision: Event.revision + 1,
        Event.changed_at: ctx.now,
    }
    async with transaction(ctx):
        done = (
            await Event.update(values)
            .where(Event.of(ctx), Event.id == id, Event.state == OPEN)
            .returning(Event.id)
        )
        if not done:
            await get_event(ctx, id)
            raise Conflict(_OVER)
        await audit.record(ctx, "disaster.event.closed", f"event/{id}")


async def get_event(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a disaster.

    :raises NotFound: there is none.
    """
    return await get_row(ctx, Event.select().where(Event.of(ctx), Event.id == id), _NONE)


async def read_events(ctx: Context, *, only_open: bool = False) -> list[dict[str, Any]]:
    """Return the disasters, those that go on first, then the newest."""
    which = Event.of(ctx)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Event.select()
            .where(which & (Event.state == OPEN) if only_open else which)
            .order_by(Event.begun_on, Event.id, ascending=False)
            .limit(200)
        )
    return sorted(rows, key=lambda row: row["state"] != OPEN)


async def draw_zone(ctx: Context, event: UUID, zone: Zone) -> UUID:
    """Add a zone to a disaster and return its id.

    :raises Conflict: the disaster is closed, or has too many zones.
    """
    need(ctx, COMMAND)
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "event_id": event,
        "name": zone.name,
        "corners": msgspec.to_builtins(zone.corners),
        "villages": list(zone.villages),
        "subdistrict": zone.subdistrict,
        "depth_cm": zone.depth_cm,
        "revision": 1,
        "told_at": ctx.now,
        "told_by_name": ctx.actor.name,
    }
    async with transaction(ctx):
        await _hold_open(ctx, event)
        count = await EventZone.count().where(EventZone.of(ctx), EventZone.event_id == event)
        if count >= MOST_ZONES:
            raise Conflict(_MANY.format(most=MOST_ZONES))
        await add(EventZone, row)
        subject = f"event/{event}"
        await audit.record(ctx, "disaster.zone.drawn", subject, zone=zone.name, cm=zone.depth_cm)
    return id


async def measure(ctx: Context, event: UUID, zone: UUID, depth_cm: int, *, revision: int) -> None:
    """Tell how deep the water stands in a zone now; every score there follows at once.

    :param revision: of the zone as it was looked at.
    :raises Conflict: somebody told it at the same moment.
    """
    need(ctx, COMMAND)
    values: dict[Any, Any] = {
        EventZone.depth_cm: depth_cm,
        EventZone.revision: revision + 1,
        EventZone.told_at: ctx.now,
        EventZone.told_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        row = await get_zone(ctx, event, zone)
        done = (
            await EventZone.update(values)
            .where(EventZone.of(ctx), EventZone.id == zone, EventZone.revision == revision)
            .returning(EventZone.id)
        )
        if not done:
            raise Conflict(_MEANWHILE)
        subject = f"event/{event}"
        await audit.record(ctx, "disaster.zone.measured", subject, zone=row["name"], cm=depth_cm)


async def get_zone(ctx: Context, event: UUID, zone: UUID) -> dict[str, Any]:
    """Return the row of a zone.

    :raises NotFound: the disaster has none of this id.
    """
    which = EventZone.of(ctx) & (EventZone.event_id == event) & (EventZone.id == zone)
    return await get_row(ctx, EventZone.select().where(which), _NO_ZONE)


async def _hold_open(ctx: Context, event: UUID) -> None:
    """Hold a disaster that goes on until the end of the transaction."""
    query = Event.select(Event.state).where(Event.of(ctx), Event.id == event)
    held = await get_row(ctx, query.lock_rows("UPDATE"), _NONE)
    if held["state"] != OPEN:
        raise Conflict(_OVER)


async def zone_rows(ctx: Context, event: UUID) -> list[dict[str, Any]]:
    """Return the zones of a disaster, the deepest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await EventZone.select()
            .where(EventZone.of(ctx), EventZone.event_id == event)
            .order_by(EventZone.depth_cm, EventZone.id, ascending=False)
            .output(load_json=True)
        )
    return rows


async def zones_of(ctx: Context, event: UUID) -> list[Zone]:
    """Return the zones of a disaster, as rules need them."""
    return [as_zone(row) for row in await zone_rows(ctx, event)]


def as_zone(row: Mapping[str, Any]) -> Zone:
    """Return a row as a zone."""
    corners: Sequence[Point] = msgspec.convert(row["corners"], list[Point])
    return Zone(
        name=row["name"],
        corners=tuple(corners),
        villages=tuple(row["villages"]),
        subdistrict=row["subdistrict"],
        depth_cm=row["depth_cm"],
    )
