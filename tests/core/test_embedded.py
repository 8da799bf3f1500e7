import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from core import embedded
from core.embedded import EmbeddedError

FAST = ("-c", "fsync=off", "-c", "shared_buffers=8MB")
USE_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from core import embedded
with embedded.running(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="thongthin-") as folder:
        yield Path(folder)
        embedded.stop(Path(folder))


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(query)
        row = answer.fetchone() if answer.description else None
    return row and row[0]


def number(data: Path) -> int:
    text = (data / "postgres" / "postmaster.pid").read_text(encoding="utf-8")
    return int(text.split("\n", 1)[0])


def is_gone(data: Path) -> bool:
    return not (data / "postgres" / "postmaster.pid").exists()


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    ended_by = time.monotonic() + 10
    while Path("/proc", str(process), "cwd").exists() and time.monotonic() < ended_by:
        time.sleep(0.01)


def test_rows_outlive_the_server(data: Path) -> None:
    with embedded.running(data, options=FAST) as url:
        ask(url, "CREATE TABLE kept AS SELECT 'แม่เหียะ' AS name")
    assert is_gone(data)

    with embedded.running(data, options=FAST) as url:
        assert ask(url, "SELECT name FROM kept") == "แม่เหียะ"
        assert ask(url, "SELECT current_database()") == "thongthin"


def test_the_server_is_the_same_on_every_machine(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    monkeypatch.setenv("LC_ALL", "xx_YY")
    monkeypatch.setenv("TZ", "Asia/Bangkok")

    with embedded.running(data, options=FAST) as url:
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SHOW timezone") == "UTC"
        assert ask(url, "SHOW fsync") == "off"
        assert ask(url, "SELECT 'B' < 'a' AND 'ก' < 'ข'") is True


def test_nobody_reaches_it_over_the_network_or_another_persons_account(data: Path) -> None:
    with embedded.running(data, options=FAST) as url:
        assert ask(url, "SHOW listen_addresses") == ""
        assert (data / "postgres").stat().st_mode & 0o077 == 0
        assert (data / "postgres").stat().st_uid != 0


def test_it_stops_only_when_the_last_who_used_it_leaves(data: Path) -> None:
    with embedded.running(data, options=FAST) as url:
        with embedded.running(data) as same:
            assert same == url
        assert ask(url, "SELECT 1") == 1
    assert is_gone(data)


def test_many_who_start_it_at_once_get_one_server(data: Path) -> None:
    found: list[object] = []
    gate = threading.Barrier(4)

    def use() -> None:
        with embedded.running(data, options=FAST) as url:
            found.append(ask(url, "SELECT pg_postmaster_start_time()"))
            gate.wait()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1
    assert is_gone(data)


def test_what_was_committed_is_there_after_the_server_was_killed(data: Path) -> None:
    with embedded.running(data) as url:
        ask(url, "CREATE TABLE kept AS SELECT 1 AS id")
        kill(number(data))

    with embedded.running(data) as url:
        assert ask(url, "SELECT id FROM kept") == 1


def test_it_starts_when_another_process_has_the_killed_servers_number(data: Path) -> None:
    with embedded.running(data, options=FAST):
        kill(number(data))
    path = data / "postgres" / "postmaster.pid"
    owner = (data / "postgres").stat()
    other = subprocess.Popen(
        ["/bin/sleep", "600"], user=owner.st_uid if os.geteuid() == 0 else None, cwd="/"
    )
    try:
        rest = path.read_text(encoding="utf-8").split("\n", 1)[1]
        path.write_text(f"{other.pid}\n{rest}", encoding="utf-8")
        lock = data / "postgres" / ".s.PGSQL.5432.lock"
        lock.write_text(f"{other.pid}\n", encoding="utf-8")

        with embedded.running(data, options=FAST) as url:
            assert ask(url, "SELECT 1") == 1
    finally:
        other.kill()
        other.wait()


def test_the_server_of_a_killed_process_is_taken_over_and_stopped(data: Path) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", USE_UNTIL_KILLED, data],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(embedded.__file__).parents[1])},
    ) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"ready\n"
        user.kill()
    assert not is_gone(data)

    with embedded.running(data) as url:
        assert ask(url, "SELECT 1") == 1
    assert is_gone(data)


def test_files_that_were_half_made_are_made_anew(data: Path) -> None:
    draft = data / "postgres.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n", encoding="ascii")

    with embedded.running(data, options=FAST) as url:
        assert ask(url, "SELECT 1") == 1
    assert not draft.exists()


def test_a_path_too_long_for_a_socket_is_no_obstacle(data: Path) -> None:
    deep = data / ("อ" * 20) / ("d" * 60)

    with embedded.running(deep, options=FAST) as url:
        assert ask(url, "SELECT 1") == 1
        socket = Path(str(ask(url, "SHOW unix_socket_directories")))
        assert socket.stat().st_mode & 0o077 == 0
    socket.rmdir()


def test_a_socket_folder_that_somebody_else_made_is_refused(data: Path) -> None:
    deep = data / ("d" * 100)
    with embedded.running(deep, options=FAST) as url:
        socket = Path(str(ask(url, "SHOW unix_socket_directories")))
    socket.rmdir()
    socket.symlink_to(data)
    try:
        with pytest.raises(EmbeddedError, match="somebody else"):
            embedded.start(deep)
    finally:
        socket.unlink()


def test_the_way_to_the_files_is_opened_for_passing_and_not_for_reading(data: Path) -> None:
    closed = data / "closed"
    closed.mkdir(mode=0o700)

    with embedded.running(closed, options=FAST) as url:
        assert ask(url, "SELECT 1") == 1
    assert closed.stat().st_mode & 0o066 == 0


def test_a_path_with_signs_of_an_address_is_no_obstacle(data: Path) -> None:
    with embedded.running(data / "50% & ข้อมูล?'#", options=FAST) as url:
        assert ask(url, "SELECT 1") == 1


def test_files_of_another_release_are_left_alone(data: Path) -> None:
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("16\n", encoding="ascii")

    with pytest.raises(EmbeddedError, match="PostgreSQL 16 and this is 18"):
        embedded.start(data)
    shutil.rmtree(data / "postgres")


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with pytest.raises(EmbeddedError, match="no_such_setting"):
        embedded.start(data, options=("-c", "no_such_setting=1"))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: embedded.binary("no-such-program"),
        lambda: embedded.binary("../../__init__.py/x"),
    ],
)
def test_a_program_that_the_wheel_lacks_is_named(attempt: Callable[[], Path]) -> None:
    with pytest.raises(EmbeddedError, match="has no program"):
        attempt()


def test_the_programs_for_backup_and_restore_run() -> None:
    for name in ("pg_dump", "pg_restore"):
        version = subprocess.check_output([embedded.binary(name), "--version"], text=True)  # noqa: S603
        assert "(PostgreSQL) 18" in version
