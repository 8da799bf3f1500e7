"""Which rows are of a municipality, and how they are written down.

Each value is the text by which PostgreSQL writes and reads its type, so none is changed on the
way: not the scale of a number, the spaces of JSON, a null in an array. A line is a JSON array of
these texts, or null; the first line holds the names of the columns. Rows come in the order of
their keys, whatever the language of the database.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

import asyncpg

TENANT, ENTRIES, HEAD = "core.tenant", "core.audit_entry", "core.audit_head"
QUEUE = "procrastinate.procrastinate_jobs"
# Goes along locked by a passphrase, see core.handover.secret.
_SECRET = "core.tenant_secret"  # noqa: S105 - the name of a table
# What belongs to no municipality and stays behind: the calendar of the country, and what the
# queue, the migrations and the installation keep for themselves.
SHARED = frozenset(
    {
        "core.holiday",
        "core.plugin_count",
        "core.plugin_stop",
        "public.migration",
        "procrastinate.procrastinate_events",
        "procrastinate.procrastinate_periodic_defers",
        "procrastinate.procrastinate_workers",
    }
)

# Of the queue: what was begun is begun anew, and its number is the queue's own.
_OF_QUEUE = """
AND attname IN ('queue_name', 'task_name', 'priority', 'lock', 'queueing_lock', 'args',
  'scheduled_at', 'attempts')
"""
_COLUMNS = """
SELECT attname AS name, format_type(atttypid, atttypmod) AS type,
  atttypid IN ('varchar'::regtype, 'text'::regtype, 'bpchar'::regtype) AS is_text,
  EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary
    AND attnum = ANY(indkey)) AS is_key
FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped
"""
_TABLES = """
SELECT format('%s.%s', space.nspname, relation.relname) AS name, EXISTS (
  SELECT FROM pg_attribute WHERE attrelid = relation.oid AND attname = 'tenant_id') AS bound
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE relation.relkind IN ('r', 'p') AND NOT relation.relispartition
AND space.nspname !~ '^pg_' AND space.nspname <> 'information_schema'
ORDER BY 1
"""
_REFERENCES = """
SELECT format('%s.%s', one.relnamespace::regnamespace, one.relname) AS whose,
  format('%s.%s', other.relnamespace::regnamespace, other.relname) AS to_what
FROM pg_constraint JOIN pg_class AS one ON one.oid = conrelid
JOIN pg_class AS other ON other.oid = confrelid WHERE contype = 'f' AND conrelid <> confrelid
"""

# The forms in which dates and bytes are written, whatever the server is set to.
FORMS = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "search_path": "procrastinate",
}
AT_ONCE = 1000  # rows fetched together

Row = list[str | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and whether rows are ordered by it."""

    name: str
    type: str
    is_text: bool
    is_key: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table that holds rows of municipalities.

    :ivar name: ``schema.table``, as PostgreSQL writes both.
    """

    name: str
    columns: Sequence[Column]

    @property
    def quoted(self) -> str:
        """Its name in a statement."""
        schema, name = self.name.split(".", 1)
        return f'"{schema}"."{name}"'

    @property
    def condition(self) -> str:
        """Which rows are of the municipality ``$1``."""
        if self.name == QUEUE:
            return "args ->> 'tenant' = $1 AND status IN ('todo', 'doing')"
        return f"{'id' if self.name == TENANT else 'tenant_id'} = $1"

    @property
    def _order(self) -> str:
        if self.name == QUEUE:
            return "one.id"
        first = "one.seq NULLS LAST, " if self.name == ENTRIES else ""
        keys = [one for one in self.columns if one.is_key] or self.columns
        return first + ", ".join(
            f'one."{key.name}" COLLATE "C"' if key.is_text else f'one."{key.name}"' for key in keys
        )

    async def read(self, connection: asyncpg.Connection, tenant: str) -> AsyncIterator[Row]:
        """Yield the rows of a municipality, always in the same order."""
        names = ", ".join(f'"{one.name}"::text' for one in self.columns)
        # Of the row itself: the texts that stand in its place have another order.
        order = f"FROM {self.quoted} AS one WHERE {self.condition} ORDER BY {self._order}"
        statement = f"SELECT {names} {order}"
        async for row in connection.cursor(statement, tenant, prefetch=AT_ONCE):
            yield list(row)

    async def holds(self, connection: asyncpg.Connection, tenant: str) -> bool:
        """Return whether there are rows of a municipality."""
        statement = f"SELECT EXISTS (SELECT FROM {self.quoted} WHERE {self.condition})"  # noqa: S608
        found: bool = await connection.fetchval(statement, tenant)
        return found


async def connect(url: str) -> asyncpg.Connection:
    """Return a connection of the owner that writes and reads values in the forms of this module."""
    return await asyncpg.connect(url, server_settings=FORMS)


async def find_tables(connection: asyncpg.Connection) -> tuple[list[Table], list[str]]:
    """Return the tables that hold rows of municipalities, and the names of those that do not.

    A table comes after those that its rows refer to.
    """
    bound: list[str] = []
    free: list[str] = []
    for row in await connection.fetch(_TABLES):
        if row["name"] == _SECRET:
            continue
        of_one = row["bound"] or row["name"] in (TENANT, QUEUE)
        (bound if of_one else free).append(row["name"])
    before: dict[str, set[str]] = {name: set() for name in bound}
    for row in await connection.fetch(_REFERENCES):
        if row["whose"] in before and row["to_what"] in before:
            before[row["whose"]].add(row["to_what"])
    order = [TENANT, *(one for one in TopologicalSorter(before).static_order() if one != TENANT)]
    return [await _table(connection, name) for name in order], free


async def _table(connection: asyncpg.Connection, name: str) -> Table:
    schema, _, table = name.partition(".")
    statement = f"{_COLUMNS} {_OF_QUEUE if name == QUEUE else ''} ORDER BY attnum"
    columns = await connection.fetch(statement, f'"{schema}"."{table}"')
    return Table(name, [Column(**row) for row in columns])
