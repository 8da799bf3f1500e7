from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import audit, db, jobs
from core.context import Context
from core.inserts import MOST_VALUES, Into, statements

A = Into("a", ("x", "y"))
B = Into("b", ("z",), unless=("z",))
_HOW_MANY = "SELECT count(*) FROM core.audit_entry WHERE action = 'core.thing.changed'"


@given(st.lists(st.sampled_from([A, B]), max_size=1500))
def test_every_value_has_its_place_and_rows_keep_their_order(targets: list[Into]) -> None:
    rows: list[tuple[Into, list[Any]]] = [
        (target, [n] * len(target.columns)) for n, target in enumerate(targets)
    ]

    done = statements(rows)

    values = [value for _, some in done for value in some]
    assert sorted(values) == sorted(value for _, some in rows for value in some)
    for target in (A, B):
        width = len(target.columns)
        told = [n for n, one in enumerate(targets) if one is target for _ in range(width)]
        assert [value for value in values if targets[value] is target] == told
    for statement, some in done:
        assert len(some) <= MOST_VALUES
        assert f"${len(some)})" in statement
        assert f"${len(some) + 1}" not in statement


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(KeyError, match="has no column"):
        A.values({"x": 1, "w": 2})


async def test_what_is_left_for_later_is_written_with_the_commit(ctx: Context) -> None:
    async with db.transaction(ctx) as connection:
        for n in range(300):
            await audit.record(ctx, "core.thing.changed", f"thing/{n}", n=n)
            await jobs.defer(ctx, "core.nothing", n=n)
        assert await connection.fetchval(_HOW_MANY) == 0

    async with db.transaction(ctx) as connection:
        written = await connection.fetch(
            "SELECT subject FROM core.audit_entry WHERE action = 'core.thing.changed' ORDER BY id"
        )
        deferred = await connection.fetchval(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'core.nothing'"
        )
    assert {row[0] for row in written} == {f"thing/{n}" for n in range(300)}
    assert deferred == 300


async def test_what_cannot_be_written_undoes_the_change(ctx: Context) -> None:
    entries = Into("core.audit_entry", ("tenant_id", "id", "at"))

    async def change() -> None:
        async with db.transaction(ctx):
            await audit.record(ctx, "core.thing.changed", "thing/1")
            row = {"tenant_id": ctx.tenant.id, "id": UUID(int=1), "at": datetime.now(UTC)}
            db.add_later(entries, row)

    with pytest.raises(Exception, match="null value"):
        await change()

    async with db.transaction(ctx) as connection:
        assert await connection.fetchval(_HOW_MANY) == 0
    assert not db.in_transaction()


async def test_outside_a_transaction_nothing_is_left_for_later(ctx: Context) -> None:
    with pytest.raises(RuntimeError):
        db.add_later(A, {"x": 1})
