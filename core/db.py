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
from piccolo.engine.postgres import PostgresTransaction
from piccolo.table import Table

from core import inserts
from core.behalf import BEHALF
from core.engine import AWAY as AWAY
from core.engine import Engine
from core.inserts import Into
from core.statements import make_pool

APP_ROLE = "thongthin_app"
TENANT_ID = re.compile(r"[a-z][a-z0-9-]{1,30}")

# No municipality can be called so.
_NOBODY = "-"

# Seconds after which the server ends what holds a connection without need.
_LONGEST = {"idle_in_transaction_session_timeout": "60s", "statement_timeout": "60s"}

# Left alone, Piccolo fills a forgotten value with today, "" or 0.
MUST: dict[str, Any] = {"default": None, "null": False}
MAYBE: dict[str, Any] = {"default": None, "null": True}


engine = Engine(config={})


class _Tenant(Protocol):
    @property
    def id(self) -> str: ...


class OfOneTenant(Protocol):
    """What a transaction needs to know of a context: whose rows it may see."""

    @property
    def tenant(self) -> _Tenant:
        """The municipality."""


class _Transaction(PostgresTransaction):
    """A transaction that names its tenant in the same message that opens it.

    :param tenant: whose rows it sees; None for those that belong to nobody.
    """

    __slots__ = ("held", "later", "opening", "tenant")

    def __init__(self, tenant: str | None, held: contextlib.AsyncExitStack) -> None:
        super().__init__(engine)
        self.tenant = tenant
        self.held = held
        self.opening = f"BEGIN; SELECT core.set_tenant('{tenant}')" if tenant else "BEGIN"
        self.later: list[tuple[Into, list[Any]]] = []

    async def begin(self) -> None:
        await self._control(self.opening)

    async def write(self) -> None:
        """Write what was left for later, in as few messages as will do."""
        later, self.later = self.later, []
        for statement, values in inserts.statements(later):
            await self.connection.execute(statement, *values)

    async def commit(self) -> None:
        await self._control("COMMIT")
        self._committed = True

    async def rollback(self) -> None:
        self._rolled_back = True  # of what is lost or busy, the server does it by itself
        if not self.connection.is_closed():
            await self._control("ROLLBACK")

    @property
    def ended(self) -> bool:
        """Whether it was committed or undone."""
        return bool(self._committed or self._rolled_back)

    async def _control(self, statement: str) -> None:
        await getattr(self.connection, "control", self.connection.execute)(statement)


@contextlib.asynccontextmanager
async def _opened(tenant: str | None) -> AsyncIterator[asyncpg.Connection]:
    outer: Any = engine.current_transaction.get()
    if outer is not None:
        if tenant and outer.tenant and tenant != outer.tenant:
            raise RuntimeError(f"a transaction over {outer.tenant} cannot be one over {tenant}")
        yield outer.connection
        return
    async with contextlib.AsyncExitStack() as held:
        connection = await held.enter_async_context(engine.connected())
        current = _Transaction(tenant, held)
        current.connection = connection
        await current.begin()
        engine.current_transaction.set(current)
        try:
            yield connection
            await current.write()
        except BaseException:
            if not current.ended:
                await current.rollback()
            raise
        else:
            await current.commit()
        finally:
            engine.current_transaction.set(None)


async def end_left() -> bool:
    """Undo the transaction that code left open which ran here, and return whether there was one."""
    left: Any = engine.current_transaction.get()
    if left is None:
        return False
    engine.current_transaction.set(None)
    async with left.held:  # the connection goes back also when undoing fails
        await left.rollback()
    return True


def transaction(ctx: OfOneTenant) -> contextlib.AbstractAsyncContextManager[asyncpg.Connection]:
    """Open a transaction over the rows of one municipality.

    It commits on leaving and rolls back on an exception. One inside another
    joins it: committing is the outermost's.

    :returns: the connection, for what Piccolo cannot say; it takes statements about rows.
    :raises RuntimeError: the code at work here is a plugin's, asked for another municipality.
    """
    tenant = ctx.tenant.id
    if not TENANT_ID.fullmatch(tenant):
        raise ValueError(f"{tenant!r} is not the id of a tenant")
    behalf = BEHALF.get()
    if behalf is not None and behalf.ctx.tenant.id != tenant:
        raise RuntimeError(
            f"{behalf.plugin} is at work for {behalf.ctx.tenant.id} and asks for rows of {tenant}"
        )
    return _opened(tenant)


def across_tenants() -> contextlib.AbstractAsyncContextManager[asyncpg.Connection]:
    """Open a transaction that sees no tenant's rows, only tables that belong to none.

    The queue of all municipalities is such a table, and no plugin's: there it sees none of it.
    """
    return _opened(None if BEHALF.get() is None else _NOBODY)


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
    _current().later.append((target, target.values(row)))


async def write_now() -> None:
    """Write what was left for the commit, since the next statement needs it.

    :raises RuntimeError: outside a transaction.
    """
    await _current().write()


def _current() -> _Transaction:
    current = engine.current_transaction.get()
    if not isinstance(current, _Transaction):
        raise RuntimeError("this belongs in a transaction")
    return current


def new_id() -> uuid.UUID:
    """Return an id that grows with time (UUID version 7), so that indexes stay compact.

    Of one process the next is always greater: the time is kept to a quarter of a microsecond
    (RFC 9562, 6.2, method 3), and making an id takes longer.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction, low = (rest << 12) // 1_000_000, secrets.randbits(62)
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | low)


def configure(url: str, *, as_owner: bool = False) -> None:
    """Point the engine at a database; what is connected already is left as it is.

    :param as_owner: for migrations only; otherwise every connection is of ``APP_ROLE``.
    """
    settings = {"application_name": "thongthin", "search_path": "procrastinate"}
    if not as_owner:
        settings |= {"role": APP_ROLE, **_LONGEST}
    engine.config = {"dsn": url, "server_settings": settings}


async def open_pool(size: int = 10) -> None:
    """Connect; a second time it does nothing."""
    if engine.pool is None:
        engine.pool = await make_pool(engine.config, size)


async def close_pool() -> None:
    """Disconnect."""
    if engine.pool is not None:
        pool, engine.pool = engine.pool, None
        await pool.close()
