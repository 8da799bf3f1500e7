"""A power cut at every step of every change leaves the old version or the new one, whole."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.catalog.client import Catalog, CatalogRefused
from core.catalog.installed import Installations, what_changed
from core.catalog.installing import InstallRefused, install

Keepers = Any  # the classes of conftest.py, which cannot be imported
MakeWheel = Callable[..., tuple[str, bytes]]
HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.mark.parametrize("step", ["install", "update", "back", "remove", "clear", "refresh"])
def test_a_kill_at_every_step_leaves_the_old_or_the_new(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, tmp_path: Path, step: str
) -> None:
    data = tmp_path / "data"
    keepers.enter(a_wheel())
    keepers.enter(a_wheel(version="0.2.0"))
    catalog.refresh()
    if step != "install":
        install(data, "library", "0.1.0", datetime.now(UTC))
    if step in ("back", "clear"):
        install(data, "library", "0.2.0", datetime.now(UTC), update=True)
    if step == "clear":
        stray = data / "plugins" / "library" / "0.0.9"
        (stray / "package").mkdir(parents=True)
        (stray / "package" / "old.py").write_text("x = 1\n")
    if step == "refresh":
        keepers.enter(a_wheel("parks"), publisher="other")
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(HERE / "killed.py"), str(data), str(tmp_path / "work"), step],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert len(told["seen"]) > 3
    for killed, again in told["seen"]:
        assert killed in (told["before"], told["after"])
        assert again == told["after"]
    assert (told["before"] == told["after"]) == (step == "clear")


def test_a_disk_that_is_full_leaves_what_was_there(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    keepers.enter(a_wheel())
    large = {"thongthin_library/templates/large.html": b"<p>" * 100_000}
    keepers.enter(a_wheel(version="0.2.0", more=large))
    catalog.refresh()
    install(data, "library", "0.1.0", datetime.now(UTC))
    found = catalog.read(datetime.now(UTC)).newest("library")
    assert found is not None
    catalog.wheel(found)

    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most[1]))
    try:
        with pytest.raises(InstallRefused, match="nothing was changed"):
            install(data, "library", None, datetime.now(UTC), update=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)

    here = Installations(data)
    held = here.read()["library"].current
    assert held.version == "0.1.0"
    assert what_changed(here.place("library", "0.1.0"), held) is None
    assert [one.name for one in (data / "plugins" / "library").iterdir()] == ["0.1.0"]


def test_a_disk_that_is_full_leaves_the_catalog_as_it_was(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    catalog.refresh()
    keepers.enter(a_wheel("parks"), publisher="other")

    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, most[1]))
    try:
        with pytest.raises(CatalogRefused, match="the catalog is not taken"):
            catalog.refresh()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)

    assert list(catalog.read(datetime.now(UTC)).listed) == [("library", "0.1.0")]
