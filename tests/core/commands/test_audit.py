import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from core import embedded

Served = Any


@pytest.fixture(scope="module")
def owner(served: Served) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    with psycopg.connect(embedded.start(served.data), autocommit=True) as connection:
        yield connection


@pytest.fixture
def head(served: Served, owner: Any, tmp_path: Path) -> Path:
    unsealed = "SELECT count(*) FROM core.audit_entry WHERE seq IS NULL"
    until = time.monotonic() + 20
    while owner.execute(unsealed).fetchone()[0]:
        assert time.monotonic() < until
        time.sleep(0.1)
    done = served.command("audit", "head", "--tenant", "maehia")
    assert done.returncode == 0, done.stderr
    path = tmp_path / "head.json"
    path.write_text(done.stdout)
    return path


def test_a_trail_that_nobody_touched_passes(served: Served, head: Path) -> None:
    done = served.command("audit", "verify")

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[-1] == "pass"
    assert [line.partition(":")[0] for line in lines[:2]] == ["maehia", "yala"]
    assert "entries read" in lines[-2]


def test_an_edited_entry_fails_by_name_and_only_for_its_municipality(
    served: Served, head: Path, owner: Any
) -> None:
    was = "SELECT actor_name FROM core.audit_entry WHERE tenant_id = 'yala' AND seq = 1"
    name = owner.execute(was).fetchone()[0]
    change = "UPDATE core.audit_entry SET actor_name = %s WHERE tenant_id = 'yala' AND seq = 1"
    owner.execute(change, ("นิรนาม",))
    try:
        every = served.command("audit", "verify")
        ours = served.command("audit", "verify", "--tenant", "maehia")
    finally:
        owner.execute(change, (name,))

    assert every.returncode == 1
    assert "yala: entry 1 (" in every.stdout
    assert every.stdout.splitlines()[-1] == "fail"
    assert ours.returncode == 0


def test_a_municipality_that_is_not_there_fails(served: Served) -> None:
    done = served.command("audit", "verify", "--tenant", "nowhere")

    assert done.returncode == 1
    assert "no municipality 'nowhere'" in done.stdout
    assert served.command("audit", "head", "--tenant", "nowhere").returncode == 1


def test_a_head_that_was_handed_out_is_checked_with_the_database(
    served: Served, head: Path
) -> None:
    done = served.command("audit", "check-head", str(head))

    assert done.returncode == 0
    assert done.stdout == "pass\n"


def test_a_head_is_checked_with_the_public_key_alone(
    served: Served, head: Path, tmp_path: Path
) -> None:
    key = served.command("audit", "key", "--tenant", "maehia").stdout.strip()
    other = served.command("audit", "key", "--tenant", "yala").stdout.strip()
    elsewhere = served.environment | {
        "THONGTHIN_DATA": str(tmp_path / "elsewhere"),
        "THONGTHIN_DATABASE_URL": "postgresql://nobody@nowhere.invalid/none",
    }
    ours, served.environment = served.environment, elsewhere
    try:
        genuine = served.command("audit", "check-head", str(head), "--key", key)
        foreign = served.command("audit", "check-head", str(head), "--key", other)
    finally:
        served.environment = ours

    assert genuine.stdout == "pass\n"
    assert foreign.returncode == 1
    assert "fail: the signature" in foreign.stdout


def test_an_edited_head_fails(served: Served, head: Path) -> None:
    facts = json.loads(head.read_text())
    head.write_text(json.dumps(facts | {"seq": facts["seq"] - 1}))

    assert "fail: the signature" in served.command("audit", "check-head", str(head)).stdout


def test_a_trail_cut_behind_a_head_that_was_handed_out_fails(
    served: Served, head: Path, owner: Any
) -> None:
    seq = json.loads(head.read_text())["seq"]
    moved = "UPDATE core.audit_entry SET seq = %s WHERE tenant_id = 'maehia' AND seq = %s"
    owner.execute(moved, (seq + 1000, seq))
    try:
        done = served.command("audit", "check-head", str(head))
    finally:
        owner.execute(moved, (seq, seq + 1000))

    assert done.returncode == 1
    assert f"fail: entry {seq}:" in done.stdout


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"tenant": 1}'])
def test_a_file_that_is_no_head_fails(served: Served, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "head.json"
    path.write_bytes(content)

    done = served.command("audit", "check-head", str(path))

    assert done.returncode == 1
    assert "cannot be read" in done.stdout


def test_a_key_that_is_none_is_refused(served: Served, head: Path) -> None:
    done = served.command("audit", "check-head", str(head), "--key", "abc")

    assert done.returncode == 2
    assert "thongthin audit key" in done.stderr
