import hashlib
import threading
from pathlib import Path

import pytest

from core.api import NotFound
from kit.documents.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def test_a_file_is_found_again_by_its_digest(store: Store, tmp_path: Path) -> None:
    digest = store.put("maehia", b"paper")

    assert digest == hashlib.sha256(b"paper").hexdigest()
    assert store.read("maehia", digest) == b"paper"
    assert (tmp_path / "files" / "maehia" / digest[:2] / digest).is_file()
    with store.open("maehia", digest) as file:
        assert file.read() == b"paper"


async def test_the_event_loop_goes_on_meanwhile(store: Store) -> None:
    digest = await store.put_async("maehia", b"paper")

    assert await store.read_async("maehia", digest) == b"paper"


def test_another_tenant_does_not_find_it(store: Store) -> None:
    digest = store.put("maehia", b"paper")

    with pytest.raises(NotFound):
        store.read("yala", digest)


def test_a_kept_file_is_never_written_again(store: Store, tmp_path: Path) -> None:
    digest = store.put("maehia", b"paper")
    path = tmp_path / "files" / "maehia" / digest[:2] / digest
    before = path.stat()
    store.put("maehia", b"paper")

    assert path.stat().st_ino == before.st_ino
    assert before.st_mode & 0o777 == 0o400


def test_of_many_who_keep_the_same_at_once_all_get_it_whole(store: Store, tmp_path: Path) -> None:
    data = b"paper" * 100_000
    barrier = threading.Barrier(8)
    digests: list[str] = []

    def put() -> None:
        barrier.wait()
        digests.append(store.put("maehia", data))

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(digests) == 8
    assert store.read("maehia", digests[0]) == data
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [digests[0]]


def test_a_write_that_fails_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        store.put("maehia", b"paper")

    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_what_was_altered_on_the_disk_is_found_and_not_given_out(
    store: Store, tmp_path: Path
) -> None:
    good, bad = store.put("maehia", b"good"), store.put("yala", b"paper")
    path = tmp_path / "files" / "yala" / bad[:2] / bad
    path.chmod(0o600)
    path.write_bytes(b"forged")
    (path.parent / ".new-left").write_bytes(b"from a crash")

    assert list(store.verify()) == [("yala", bad)]
    assert store.read("maehia", good) == b"good"
    with pytest.raises(OSError, match="not what was kept"):
        store.read("yala", bad)


def test_a_file_at_the_end_of_its_time_is_gone(store: Store) -> None:
    digest = store.put("maehia", b"paper")
    store.remove("maehia", digest)
    store.remove("maehia", digest)

    with pytest.raises(NotFound):
        store.open("maehia", digest)


@pytest.mark.parametrize(
    ("tenant", "digest"),
    [("..", "a" * 64), ("maehia/../yala", "a" * 64), ("maehia", "../" * 20), ("", "a" * 64)],
)
def test_no_name_leads_out_of_the_store(store: Store, tenant: str, digest: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        store.open(tenant, digest)
