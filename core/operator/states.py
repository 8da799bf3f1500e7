"""How the offices do, as it was gathered: by office, by module, and all together."""

from collections.abc import Mapping
from typing import Any

import msgspec

from core import db
from core.context import Context
from core.text import Text

PAGE = 50

# Where something is wrong stands first.
_BY_OFFICE = """
SELECT s.*, t.name_th, t.name_en, t.suspended_at, count(*) OVER () AS total
FROM core.office_state s JOIN core.tenant t ON t.id = s.office
WHERE s.tenant_id = $1 AND strpos(concat_ws(' ', s.office, t.name_th, t.place_th), $2) > 0
ORDER BY s.resting <> '{}' DESC, s.oldest_job_at < s.at - interval '5 minutes' DESC NULLS LAST,
  s.undelivered + s.messages_failed DESC, s.failures DESC, t.name_th
LIMIT $3 OFFSET $4
"""
_BY_MODULE = """
SELECT one.plugin, count(*) AS offices,
  count(*) FILTER (WHERE s.resting ? one.plugin) AS resting
FROM core.office_state s, unnest(s.plugins) AS one (plugin)
WHERE s.tenant_id = $1 GROUP BY one.plugin
"""
_WHOLE = """
SELECT count(*) AS offices, min(at) AS oldest,
  sum(jobs) AS jobs, min(oldest_job_at) AS oldest_job_at,
  sum(undelivered) AS undelivered, sum(messages_waiting) AS messages_waiting,
  sum(messages_failed) AS messages_failed, sum(failures) AS failures,
  sum(file_bytes)::bigint AS file_bytes, sum(rows)::bigint AS rows, min(measured_at) AS measured_at,
  count(*) FILTER (WHERE resting <> '{}') AS resting
FROM core.office_state WHERE tenant_id = $1
"""
_ONE = "SELECT * FROM core.office_state WHERE tenant_id = $1 AND office = $2"


class InUse(msgspec.Struct, frozen=True, kw_only=True):
    """A module of the installation, and in how many offices it is on, and rests.

    :param version: "" where the installation no longer has it.
    """

    name: str
    title: Text
    version: str
    offices: int
    resting: int


async def whole(ctx: Context) -> Mapping[str, Any]:
    """Return the sums over all offices; ``oldest`` None where nothing was gathered yet."""
    async with db.transaction(ctx) as connection:
        row: Mapping[str, Any] = await connection.fetchrow(_WHOLE, ctx.tenant.id)
    return row


async def by_office(
    ctx: Context, *, search: str = "", page: int = 1
) -> tuple[list[Mapping[str, Any]], int]:
    """Return a page of the offices, where something is wrong first, and how many are sought."""
    words = " ".join(search.split())[:100]
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_BY_OFFICE, ctx.tenant.id, words, PAGE, (page - 1) * PAGE)
    return [_read(row) for row in rows], rows[0]["total"] if rows else 0


async def of_office(ctx: Context, office: str) -> Mapping[str, Any] | None:
    """Return how one office does; None where nothing was gathered yet."""
    async with db.transaction(ctx) as connection:
        row = await connection.fetchrow(_ONE, ctx.tenant.id, office)
    return _read(row) if row else None


def _read(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**dict(row), "resting": msgspec.json.decode(row["resting"])}


async def modules(ctx: Context) -> list[InUse]:
    """Return the modules that can be switched, those in most offices first."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_BY_MODULE, ctx.tenant.id)
    counts = {row["plugin"]: row for row in rows}
    known = {name: one for name, one in ctx.host.plugins.items() if not one.fixed}
    found = []
    for name in {*known, *counts}:
        manifest, row = known.get(name), counts.get(name, {})
        found.append(
            InUse(
                name=name,
                title=manifest.title if manifest else Text(name, name),
                version=manifest.version if manifest else "",
                offices=row.get("offices", 0),
                resting=row.get("resting", 0),
            )
        )
    return sorted(found, key=lambda one: (-one.offices, one.name))
