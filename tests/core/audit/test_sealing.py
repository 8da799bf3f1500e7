import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from core import audit, db
from core.audit import heads, sealing, trail
from core.audit.chain import Head, public_key
from core.audit.sealing import seal, seal_all, sealer
from core.audit.verify import PATIENCE, Wrong
from core.context import Context
from core.keys import Keys
from core.runtime import Runtime

SEAL = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from core import db
from core.audit.sealing import seal_all
from core.keys import Keys
db.configure(sys.argv[1])
asyncio.run(seal_all(Keys(bytes(32)), Path(sys.argv[2]), now=datetime.now(UTC)))
"""
Write = Callable[..., Awaitable[None]]


def check(owner: trail.Connection, ctx: Context, data: Path) -> trail.Checked:
    return trail.check(
        owner, Keys(ctx.settings.secret_keys), data, ctx.tenant.id, now=datetime.now(UTC)
    )


@pytest.fixture
def data(runtime: Runtime) -> Path:
    return runtime.settings.data


def numbers_of(owner: trail.Connection) -> list[int]:
    rows = owner.execute("SELECT seq FROM core.audit_entry ORDER BY seq").fetchall()
    return [row["seq"] for row in rows]


async def test_entries_get_numbers_from_one_without_gaps_and_a_signed_end(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    await write(20)

    sealed = await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert numbers_of(owner) == list(range(1, sealed + 1))
    head = trail.head_of(owner, "maehia")
    assert head is not None
    assert (head.seq, head.at) == (sealed, ctx.now)
    assert head.is_signed_by(public_key(ctx.keys))
    assert check(owner, ctx, data) == trail.Checked("maehia", sealed, None)


async def test_municipalities_have_chains_of_their_own(
    ctx: Context, other: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    await write(3)
    await write(5, of=other)

    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    ours, theirs = check(owner, ctx, data), check(owner, other, data)
    assert ours.finding is theirs.finding is None
    assert theirs.entries - ours.entries == 2
    assert heads.tenants(data) == ["maehia", "yala"]


async def test_what_is_rolled_back_leaves_no_gap(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    async def fail() -> None:
        async with db.transaction(ctx):
            await write(2)
            raise ValueError("no")

    await write(2)
    with pytest.raises(ValueError, match="no"):
        await fail()
    await write(2)
    sealed = await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert numbers_of(owner) == list(range(1, sealed + 1))
    assert check(owner, ctx, data).finding is None


async def test_a_change_that_commits_after_later_ones_were_sealed_is_sealed_next(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with db.transaction(ctx):
            await audit.record(ctx, "core.test.slow", "thing/slow")
            begun.set()
            await go_on.wait()

    waiting = asyncio.create_task(slow())
    await begun.wait()
    await write(3)
    first = await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    go_on.set()
    await waiting

    assert await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now) == 1
    assert check(owner, ctx, data) == trail.Checked("maehia", first + 1, None)


async def test_a_process_killed_between_write_and_seal_loses_nothing(
    ctx: Context, write: Write, owner: trail.Connection, data: Path, database: str
) -> None:
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    await write(3)
    watcher = await asyncpg.connect(database)
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with owner.transaction():
        # The process gets as far as writing its seals, and waits there.
        owner.execute("SELECT id FROM core.audit_entry WHERE seq IS NULL FOR UPDATE")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SEAL, database, str(data)
        )
        async with asyncio.timeout(20):
            while await watcher.fetchval(waits) == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        process.kill()
        await process.wait()
    await watcher.close()

    assert check(owner, ctx, data).finding is None
    assert owner.execute("SELECT id FROM core.audit_entry WHERE seq IS NULL").rowcount == 3
    assert await seal("maehia", Keys(ctx.settings.secret_keys), data, now=ctx.now) == 3
    assert check(owner, ctx, data).finding is None


async def test_sealing_within_a_change_is_refused(ctx: Context, data: Path) -> None:
    with pytest.raises(RuntimeError, match="transaction of their own"):
        async with db.transaction(ctx):
            await seal("maehia", Keys(ctx.settings.secret_keys), data, now=ctx.now)


async def test_two_who_seal_at_once_give_each_number_once(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    stop = asyncio.Event()

    async def keep_sealing() -> int:
        sealed = 0
        while not stop.is_set():
            sealed += await seal_all(Keys(ctx.settings.secret_keys), data, now=datetime.now(UTC))
        return sealed

    async def keep_writing() -> None:
        for _ in range(40):
            await write(5)

    sealers = [asyncio.create_task(keep_sealing()) for _ in range(3)]
    await asyncio.gather(keep_writing(), keep_writing())
    stop.set()
    sealed = sum(await asyncio.gather(*sealers))
    sealed += await seal_all(Keys(ctx.settings.secret_keys), data, now=datetime.now(UTC))

    assert sealed > 400
    assert check(owner, ctx, data) == trail.Checked("maehia", sealed, None)


async def test_a_backlog_larger_than_a_batch_is_sealed_whole(
    ctx: Context,
    write: Write,
    owner: trail.Connection,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "MOST", 7)
    await write(30)

    sealed = await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert sealed >= 30
    assert check(owner, ctx, data) == trail.Checked("maehia", sealed, None)


async def test_the_sealer_seals_within_two_seconds_until_it_is_stopped_and_then_the_rest(
    runtime: Runtime, ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    running = asyncio.create_task(sealer(runtime))
    await write(3)
    await asyncio.sleep(2)
    unsealed = "SELECT id FROM core.audit_entry WHERE seq IS NULL"
    assert owner.execute(unsealed).rowcount == 0

    await write(2)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert owner.execute(unsealed).rowcount == 0
    assert check(owner, ctx, data).finding is None


async def test_the_sealer_outlives_a_broken_connection(
    runtime: Runtime, ctx: Context, write: Write, owner: trail.Connection
) -> None:
    owner.execute("ALTER TABLE core.audit_head RENAME TO away")
    running = asyncio.create_task(sealer(runtime))
    await write(3)
    await asyncio.sleep(1.2)
    owner.execute("ALTER TABLE core.away RENAME TO audit_head")
    await asyncio.sleep(2)

    assert owner.execute("SELECT id FROM core.audit_entry WHERE seq IS NULL").rowcount == 0
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_heads_outside_grow_by_a_line_for_each_sealing(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    for _ in range(3):
        await write(2)
        await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    lines = heads.path(data, "maehia").read_bytes().splitlines()
    assert len(lines) == 3
    assert heads.last(data, "maehia") == trail.head_of(owner, "maehia")
    assert heads.path(data, "maehia").stat().st_mode & 0o077 == 0


async def test_a_full_or_broken_disk_does_not_keep_entries_from_being_sealed(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    data.mkdir(parents=True)  # noqa: ASYNC240
    heads.folder(data).write_text("in the way")
    await write(3)
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    assert owner.execute("SELECT id FROM core.audit_entry WHERE seq IS NULL").rowcount == 0

    heads.folder(data).unlink()
    await write(1)
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert heads.last(data, "maehia") == trail.head_of(owner, "maehia")


async def test_a_municipality_that_cannot_be_sealed_does_not_hinder_the_others(
    ctx: Context, other: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    # A number that is taken already, where the next one should go.
    owner.execute("UPDATE core.audit_head SET seq = seq - 1 WHERE tenant_id = 'maehia'")
    await write(2)
    await write(2, of=other)

    with pytest.raises(asyncpg.UniqueViolationError):
        await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert check(owner, other, data).finding is None
    waiting = owner.execute("SELECT tenant_id FROM core.audit_entry WHERE seq IS NULL").fetchall()
    assert [row["tenant_id"] for row in waiting] == ["maehia", "maehia"]


async def test_nothing_new_writes_nothing(ctx: Context, data: Path) -> None:
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    before = heads.path(data, "maehia").read_bytes()

    assert await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now) == 0
    assert heads.path(data, "maehia").read_bytes() == before


async def test_a_worker_that_stands_still_is_found(
    ctx: Context, write: Write, owner: trail.Connection, data: Path
) -> None:
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)
    await write(1)

    later = datetime.now(UTC) + PATIENCE
    found = trail.check(owner, Keys(ctx.settings.secret_keys), data, "maehia", now=later).finding

    assert found is not None
    assert found.wrong is Wrong.UNSEALED


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM core.audit_entry",
        "TRUNCATE core.audit_entry",
        "UPDATE core.audit_entry SET actor_name = 'x'",
        "UPDATE core.audit_entry SET digest = '\\x00'",
        "DELETE FROM core.audit_head",
        "INSERT INTO core.audit_entry SELECT * FROM core.audit_entry",
    ],
)
async def test_the_application_may_only_add_and_seal(ctx: Context, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.transaction(ctx) as connection:
            await connection.execute(statement)


async def test_an_entry_outside_a_transaction_is_refused(ctx: Context) -> None:
    with pytest.raises(RuntimeError, match="own transaction"):
        await audit.record(ctx, "core.test.done", "thing/1")


async def test_details_of_every_kind_come_back_as_they_were_written(
    ctx: Context, owner: trail.Connection, data: Path
) -> None:
    details: dict[str, Any] = {
        "n": 10**17,
        "x": 0.1,
        "small": 1e-300,
        "text": "ก\u0e33 \"'\\ \u2028 \x00 🏛",
        "none": None,
        "day": ctx.today,
        "at": ctx.now,
        "id": UUID(int=1),
        "list": [1, [2, {"z": 1, "a": 2}]],
    }
    async with db.transaction(ctx):
        await audit.record(ctx, "core.test.done", "thing/1", **details)
    await seal_all(Keys(ctx.settings.secret_keys), data, now=ctx.now)

    assert check(owner, ctx, data).finding is None


def test_a_line_torn_by_a_power_cut_does_not_hide_the_next(tmp_path: Path) -> None:
    head = Head(tenant="maehia", seq=1, chain=b"1", at=datetime(2026, 11, 20, tzinfo=UTC))
    heads.append(tmp_path, head)
    with heads.path(tmp_path, "maehia").open("ab") as file:
        file.write(b'{"tenant":"mae')
    assert heads.last(tmp_path, "maehia") == head

    heads.append(tmp_path, head)

    assert heads.last(tmp_path, "maehia") == head
    assert len(heads.path(tmp_path, "maehia").read_bytes().splitlines()) == 3


@pytest.mark.parametrize("line", [b"garbage\n", b'{"tenant":"maehia","seq":"x"}\n', b"\n\n"])
def test_a_whole_line_that_is_no_head_is_damage(tmp_path: Path, line: bytes) -> None:
    heads.folder(tmp_path).mkdir()
    heads.path(tmp_path, "maehia").write_bytes(line)

    with pytest.raises(heads.HeadFileDamaged):
        heads.last(tmp_path, "maehia")


def test_a_head_of_another_municipality_in_the_file_is_damage(tmp_path: Path) -> None:
    head = Head(tenant="yala", seq=1, chain=b"1", at=datetime(2026, 11, 20, tzinfo=UTC))
    heads.append(tmp_path, head)
    heads.path(tmp_path, "yala").rename(heads.path(tmp_path, "maehia"))

    with pytest.raises(heads.HeadFileDamaged):
        heads.last(tmp_path, "maehia")


def test_a_municipality_without_heads_has_none(tmp_path: Path) -> None:
    assert heads.last(tmp_path, "maehia") is None
    assert heads.tenants(tmp_path) == []
