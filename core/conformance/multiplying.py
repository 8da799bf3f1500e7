"""More rows of the same kind, for a while: what a page costs when a register has grown."""

import contextlib
from collections.abc import AsyncIterator

import asyncpg

TIMES = 10
MOST = 200  # rows of one table

_TABLES = """
SELECT relation.relname AS name,
  array(SELECT DISTINCT field.attname FROM pg_index AS index
    JOIN pg_attribute AS field ON field.attrelid = relation.oid AND field.attnum = ANY(index.indkey)
    WHERE index.indrelid = relation.oid AND index.indisunique
    AND field.atttypid = 'uuid'::regtype)::text[] AS keys
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
JOIN pg_attribute AS id ON id.attrelid = relation.oid AND id.attname = 'id'
WHERE space.nspname = $1 AND relation.relkind = 'r' AND id.atttypid = 'uuid'::regtype
"""


@contextlib.asynccontextmanager
async def multiplied(url: str, plugin: str, tenant: str) -> AsyncIterator[None]:
    """Let a plugin have many times its rows in a municipality, where its keys allow it.

    :param url: of the database's owner, who may leave references unchecked.
    """
    connection = await asyncpg.connect(url)
    made: list[tuple[str, list[str]]] = []
    try:
        await connection.execute("SET session_replication_role = replica")
        for table in await connection.fetch(_TABLES, plugin):
            name = f'{plugin}."{table["name"]}"'
            fresh = ", ".join(f"'{key}', gen_random_uuid()" for key in {*table["keys"], "id"})
            rows = await connection.fetch(
                f"INSERT INTO {name} SELECT (jsonb_populate_record(NULL::{name}, to_jsonb(one) || "  # noqa: S608
                f"jsonb_build_object({fresh}))).* FROM (SELECT * FROM {name} WHERE tenant_id = $1 "
                f"LIMIT {MOST // TIMES}) AS one, generate_series(1, {TIMES}) "
                "ON CONFLICT DO NOTHING RETURNING id",
                tenant,
            )
            made.append((name, [row["id"] for row in rows]))
        yield
    finally:
        for name, ids in made:
            await connection.execute(
                f"DELETE FROM {name} WHERE tenant_id = $1 AND id = ANY($2)",  # noqa: S608
                tenant,
                ids,
            )
        await connection.close()
