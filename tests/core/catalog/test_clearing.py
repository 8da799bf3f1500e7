"""Wheels that nobody needs go, and none that somebody does."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.catalog.client import Catalog
from core.catalog.installing import go_back, install, remove
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def now() -> datetime:
    return datetime.now(UTC)


def wheels(data: Path) -> int:
    return len(list((data / "catalog" / "wheels").iterdir()))


def test_of_what_came_by_the_network_stay_what_is_installed_and_the_way_back(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, data: Path
) -> None:
    catalog.clear()
    for version in ("0.1.0", "0.2.0", "0.3.0"):
        keepers.enter(a_wheel(version=version))
        catalog.refresh()
        install(data, "library", None, now(), update=version != "0.1.0")
    (data / "catalog" / "wheels" / "left-by-a-kill").write_bytes(b"half")
    assert wheels(data) == 4

    catalog.clear()
    assert wheels(data) == 2
    go_back(data, "library")
    catalog.clear()
    assert wheels(data) == 2
    remove(data, "library")
    catalog.clear()
    assert wheels(data) == 0
    assert install(data, "library", None, now()).version == "0.3.0"


def test_what_the_newest_bundle_brought_stays_to_be_installed_without_network(
    keepers: Keepers, a_wheel: MakeWheel, data: Path, tmp_path: Path
) -> None:
    catalog = Catalog(data)
    catalog.add(keepers.root, "")
    for plugin in ("library", "parks"):
        keepers.enter(a_wheel(plugin), publisher=plugin)
    catalog.take_bundle(keepers.bundle(tmp_path / "first.zip"))
    install(data, "library", None, now())
    catalog.clear()
    assert wheels(data) == 2

    keepers.enter(a_wheel(version="0.2.0"), publisher="library")
    keepers.enter(a_wheel("parks", version="0.2.0"), publisher="parks")
    catalog.take_bundle(keepers.bundle(tmp_path / "second.zip"))

    # Of the library both versions, of the parks the one that the bundle has.
    assert wheels(data) == 3
    assert install(data, "parks", None, now()).version == "0.2.0"

    keepers.repository.set_state("parks", "0.2.0", "stopped", Text("รั่ว", "Leaks"), keepers.now)
    keepers.publish()
    remove(data, "parks")
    catalog.take_bundle(keepers.bundle(tmp_path / "third.zip"))
    assert wheels(data) == 2


@pytest.mark.parametrize("lost", ["plugins/installed.json", "catalog/bundle/targets.json"])
def test_where_nobody_can_tell_what_is_needed_all_stay(
    keepers: Keepers, a_wheel: MakeWheel, data: Path, tmp_path: Path, lost: str
) -> None:
    catalog = Catalog(data)
    catalog.add(keepers.root, "")
    keepers.enter(a_wheel())
    catalog.take_bundle(keepers.bundle(tmp_path / "one.zip"))
    install(data, "library", None, now())
    (data / lost).write_bytes(b"{")

    catalog.clear()

    assert wheels(data) == 1
