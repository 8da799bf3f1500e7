"""Found a municipality, and switch its plugins."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from core import audit, db
from core.catalog.policy import read_policy
from core.context import Context
from core.errors import Conflict, NotFound
from core.events import publish
from core.identity.roles import ensure_roles
from core.manifest import Manifest
from core.reasons import LONGEST_REASON
from core.tenants.directory import announce_change
from core.tenants.tables import Division, Municipality, Switch
from core.tenants.tenant import Tenant
from core.text import Text

_ON_FIRST = Text("เปิดโมดูล {names} ก่อน", "Switch on {names} first.")
_OFF_FIRST = Text("ปิดโมดูล {names} ก่อน", "Switch off {names} first.")
_NOT_INSTALLED = Text(
    "โมดูล “{title}” ต้องใช้โมดูล “{missing}” ซึ่งยังไม่ได้ติดตั้งในระบบนี้ แจ้งผู้ดูแลระบบกลาง",
    "“{title}” needs “{missing}”, which is not installed here. Tell the operator.",
)
_STOPPED = Text(
    "โมดูล “{title}” รุ่นนี้ถูกระงับ เพราะ{reason} จึงเปิดไม่ได้จนกว่าจะติดตั้งรุ่นใหม่",
    "This version of “{title}” was stopped: {reason} It can be on again with a newer one.",
)
_DECIDE = Text(
    "โมดูล “{title}” ไม่ผ่านการรับรอง ผู้ตัดสินใจต้องลงชื่อและเขียนเหตุผล ไม่เกิน 500 ตัวอักษร",
    "“{title}” was not approved: somebody decides by name, and says why in up to 500 letters.",
)


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


async def switch_plugin(
    ctx: Context, *, plugin: str, on: bool, along: Collection[str] = (), why: str = "", by: str = ""
) -> list[str]:
    """Switch a plugin on or off; every process follows within two seconds.

    Switching on what rests (quarantine) resumes it.

    :param along: those that are switched with it where they must be: on, what it needs; off, what
        needs it. Others of them stay as they are.
    :param why: the reason of whoever decides for a module that was not approved.
    :param by: their name, where the system switches on their word.
    :returns: what was switched, in that order.
    :raises NotFound: this installation has no such plugin, or it is part of the platform.
    :raises Conflict: what it needs is off, or what needs it is on, and is not named; or its version
        was stopped by the catalog; or nobody decided by name for one that was not approved.
    """
    manifest = ctx.host.plugins.get(plugin)
    if manifest is None or manifest.fixed:
        raise NotFound(Text("ไม่มีโมดูลนี้ให้เปิดหรือปิด", "There is no such module to switch."))
    async with db.transaction(ctx):
        # Two administrators at once: the second sees what the first has switched.
        await Municipality.select().where(Municipality.id == ctx.tenant.id).lock_rows("UPDATE")
        switches = await Switch.select(Switch.plugin).where(Switch.of(ctx), Switch.on.eq(True))
        switched_on = frozenset(row["plugin"] for row in switches)
        first = before_switch(ctx.host.plugins, switched_on, plugin, on=on)
        _check_along(ctx, first, along, on=on)
        done = [*first, plugin]
        if on:
            _refuse_stopped(ctx, done)
            await _note_local(ctx, done, " ".join(why.split()), by)
        for one in done:
            await _switch(ctx, one, on=on)
            await audit.record(
                ctx,
                "core.plugin.switched_on" if on else "core.plugin.switched_off",
                f"plugin/{one}",
            )
            await publish(ctx, "on_plugin_switched", plugin=one, on=on)
        if on:
            await ensure_roles(ctx, done)
        await announce_change(ctx.tenant)
    return done


def before_switch(
    plugins: Mapping[str, Manifest], switched_on: Collection[str], plugin: str, *, on: bool
) -> list[str]:
    """Return what has to be switched before a plugin, in that order.

    On: what it needs and is off, also what that needs. Off: what is on and needs it.

    :param plugins: of the installation.
    :raises Conflict: it needs one that the installation does not have.
    """
    seen = {plugin}
    found: list[str] = []

    def visit(name: str) -> None:
        for one in _next(plugins, switched_on, name, on=on):
            if one not in seen:
                seen.add(one)
                visit(one)
                found.append(one)

    visit(plugin)
    return found


def _next(
    plugins: Mapping[str, Manifest], switched_on: Collection[str], name: str, *, on: bool
) -> list[str]:
    if not on:
        return [one for one in sorted(switched_on) if one in plugins and name in plugins[one].needs]
    missing = [one for one in plugins[name].needs if one not in plugins]
    if missing:
        raise Conflict(_NOT_INSTALLED.format(title=plugins[name].title, missing=missing[0]))
    needed = [one for one in plugins[name].needs if not plugins[one].fixed]
    return [one for one in needed if one not in switched_on]


def _check_along(ctx: Context, first: Sequence[str], along: Collection[str], *, on: bool) -> None:
    left = [one for one in first if one not in along]
    if left:
        names = Text.joined(ctx.host.plugins[one].title.quoted for one in left)
        raise Conflict((_ON_FIRST if on else _OFF_FIRST).format(names=names))


def _refuse_stopped(ctx: Context, names: Sequence[str]) -> None:
    for one in names:
        if (reason := ctx.tenant.stopped.get(one)) is not None:
            raise Conflict(_STOPPED.format(title=ctx.host.plugins[one].title, reason=reason))


def must_be_decided(ctx: Context, plugin: str) -> bool:
    """Return whether a plugin was not approved, where there is a catalog of those that were."""
    return ctx.host.origins.get(plugin) == "local" and read_policy(ctx.settings.data) is not None


async def _note_local(ctx: Context, names: Sequence[str], why: str, by: str) -> None:
    """Write down who decided for modules that were not approved, and why."""
    for one in names:
        if must_be_decided(ctx, one):
            named = by.strip() or ctx.actor.kind == "officer"
            if not (named and 1 <= len(why) <= LONGEST_REASON):
                raise Conflict(_DECIDE.format(title=ctx.host.plugins[one].title))
            action = "core.plugin.local_allowed"
            await audit.record(ctx, action, f"plugin/{one}", why=why, by=by.strip())


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
