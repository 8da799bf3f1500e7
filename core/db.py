"""The database: one engine, the transaction in which every query runs, and what rows share.

Migrations run as the owner of the tables. Everything else runs under the role
``thongthin_app``, which row-level security binds: a transaction names its
municipality first, and without a name there are no rows.
"""

import contextlib
import re
import secrets
import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Protocol

import asyncpg
from piccolo.columns import Varchar
from piccolo.columns.combination import Where
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.table import Table

from core import inserts
from core.inserts import Into
from core.lateness import Lateness

APP_ROLE = "thongthin_app"
TENANT_ID = re.compile(r"[a-z][a-z0-9-]{1,30}")

# What is raised while the database is away, starts, stops or takes no more connections.
AWAY: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

# Left alone, Piccolo fills a forgotten value with today, "" or 0.
MUST: dict[str, Any] = {"default": None, "null": False}
MAYBE: dict[str, Any] = {"default": None, "null": True}


class _Engine(PostgresEngine):
    """Piccolo's engine, which does not connect while modules are still being imported."""

    async def check_version(self) -> None:
        """Leave it to :func:`open_pool`, which knows where the database is."""

    async def prep_database(self) -> None:
        """Need no extension: the embedded server has none."""

    # How long transactions waited for a connection of the pool.
    waiting = Lateness()


engine = _Engine(config={})


class _Tenant(Protocol):
    @property
    def id(self) -> str: ...


class OfOneTenant(Protocol):
    """What a transaction needs to know of a context: whose rows it may see."""

    @property
    def tenant(self) -> _Tenant:
        """The municipality."""


class _Transaction(PostgresTransaction):
    """A transaction that names its tenant in the same message that opens it."""

    __slots__ = ("later", "opening")

    def __init__(self, opening: str) -> None:
        super().__init__(engine)
        self.opening = opening
        self.later: list[tuple[Into, list[Any]]] = []

    async def begin(self) -> None:
        await self.connection.execute(self.opening)

    async def write(self) -> None:
        """Write what was left for later, in as few messages as will do."""
        later, self.later = self.later, []
        for statement, values in inserts.statements(later):
            await self.connection.execute(statement, *values)

    async def commit(self) -> None:
        await self.connection.execute("COMMIT")
        self._committed = True

    async def rollback(self) -> None:
        await self.connection.execute("ROLLBACK")
        self._rolled_back = True


@contextlib.asynccontextmanager
async def _opened(opening: str) -> AsyncIterator[asyncpg.Connection]:
    if (outer := engine.current_transaction.get()) is not None:
        yield outer.connection
        return
    current = _Transaction(opening)
    if engine.pool:
        began = time.monotonic()
        current.connection = await engine.pool.acquire()
        engine.waiting.note(time.monotonic() - began)
    else:
        current.connection = await asyncpg.connect(**engine.config)
    try:
        await current.begin()
        token = engine.current_transaction.set(current)
        try:
            yield current.connection
            await current.write()
        except BaseException:
            if not current.connection.is_closed():
                await current.rollback()
            raise
        else:
            await current.commit()
        finally:
            engine.current_transaction.reset(token)
    finally:
        if engine.pool:
            await engine.pool.release(current.connection)
        else:
            await current.connection.close()


def transaction(ctx: OfOneTenant) -> contextlib.AbstractAsyncContextManager[asyncpg.Connection]:
    """Open a transaction over the rows of one municipality.

    It commits on leaving and rolls back on an exception. One inside another
    joins it: committing is the outermost's.

    :returns: the connection, for what Piccolo cannot say.
    """
    tenant = ctx.tenant.id
    if not TENANT_ID.fullmatch(tenant):
        raise ValueError(f"{tenant!r} is not the id of a tenant")
    return _opened(f"BEGIN; SELECT core.set_tenant('{tenant}')")


def across_tenants() -> contextlib.AbstractAsyncContextManager[asyncpg.Connection]:
    """Open a transaction that sees no tenant's rows, only tables that belong to none."""
    return _opened("BEGIN")


def current_connection() -> asyncpg.Connection:
    """Return the connection of the transaction that is open here.

    :raises RuntimeError: none is.
    """
    current = engine.current_transaction.get()
    if current is None:
        raise RuntimeError("this belongs in a transaction")
    return current.connection


def in_transaction() -> bool:
    """Return whether a transaction is open here."""
    return engine.current_transaction.get() is not None


class OfTenant:
    """Columns and conditions of a row that belongs to a municipality.

    The key in the database is ``(tenant_id, id)``. Piccolo knows ``id`` alone, so
    what it would do by ``id`` (save, remove) is refused: rows are inserted, and
    changed by an ``update`` whose condition begins with :meth:`of`.
    """

    tenant_id = Varchar(length=32, **MUST)

    @classmethod
    def of(cls, ctx: OfOneTenant) -> Where:
        """Return the condition that keeps a query within one municipality."""
        return cls.tenant_id == ctx.tenant.id

    def save(self, columns: Sequence[Any] | None = None) -> Any:
        """Refuse: an update by ``id`` alone is not bound to one tenant."""
        raise TypeError("insert a row, or update it where of(ctx)")

    def remove(self) -> Any:
        """Refuse: a deletion by ``id`` alone is not bound to one tenant."""
        raise TypeError("delete where of(ctx)")


async def add(table: type[Table], row: Mapping[str, Any], *, unless: Sequence[str] = ()) -> bool:
    """Insert one row and return whether it was inserted: what hot paths do instead of Piccolo.

    :param row: values by column; those not named are null.
    :param unless: columns of a unique constraint; where it is met already nothing is done.
    :raises RuntimeError: outside a transaction.
    """
    return await add_all(table, [row], unless=unless) == 1


async def add_all(
    table: type[Table], rows: Sequence[Mapping[str, Any]], *, unless: Sequence[str] = ()
) -> int:
    """Insert rows and return how many were inserted, as :func:`add`."""
    target, count = inserts.into(table, *unless), 0
    for statement, values in inserts.statements([(target, target.values(row)) for row in rows]):
        done: str = await current_connection().execute(statement, *values)
        count += int(done.rpartition(" ")[2])
    return count


def add_later(target: Into, row: Mapping[str, Any]) -> None:
    """Insert one row with the commit, in one message with others.

    For what is only ever added to: until then no query of this transaction sees it.

    :raises RuntimeError: outside a transaction.
    """
    current = engine.current_transaction.get()
    if not isinstance(current, _Transaction):
        raise RuntimeError("this belongs in a transaction")
    current.later.append((target, target.values(row)))


def new_id() -> uuid.UUID:
    """Return an id that grows with time (UUID version 7), so that indexes stay compact."""
    milliseconds = time.time_ns() // 1_000_000
    high, low = secrets.randbits(12), secrets.randbits(62)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


def configure(url: str, *, as_owner: bool = False) -> None:
    """Point the engine at a database; what is connected already is left as it is.

    :param as_owner: for migrations only; otherwise every connection is of ``APP_ROLE``.
    """
    settings = {"application_name": "thongthin", "search_path": "procrastinate"}
    if not as_owner:
        settings["role"] = APP_ROLE
    engine.config = {"dsn": url, "server_settings": settings}


async def _leave_as_it_is(_: asyncpg.Connection) -> None:
    """Nothing of a session is ever changed, only ``SET LOCAL``: there is nothing to reset."""


async def open_pool(size: int = 10) -> None:
    """Connect; a second time it does nothing."""
    if engine.pool is None:
        engine.pool = await asyncpg.create_pool(
            **engine.config, min_size=1, max_size=size, reset=_leave_as_it_is
        )


async def close_pool() -> None:
    """Disconnect."""
    if engine.pool is not None:
        pool, engine.pool = engine.pool, None
        await pool.close()
