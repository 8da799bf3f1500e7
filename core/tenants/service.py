"""Found a municipality, and switch its plugins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from core import audit, db
from core.context import Context
from core.errors import Conflict, NotFound
from core.events import publish
from core.identity.roles import ensure_roles
from core.tenants.directory import announce_change
from core.tenants.tables import Division, Municipality, Switch
from core.tenants.tenant import Tenant
from core.text import Text


async def create_tenant(ctx: Context, *, plugins: Sequence[str] = ()) -> None:
    """Found the municipality that ``ctx.tenant`` describes, with its units.

    :param plugins: names of those that are switched on from the beginning.
    :raises Conflict: there is one of this id already.
    """
    tenant = ctx.tenant
    async with db.transaction(ctx):
        created = await Municipality.insert(_row(tenant, ctx)).on_conflict(
            target=Municipality.id, action="DO NOTHING"
        )
        if not created:
            raise Conflict(
                Text(f"มีหน่วยงานรหัส {tenant.id} อยู่แล้ว", f"There is a tenant {tenant.id} already.")
            )
        for position, unit in enumerate(tenant.units.values()):
            await Division.insert(
                Division(
                    tenant_id=tenant.id,
                    id=unit.id,
                    parent=unit.parent,
                    kind=unit.kind,
                    name_th=unit.name.th,
                    name_en=unit.name.en,
                    position=position,
                )
            )
        await audit.record(ctx, "core.tenant.created", f"tenant/{tenant.id}")
        for plugin in plugins:
            await _switch(ctx, plugin, on=True)
        await ensure_roles(ctx, plugins)
        await announce_change(tenant)


def _row(tenant: Tenant, ctx: Context) -> Municipality:
    return Municipality(
        id=tenant.id,
        kind=tenant.kind,
        code=tenant.code,
        name_th=tenant.name.th,
        name_en=tenant.name.en,
        place_th=tenant.place.th,
        place_en=tenant.place.en,
        address_th=tenant.address.th,
        address_en=tenant.address.en,
        phone=tenant.phone,
        email=tenant.email,
        subdistricts=list(tenant.subdistricts),
        brand=tenant.brand,
        hosts=[],
        opens=tenant.hours.opens.hour * 60 + tenant.hours.opens.minute,
        closes=tenant.hours.closes.hour * 60 + tenant.hours.closes.minute,
        weekdays=list(tenant.hours.weekdays),
        created_at=ctx.now,
    )


async def others_here(ctx: Context) -> Mapping[str, Text]:
    """Return the other municipalities of this installation, id and name, by their Thai names."""
    async with db.transaction(ctx):
        rows = await Municipality.select(
            Municipality.id, Municipality.name_th, Municipality.name_en
        ).where(Municipality.id != ctx.tenant.id)
    rows.sort(key=lambda row: row["name_th"])
    return {row["id"]: Text(row["name_th"], row["name_en"]) for row in rows}


async def switch_plugin(ctx: Context, *, plugin: str, on: bool) -> None:
    """Switch a plugin on or off; every process follows within two seconds.

    Switching on what rests (quarantine) resumes it.

    :raises NotFound: this installation has no such plugin, or it is part of the platform.
    :raises Conflict: what it needs is off, or what needs it is on.
    """
    manifest = ctx.host.plugins.get(plugin)
    if manifest is None or manifest.fixed:
        raise NotFound(Text("ไม่มีโมดูลนี้ให้เปิดหรือปิด", "There is no such module to switch."))
    _check_needs(ctx, plugin, on=on)
    async with db.transaction(ctx):
        await _switch(ctx, plugin, on=on)
        if on:
            await ensure_roles(ctx, [plugin])
        await audit.record(
            ctx, "core.plugin.switched_on" if on else "core.plugin.switched_off", f"plugin/{plugin}"
        )
        await publish(ctx, "on_plugin_switched", plugin=plugin, on=on)
        await announce_change(ctx.tenant)


def _check_needs(ctx: Context, plugin: str, *, on: bool) -> None:
    plugins, active = ctx.host.plugins, ctx.tenant.plugins
    if on:
        missing = [name for name in plugins[plugin].needs if name not in active]
        if missing:
            title = plugins[missing[0]].title if missing[0] in plugins else Text(*missing[:1] * 2)
            raise Conflict(
                Text(f"เปิดโมดูล “{title.th}” ก่อน", f"Switch on the module “{title.en}” first.")
            )
        return
    needing = [name for name in sorted(active) if name in plugins and plugin in plugins[name].needs]
    if needing:
        title = plugins[needing[0]].title
        raise Conflict(
            Text(f"ปิดโมดูล “{title.th}” ก่อน", f"Switch off the module “{title.en}” first.")
        )


class Module(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin as an administrator sees it.

    :param resting_since: in quarantine since; None while it answers.
    :param needed_by: titles of modules that are on and need it.
    """

    name: str
    title: Text
    summary: Text
    version: str
    on: bool
    resting_since: datetime | None
    cause: str
    permissions: int
    needs: tuple[Text, ...]
    needed_by: tuple[Text, ...]


async def modules(ctx: Context) -> list[Module]:
    """Return the plugins that can be switched, in the order of their titles."""
    async with db.transaction(ctx):
        rows = await Switch.select().where(Switch.of(ctx))
    known = {row["plugin"]: row for row in rows}
    plugins = ctx.host.plugins
    found = [
        _module(ctx, name, known.get(name, {}))
        for name, manifest in plugins.items()
        if not manifest.fixed
    ]
    return sorted(found, key=lambda one: one.title.th)


def _module(ctx: Context, name: str, row: Mapping[str, Any]) -> Module:
    plugins = ctx.host.plugins
    manifest = plugins[name]
    return Module(
        name=name,
        title=manifest.title,
        summary=manifest.summary,
        version=manifest.version,
        on=bool(row.get("on")),
        resting_since=row.get("resting_since") if row.get("on") else None,
        cause=row.get("resting_cause") or "",
        permissions=len(manifest.permissions),
        needs=tuple(plugins[one].title for one in manifest.needs if one in plugins),
        needed_by=tuple(
            other.title
            for other in plugins.values()
            if name in other.needs and other.name in ctx.tenant.plugins
        ),
    )


async def rest_plugin(ctx: Context, plugin: str, cause: str) -> None:
    """Put a plugin to rest (quarantine) for the municipality, until a person resumes it."""
    async with db.transaction(ctx):
        rested = (
            await Switch.update({Switch.resting_since: ctx.now, Switch.resting_cause: cause})
            .where(Switch.of(ctx), Switch.plugin == plugin, Switch.resting_since.is_null())
            .returning(Switch.plugin)
        )
        if rested:
            await audit.record(ctx, "core.plugin.rested", f"plugin/{plugin}", cause=cause)
            await announce_change(ctx.tenant)


async def set_settings(ctx: Context, *, plugin: str, settings: dict[str, Any]) -> None:
    """Keep what the office has set in a plugin; what is not named stays as it was."""
    async with db.transaction(ctx) as connection:
        await connection.execute(
            'INSERT INTO core.plugin_switch (tenant_id, plugin, "on", settings, changed_at) '
            "VALUES ($1, $2, false, $3, $4) ON CONFLICT (tenant_id, plugin) "
            "DO UPDATE SET settings = plugin_switch.settings || excluded.settings, "
            "changed_at = excluded.changed_at",
            ctx.tenant.id,
            plugin,
            msgspec.json.encode(settings).decode(),
            ctx.now,
        )
        await audit.record(ctx, "core.plugin.set", f"plugin/{plugin}", settings=settings)
        await announce_change(ctx.tenant)


async def _switch(ctx: Context, plugin: str, *, on: bool) -> None:
    await Switch.insert(
        Switch(
            tenant_id=ctx.tenant.id,
            plugin=plugin,
            on=on,
            settings={},
            changed_at=ctx.now,
        )
    ).on_conflict(
        target=(Switch.tenant_id, Switch.plugin),
        action="DO UPDATE",
        values=[
            (Switch.on, on),
            (Switch.resting_since, None),
            (Switch.resting_cause, None),
            (Switch.changed_at, ctx.now),
        ],
    )
