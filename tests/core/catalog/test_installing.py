"""Install, update, go back, remove; and what is refused with the running version left as it was."""

import importlib.util
import py_compile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from core.catalog.client import Catalog
from core.catalog.installed import Installations
from core.catalog.installing import InstallRefused, go_back, install, pin, remove
from core.catalog.policy import read_policy
from core.catalog.repository import read_entry
from core.catalog.returning import demand_way_back
from core.discovery import find
from core.host import Host
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]
LEAKS = Text("ข้อมูลรั่ว", "It leaks data")
STEP = b"""from core.api import sql_migration

ID = "2026-12-01T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "More."


async def forwards():
    return sql_migration("library", ID, "SELECT 1", "SELECT 1")
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def known(keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel) -> Catalog:
    keepers.enter(a_wheel())
    catalog.refresh()
    return catalog


def now() -> datetime:
    return datetime.now(UTC)


def here(data: Path) -> dict[str, str]:
    return {name: one.current.version for name, one in Installations(data).read().items()}


def test_what_is_installed_is_the_approved_wheel_and_nothing_has_run(
    known: Catalog, data: Path
) -> None:
    held = install(data, "library", None, now())

    place = Installations(data).place("library", "0.1.0")
    assert here(data) == {"library": "0.1.0"}
    assert sorted(held.files) == sorted(
        one.relative_to(place).as_posix() for one in place.rglob("*") if one.is_file()
    )
    assert not list(place.rglob("__pycache__"))


def test_a_newer_version_is_an_update_and_the_one_before_can_be_gone_back_to(
    keepers: Keepers, known: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    install(data, "library", None, now())
    with pytest.raises(InstallRefused, match="is not newer"):
        install(data, "library", None, now(), update=True)
    keepers.enter(a_wheel(version="0.10.0"))
    known.refresh()
    with pytest.raises(InstallRefused, match="is installed; update it"):
        install(data, "library", None, now())

    install(data, "library", None, now(), update=True)
    assert here(data) == {"library": "0.10.0"}

    go_back(data, "library")
    assert here(data) == {"library": "0.1.0"}
    with pytest.raises(InstallRefused, match=r"pinned to 0\.1\.0"):
        install(data, "library", None, now(), update=True)
    with pytest.raises(InstallRefused, match="no version of library to go back to"):
        go_back(data, "library")
    pin(data, "library", pinned=False)
    install(data, "library", None, now(), update=True)
    assert here(data) == {"library": "0.10.0"}


def test_nobody_goes_back_to_a_version_that_was_stopped(
    keepers: Keepers, known: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    install(data, "library", None, now())
    keepers.enter(a_wheel(version="0.2.0"))
    keepers.repository.set_state("library", "0.1.0", "stopped", LEAKS, keepers.now)
    keepers.publish()
    known.refresh()
    install(data, "library", None, now(), update=True)

    with pytest.raises(InstallRefused, match=r"version 0\.1\.0 was stopped"):
        go_back(data, "library")
    assert here(data) == {"library": "0.2.0"}


async def test_a_step_back_is_read_from_its_source_whatever_lies_beside_it(
    keepers: Keepers,
    known: Catalog,
    data: Path,
    a_wheel: MakeWheel,
    tmp_path: Path,
    database: str,
) -> None:
    install(data, "library", None, now())
    step = "thongthin_library/piccolo_migrations/library_2026_12_01_01_more.py"
    keepers.enter(a_wheel(version="0.2.0", more={step: STEP}))
    known.refresh()
    install(data, "library", None, now(), update=True)
    file = Installations(data).place("library", "0.2.0") / step
    evil = tmp_path / "evil.py"
    evil.write_text("raise SystemExit('what was not approved ran')")
    cached = importlib.util.cache_from_source(str(file))
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(evil), cached, doraise=True, invalidation_mode=mode)

    await demand_way_back(data, database, "library")

    file.write_bytes(STEP + b"# changed")
    with pytest.raises(InstallRefused, match="is not as it was approved"):
        await demand_way_back(data, database, "library")


def test_an_older_version_is_no_update(
    keepers: Keepers, known: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel(version="0.2.0"))
    known.refresh()
    install(data, "library", None, now())
    with pytest.raises(InstallRefused, match=r"0\.1\.0 is not newer than 0\.2\.0"):
        install(data, "library", "0.1.0", now(), update=True)
    assert here(data) == {"library": "0.2.0"}


def test_what_was_removed_is_gone_at_the_next_start_only(known: Catalog, data: Path) -> None:
    install(data, "library", None, now())
    place = Installations(data).place("library", "0.1.0")

    remove(data, "library")
    assert here(data) == {}
    assert place.exists()
    Installations(data).clear()
    assert not place.exists()
    with pytest.raises(InstallRefused, match="is not installed"):
        remove(data, "library")


def test_after_its_time_the_catalog_installs_nothing_and_stops_nothing(
    keepers: Keepers, known: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    install(data, "library", None, now())
    keepers.enter(a_wheel("parks"), publisher="other")
    known.refresh()
    later = now() + timedelta(days=8)

    with pytest.raises(InstallRefused, match="what runs goes on"):
        install(data, "parks", None, later)
    with pytest.raises(InstallRefused, match="the catalog held until"):
        install(data, "library", None, later, update=True)
    assert [one.name for one in find((), data=data) if one.refusal is None][:1] == ["library"]


def test_a_stopped_version_is_not_installed(keepers: Keepers, known: Catalog, data: Path) -> None:
    keepers.repository.set_state("library", "0.1.0", "stopped", LEAKS, keepers.now)
    keepers.publish()
    known.refresh()

    with pytest.raises(InstallRefused, match="no library that is approved"):
        install(data, "library", None, now())
    with pytest.raises(InstallRefused, match="was stopped: It leaks data"):
        install(data, "library", "0.1.0", now())


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"version": "0.3.0"}, "it says"),
        ({"plugin": "parks"}, "it says"),
        ({"api": 7}, "wants level 7"),
    ],
)
def test_an_entry_that_says_other_than_its_wheel_is_refused(
    keepers: Keepers, catalog: Catalog, data: Path, a_wheel: MakeWheel, changed: Any, why: str
) -> None:
    keepers.enter(a_wheel(), **changed)
    catalog.refresh()
    with pytest.raises(InstallRefused, match=why):
        install(data, changed.get("plugin", "library"), None, now())
    assert here(data) == {}
    assert not list((data / "plugins").glob("*/*"))


def test_a_wheel_with_more_rights_than_were_approved_is_refused(
    keepers: Keepers, known: Catalog, data: Path
) -> None:
    signed = keepers.repository.newest("acme").signed
    [target] = signed.targets.values()
    entry = read_entry(target)
    less = replace(entry, capabilities=replace(entry.capabilities, permissions=()))
    target.unrecognized_fields["custom"] = msgspec.json.decode(msgspec.json.encode(less))
    keepers.repository.propose("acme", signed, keepers.now)
    keepers.publish()
    known.refresh()

    with pytest.raises(InstallRefused, match=r"library\.see"):
        install(data, "library", None, now())


@pytest.mark.parametrize("package", ["httpx", "litestar", "thongthin_parks"])
def test_a_package_that_is_here_already_is_not_hidden(
    keepers: Keepers, catalog: Catalog, data: Path, a_wheel: MakeWheel, package: str
) -> None:
    keepers.enter(a_wheel("parks"))
    keepers.enter(a_wheel(package=package))
    catalog.refresh()
    install(data, "parks", None, now())
    with pytest.raises(InstallRefused, match=f"a package '{package}' here already"):
        install(data, "library", None, now())


def test_a_plugin_of_the_platform_has_its_name_alone(
    keepers: Keepers, catalog: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel("food_cert"))
    catalog.refresh()
    with pytest.raises(InstallRefused, match="not of the catalog"):
        install(data, "food_cert", None, now())


def changed_byte(place: Path) -> str:
    path = place / "thongthin_library" / "templates" / "hello.html"
    path.write_bytes(path.read_bytes().replace(b"hello", b"hullo"))
    return "templates/hello.html"


def added_file(place: Path) -> str:
    (place / "thongthin_library" / "more.py").write_text("x = 1\n")
    return "more.py"


def missing_file(place: Path) -> str:
    (place / "thongthin_library" / "plugin.py").unlink()
    return "plugin.py"


def link(place: Path) -> str:
    path = place / "thongthin_library" / "__init__.py"
    kept = path.read_bytes()
    path.unlink()
    (place.parent / "elsewhere.py").write_bytes(kept)
    path.symlink_to(place.parent / "elsewhere.py")
    return "__init__.py"


@pytest.mark.parametrize("change", [changed_byte, added_file, missing_file, link])
def test_a_plugin_that_was_changed_is_not_taken_and_the_others_are(
    known: Catalog, data: Path, change: Callable[[Path], str]
) -> None:
    install(data, "library", None, now())
    what = change(Installations(data).place("library", "0.1.0"))

    host = Host(find(("kit",), data=data))

    assert what in host.refused["library"].reason
    assert "not as it was approved" in host.refused["library"].reason
    assert {"forms", "casework"} <= host.plugins.keys()


def test_a_stopped_version_is_not_loaded(keepers: Keepers, known: Catalog, data: Path) -> None:
    install(data, "library", None, now())
    reason = Text("ข้อมูลรั่ว", "It leaks data")
    keepers.repository.set_state("library", "0.1.0", "stopped", reason, keepers.now)
    keepers.publish()
    known.refresh()

    host = Host(find(("kit",), data=data))

    assert host.refused["library"].reason == "version 0.1.0 was stopped: It leaks data"


def test_a_version_whose_tables_were_not_put_back_yet_is_not_loaded(
    keepers: Keepers, known: Catalog, data: Path, a_wheel: MakeWheel
) -> None:
    install(data, "library", None, now())
    keepers.enter(a_wheel(version="0.2.0"))
    known.refresh()
    install(data, "library", None, now(), update=True)
    go_back(data, "library")
    Installations(data).clear()

    host = Host(find((), data=data))

    assert "start anew" in host.refused["library"].reason
    assert Installations(data).place("library", "0.2.0").exists()


def test_a_policy_that_cannot_be_read_lets_only_what_is_approved_run(
    known: Catalog, data: Path
) -> None:
    (data / "catalog" / "catalog.json").write_text('{"local": true')
    policy = read_policy(data)
    assert policy is not None
    assert (policy.local, policy.url, policy.deciders) == (False, "", ())


def test_what_is_installed_being_unreadable_stops_nothing_else(data: Path) -> None:
    (data / "plugins").mkdir(parents=True)
    (data / "plugins" / "installed.json").write_text("{")
    Installations(data).clear()

    host = Host(find(("kit",), data=data))

    assert "cannot be read" in host.refused["installed.json"].reason
    assert "forms" in host.plugins


def test_with_local_plugins_forbidden_they_are_refused_and_with_them_allowed_marked(
    known: Catalog, data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "outside" / "by_hand"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from core.api import Manifest, Text\n"
        'MANIFEST = Manifest(name="by_hand", title=Text("ก", "By hand"))\n'
    )
    info = tmp_path / "outside" / "by_hand-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: by_hand\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[thongthin.plugins]\nby_hand = by_hand\n")
    monkeypatch.syspath_prepend(str(tmp_path / "outside"))

    strict = Host(find((), data=data))
    policy = replace(known.policy, local=True)
    (data / "catalog" / "catalog.json").write_bytes(msgspec.json.encode(policy))
    open_ = Host(find((), data=data))

    assert "only approved plugins run here" in strict.refused["by_hand"].reason
    assert open_.origins["by_hand"] == "local"
