import asyncio
from dataclasses import replace

import asyncpg
import pytest

from core import db, numbers
from core.context import Context
from core.tenants.tables import Division


async def test_a_transaction_sees_the_rows_of_its_own_municipality(
    ctx: Context, other: Context
) -> None:
    async with db.transaction(ctx) as connection:
        seen = await connection.fetch("SELECT DISTINCT tenant_id FROM core.unit")

    assert [row["tenant_id"] for row in seen] == ["maehia"]


async def test_a_query_without_a_tenant_sees_no_rows(ctx: Context) -> None:
    async with db.across_tenants() as connection:
        seen = await connection.fetchval("SELECT count(*) FROM core.unit")

    assert seen == 0


async def test_a_transaction_cannot_change_to_another_municipality(
    ctx: Context, other: Context
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.transaction(ctx) as connection:
            await connection.execute("SELECT core.set_tenant('yala')")


async def test_a_row_of_another_municipality_cannot_be_written(
    ctx: Context, other: Context
) -> None:
    unit = Division(
        tenant_id="yala", id="spy", parent=None, kind="-", name_th="-", name_en="-", position=9
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.transaction(ctx):
            await Division.insert(unit)


async def test_two_thousand_interleaved_transactions_never_see_foreign_rows(
    ctx: Context, other: Context
) -> None:
    async def look(who: Context) -> bool:
        async with db.transaction(who):
            rows = await Division.select(Division.tenant_id)
        return {row["tenant_id"] for row in rows} == {who.tenant.id}

    answers = await asyncio.gather(*(look(ctx if n % 2 else other) for n in range(2000)))

    assert all(answers)


async def test_the_connection_of_what_was_left_open_comes_back_when_it_cannot_be_undone(
    ctx: Context,
) -> None:
    left = db.transaction(ctx)
    connection = await left.__aenter__()
    busy = asyncio.create_task(connection.fetch("SELECT pg_sleep(60)"))
    await asyncio.sleep(0)
    assert db.engine.pool
    taken = db.engine.pool.get_size() - db.engine.pool.get_idle_size()

    with pytest.raises(asyncpg.InterfaceError, match="another operation"):
        await db.end_left()

    assert db.engine.pool.get_size() - db.engine.pool.get_idle_size() == taken - 1
    with pytest.raises(asyncpg.PostgresConnectionError):
        await busy


async def test_an_exception_undoes_the_transaction_and_gives_the_number_back(
    ctx: Context,
) -> None:
    async def draw_and_fail() -> None:
        async with db.transaction(ctx):
            await numbers.draw(ctx, "letters/2569")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await draw_and_fail()

    assert await numbers.draw(ctx, "letters/2569") == 1


async def test_numbers_drawn_at_the_same_moment_are_distinct_and_without_gaps(
    ctx: Context,
) -> None:
    drawn = await asyncio.gather(*(numbers.draw(ctx, "letters/2569") for _ in range(100)))

    assert sorted(drawn) == list(range(1, 101))


async def test_each_municipality_counts_for_itself(ctx: Context, other: Context) -> None:
    assert await numbers.draw(ctx, "letters/2569") == 1
    assert await numbers.draw(other, "letters/2569") == 1


async def test_an_id_that_could_break_out_of_the_statement_is_refused(ctx: Context) -> None:
    evil = replace(ctx, tenant=replace(ctx.tenant, id="x'); DROP TABLE core.unit; --"))
    with pytest.raises(ValueError, match="not the id"):
        async with db.transaction(evil):
            pass


def test_ids_grow_with_time_and_are_of_version_seven() -> None:
    made = [db.new_id() for _ in range(1000)]

    assert {one.version for one in made} == {7}
    assert len(set(made)) == 1000
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
