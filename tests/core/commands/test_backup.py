import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core import embedded

Served = Any
Elsewhere = Callable[..., Any]


@pytest.fixture
def elsewhere(served: Served, tmp_path: Path) -> Iterator[Elsewhere]:
    """Run a command in an empty place, with a database server of its own."""
    data = tmp_path / "elsewhere"

    def run(*arguments: str) -> Any:
        ours = served.environment
        served.environment = ours | {"THONGTHIN_DATA": str(data)}
        try:
            return served.command(*arguments)
        finally:
            served.environment = ours

    yield run
    embedded.stop(data)


def backup(served: Served, path: Path, *options: str) -> Any:
    (served.data / "files" / "maehia").mkdir(parents=True, exist_ok=True)
    (served.data / "files" / "maehia" / "photo").write_bytes(b"jpeg")
    return served.command("backup", str(path), *options)


def test_a_backup_of_a_site_at_work_comes_back_in_an_empty_place(
    served: Served, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tar"
    made = backup(served, path, "--with-keys")
    assert made.returncode == 0, made.stdout
    assert made.stdout.splitlines()[-1] == "pass"
    assert "The secret is in it" in made.stdout

    restored = elsewhere("restore", str(path))
    assert restored.returncode == 0, restored.stdout
    assert restored.stdout.splitlines()[-1] == "pass"

    here, there = elsewhere("audit", "verify").stdout, served.command("audit", "verify").stdout
    assert here.splitlines()[-1] == "pass"
    assert here.splitlines()[:2] == there.splitlines()[:2]
    assert elsewhere("tenant", "list").stdout == served.command("tenant", "list").stdout
    photo = tmp_path / "elsewhere" / "files" / "maehia" / "photo"
    assert photo.read_bytes() == b"jpeg"
    secrets = [one / "keys" / "secret" for one in (tmp_path / "elsewhere", served.data)]
    assert secrets[0].read_bytes() == secrets[1].read_bytes()

    again = elsewhere("restore", str(path))
    assert again.returncode == 1
    assert again.stdout.startswith("fail: the place is not empty")


def test_a_damaged_backup_says_fail_and_leaves_nothing(
    served: Served, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tar"
    backup(served, path, "--with-keys")
    damaged = bytearray(path.read_bytes())
    damaged[random.randrange(len(damaged))] ^= 1  # noqa: S311
    path.write_bytes(damaged)

    done = elsewhere("restore", str(path))

    assert done.returncode == 1
    assert done.stdout == f"fail: {path} is damaged or not complete\n"
    assert not (tmp_path / "elsewhere" / "postgres").exists()
    assert not (tmp_path / "elsewhere" / "files").exists()


def test_without_the_keys_the_secret_is_asked_for_and_then_it_comes_back(
    served: Served, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tar"
    made = backup(served, path)
    assert "The secret is not in it" in made.stdout

    without = elsewhere("restore", str(path))
    assert without.returncode == 1
    assert "fail: the secret here is not the one of the backup" in without.stdout
    assert not (tmp_path / "elsewhere" / "postgres").exists()

    here = tmp_path / "elsewhere" / "keys" / "secret"
    here.write_bytes((served.data / "keys" / "secret").read_bytes())
    restored = elsewhere("restore", str(path))
    assert restored.stdout.splitlines()[-1] == "pass"


def test_a_backup_that_cannot_be_written_says_fail(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "no" / "such" / "folder" / "backup.tar"

    done = backup(served, path)

    assert done.returncode == 1
    assert done.stdout.startswith("fail: ")
