"""What one process holds: its settings, its keys, its plugins, its municipalities."""

import asyncio
import contextlib
import gc
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core import checks, db
from core.behalf import make_task
from core.context import SYSTEM, Actor, Context
from core.discovery import Found, find
from core.host import Host
from core.keys import Keys
from core.modules import failures
from core.settings import Settings
from core.tenants import service as tenants
from core.tenants.directory import Directory
from core.tenants.tenant import Tenant

# By which a request finds it in its scope.
RUNTIME = "thongthin.runtime"


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts that live as long as the process.

    :ivar database_url: of the database's owner.
    """

    settings: Settings
    database_url: str = field(repr=False)
    keys: Keys
    host: Host
    directory: Directory

    def context(
        self, tenant: Tenant, *, now: datetime | None = None, actor: Actor = SYSTEM
    ) -> Context:
        """Return the context in which the system, or ``actor``, acts for a municipality.

        :param now: aware; None for this moment.
        """
        return Context(
            tenant=tenant,
            host=self.host,
            keys=self.keys,
            settings=self.settings,
            now=now or datetime.now(UTC),
            actor=actor,
        )

    async def open(self) -> None:
        """Connect to the database and begin to follow changes."""
        asyncio.get_running_loop().set_task_factory(make_task)
        await db.open_pool()
        await checks.refuse_unready(self.host, self.database_url)
        await self.directory.listen()
        # Only there do signals arrive, by which it interrupts.
        if threading.current_thread() is threading.main_thread():
            self.host.watchdog.start()

    async def close(self) -> None:
        """Finish what was begun and disconnect."""
        self.host.watchdog.stop()
        await self.host.batches.settle()
        await self.host.quarantine.settle()
        await self.directory.stop()
        await db.close_pool()


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Look for nothing to throw away while what lasts as long as the process is made."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def make_runtime(settings: Settings, url: str, found: Sequence[Found] | None = None) -> Runtime:
    """Put a process together.

    :param url: of the database, as its owner gave it.
    :param found: the plugins; None for those of this installation.
    """
    db.configure(url)
    with uncollected():
        host = Host(find() if found is None else found)
        host.gather()
    host.quarantine.rest = tenants.rest_plugin
    host.quarantine.note = failures.note
    keys = Keys(settings.secret_keys)
    directory = Directory(settings.base_domain, host.plugins, host.end_tasks)
    return Runtime(settings, url, keys, host, directory)
