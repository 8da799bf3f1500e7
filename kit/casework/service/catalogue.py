"""The services that a municipality offers, and the versions on which cases are pinned."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from core.api import Context, NotFound, Text, in_transaction, new_id, transaction
from kit.casework.declaration import Service, digest, dump, load
from kit.casework.tables import ServiceVersion


class Pinned(NamedTuple):
    """A declaration together with its version in this municipality."""

    service: Service
    version: int


async def offered(ctx: Context) -> Mapping[str, Service]:
    """Return the services that can be asked for now, by code, in the order of their titles.

    Those of a plugin that is switched off are not among them.
    """
    declared = await _declared(ctx)
    return dict(sorted(declared.items(), key=lambda item: item[1].title.th))


async def _declared(ctx: Context) -> dict[str, Service]:
    declared = {
        service.code: service
        for plugin, services in ctx.host.gathered("register_services")
        if plugin in ctx.tenant.plugins
        for service in services
    }
    for answer in await ctx.host.ask(ctx, "services_of_office"):
        declared |= {service.code: service for service in answer.value or ()}
    return declared


async def get_offered(ctx: Context, code: str) -> Service:
    """Return a service that can be asked for now.

    :raises NotFound: there is none of this code, or its plugin is switched off.
    """
    service = (await _declared(ctx)).get(code)
    if service is None:
        raise NotFound(
            Text(
                "บริการนี้ยังไม่เปิดทางออนไลน์ ดูบริการอื่นที่หน้าแรก หรือติดต่อสำนักงาน",
                "This service is not open online. See the start page, or ask at the office.",
            )
        )
    return service


async def pin(ctx: Context, service: Service) -> int:
    """Return the version of a declaration; one that was never used here gets the next.

    Of two that use it first at the same moment, both get the same.
    """
    mark = digest(service)
    known = ctx.host.memory.get(("casework.version", ctx.tenant.id, mark))
    if known is not None:
        return int(known)
    version = await _pin(ctx, service, mark)
    if not in_transaction():
        # A version that was committed is never changed or deleted.
        ctx.host.memory["casework.version", ctx.tenant.id, mark] = version
    return version


async def _pin(ctx: Context, service: Service, mark: str) -> int:
    async with transaction(ctx) as connection:
        known = await _version_of(ctx, service.code, mark)
        if known is not None:
            return known
        # One transaction of this municipality at a time counts the versions of a service.
        await connection.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            f"{ctx.tenant.id}/casework/{service.code}",
        )
        known = await _version_of(ctx, service.code, mark)
        if known is not None:
            return known
        last = (
            await ServiceVersion.select(ServiceVersion.version)
            .where(ServiceVersion.of(ctx), ServiceVersion.service == service.code)
            .order_by(ServiceVersion.version, ascending=False)
            .first()
        )
        version = (last["version"] if last else 0) + 1
        await ServiceVersion.insert(
            ServiceVersion(
                tenant_id=ctx.tenant.id,
                id=new_id(),
                service=service.code,
                version=version,
                digest=mark,
                declaration=dump(service),
                created_at=ctx.now,
            )
        )
        return version


async def _version_of(ctx: Context, code: str, mark: str) -> int | None:
    row = (
        await ServiceVersion.select(ServiceVersion.version)
        .where(
            ServiceVersion.of(ctx),
            ServiceVersion.service == code,
            ServiceVersion.digest == mark,
        )
        .first()
    )
    return row["version"] if row else None


async def known_services(ctx: Context) -> Mapping[str, Service]:
    """Return every service on which a case was ever filed, as it was last, by title.

    Also those that are not offered any more.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_LAST, ctx.tenant.id)
    services = {row["service"]: load(msgspec.json.decode(row["declaration"])) for row in rows}
    return dict(sorted(services.items(), key=lambda item: item[1].title.th))


async def known_titles(ctx: Context) -> Mapping[str, Text]:
    """Return the titles alone of :func:`known_services`."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_TITLES, ctx.tenant.id)
    titles = {row["service"]: Text(row["th"], row["en"]) for row in rows}
    return dict(sorted(titles.items(), key=lambda item: item[1].th))


_TITLES = """
SELECT DISTINCT ON (service) service,
  declaration -> 'title' ->> 'th' AS th, declaration -> 'title' ->> 'en' AS en
FROM casework.service_version WHERE tenant_id = $1 ORDER BY service, version DESC
"""
_LAST = """
SELECT DISTINCT ON (service) service, declaration FROM casework.service_version
WHERE tenant_id = $1 ORDER BY service, version DESC
"""


async def pinned(ctx: Context, code: str, version: int) -> Service:
    """Return a declaration as it was at a version, whatever has become of it since.

    :raises NotFound: no case was ever filed on it.
    """
    async with transaction(ctx):
        row = (
            await ServiceVersion.select(ServiceVersion.declaration)
            .where(
                ServiceVersion.of(ctx),
                ServiceVersion.service == code,
                ServiceVersion.version == version,
            )
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(Text("ไม่พบบริการนี้", "There is no such service."))
    return load(row["declaration"])
