"""Whoever sits on the line, or holds one stolen key: refused, and what was known stays."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Snapshot, TargetFile, Timestamp

from core.catalog.ceremonies import rotate, sign
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.fetching import FromNetwork
from core.catalog.keys import read_public
from core.catalog.writing import Canonical, load
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]

WHEEL = "acme/thongthin_library-0.1.0-py3-none-any.whl"


@pytest.fixture
def known(keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel) -> Catalog:
    """A catalog that knows the library; its wheel was not fetched yet."""
    keepers.enter(a_wheel())
    catalog.refresh()
    return catalog


def names(catalog: Catalog) -> list[str]:
    return [f"{name} {version}" for name, version in catalog.read(datetime.now(UTC)).listed]


def metadata(keepers: Keepers, name: str) -> bytes:
    data: bytes = (keepers.repository.metadata / name).read_bytes()
    return data


def forged(signed: Any, key: CryptoSigner, **changed: Any) -> bytes:
    """Return a document as whoever has one key can make it."""
    for name, value in changed.items():
        setattr(signed, name, value)
    signed.expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
    signed.unrecognized_fields["issued"] = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    document = Metadata(signed)
    document.sign(key)
    return document.to_bytes(Canonical())


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1] + b"!",
        lambda data: data + b"!",
        lambda data: data[:-1],
        lambda _: b"",
        lambda _: None,
    ],
    ids=["another", "longer", "shorter", "empty", "missing"],
)
def test_software_that_was_not_approved_is_refused(
    known: Catalog, served: Served, a_wheel: MakeWheel, change: Callable[[bytes], bytes]
) -> None:
    served.lies[".whl"] = change(a_wheel()[1])
    [listed] = known.read(datetime.now(UTC)).listed.values()

    with pytest.raises(CatalogRefused):
        known.wheel(listed)

    served.lies.clear()
    assert known.wheel(listed) == a_wheel()[1]


def test_a_wheel_that_was_changed_on_the_disk_is_fetched_anew(
    known: Catalog, a_wheel: MakeWheel, tmp_path: Any
) -> None:
    [listed] = known.read(datetime.now(UTC)).listed.values()
    known.wheel(listed)
    path = tmp_path / "data" / "catalog" / "wheels" / f"{listed.digest}.whl"
    path.write_bytes(path.read_bytes().replace(b"hello", b"hullo"))

    assert known.wheel(listed) == a_wheel()[1]


def test_an_older_state_is_refused_where_a_newer_one_was_seen(
    keepers: Keepers, known: Catalog, served: Served, a_wheel: MakeWheel
) -> None:
    before = metadata(keepers, "timestamp.json")
    keepers.repository.set_state("library", "0.1.0", "stopped", Text("ช้า", "Slow"), keepers.now)
    keepers.publish()
    known.refresh()
    served.lies["timestamp.json"] = before

    with pytest.raises(CatalogRefused, match="BadVersionNumberError"):
        known.refresh()

    [listed] = known.read(datetime.now(UTC)).listed.values()
    assert listed.entry.state == "stopped"


def test_a_state_that_stands_still_is_refused_when_its_time_is_over(
    keepers: Keepers, served: Served, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.now = datetime.now(UTC) - timedelta(days=8)
    keepers.enter(a_wheel())

    with pytest.raises(CatalogRefused, match=r"ExpiredMetadataError: timestamp\.json is expired"):
        catalog.refresh()


def test_what_is_known_stays_readable_after_its_time_but_holds_no_more(known: Catalog) -> None:
    now = datetime.now(UTC)
    found = known.read(now)

    assert found.holds(now)
    assert found.holds(now + timedelta(days=6))
    assert not found.holds(now + timedelta(days=8))
    assert now + timedelta(days=3) < found.warn_from < now + timedelta(days=4)
    assert found.newest("library") is not None


@pytest.mark.parametrize("document", ["snapshot", "targets", "acme"])
def test_documents_of_different_states_are_not_taken_together(
    keepers: Keepers, known: Catalog, served: Served, a_wheel: MakeWheel, document: str
) -> None:
    before = keepers.repository.newest(document)
    keepers.enter(a_wheel("parks"), publisher="other")
    keepers.repository.renew("acme", keepers.now)
    keepers.publish()
    number = keepers.repository.newest(document).signed.version
    assert number > before.signed.version
    served.lies[f"/{number}.{document}.json"] = before.to_bytes(Canonical())

    with pytest.raises(CatalogRefused, match=r"BadVersionNumber|Expected"):
        known.refresh()

    assert names(known) == ["library 0.1.0"]


def test_documents_of_different_states_on_the_disk_are_not_read_together(
    keepers: Keepers, known: Catalog, a_wheel: MakeWheel, tmp_path: Any
) -> None:
    held = tmp_path / "data" / "catalog" / "online"
    before = (held / "acme.json").read_bytes()
    keepers.repository.renew("acme", keepers.now)
    keepers.publish()
    known.refresh()
    (held / "acme.json").write_bytes(before)

    with pytest.raises(CatalogRefused, match="not of the state"):
        known.read(datetime.now(UTC))


def test_a_changed_letter_on_the_disk_is_found(known: Catalog, tmp_path: Any) -> None:
    path = tmp_path / "data" / "catalog" / "online" / "acme.json"
    path.write_bytes(path.read_bytes().replace(b"Library", b"Gibrary"))

    with pytest.raises(CatalogRefused, match="acme: 0 of 2 signatures hold"):
        known.read(datetime.now(UTC))


@pytest.mark.parametrize("which", ["timestamp.json", ".snapshot.json", ".acme.json", ".whl"])
def test_data_without_end_is_cut_off(known: Catalog, served: Served, which: str, keepers: Keepers,
                                     a_wheel: MakeWheel) -> None:  # fmt: skip
    keepers.enter(a_wheel(version="0.2.0"))
    served.endless = which
    [listed] = known.read(datetime.now(UTC)).listed.values()
    began = time.monotonic()

    with pytest.raises(CatalogRefused, match="LengthMismatch"):
        known.wheel(listed) if which == ".whl" else known.refresh()

    assert time.monotonic() - began < 20
    assert names(known) == ["library 0.1.0"]


@pytest.mark.parametrize("trickling", ["headers", "body"])
@pytest.mark.parametrize("which", ["timestamp.json", ".whl"])
def test_an_answer_that_trickles_is_cut_off(
    known: Catalog, served: Served, which: str, trickling: str
) -> None:
    served.endless, served.pause, served.trickling = which, 0.1, trickling
    [listed] = known.read(datetime.now(UTC)).listed.values()
    network = FromNetwork(wait=1, longest=1)
    began = time.monotonic()

    with pytest.raises(CatalogRefused, match="SlowRetrievalError"):
        known.wheel(listed, network) if which == ".whl" else known.refresh(network)

    assert time.monotonic() - began < 10


def test_an_answer_that_does_not_come_is_not_waited_for(known: Catalog, served: Served) -> None:
    served.pause = 30
    with pytest.raises(CatalogRefused, match="SlowRetrievalError"):
        known.refresh(FromNetwork(wait=0.5))
    assert names(known) == ["library 0.1.0"]


@pytest.mark.parametrize("thief", ["curator1", "online", "root1", "thief"])
def test_with_one_stolen_key_nobody_publishes(
    keepers: Keepers, known: Catalog, served: Served, thief: str
) -> None:
    """Whoever holds a curator's key has the service's too: the worst that one theft can be."""
    acme = keepers.repository.newest("acme").signed
    acme.targets[WHEEL] = TargetFile(
        4, {"sha256": "ab" * 32}, WHEEL, acme.targets[WHEEL].unrecognized_fields
    )
    number = acme.version + 1
    served.lies[f"/{number}.acme.json"] = forged(acme, keepers.key(thief), version=number)
    meta = dict(keepers.repository.newest("snapshot").signed.meta)
    meta["acme.json"] = MetaFile(number)
    served.lies["/9.snapshot.json"] = forged(Snapshot(9, meta=meta), keepers.key("online"))
    stamp = Timestamp(99, snapshot_meta=MetaFile(9))
    served.lies["timestamp.json"] = forged(stamp, keepers.key("online"))

    with pytest.raises(CatalogRefused, match=r"acme was signed by \d/2 keys"):
        known.refresh()

    [listed] = known.read(datetime.now(UTC)).listed.values()
    assert listed.digest != "ab" * 32


def test_a_root_signed_by_one_keeper_is_refused(
    keepers: Keepers, known: Catalog, served: Served
) -> None:
    root = keepers.repository.newest("root").signed
    thief = read_public(keepers.keys / "thief.pub")
    root.add_key(thief, "targets")
    served.lies["/2.root.json"] = forged(root, keepers.key("root1"), version=2)

    with pytest.raises(CatalogRefused, match=r"root was signed by 1/2 keys"):
        known.refresh()
    assert names(known) == ["library 0.1.0"]


def test_after_a_state_far_ahead_new_keys_lead_back(
    keepers: Keepers, known: Catalog, served: Served, a_wheel: MakeWheel
) -> None:
    """The service's key was stolen, and the client has taken a state with a huge number."""
    meta = dict(keepers.repository.newest("snapshot").signed.meta)
    far = 2**31 - 1
    served.lies[f"/{far}.snapshot.json"] = forged(Snapshot(far, meta=meta), keepers.key("online"))
    stamp = Timestamp(far, snapshot_meta=MetaFile(far))
    served.lies["timestamp.json"] = forged(stamp, keepers.key("online"))
    known.refresh()
    served.lies.clear()
    keepers.enter(a_wheel("parks"), publisher="other")
    with pytest.raises(CatalogRefused, match="BadVersionNumberError"):
        known.refresh()

    new = read_public(keepers.keys / "spare.pub")
    for path in rotate(keepers.repository, "online", "online", new, keepers.now):
        for who in ("root1", "root3"):
            sign(path, keepers.key(who))
    keepers.repository.publish(keepers.key("spare"), keepers.now)
    known.refresh()

    assert names(known) == ["library 0.1.0", "parks 0.1.0"]


def test_a_publisher_cannot_hand_out_anothers_plugin(
    keepers: Keepers, known: Catalog, a_wheel: MakeWheel
) -> None:
    """Even where two curators overlooked it."""
    keepers.enter(a_wheel("parks"), publisher="other")
    other = keepers.repository.newest("other").signed
    other.targets[WHEEL] = next(iter(other.targets.values()))
    keepers.repository.propose("other", other, keepers.now)
    keepers.publish()

    with pytest.raises(CatalogRefused, match="is not its own"):
        known.refresh()
    assert names(known) == ["library 0.1.0"]


def test_a_role_that_nobody_delegated_is_not_looked_at(
    keepers: Keepers, known: Catalog, served: Served
) -> None:
    served.lies["/1.evil.json"] = forged(
        keepers.repository.newest("acme").signed, keepers.key("thief")
    )
    meta = keepers.repository.newest("snapshot").signed.meta | {"evil.json": MetaFile(1)}
    served.lies["/9.snapshot.json"] = forged(Snapshot(9, meta=meta), keepers.key("online"))
    stamp = Timestamp(99, snapshot_meta=MetaFile(9))
    served.lies["timestamp.json"] = forged(stamp, keepers.key("online"))
    known.refresh()

    assert [path for path in served.asked if path.endswith("9.snapshot.json")]
    assert names(known) == ["library 0.1.0"]

    assert not [path for path in served.asked if "evil" in path]


@pytest.mark.parametrize(
    ("ahead", "why"),
    [(-365, "ExpiredMetadataError"), (365, "the clock of this machine")],
    ids=["the clock is a year ahead", "the clock is a year behind"],
)
def test_with_a_clock_that_is_wrong_by_a_year_nothing_is_installed(
    keepers: Keepers, catalog: Catalog, served: Served, a_wheel: MakeWheel, ahead: int, why: str
) -> None:
    keepers.now = datetime.now(UTC) + timedelta(days=ahead)
    keepers.repository.renew("root", keepers.now)
    keepers.enter(a_wheel())
    if ahead < 0:
        with pytest.raises(CatalogRefused, match=why):
            catalog.refresh()
    else:
        catalog.refresh()
        found = catalog.read(datetime.now(UTC))
        assert found.early
        assert not found.holds(datetime.now(UTC))


def test_another_catalog_does_not_take_the_place_of_the_one_that_is_trusted(
    keepers: Keepers, catalog: Catalog
) -> None:
    with pytest.raises(CatalogRefused, match="another catalog is trusted"):
        catalog.add(keepers.root, "http://127.0.0.1:1")


@pytest.mark.parametrize("change", [b"", b"{}", b"[1]"])
def test_what_is_no_root_is_not_trusted(tmp_path: Any, change: bytes) -> None:
    with pytest.raises(CatalogRefused):
        Catalog(tmp_path / "data").add(change, "http://127.0.0.1:1")


def test_a_root_that_does_not_sign_itself_is_not_trusted(keepers: Keepers, tmp_path: Any) -> None:
    root = load(keepers.repository.metadata / "1.root.json")
    root.signatures.popitem()
    with pytest.raises(CatalogRefused, match="1 of 2 signatures hold"):
        Catalog(tmp_path / "other").add(root.to_bytes(Canonical()), "http://127.0.0.1:1")
