"""Piccolo's engine as it serves here: its connections, who waits for them, and their loss."""

import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine

from core.behalf import BEHALF, on_behalf
from core.lateness import Lateness

# What is raised while the database is away, starts, stops or takes no more connections.
AWAY: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

# What is raised in the middle of work when the server went away; not when somebody closed.
LOST: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
REMEMBERED = 2.0  # seconds for which a lost connection excuses who could not work


class Engine(PostgresEngine):
    """Piccolo's engine, which does not connect while modules are still being imported.

    :ivar waiting: how long transactions waited for a connection of the pool.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self.waiting = Lateness()
        self._lost_at = float("-inf")

    async def check_version(self) -> None:
        """Leave it to :func:`core.db.open_pool`, which knows where the database is."""

    async def prep_database(self) -> None:
        """Need no extension: the embedded server has none."""

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        # Outside a transaction there is no municipality, and so there are no rows.
        raise RuntimeError(f"a query belongs in a transaction(ctx): {query[:80]}")

    def note_loss(self) -> None:
        """Note that a connection was lost, or was not to be had."""
        self._lost_at = time.monotonic()

    def was_lost(self) -> bool:
        """Return whether the database went away a moment ago, or still is."""
        return time.monotonic() - self._lost_at < REMEMBERED

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[asyncpg.Connection]:
        """Give a connection: of the pool, of which one plugin never holds all, or a new one."""
        pool = self.pool
        if pool is None:
            connection = await asyncpg.connect(**self.config)
            try:
                yield connection
            finally:
                await connection.close()
            return
        behalf = BEHALF.get()
        share = behalf and behalf.share
        began = time.monotonic()
        async with share.connections if share else contextlib.nullcontext():
            connection = await self._taken(pool)
            self.waiting.note(time.monotonic() - began)
            try:
                yield connection
            except LOST:
                if connection.is_closed():
                    self.note_loss()
                raise
            finally:
                # What the pool begins to do is not the plugin's.
                with on_behalf(None):
                    await pool.release(connection)

    async def _taken(self, pool: asyncpg.Pool) -> asyncpg.Connection:
        try:
            with on_behalf(None):
                return await pool.acquire()
        except AWAY:
            self.note_loss()
            raise
