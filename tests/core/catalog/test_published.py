from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.catalog.documents import Untrusted
from core.catalog.published import read_published
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]


def test_what_is_published_is_read_verified_and_without_what_waits(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    keepers.repository.set_state("library", "0.1.0", "stopped", Text("ช้า", "Slow"), keepers.now)

    known = read_published(keepers.folder, keepers.now)

    assert [one.entry.state for one in known.listed.values()] == ["approved"]
    assert known.holds(keepers.now + timedelta(days=6))
    keepers.publish()
    known = read_published(keepers.folder, keepers.now)
    states = [one.entry.state for one in known.plugins["library"]]
    assert states == ["stopped"]


def test_what_half_a_publication_has_put_there_is_not_taken_for_the_state(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    for path in keepers.repository.metadata.glob("*.acme.json"):
        number, _, rest = path.name.partition(".")
        (path.parent / f"{int(number) + 1}.{rest}").write_bytes(b"{}")

    assert list(read_published(keepers.folder, keepers.now).plugins) == ["library"]


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets", "acme", "root"])
def test_a_changed_letter_of_any_document_is_found(
    keepers: Keepers, a_wheel: MakeWheel, role: str
) -> None:
    keepers.enter(a_wheel())
    found = keepers.repository.metadata.glob(f"*{role}.json")
    for path in found:
        path.write_bytes(path.read_bytes().replace(b'"version":', b'"version":1', 1))

    with pytest.raises(Untrusted):
        read_published(keepers.folder, keepers.now)


def test_where_nothing_is_published_that_is_said(keepers: Keepers) -> None:
    with pytest.raises(Untrusted, match="no root"):
        read_published(keepers.folder / "pending", keepers.now)
