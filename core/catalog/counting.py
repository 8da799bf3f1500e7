"""How often plugins of the catalog are called and fail here, kept by day where that is reported."""

import asyncio
import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from core import db
from core.catalog.failures import FailureCount
from core.catalog.policy import read_policy
from core.host import Host
from core.tenants.tenant import BANGKOK

log = logging.getLogger(__name__)

PERIOD = 60.0  # seconds between two times at which a process adds what it has counted
KEPT = timedelta(days=7)

_ADD = """
INSERT INTO core.plugin_count AS kept (plugin, version, day, calls, failures, rests)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (plugin, version, day) DO UPDATE SET
  calls = kept.calls + excluded.calls, failures = kept.failures + excluded.failures,
  rests = kept.rests + excluded.rests
"""
_READ = """
SELECT plugin, version, day, calls, failures, rests FROM core.plugin_count
WHERE day < $1 AND day >= $2 ORDER BY day, plugin, version
"""
_DROP = "DELETE FROM core.plugin_count WHERE day < $1"


class _Counted(NamedTuple):
    calls: int = 0
    failures: int = 0
    rests: int = 0


class Counting:
    """Adds what one process has counted to what the installation keeps.

    :param data: the data folder.
    """

    def __init__(self, host: Host, data: Path) -> None:
        self._host = host
        self._data = data
        self._added: dict[str, _Counted] = {}
        self._going: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to add every minute."""
        self._going = asyncio.get_running_loop().create_task(self._go_on())

    async def stop(self) -> None:
        """Add the rest, and end."""
        if self._going is not None:
            self._going.cancel()
            self._going = None
            await self._add_if_possible()

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(PERIOD)
            await self._add_if_possible()

    async def _add_if_possible(self) -> None:
        try:
            await self.add(datetime.now(UTC))
        except db.AWAY:
            log.info("the database is away; what was counted is added when it is back")
        except Exception:
            # A count is not worth a failure of whoever is counted.
            log.exception("what was counted could not be added")

    async def add(self, now: datetime) -> None:
        """Add what was counted since the last time; what was not to be reported is forgotten."""
        approved = [name for name, of in self._host.origins.items() if of == "approved"]
        counted = {name: self._count(name) for name in approved if name in self._host.plugins}
        policy = read_policy(self._data) if counted else None
        if policy is not None and policy.tells:
            await self._keep(counted, now.astimezone(BANGKOK).date())
        self._added = counted

    def _count(self, plugin: str) -> _Counted:
        costs = self._host.costs.of(plugin)
        rests = self._host.quarantine.rests[plugin]
        return _Counted(sum(one.calls for one in costs), sum(one.failed for one in costs), rests)

    async def _keep(self, counted: dict[str, _Counted], day: date) -> None:
        async with db.across_tenants() as connection:
            for name, numbers in sorted(counted.items()):
                before = self._added.get(name, _Counted())
                new = [now - then for now, then in zip(numbers, before, strict=True)]
                if any(new):
                    version = self._host.plugins[name].version
                    await connection.execute(_ADD, name, version, day, *new)


async def finished_counts(today: date) -> list[FailureCount]:
    """Return what was counted on days that are over and was not sent yet; of a week at most."""
    async with db.across_tenants() as connection:
        rows = await connection.fetch(_READ, today, today - KEPT)
    return [FailureCount(**row) for row in rows]


async def forget_counts(until: date) -> None:
    """Forget what was counted before a day."""
    async with db.across_tenants() as connection:
        await connection.execute(_DROP, until)
