"""Versions that are taken back, and plugins that change hands."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.catalog.ceremonies import sign
from core.catalog.changing import hand_over, propose_version, publisher_of, take_back
from core.catalog.client import Catalog
from core.catalog.entries import Entry
from core.catalog.installing import install
from core.catalog.repository import CatalogFault, Repository

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]
AnEntry = Callable[..., Entry]


def proposed(
    keepers: Keepers, wheel: tuple[str, bytes], entry: Entry, publisher: str = "acme"
) -> None:
    propose_version(keepers.repository, publisher, *wheel, entry, keepers.now)


def states(repository: Repository) -> dict[str, str]:
    return {key[1]: entry.state for key, (_, entry) in repository.entries().items()}


def test_a_version_that_was_not_signed_is_taken_back_as_if_it_never_was(
    keepers: Keepers, a_wheel: MakeWheel, an_entry: AnEntry
) -> None:
    keepers.enter(a_wheel())
    repository = keepers.repository
    before = sorted(repository.folder.rglob("*"))
    wheel = a_wheel(version="0.2.0")
    proposed(keepers, wheel, an_entry(wheel))
    assert states(repository) == {"0.1.0": "superseded", "0.2.0": "approved"}

    take_back(repository, "library", "0.2.0", keepers.now)

    assert states(repository) == {"0.1.0": "approved"}
    assert sorted(repository.folder.rglob("*")) == before
    with pytest.raises(CatalogFault, match="was published"):
        take_back(repository, "library", "0.1.0", keepers.now)


def test_the_first_version_of_a_publisher_is_taken_back_and_proposed_anew(
    keepers: Keepers, a_wheel: MakeWheel, an_entry: AnEntry
) -> None:
    wheel = a_wheel()
    proposed(keepers, wheel, an_entry(wheel))
    take_back(keepers.repository, "library", "0.1.0", keepers.now)
    assert states(keepers.repository) == {}

    proposed(keepers, wheel, an_entry(wheel))
    keepers.publish()

    assert states(keepers.repository) == {"0.1.0": "approved"}


def test_other_versions_that_wait_stay_when_one_is_taken_back(
    keepers: Keepers, a_wheel: MakeWheel, an_entry: AnEntry
) -> None:
    for name in ("library", "parks"):
        wheel = a_wheel(name)
        proposed(keepers, wheel, an_entry(wheel))

    take_back(keepers.repository, "library", "0.1.0", keepers.now)

    assert list(keepers.repository.entries()) == [("parks", "0.1.0")]


def test_what_waits_of_others_keeps_its_signatures_when_a_version_is_taken_back(
    keepers: Keepers, a_wheel: MakeWheel, an_entry: AnEntry
) -> None:
    keepers.enter(a_wheel())
    keepers.enter(a_wheel("parks"), publisher="other")
    path = keepers.repository.renew("other", keepers.now)
    sign(path, keepers.key("curator1"))
    signed = path.read_bytes()
    wheel = a_wheel(version="0.2.0")
    proposed(keepers, wheel, an_entry(wheel))

    take_back(keepers.repository, "library", "0.2.0", keepers.now)

    assert path.read_bytes() == signed
    assert [one.stem for one in keepers.repository.waiting()] == ["other"]


def test_who_takes_a_plugin_over_goes_on_with_it_where_it_is_installed(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, an_entry: AnEntry, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    catalog.refresh()
    install(tmp_path / "data", "library", None, datetime.now(UTC))
    wheel = a_wheel(version="0.2.0")
    hand_over(keepers.repository, "library", "other", keepers.now)
    with pytest.raises(CatalogFault, match="library is acme's"):
        proposed(keepers, wheel, an_entry(wheel), "other")

    keepers.publish()
    with pytest.raises(CatalogFault, match="library is other's"):
        proposed(keepers, wheel, an_entry(wheel))
    keepers.enter(wheel, publisher="other")

    assert states(keepers.repository) == {"0.1.0": "superseded", "0.2.0": "approved"}
    assert publisher_of(keepers.repository, "library") == "other"
    catalog.refresh()
    held = install(tmp_path / "data", "library", None, datetime.now(UTC), update=True)
    assert held.version == "0.2.0"


@pytest.mark.parametrize(
    ("plugin", "publisher", "why"),
    [
        ("parks", "other", "there is no parks"),
        ("library", "acme", "is acme's already"),
        ("library", "targets", "cannot be a publisher's name"),
    ],
)
def test_nothing_is_handed_over_that_cannot_be(
    keepers: Keepers, a_wheel: MakeWheel, plugin: str, publisher: str, why: str
) -> None:
    keepers.enter(a_wheel())

    with pytest.raises(CatalogFault, match=why):
        hand_over(keepers.repository, plugin, publisher, keepers.now)
    assert keepers.repository.waiting() == []
