import asyncio
import contextlib
import hashlib
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from core import audit, db
from core.audit import trail
from core.audit.sealing import seal_all
from core.backup import archive
from core.backup.backup import make_backup
from core.backup.manifest import DUMP, MANIFEST, BackupFailed, Manifest
from core.backup.restore import read_manifest, restore
from core.context import Context
from core.keys import Keys
from core.settings import Settings

Rewrite = Callable[[Callable[[str, bytes], bytes | None]], Path]


@contextlib.contextmanager
def outside(settings: Settings) -> Iterator[str]:
    assert settings.database_url is not None
    yield settings.database_url


def test_a_backup_tells_what_is_in_it(backup: Path, ctx: Context) -> None:
    manifest = read_manifest(backup)

    names = [name for name, _ in archive.parts(backup)]
    assert names[:2] == [MANIFEST, DUMP]
    assert names[-1] == archive.SUMS
    assert sum(name.startswith("files/") for name in names) == 4
    assert [name for name in names if name.startswith("audit/")] == [
        "audit/maehia.heads",
        "audit/yala.heads",
    ]
    assert manifest.at == ctx.now
    assert manifest.rows["core.tenant"] == 2
    assert manifest.rows["core.audit_entry"] == sum(manifest.heads.values()) + 1
    assert manifest.findings == {}
    assert backup.stat().st_mode & 0o077 == 0


def test_any_tar_program_unpacks_it_and_checks_its_parts(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()

    for command in (
        ["tar", "-xf", str(backup)],
        ["sha256sum", "--check", "--strict", archive.SUMS],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr


def test_a_file_that_is_there_is_not_overwritten(
    lived_in: Settings, database: str, ctx: Context, tmp_path: Path
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("mine")

    with pytest.raises(BackupFailed, match="exists already"):
        make_backup(lived_in, database, path, with_keys=False, now=ctx.now)

    assert path.read_text() == "mine"


def test_a_backup_that_fails_leaves_no_file(
    lived_in: Settings, database: str, ctx: Context, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    with pytest.raises(BackupFailed, match="comes from THONGTHIN_SECRET"):
        make_backup(lived_in, database, folder / "backup.tar", with_keys=True, now=ctx.now)

    assert list(folder.iterdir()) == []


async def test_a_backup_made_amid_work_is_of_one_moment(
    lived_in: Settings, database: str, ctx: Context, place: Settings, tmp_path: Path
) -> None:
    stop = asyncio.Event()
    written = 0

    async def work() -> None:
        nonlocal written
        while not stop.is_set():
            written += 1
            data = str(written).encode()
            folder = lived_in.data / "files" / "maehia" / "00"
            folder.mkdir(exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()).write_bytes(data)
            async with db.transaction(ctx):
                await audit.record(ctx, "core.test.done", f"thing/{written}", owner=UUID(int=1))
            await seal_all(Keys(ctx.settings.secret_keys), lived_in.data, now=datetime.now(UTC))

    working = asyncio.create_task(work())
    await asyncio.sleep(0.2)
    before = written
    path = tmp_path / "backup.tar"
    now = datetime.now(UTC)
    await asyncio.to_thread(make_backup, lived_in, database, path, with_keys=False, now=now)
    after = written
    stop.set()
    await working

    assert after > before > 0
    manifest = await asyncio.to_thread(restore, place, path, outside)
    assert before <= manifest.heads["maehia"] <= after + 30
    numbers = {path.read_bytes() for path in (place.data / "files" / "maehia" / "00").iterdir()}
    assert place.database_url is not None
    with trail.connect(place.database_url) as connection:
        subjects = connection.execute(
            "SELECT subject FROM core.audit_entry WHERE owner = %s", (UUID(int=1),)
        ).fetchall()
    assert before <= len(subjects)
    assert {row["subject"].removeprefix("thing/").encode() for row in subjects} <= numbers


def test_a_trail_that_was_touched_before_is_kept_as_evidence_and_told(
    lived_in: Settings, database: str, ctx: Context, place: Settings, tmp_path: Path
) -> None:
    with trail.connect(database) as owner:
        owner.execute("UPDATE core.audit_entry SET actor_name = 'x' WHERE seq = 3")
    path = tmp_path / "backup.tar"

    made = make_backup(lived_in, database, path, with_keys=False, now=ctx.now)
    restored = restore(place, path, outside)

    assert set(made.manifest.findings) == {"maehia", "yala"}
    assert made.manifest.findings["maehia"].startswith("entry 3 (")
    assert restored == made.manifest


def test_a_manifest_of_another_release_is_refused(
    backup: Path, place: Settings, rewrite: Rewrite
) -> None:
    def next_format(name: str, data: bytes) -> bytes:
        if name != MANIFEST:
            return data
        manifest = msgspec.json.decode(data, type=Manifest)
        return msgspec.json.encode(msgspec.structs.replace(manifest, format=2))

    with pytest.raises(BackupFailed, match="format 2, not 1"):
        restore(place, rewrite(next_format), outside)
