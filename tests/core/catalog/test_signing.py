"""What comes back from those who sign: added when it is what waits, refused in every other case."""

import contextlib
import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.catalog.ceremonies import rotate, sign
from core.catalog.documents import LARGEST
from core.catalog.keys import read_public
from core.catalog.repository import CatalogFault, Repository
from core.catalog.signing import SignatureRefused, add_signatures, read_waiting
from core.catalog.terms import ending, sentences
from core.catalog.writing import load
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]


def signed(keepers: Keepers, folder: Path, role: str, *who: str) -> bytes:
    """Return what waits as curators send it back, signed on a machine of theirs."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{role}.json"
    file.write_bytes((keepers.repository.pending / file.name).read_bytes())
    for one in who:
        sign(file, keepers.key(one))
    assert sorted(folder.iterdir()) == [file]
    return file.read_bytes()


def refused(repository: Repository, data: bytes, role: str = "acme") -> str:
    before = {path: path.read_bytes() for path in repository.pending.iterdir()}
    with pytest.raises(SignatureRefused) as told:
        add_signatures(repository, role, data)
    assert {path: path.read_bytes() for path in repository.pending.iterdir()} == before
    return told.value.why


@pytest.fixture
def stopping(keepers: Keepers, a_wheel: MakeWheel) -> Keepers:
    keepers.enter(a_wheel())
    reason = Text("ข้อมูลรั่ว", "It leaks")
    keepers.repository.set_state("library", "0.1.0", "stopped", reason, keepers.now)
    return keepers


def test_two_curators_sign_copies_of_their_own_and_both_count(
    stopping: Keepers, tmp_path: Path
) -> None:
    repository = stopping.repository
    [told] = read_waiting(repository)
    [change] = told.changes
    states = [one.state for one in (change.before, change.after) if one]
    assert states == ["approved", "stopped"]
    assert (told.role, told.version, told.same, told.enough) == ("acme", 2, 0, False)
    first = signed(stopping, tmp_path / "one", "acme", "curator1")
    second = signed(stopping, tmp_path / "two", "acme", "curator3")

    assert add_signatures(repository, "acme", first) == ["curator1"]
    [told] = read_waiting(repository)
    assert (told.signers, told.missing) == (["curator1"], ["curator2", "curator3"])
    assert add_signatures(repository, "acme", second) == ["curator3"]

    assert read_waiting(repository)[0].enough
    assert repository.publish(stopping.key("online"), stopping.now) == (["acme"], {})
    assert read_waiting(repository) == []
    assert refused(repository, second) == "gone"
    assert refused(repository, second, "../pending/acme") == "gone"


def test_what_is_not_signed_or_not_what_waits_is_refused_by_its_name(
    stopping: Keepers, tmp_path: Path
) -> None:
    repository = stopping.repository
    bare = signed(stopping, tmp_path / "bare", "acme")
    first = signed(stopping, tmp_path / "one", "acme", "curator1")
    told = json.loads(first)
    told["signatures"][0]["sig"] = "00" * 64
    other = signed(stopping, tmp_path / "thief", "acme", "thief")

    assert refused(repository, bare) == "none"
    assert refused(repository, other) == "stranger"
    changed = first.replace(b"stopped", b"started")
    assert refused(repository, changed) == "other"
    raw = first.split(b'"signed":', 1)[1]
    forged = b'{"signatures":%b,"signed":%b' % (json.dumps(told["signatures"]).encode(), raw)
    assert refused(repository, forged) == "forged"
    assert refused(repository, b" " * (LARGEST + 1)) == "large"
    add_signatures(repository, "acme", first)
    assert refused(repository, first) == "again"

    repository.set_state(
        *("library", "0.1.0", "stopped", Text("ช้า", "Slow")),
        stopping.now + timedelta(seconds=1),
    )
    assert refused(repository, first) == "old"
    repository.renew("targets", stopping.now)
    assert refused(repository, first, "targets") == "other"


@pytest.mark.parametrize("data", [b"[" * 100_000, b"{}", b"\xff", b'{"signed":1}', b"%PDF-1.7"])
def test_what_is_no_document_is_told(stopping: Keepers, data: bytes) -> None:
    assert refused(stopping.repository, data) == "unreadable"


def test_whatever_byte_of_it_is_changed_only_what_waits_is_signed(
    stopping: Keepers, tmp_path: Path
) -> None:
    repository = stopping.repository
    data = signed(stopping, tmp_path / "one", "acme", "curator1")
    path = repository.pending / "acme.json"
    before = path.read_bytes()

    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def change(place: int, by: int) -> None:
        changed = bytearray(data)
        changed[place] ^= by
        with contextlib.suppress(SignatureRefused):
            assert add_signatures(repository, "acme", bytes(changed)) == ["curator1"]
        after = load(path)
        assert after.signed_bytes == load(tmp_path / "one" / "acme.json").signed_bytes
        [told] = read_waiting(repository)
        assert len(told.signers) == len(after.signatures)
        path.write_bytes(before)

    change()


def test_a_new_key_is_told_with_who_signs_what_after_it(keepers: Keepers, tmp_path: Path) -> None:
    rotate(
        keepers.repository,
        *("curators", "curator1", read_public(keepers.keys / "spare.pub"), keepers.now),
    )

    root, targets = read_waiting(keepers.repository)

    assert root.roles["targets"] == (2, ["curator2", "curator3", "spare"])
    assert sorted(root.missing) == ["root1", "root2", "root3"]
    assert targets.missing == ["curator2", "curator3", "spare"]
    for who, enough in (("root1", False), ("root3", True)):
        back = signed(keepers, tmp_path / who, "root", who)
        add_signatures(keepers.repository, "root", back)
        assert read_waiting(keepers.repository)[0].enough is enough
    old = signed(keepers, tmp_path / "old", "targets", "curator1")
    assert refused(keepers.repository, old, "targets") == "stranger"


def test_who_keeps_a_catalog_is_told_two_weeks_before_a_term_ends(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    repository = keepers.repository

    assert ending(repository, keepers.now + timedelta(days=2)) == []
    late = keepers.now + timedelta(days=77)
    assert [role for role, _ in ending(repository, late)] == ["targets", "acme", "timestamp"]
    repository.renew("acme", late)
    assert [role for role, _ in ending(repository, late)] == ["targets", "timestamp"]
    assert "renew … targets" in sentences(repository, late)[0]


def test_one_at_a_time_changes_a_repository_and_where_none_is_nobody(
    keepers: Keepers, tmp_path: Path
) -> None:
    begun, order = threading.Event(), []

    def second() -> None:
        begun.set()
        with keepers.repository.alone():
            order.append("second")

    with keepers.repository.alone():
        other = threading.Thread(target=second)
        other.start()
        assert begun.wait(5)
        other.join(0.2)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]
    with pytest.raises(CatalogFault, match="there is no repository"), Repository(tmp_path).alone():
        pass
