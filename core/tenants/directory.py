"""Which municipality a host name means, and what is known of it.

Kept in memory, dropped when it changes.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from types import SimpleNamespace
from typing import Any

import asyncpg

from core import db
from core.manifest import Manifest
from core.tenants.tables import (
    Division,
    Holiday,
    Logo,
    Municipality,
    OfficeDay,
    Stop,
    Switch,
    TenantSecret,
)
from core.tenants.tenant import Hours, Suspension, Tenant, Unit
from core.text import Text

log = logging.getLogger(__name__)

CHANNEL = "thongthin_tenant_changed"
EVERY = ""  # announced when something changed that all municipalities share


async def announce_change(tenant: Tenant | None) -> None:
    """Have every process forget what it knows of a municipality, once this transaction commits.

    :param tenant: None when something changed that all municipalities share.
    """
    if tenant is not None:
        tenant.memory.clear()
    id = EVERY if tenant is None else tenant.id
    await db.current_connection().execute("SELECT pg_notify($1, $2)", CHANNEL, id)


async def announce_everywhere(tenants: Iterable[str]) -> None:
    """Have every process read some municipalities anew, once this transaction commits."""
    for id in tenants:
        await db.current_connection().execute("SELECT pg_notify($1, $2)", CHANNEL, id)


class Directory:
    """The municipalities by id and by host name.

    :param domain: ``<id>.<domain>`` is a municipality's own address.
    :param manifests: the plugins of this process, for the defaults of their settings.
    :param on_read: told what is known of a municipality, at first and after every change.
    """

    def __init__(
        self,
        domain: str,
        manifests: dict[str, Manifest],
        on_read: Callable[[Tenant], None],
    ) -> None:
        self._domain = domain
        self._manifests = manifests
        self._on_read = on_read
        self._tenants: dict[str, Tenant] = {}
        self._hosts: dict[str, str] = {}
        self._seen: set[str] = set()
        self._changes = 0
        self._listening: asyncio.Task[None] | None = None
        self._reading: set[asyncio.Task[None]] = set()

    async def of_host(self, host: str) -> Tenant | None:
        """Return the municipality whose address this is; None when it is nobody's.

        :param host: as the browser sent it, with or without a port.
        """
        name = host.rsplit(":", 1)[0].lower().rstrip(".")
        if not name:
            return None
        if not self._hosts:
            await self._read_hosts()
        if (tenant := self._hosts.get(name)) is None:
            own = name.removesuffix(f".{self._domain}")
            if own == name or not db.TENANT_ID.fullmatch(own):
                return None
            tenant = own
        return await self.get(tenant)

    async def get(self, tenant: str) -> Tenant | None:
        """Return a municipality by its id; None when there is none."""
        if tenant not in self._tenants:
            changes = self._changes
            found = await _read(tenant, self._manifests)
            if found is None or changes != self._changes:
                # What changed while it was read may be older than the change: it is not kept.
                return found
            self._on_read(found)
            self._tenants[tenant] = found
            self._seen.add(tenant)
        return self._tenants[tenant]

    async def all_ids(self) -> list[str]:
        """Return the ids of all municipalities, in the order of the alphabet."""
        async with db.across_tenants():
            return (
                await Municipality.select(Municipality.id)
                .order_by(Municipality.id)
                .output(as_list=True)
            )

    def forget(self, tenant: str | None = None) -> None:
        """Read anew at the next request: one municipality, or all."""
        self._changes += 1
        self._hosts.clear()
        if tenant is None:
            self._tenants.clear()
        else:
            self._tenants.pop(tenant, None)

    async def _read_hosts(self) -> None:
        async with db.across_tenants():
            rows = await Municipality.select(Municipality.id, Municipality.hosts)
        self._hosts = {host: row["id"] for row in rows for host in row["hosts"]}
        self._hosts.setdefault("", "")

    async def listen(self) -> None:
        """Begin to listen for changes; after a broken line everything is read anew."""
        self._listening = asyncio.get_running_loop().create_task(self._listen())

    async def stop(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening
        for reading in self._reading:
            reading.cancel()

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(**db.engine.config)
            except db.AWAY:
                await asyncio.sleep(0.5)
                continue
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _, lost=lost: lost.set())
            try:
                await connection.add_listener(CHANNEL, self._on_change)
                self.forget()
                await lost.wait()
            except db.AWAY:
                log.warning("listening for changes of municipalities was interrupted")
            finally:
                connection.terminate()
                self.forget()

    def _on_change(self, _connection: Any, _pid: int, _channel: str, tenant: Any) -> None:
        self.forget(tenant or None)
        if tenant in self._seen:
            # At once, not at the next request: what a plugin has begun that is off now shall end.
            reading = asyncio.get_running_loop().create_task(self._read_again(tenant))
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)

    async def _read_again(self, tenant: str) -> None:
        with contextlib.suppress(*db.AWAY):
            await self.get(tenant)


async def _read(tenant: str, manifests: dict[str, Manifest]) -> Tenant | None:
    ctx = SimpleNamespace(tenant=SimpleNamespace(id=tenant))
    async with db.transaction(ctx):
        row = await Municipality.objects().where(Municipality.id == tenant).first()
        if row is None:
            return None
        switches = await Switch.select().where(Switch.of(ctx)).output(load_json=True)
        units = await Division.select().where(Division.of(ctx)).order_by(Division.position)
        days = await OfficeDay.select().where(OfficeDay.of(ctx))
        holidays = await Holiday.select()
        stops = await Stop.select()
        own = await TenantSecret.select().where(TenantSecret.of(ctx)).first()
        logo = await Logo.select(Logo.digest).where(Logo.of(ctx)).first()
    here = [one for one in days if not one["open"]]
    return replace(
        _described(row),
        logo=logo["digest"] if logo else "",
        closed={one["on"]: _name(one) for one in [*holidays, *here]},
        opened=frozenset(one["on"] for one in days if one["open"]),
        units={one["id"]: _unit(one) for one in units},
        secret=own["secret"] if own else None,
        **_plugins(switches, manifests, stops),
    )


def _described(row: Municipality) -> Tenant:
    return Tenant(
        id=row.id,
        kind=row.kind,
        code=row.code,
        name=Text(row.name_th, row.name_en),
        place=Text(row.place_th, row.place_en),
        address=Text(row.address_th, row.address_en),
        phone=row.phone,
        email=row.email,
        subdistricts=tuple(row.subdistricts),
        brand=row.brand,
        suspended=Suspension(
            since=row.suspended_at, why=Text(row.suspended_why_th, row.suspended_why_en)
        )
        if row.suspended_at
        else None,
        hours=Hours(
            opens=time(row.opens // 60, row.opens % 60),
            closes=time(row.closes // 60, row.closes % 60),
            weekdays=tuple(row.weekdays),
        ),
    )


def _plugins(
    switches: Sequence[Mapping[str, Any]],
    manifests: Mapping[str, Manifest],
    stops: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    on = frozenset(one["plugin"] for one in switches if one["on"])
    resting = frozenset(one["plugin"] for one in switches if one["on"] and one["resting_since"])
    fixed = frozenset(name for name, manifest in manifests.items() if manifest.fixed)
    settings = {name: dict(manifest.settings) for name, manifest in manifests.items()}
    for one in switches:
        settings.setdefault(one["plugin"], {}).update(one["settings"])
    stopped = {
        one["plugin"]: Text(one["reason_th"], one["reason_en"])
        for one in stops
        if one["plugin"] in manifests and manifests[one["plugin"]].version == one["version"]
    }
    return {
        "plugins": ((on - resting) | fixed).difference(stopped),
        "quarantined": resting,
        "stopped": stopped,
        "settings": settings,
    }


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(id=row["id"], name=_name(row), kind=row["kind"], parent=row["parent"])


def _name(row: Mapping[str, Any]) -> Text:
    return Text(row["name_th"], row["name_en"])
