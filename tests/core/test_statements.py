import asyncio

import asyncpg
import pytest

from core import db
from core.context import Context
from core.statements import refuse_all_but_rows

ROWS = (
    "SELECT 1",
    "  select * from core.unit where tenant_id = $1 for update",
    "INSERT INTO a (b) VALUES ($1) ON CONFLICT DO NOTHING",
    "UPDATE a SET b = 1, role = $2 WHERE c = $1;",
    "WITH x AS (SELECT 1) SELECT * FROM x",
    "\nDELETE FROM a WHERE b = $1\n",
    "SELECT pg_advisory_xact_lock(1)",
    "SAVEPOINT one",
    "ROLLBACK TO one",
)
OTHERS = (
    "SET ROLE NONE",
    "set local thongthin.tenant = 'yala'",
    "RESET ALL",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "LISTEN x",
    "DISCARD ALL",
    "DO $$ BEGIN NULL; END $$",
    "CREATE TEMP TABLE a (b int)",
    "COPY core.unit TO STDOUT",
    "SELECT set_config('role', 'none', true)",
    "SELECT CORE.SET_TENANT('yala')",
    "SELECT core . set_tenant ('yala')",
    "UPDATE pg_settings SET setting = 'none' WHERE name = 'role'",
    "SELECT query_to_xml('SET ' || 'ROLE NONE', true, true, '')",
    "SELECT U&\"set\\005fconfig\"('role', 'none', true)",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_lock_shared(1)",
    "SELECT 1; SET ROLE NONE",
    "SELECT 1; SELECT 2",
    "",
)


@pytest.mark.parametrize("statement", ROWS)
def test_a_statement_about_rows_passes(statement: str) -> None:
    refuse_all_but_rows(statement)


@pytest.mark.parametrize("statement", OTHERS)
def test_one_about_the_session_or_several_at_once_are_refused(statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        refuse_all_but_rows(statement)


@pytest.mark.parametrize("way", ["execute", "fetch", "fetchrow", "fetchval", "prepare", "cursor"])
async def test_no_way_to_the_database_leads_around_it(ctx: Context, way: str) -> None:
    async with db.transaction(ctx) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await getattr(connection, way)("SET ROLE NONE")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.executemany("SET ROLE NONE", [()])
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.copy_from_query("SELECT 1", output=print)

        assert await connection.fetchval("SELECT current_user") == db.APP_ROLE


async def test_a_task_cancelled_at_any_moment_leaves_no_open_transaction_in_the_pool(
    ctx: Context, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        async with db.transaction(ctx) as connection:
            await connection.fetchval("SELECT 1")

    for moment in range(60):
        task = asyncio.create_task(work())
        await asyncio.sleep(moment * 0.0001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with db.across_tenants() as connection:
            assert await connection.fetchval("SELECT count(*) FROM core.unit") == 0

    assert caplog.records == []
