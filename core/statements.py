"""Connections that take rows in and out, and nothing that would change the connection itself.

One connection serves all municipalities in turn. A role, a setting, a lock or a listener that
a plugin leaves on it would meet the next one, and the setting that names the municipality is
what row-level security goes by. So only statements about rows are let through, one at a time.
This stops accidents: whoever builds a statement to get around it finds a way.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import asyncpg

from core.behalf import on_behalf
from core.trace import note_query

_ROWS = re.compile(
    r"\s*(?:select|insert|update|delete|merge|with|values|lock|explain"
    r"|savepoint|release\s+savepoint|rollback\s+to)\b",
    re.IGNORECASE,
)
_NOT_ROWS = re.compile(
    r";\s*\S"
    r"|\bset_config\b|\bset_tenant\b|\bthongthin\s*\.\s*tenant\b|\bpg_settings\b"
    r"|\bpg_(?:try_)?advisory_lock(?:_shared)?\b"
    # What carries out a text, and names spelt by their code points.
    r"|\bquery_to_xml|\bts_stat\b|\bts_rewrite\b|\bu&",
    re.IGNORECASE,
)


@lru_cache(maxsize=4000)
def refuse_all_but_rows(statement: str) -> None:
    """Return when a statement is about rows.

    :raises asyncpg.InsufficientPrivilegeError: it is about the session, the role or the
        transaction, or it is several at once.
    """
    if not _ROWS.match(statement) or _NOT_ROWS.search(statement):
        raise asyncpg.InsufficientPrivilegeError(
            f"only one statement about rows at a time is sent here, not {statement.strip()[:60]!r};"
            " the municipality, the role and the transaction are the core's"
        )


class Rows(asyncpg.Connection):  # type: ignore[misc]
    """A connection for statements about rows; the core opens and ends its transactions."""

    # The public ones of asyncpg all end in one of these.
    async def _execute(self, query: str, *arguments: Any, **how: Any) -> Any:
        refuse_all_but_rows(query)
        note_query()
        return await super()._execute(query, *arguments, **how)

    async def _executemany(self, query: str, *arguments: Any, **how: Any) -> Any:
        refuse_all_but_rows(query)
        note_query()
        return await super()._executemany(query, *arguments, **how)

    async def _prepare(self, query: str, **how: Any) -> Any:
        refuse_all_but_rows(query)
        return await super()._prepare(query, **how)

    async def _copy_out(self, copy_stmt: str, *arguments: Any) -> Any:
        refuse_all_but_rows(copy_stmt)

    async def _copy_in(self, copy_stmt: str, *arguments: Any) -> Any:
        refuse_all_but_rows(copy_stmt)

    async def _copy_in_records(self, copy_stmt: str, *arguments: Any) -> Any:
        refuse_all_but_rows(copy_stmt)

    async def execute(self, query: str, *arguments: Any, **how: Any) -> str:
        """Carry out a statement about rows."""
        refuse_all_but_rows(query)
        if not arguments:  # with some it goes on to _execute
            note_query()
        done: str = await super().execute(query, *arguments, **how)
        return done

    def cursor(self, query: str, *arguments: Any, **how: Any) -> Any:
        """Go through the rows of a query."""
        refuse_all_but_rows(query)
        return super().cursor(query, *arguments, **how)

    def _cancel_current_command(self, *waiters: Any) -> None:
        # The task that ends a statement is ours: a plugin that has no task left would keep it.
        with on_behalf(None):
            super()._cancel_current_command(*waiters)

    async def _reset(self) -> None:
        # A task that was cancelled while its transaction opened leaves it so.
        if self.is_in_transaction():
            await self.control("ROLLBACK")
        await super()._reset()

    async def control(self, statement: str) -> None:
        """Open or end a transaction."""
        await super().execute(statement)


async def _leave_as_it_is(_: asyncpg.Connection) -> None:
    """Nothing of a session is ever changed, only ``SET LOCAL``: there is nothing to reset."""


async def make_pool(
    config: Mapping[str, Any], size: int, connections: type[Rows] = Rows
) -> asyncpg.Pool:
    """Connect.

    :param config: what ``asyncpg.connect`` takes.
    """
    return await asyncpg.create_pool(
        **config, min_size=1, max_size=size, reset=_leave_as_it_is, connection_class=connections
    )
