"""The situation at a glance, and whether it has changed since somebody looked."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import anyio
import msgspec

from contrib.disaster.service.events import read_events, zone_rows
from contrib.disaster.service.queue import Queued, counts, queue
from contrib.disaster.service.rights import READ
from contrib.disaster.service.shelters import read_shelters
from contrib.disaster.service.teams import read_teams
from core.api import Context, need, transaction

SHOWN = 20
# A stream ends after so many looks; the browser asks for the next one, and is let in anew or not.
LOOKS, PAUSE = 30, 2.0  # seconds
_MARK = """
SELECT concat_ws('.',
  (SELECT concat(count(*), ',', sum(r.revision)) FROM disaster.request r
    JOIN disaster.event o ON o.tenant_id = r.tenant_id AND o.id = r.event_id
    WHERE r.tenant_id = $1 AND o.state = 'open'),
  (SELECT concat(count(*), ',', sum(z.revision)) FROM disaster.zone z WHERE z.tenant_id = $1),
  (SELECT concat(count(*), ',', sum(s.revision)) FROM disaster.shelter s WHERE s.tenant_id = $1),
  (SELECT concat(count(*), ',', sum(e.revision)) FROM disaster.event e WHERE e.tenant_id = $1))
"""


class Board(msgspec.Struct, frozen=True):
    """How the disasters that go on stand.

    :param mark: differs once something has changed.
    :param zones: by the id of their disaster.
    :param queue: the most urgent requests.
    :param waiting: how many there are in all.
    """

    mark: str
    events: list[dict[str, Any]]
    zones: Mapping[Any, list[dict[str, Any]]]
    counts: Mapping[str, int]
    queue: list[Queued]
    waiting: int
    shelters: list[dict[str, Any]]
    teams: list[Mapping[str, Any]]


async def read_board(ctx: Context) -> Board:
    """Return how it stands now."""
    need(ctx, READ)
    mark = await mark_of(ctx)
    events, waiting = await read_events(ctx, only_open=True), await queue(ctx)
    return Board(
        mark=mark,
        events=events,
        zones={one["id"]: await zone_rows(ctx, one["id"]) for one in events},
        counts=await counts(ctx),
        queue=waiting[:SHOWN],
        waiting=len(waiting),
        shelters=[one for one in await read_shelters(ctx) if one["open"]],
        teams=await read_teams(ctx),
    )


async def mark_of(ctx: Context) -> str:
    """Return what differs once something has changed: one light query."""
    async with transaction(ctx) as connection:
        mark: str = await connection.fetchval(_MARK, ctx.tenant.id)
    return mark


async def changes(ctx: Context, *, looks: int = LOOKS, pause: float = PAUSE) -> AsyncIterator[str]:
    """Yield the mark of now, and again whenever it has changed; it ends after some looks."""
    need(ctx, READ)
    known = await mark_of(ctx)
    yield known
    for _ in range(looks):
        await anyio.sleep(pause)
        mark = await mark_of(ctx)
        if mark != known:
            known = mark
            yield known
