"""From the working copy of a service to what citizens see: versions, and the end of them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, Text, announce_change, audit, new_id, transaction
from kit.casework import Service, digest, dump, pin
from plugins.oss.rules.faults import faults_of
from plugins.oss.service.own import Own, get_own, keep
from plugins.oss.tables.builder import OwnService, OwnVersion

_IN_FORCE = """
SELECT v.declaration::text AS declaration FROM oss.own_service s
JOIN oss.own_version v
  ON v.tenant_id = s.tenant_id AND v.service_id = s.id AND v.number = s.published
WHERE s.tenant_id = $1 AND s.retired_at IS NULL
"""

_MEMORY = "oss.services_in_force"


async def services_in_force(ctx: Context) -> Sequence[Service]:
    """Return the services that the office made and published."""
    known: Sequence[Service] | None = ctx.tenant.memory.get(_MEMORY)
    if known is None:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(_IN_FORCE, ctx.tenant.id)
        known = ctx.tenant.memory[_MEMORY] = [_read(row["declaration"]) for row in rows]
    return known


@lru_cache(maxsize=1_000)
def _read(declaration: str) -> Service:
    return msgspec.json.decode(declaration, type=Service)


async def publish(ctx: Context, id: UUID, *, revision: int) -> int:
    """Publish the working copy: from now on it is what is filed. Cases keep their version.

    :returns: number of the version; one that says the same as an earlier one is that again.
    :raises Conflict: it has faults, nothing is new in it, or somebody changed it since.
    """
    async with transaction(ctx):
        own = await get_own(ctx, id)
        _check(ctx, own)
        number = await pin(ctx, own.draft)
        await OwnVersion.insert(_version(ctx, own, number)).on_conflict(
            action="DO NOTHING",
            target=(OwnVersion.tenant_id, OwnVersion.service_id, OwnVersion.number),
        )
        values = {OwnService.published: number, OwnService.retired_at: None}
        await keep(ctx, own, revision, values)
        await audit.record(
            ctx,
            "oss.service.published",
            f"service/{id}",
            code=own.code,
            version=number,
            before=digest(own.in_force) if own.in_force else None,
            after=digest(own.draft),
        )
        await announce_change(ctx.tenant)
    return number


def _check(ctx: Context, own: Own) -> None:
    faults = faults_of(own.draft, list(ctx.tenant.units))
    if faults:
        raise Conflict(
            Text(
                "ยังเผยแพร่ไม่ได้ มี {count} จุดที่ต้องแก้ก่อน",
                "This cannot be published yet; to put right first: {count}.",
            ).format(count=len(faults))
        )
    if not own.changed and own.retired_at is None:
        raise Conflict(
            Text(
                "ไม่มีอะไรต่างจากฉบับที่ {number} ที่ใช้อยู่",
                "Nothing is different from version {number}, which is in force.",
            ).format(number=own.published)
        )


def _version(ctx: Context, own: Own, number: int) -> OwnVersion:
    return OwnVersion(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        service_id=own.id,
        number=number,
        digest=digest(own.draft),
        declaration=dump(own.draft),
        published_at=ctx.now,
        published_by=ctx.actor.name,
    )


async def retire(ctx: Context, id: UUID, *, revision: int) -> None:
    """Let nobody file it any more; the cases that there are go on.

    :raises Conflict: it is not in force, or somebody changed it since.
    """
    async with transaction(ctx):
        own = await get_own(ctx, id)
        if own.published is None or own.retired_at is not None:
            raise Conflict(Text("บริการนี้ไม่ได้เปิดให้ยื่นอยู่แล้ว", "Nobody can file this as it is."))
        await keep(ctx, own, revision, {OwnService.retired_at: ctx.now})
        await audit.record(
            ctx,
            "oss.service.retired",
            f"service/{id}",
            code=own.code,
            version=own.published,
        )
        await announce_change(ctx.tenant)


async def versions(ctx: Context, id: UUID) -> list[dict[str, Any]]:
    """Return the published versions, the newest first: number, published_at, published_by."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await OwnVersion.select(
                OwnVersion.number, OwnVersion.published_at, OwnVersion.published_by
            )
            .where(OwnVersion.of(ctx), OwnVersion.service_id == id)
            .order_by(OwnVersion.number, ascending=False)
            .limit(50)
        )
    return rows
