from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from core import audit, db, health
from core.context import Context
from core.health import State, faults, notes, read_state
from core.http.app import create_app
from core.runtime import Runtime, make_runtime
from core.settings import Settings, read_settings
from core.tenants.service import rest_plugin

WELL = State(
    workers=1,
    jobs_late=0,
    messages_waiting=0,
    messages_failed=0,
    unsealed_seconds=0,
    plugins_resting=0,
    disk_free=10**12,
)


async def state_of(runtime: Runtime) -> State:
    return await read_state(runtime.database_url, runtime.settings.data)


async def test_what_is_behind_is_counted_over_all_municipalities(
    runtime: Runtime, ctx: Context, other: Context, database: str
) -> None:
    before = await state_of(runtime)
    assert (before.workers, before.jobs_late, before.plugins_resting) == (0, 0, 0)

    await rest_plugin(ctx, "oss", "OSError")
    await rest_plugin(other, "oss", "OSError")
    async with db.transaction(ctx):
        await audit.record(ctx, "core.account.read", "account/1")
    connection = await asyncpg.connect(database)
    await connection.execute(
        "UPDATE core.audit_entry SET at = now() - interval '10 minutes' WHERE seq IS NULL"
    )
    await connection.execute(
        "SET search_path TO procrastinate; "
        "INSERT INTO procrastinate.procrastinate_jobs (queue_name, task_name, args, scheduled_at) "
        "VALUES ('core', 'x', '{}', now() - interval '6 minutes'), "
        "('core', 'x', '{}', now() + interval '6 minutes')"
    )
    await connection.execute(
        "INSERT INTO procrastinate.procrastinate_workers (last_heartbeat) "
        "VALUES (now()), (now() - interval '1 hour')"
    )
    await connection.close()

    after = await state_of(runtime)
    assert after.plugins_resting == 2
    assert after.unsealed_seconds >= 600
    assert after.jobs_late == 1
    assert after.workers == 1
    assert len(list(faults(after))) >= 3


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"jobs_late": 3}, "3 jobs"),
        ({"jobs_late": 3, "workers": 0}, "no worker runs"),
        ({"unsealed_seconds": health.UNSEALED + 1}, "audit trail"),
        ({"plugins_resting": 1}, "rest after failures"),
        ({"disk_free": 10**9}, "1.0 GB"),
    ],
)
def test_each_fault_is_named(change: dict[str, int], word: str) -> None:
    assert list(faults(WELL)) == []
    state = State(**{name: getattr(WELL, name) for name in State.__struct_fields__} | change)
    [fault] = faults(state)
    assert word in fault


def test_an_office_without_mail_is_told_how_people_get_in(
    settings: Settings, tmp_path: Path
) -> None:
    assert "officer code" in " ".join(notes(WELL, settings))
    whole = read_settings(
        {"THONGTHIN_DATA": str(tmp_path), "THONGTHIN_SMTP_URL": "smtp://mail.example:25"}
    )
    assert list(notes(WELL, whole)) == []


async def test_the_figures_say_how_the_installation_is(client: httpx.AsyncClient) -> None:
    figures = (await client.get("/metrics")).text

    assert "thongthin_database_up 1.0" in figures
    assert "thongthin_workers 0.0" in figures
    assert "thongthin_disk_free " in figures


async def test_without_the_database_health_says_so_and_the_figures_go_on(
    settings: Settings,
) -> None:
    application: Any = create_app(make_runtime(settings, "postgresql://nobody@127.0.0.1:1/none"))
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        health_ = await asking.get("/health")
        figures = await asking.get("/metrics")

    assert (health_.status_code, health_.text) == (503, "the database does not answer")
    assert "thongthin_database_up 0.0" in figures.text
