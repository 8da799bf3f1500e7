"""A bundle brings all that is approved to a place without network, and nothing else."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tuf.ngclient import Updater

from core.catalog.ceremonies import rotate, sign
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.fetching import Bundle
from core.catalog.installed import Installations
from core.catalog.installing import InstallRefused, install
from core.catalog.keys import read_public
from core.catalog.packing import pack, propose_bundle
from core.catalog.repository import CatalogFault
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]


@pytest.fixture
def offline(keepers: Keepers, tmp_path: Path) -> Catalog:
    """The catalog of an installation without network."""
    made = Catalog(tmp_path / "data")
    made.add(keepers.root, "")
    return made


def now() -> datetime:
    return datetime.now(UTC)


def stop(keepers: Keepers, version: str) -> None:
    reason = Text("ข้อมูลรั่ว", "It leaks data")
    keepers.repository.set_state("library", version, "stopped", reason, keepers.now)
    keepers.publish()


def rewritten(bundle: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Return a copy of a bundle with files changed, or left out."""
    made = bundle.with_name("changed.zip")
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return made


@pytest.mark.parametrize("as_folder", [False, True], ids=["one file", "a folder"])
def test_a_plugin_is_installed_and_updated_from_bundles(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path, as_folder: bool
) -> None:
    keepers.enter(a_wheel())
    for version in ("0.1.0", "0.2.0"):
        if version == "0.2.0":
            keepers.enter(a_wheel(version="0.2.0"))
        bundle = keepers.bundle(tmp_path / f"{version}.zip")
        if as_folder:
            with zipfile.ZipFile(bundle) as archive:
                archive.extractall(tmp_path / version)
            bundle = tmp_path / version
        offline.take_bundle(bundle)
        held = install(tmp_path / "data", "library", None, now(), update=version == "0.2.0")
        assert held.version == version

    installed = Installations(tmp_path / "data").read()["library"]
    assert installed.previous is not None
    assert installed.previous.version == "0.1.0"


def test_a_bundle_holds_for_long_and_then_installs_nothing(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    offline.take_bundle(keepers.bundle(tmp_path / "one.zip"))

    assert offline.read(now()).holds(now() + timedelta(days=360))
    assert not offline.read(now()).holds(now() + timedelta(days=401))
    with pytest.raises(InstallRefused, match="what runs goes on"):
        install(tmp_path / "data", "library", None, now() + timedelta(days=401))


def test_its_root_is_signed_anew_when_half_of_its_term_is_over(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    for days, root in ((0, "1000001"), (199, "1000001"), (201, "1000002")):
        keepers.now = now() + timedelta(days=days)
        bundle = keepers.bundle(tmp_path / f"{days}.zip")
        offline.take_bundle(bundle)
        with zipfile.ZipFile(bundle) as archive:
            roots = [name for name in archive.namelist() if name.startswith("metadata/1000")]
        assert roots[-1] == f"metadata/{root}.root.json"

    assert offline.read(now()).until > keepers.now + timedelta(days=399)
    # Nobody is asked again for what holds for long.
    assert {path.stem for path in propose_bundle(keepers.repository, keepers.now)} == {
        *("targets", "snapshot", "timestamp")
    }


def test_it_tells_of_every_version_and_brings_the_wheels_of_those_that_are_approved(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    for version in ("0.1.0", "0.2.0", "0.3.0"):
        keepers.enter(a_wheel(version=version))
    stop(keepers, "0.2.0")
    bundle = keepers.bundle(tmp_path / "one.zip")
    offline.take_bundle(bundle)

    states = [one.entry.state for one in offline.read(now()).plugins["library"]]
    assert states == ["approved", "stopped", "superseded"]
    with zipfile.ZipFile(bundle) as archive:
        [wheel] = [name for name in archive.namelist() if name.endswith(".whl")]
    assert "0.3.0" in wheel


def test_an_older_bundle_is_refused_after_a_newer(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    old = keepers.bundle(tmp_path / "old.zip")
    stop(keepers, "0.1.0")
    offline.take_bundle(keepers.bundle(tmp_path / "new.zip"))

    with pytest.raises(CatalogRefused, match="BadVersionNumberError"):
        offline.take_bundle(old)
    assert offline.stops() == {("library", "0.1.0"): Text("ข้อมูลรั่ว", "It leaks data")}


@pytest.mark.parametrize(
    "part", ["root.json", "timestamp.json", "snapshot.json", "targets.json", ".whl"]
)
def test_a_bundle_with_a_changed_or_missing_part_is_refused(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path, part: str
) -> None:
    keepers.enter(a_wheel())
    bundle = keepers.bundle(tmp_path / "one.zip")

    def spoil(name: str, data: bytes) -> bytes:
        whole = name.startswith(("metadata/", "targets/")) and name.endswith(part)
        return data.replace(b"2", b"3") if whole else data

    def leave_out(name: str, data: bytes) -> bytes | None:
        return None if name.startswith(("metadata/", "targets/")) and name.endswith(part) else data

    for change in (spoil, leave_out):
        with pytest.raises(CatalogRefused):
            offline.take_bundle(rewritten(bundle, change))
        with pytest.raises(CatalogRefused, match="no catalog can be read"):
            offline.read(now())


def test_a_bundle_of_strangers_is_refused(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    """They have their own keepers, who sign everything as it should be."""
    keepers.enter(a_wheel())
    folder = tmp_path / "strangers"
    strangers = type(keepers)(folder, type(keepers.repository)(folder), tmp_path / "keys")
    shutil.copytree(keepers.keys, strangers.keys)
    for one in ("root1", "root2"):
        for end in ("", ".pub"):
            (strangers.keys / f"{one}{end}").write_bytes(
                (keepers.keys / f"{'thief' if one == 'root1' else 'spare'}{end}").read_bytes()
            )
    strangers.begin()
    strangers.enter(a_wheel())

    with pytest.raises(CatalogRefused, match="root was signed by 0/2 keys"):
        offline.take_bundle(strangers.bundle(tmp_path / "theirs.zip"))


def test_one_holder_of_a_key_alone_makes_no_bundle(
    keepers: Keepers, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    for path in propose_bundle(keepers.repository, keepers.now):
        sign(path, keepers.key("root1" if path.stem == "root" else "bundle1"))

    with pytest.raises(CatalogFault, match="not signed by enough"):
        pack(keepers.repository, tmp_path / "one.zip")
    assert not (tmp_path / "one.zip").exists()


def test_the_root_of_bundles_is_never_the_next_root_of_the_catalog(
    keepers: Keepers, catalog: Catalog, served: Served, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    keepers.bundle(tmp_path / "one.zip")
    served.lies["/2.root.json"] = (keepers.bundles.metadata / "1000001.root.json").read_bytes()

    with pytest.raises(CatalogRefused, match="Expected root version 2"):
        catalog.refresh()


def test_a_bundle_brings_new_keepers_to_where_the_network_never_did(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    offline.take_bundle(keepers.bundle(tmp_path / "before.zip"))
    new = read_public(keepers.keys / "spare.pub")
    for path in rotate(keepers.repository, "root", "root1", new, keepers.now):
        for one in ("root2", "root3", "spare"):
            sign(path, keepers.key(one))
    keepers.repository.publish(keepers.key("online"), keepers.now)
    keepers.enter(a_wheel(version="0.2.0"))

    offline.take_bundle(keepers.bundle(tmp_path / "after.zip"))

    assert ("library", "0.2.0") in offline.read(now()).listed
    with pytest.raises(CatalogRefused, match="root was signed by 1/2 keys"):
        offline.take_bundle(tmp_path / "before.zip")


def test_a_stop_by_the_network_is_not_undone_by_an_older_bundle(
    keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.now = now() - timedelta(hours=2)
    keepers.enter(a_wheel())
    bundle = keepers.bundle(tmp_path / "one.zip")
    keepers.now = now()
    stop(keepers, "0.1.0")
    catalog.refresh()

    catalog.take_bundle(bundle)

    assert list(catalog.stops()) == [("library", "0.1.0")]

    # Nor by its being all that can be read.
    (tmp_path / "data" / "catalog" / "online" / "acme.json").write_bytes(b"{}")
    with pytest.raises(CatalogRefused, match="stops cannot be read"):
        catalog.stops()


def test_no_bundle_is_made_while_a_stop_waits_which_it_would_undo(
    keepers: Keepers, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    reason = Text("ข้อมูลรั่ว", "It leaks data")
    keepers.repository.set_state("library", "0.1.0", "stopped", reason, keepers.now)

    with pytest.raises(CatalogFault, match="publish first what waits, or take it back: acme"):
        keepers.bundle(tmp_path / "one.zip")

    keepers.publish()
    assert keepers.bundle(tmp_path / "one.zip").exists()


def test_a_wheel_of_a_bundle_that_was_changed_on_the_disk_is_not_installed(
    keepers: Keepers, offline: Catalog, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    offline.take_bundle(keepers.bundle(tmp_path / "one.zip"))
    [path] = (tmp_path / "data" / "catalog" / "wheels").iterdir()
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(CatalogRefused, match="not here as it was approved"):
        install(tmp_path / "data", "library", None, now())


def test_the_client_of_python_tuf_takes_a_bundle_as_a_repository(
    keepers: Keepers, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    name, data = a_wheel()
    keepers.enter((name, data))
    with zipfile.ZipFile(keepers.bundle(tmp_path / "one.zip")) as archive:
        root = archive.read("metadata/1000001.root.json")
    folder = tmp_path / "plain"
    folder.mkdir()
    client = Updater(
        str(folder), "bundle:metadata/", str(folder), "bundle:targets/",
        fetcher=Bundle(tmp_path / "one.zip"), bootstrap=root,
    )  # fmt: skip

    target = client.get_targetinfo(f"acme/{name}")

    assert target is not None
    assert Path(client.download_target(target)).read_bytes() == data


@pytest.mark.parametrize("junk", [b"", b"PK", b"no archive at all"])
def test_what_is_no_bundle_is_refused(offline: Catalog, tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "junk.zip").write_bytes(junk)
    for path in (tmp_path / "junk.zip", tmp_path / "nothing.zip"):
        with pytest.raises(CatalogRefused, match="is no bundle"):
            offline.take_bundle(path)
