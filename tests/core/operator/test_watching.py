from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from core import db
from core.context import Context
from core.operator.watching import MEASURE, WATCH, jobs_of, measure, size_of, watch
from core.runtime import Runtime
from core.tenants.service import rest_plugin
from tests.core.operator.conftest import Desk

Sit = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def now(operator: Context) -> Context:
    return replace(operator, now=datetime.now(UTC))


async def test_each_office_is_seen_with_what_rests_waits_and_failed(
    at_desk: Sit, ctx: Context, other: Context, now: Context, runtime: Runtime
) -> None:
    desk = await at_desk(now, "administrator", "ปวีณา")
    assert "ยังไม่ได้เก็บข้อมูล" in await desk.see("/desk/operator/health")
    there = replace(ctx, now=now.now)
    await rest_plugin(there, "oss", "cards_for_home: OSError: disk full")
    there.host.quarantine.failed(there, "permits", "cards_for_home", OSError("x"))
    await there.host.quarantine.settle()
    async with db.across_tenants() as connection:
        await connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at) VALUES "
            "('core', 'a.b', '{\"tenant\": \"maehia\"}', now() - interval '3 hours'), "
            "('core', 'a.b', '{\"tenant\": \"maehia\"}', now() + interval '3 hours')"
        )
    folder = runtime.settings.data / "files" / "maehia" / "documents"
    folder.mkdir(parents=True)
    (folder / "one").write_bytes(b"x" * 2_500_000)

    await watch(now, runtime.directory)
    await measure(now, runtime.directory)

    said = await desk.see("/desk/operator/health")
    assert said.index("เทศบาลเมืองแม่เหียะ") < said.index("เทศบาลนครยะลา")
    assert "พัก 1 โมดูล" in said
    assert "3 ชั่วโมง" in said
    assert "2.5 เมกะไบต์" in said
    own = await desk.see("/desk/operator/tenants/maehia")
    assert "cards_for_home: OSError: disk full" in own
    assert "เทศบาลเมืองแม่เหียะ" not in await desk.see("/desk/operator/health?q=ยะลา")


async def test_seen_again_what_was_put_right_is_gone(
    at_desk: Sit, ctx: Context, now: Context, runtime: Runtime
) -> None:
    desk = await at_desk(now, "administrator", "ปวีณา")
    await rest_plugin(replace(ctx, now=now.now), "oss", "x")
    await watch(now, runtime.directory)
    async with db.transaction(ctx) as connection:
        await connection.execute(
            "UPDATE core.plugin_switch SET resting_since = NULL WHERE tenant_id = 'maehia'"
        )

    await watch(now, runtime.directory)

    assert "พัก 1 โมดูล" not in await desk.see("/desk/operator/health")


async def test_an_office_that_cannot_be_seen_keeps_what_was_known_and_hides_no_other(
    ctx: Context, other: Context, now: Context, runtime: Runtime, database: str
) -> None:
    await watch(now, runtime.directory)
    owner = await asyncpg.connect(database)
    await owner.execute("UPDATE core.office_state SET failures = 7")
    later = replace(now, now=datetime.now(UTC))
    await owner.execute(
        "CREATE POLICY broken ON core.undelivered AS RESTRICTIVE TO thongthin_app "
        "USING (CASE WHEN current_setting('thongthin.tenant', true) = 'maehia' "
        "THEN (1 / (length(tenant_id) - length(tenant_id))) > 0 ELSE true END)"
    )
    await owner.execute(
        "INSERT INTO core.undelivered VALUES ('maehia', gen_random_uuid(), 'a.b', 'a', NULL, "
        "'{}', 'x', now())"
    )

    await watch(later, runtime.directory)

    rows = await owner.fetch("SELECT office, failures FROM core.office_state ORDER BY office")
    await owner.close()
    assert [tuple(row) for row in rows] == [("maehia", 7), ("yala", 0)]


async def test_the_estimate_of_rows_follows_the_statistics(
    ctx: Context, other: Context, database: str
) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute(
        "INSERT INTO core.counter SELECT 'maehia', 'x' || n, 1 FROM generate_series(1, 20000) n; "
        "ANALYZE core.counter"
    )
    await owner.close()
    found = {}
    for one in (ctx, other):
        async with db.transaction(one) as connection:
            found[one.tenant.id] = await connection.fetchval(
                "SELECT core.estimated_rows($1)", one.tenant.id
            )

    assert found["maehia"] - found["yala"] == pytest.approx(20_000, rel=0.05)


async def test_only_the_operators_tenant_looks_at_others(ctx: Context, runtime: Runtime) -> None:
    jobs = {job.name: job for job in jobs_of(runtime.directory)}

    for name in (WATCH, MEASURE):
        await jobs[name].run(ctx)

    async with db.transaction(ctx) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.office_state") == 0


def test_the_size_of_a_folder_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"123")

    assert size_of(tmp_path) == 3
    assert size_of(tmp_path / "none") == 0
