"""The ceremonies of docs/subsystems/catalog.md, rehearsed with the commands as they are typed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.__main__ import main
from core.catalog.client import Catalog, CatalogRefused
from core.catalog.writing import load

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]


class Desk:
    """Where somebody types commands of keepers, in a folder of their own."""

    def __init__(
        self, folder: Path, keys: Path, repository: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._keys = keys
        self._capsys = capsys
        self.repository = repository
        self.phrase = folder / "phrase"
        folder.mkdir(exist_ok=True)
        self.phrase.write_text("ข้าวเหนียวมะม่วง 2569\n", encoding="utf-8")

    def type(self, *arguments: object, fails: bool = False) -> str:
        status = main(["catalog", *map(str, arguments)])
        said = self._capsys.readouterr()
        assert status == int(fails), said.out + said.err
        return said.out

    def public(self, *who: str) -> list[str]:
        return [str(self._keys / f"{one}.pub") for one in who]

    def sign(self, role: str, *who: str, within: str = "pending") -> str:
        said = ""
        for one in who:
            key = ("--key", self._keys / one, "--passphrase-file", self.phrase)
            said = self.type("sign", self.repository / within / f"{role}.json", *key)
        return said

    def online(self, action: str, key: str = "online", fails: bool = False) -> str:
        opened = ("--key", self._keys / key, "--passphrase-file", self.phrase)
        return self.type(action, self.repository, *opened, fails=fails)


@pytest.fixture
def desk(
    keyring: Path,
    keepers: Keepers,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    monkeypatch.setenv("THONGTHIN_DATA", str(tmp_path / "keepers"))
    return Desk(tmp_path / "desk", keyring, keepers.folder, capsys)


def names(catalog: Catalog) -> list[str]:
    return [" ".join(one) for one in catalog.read(datetime.now(UTC)).listed]


def entered(desk: Desk, wheel: tuple[str, bytes], publisher: str = "acme") -> None:
    """Propose a version with what a curator has: wheel, texts, report."""
    name, data = wheel
    version = name.split("-")[1]
    plugin = name.split("-")[0].removeprefix("thongthin_")
    (desk.folder / name).write_bytes(data)
    both = {"th": "ห้องสมุด", "en": "Library"}
    texts = desk.folder / "texts.json"
    texts.write_text(json.dumps({"title": both, "summary": both, "notes": both}))
    report = desk.folder / "report.json"
    known = {"plugin": plugin, "version": version, "at": "2026-11-28T10:00:00Z", "tier": "silver"}
    report.write_text(json.dumps({**known, "seconds": 1.0, "versions": {}, "checks": []}))
    people = ("--reviewer", "สมหญิง ใจดี", "--reviewer", "สมชาย ใจดี", "--data", "personal")
    files = ("--texts", texts, "--report", report)
    desk.type("enter", desk.repository, publisher, desk.folder / name, *files, *people)


def test_a_catalog_begins_and_a_plugin_is_approved_stopped_and_taken_back(
    desk: Desk, tmp_path: Path, a_wheel: MakeWheel
) -> None:
    """From the first key on."""
    desk.repository = tmp_path / "new"
    made = desk.type(
        *("key", desk.folder / "keeper4", "--owner", "สมศรี ใจดี"),
        *("--passphrase-file", desk.phrase),
    )
    assert "สมศรี ใจดี" in made
    roots = [*desk.public("root1", "root2"), str(desk.folder / "keeper4.pub")]
    said = desk.type(
        *("begin", desk.repository, "--root", *roots),
        *("--curators", *desk.public("curator1", "curator2", "curator3")),
        *("--online", *desk.public("online")),
        *("--bundle", *desk.public("bundle1", "bundle2")),
    )
    assert said.count("to sign:") == 3
    desk.sign("root", "root1")
    assert "waits: root" in desk.online("publish", fails=True)
    assert "targets: 2 of curator1, curator2, curator3" in desk.sign("root", "root2")
    desk.sign("targets", "curator1", "curator3")
    assert "published: root" in desk.online("publish")

    entered(desk, a_wheel())
    desk.sign("targets", "curator1", "curator2")
    desk.sign("acme", "curator1", "curator2")
    desk.online("publish")
    target = next(iter(load(desk.repository / "metadata" / "1.acme.json").signed.targets.values()))
    assert target.custom["state"] == "approved"

    desk.type("stop", desk.repository, "library", "0.1.0", "--reason", "ข้อมูลรั่ว / It leaks")
    told = desk.sign("acme", "curator2", "curator3")
    assert "library 0.1.0 stopped: It leaks  acme/thongthin_library-0.1.0-py3-none-any.whl" in told
    desk.online("publish")
    desk.type("approve", desk.repository, "library", "0.1.0")
    desk.sign("acme", "curator1", "curator3")
    desk.online("publish")
    states = [
        next(iter(load(path).signed.targets.values())).custom["state"]
        for path in sorted((desk.repository / "metadata").glob("*.acme.json"))
    ]
    assert states == ["approved", "stopped", "approved"]


def test_a_day_passes_and_a_term_ends(
    desk: Desk, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    for role, who in (
        ("acme", ("curator1", "curator2")),
        ("targets", ("curator1", "curator3")),
        ("root", ("root1", "root3")),
    ):
        desk.type("renew", desk.repository, role)
        desk.sign(role, *who)
    desk.online("publish")
    desk.online("timestamp")

    catalog.refresh()

    assert names(catalog) == ["library 0.1.0"]


@pytest.mark.parametrize(
    ("what", "out", "signing"),
    [
        ("root", "root1", {"root": ("root2", "root3")}),
        (
            "curators",
            "curator1",
            {
                "root": ("root1", "root2"),
                "targets": ("curator2", "curator3"),
                "acme": ("curator2", "spare"),
            },
        ),
        ("online", "online", {"root": ("root1", "root2")}),
    ],
)
def test_a_key_that_was_lost_or_stolen_is_replaced(
    desk: Desk,
    keepers: Keepers,
    catalog: Catalog,
    a_wheel: MakeWheel,
    what: str,
    out: str,
    signing: dict[str, tuple[str, ...]],
) -> None:
    """Without the key that goes; installations follow by themselves."""
    keepers.enter(a_wheel())
    catalog.refresh()
    [spare] = desk.public("spare")
    said = desk.type("rotate", desk.repository, what, "--out", out, "--new", spare)
    assert said.count("to sign:") == len(signing) + (what == "root")
    for role, who in signing.items():
        desk.sign(role, *who)
    if what == "root":
        desk.sign("root", "root2", "root3", within="bundle/pending")
    desk.online("publish", key="spare" if what == "online" else "online")

    catalog.refresh()
    assert names(catalog) == ["library 0.1.0"]

    # The key that went signs nothing any more.
    with_old = {"root": ("root", "root1", "root2"), "curators": ("acme", "curator1", "curator2")}
    if what == "online":
        desk.online("timestamp", key="spare")
        assert "not the key of the service" in desk.online("timestamp", fails=True)
        return
    role, *two = with_old[what]
    desk.type("renew", desk.repository, role)
    desk.sign(role, *two)
    assert "1/2" in desk.online("publish", fails=True)


def test_a_plugin_whose_publisher_is_gone_is_handed_over_and_its_evidence_renewed(
    desk: Desk, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    assert "acme's already" in desk.type(
        *("hand-over", desk.repository, "library", "acme"), fails=True
    )
    desk.type("hand-over", desk.repository, "library", "other")
    told = desk.sign("targets", "curator1", "curator2")
    assert "publisher acme: 2 of curator1, curator2, curator3" in told
    assert "library is other's" in told
    desk.online("publish")
    entered(desk, a_wheel(version="0.2.0"), "other")
    for role in ("targets", "acme", "other"):
        desk.sign(role, "curator1", "curator3")
    desk.online("publish")
    report = desk.folder / "report.json"
    report.write_text(report.read_text().replace("2026-11-28", "2027-02-01"))
    desk.type("evidence", desk.repository, "library", "0.2.0", "--report", report)
    desk.sign("other", "curator1", "curator2")
    desk.online("publish")

    catalog.refresh()

    known = catalog.read(datetime.now(UTC))
    assert known.listed["library", "0.1.0"].entry.state == "superseded"
    newest = known.newest("library")
    assert newest is not None
    assert newest.publisher == "other"
    assert f"{newest.entry.quality.on}" == "2027-02-01"
    again = desk.type(
        *("evidence", desk.repository, "library", "0.2.0", "--report", report), fails=True
    )
    assert "no older" in again


def test_a_bundle_is_signed_by_two_and_its_keys_are_replaced_by_the_keepers(
    desk: Desk, keepers: Keepers, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    offline = Catalog(tmp_path / "offline")
    offline.add(keepers.root, "")
    assert desk.type("pack", desk.repository).count("to sign:") == 4
    desk.sign("root", "root1", "root2", within="bundle/pending")
    for role in ("targets", "snapshot", "timestamp"):
        desk.sign(role, "bundle1", "bundle2", within="bundle/pending")
    desk.type("pack", desk.repository, "--to", tmp_path / "one.zip")
    offline.take_bundle(tmp_path / "one.zip")

    [spare] = desk.public("spare")
    desk.type("rotate", desk.repository, "bundle", "--out", "bundle1", "--new", spare)
    desk.type("pack", desk.repository)
    desk.sign("root", "root2", "root3", within="bundle/pending")
    for role in ("targets", "snapshot", "timestamp"):
        desk.sign(role, "bundle2", "spare", within="bundle/pending")
    desk.type("pack", desk.repository, "--to", tmp_path / "two.zip")
    offline.take_bundle(tmp_path / "two.zip")

    assert names(offline) == ["library 0.1.0"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("renew", "{repository}", "nobody"), "nothing is published of nobody"),
        (("stop", "{repository}", "parks", "1.0", "--reason", "ก / a"), "there is no parks 1.0"),
        (("stop", "{repository}", "parks", "1.0", "--reason", "ก"), "in Thai and in English"),
        (
            ("rotate", "{repository}", "root", "--out", "x", "--new", "{spare}"),
            r"'x' is not one key of these: root1",
        ),
        (("pack", "{repository}", "--to", "{repository}/a.zip"), "no bundle was proposed"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    desk: Desk, arguments: tuple[str, ...], why: str
) -> None:
    known = {"repository": str(desk.repository), "spare": desk.public("spare")[0]}
    before = {path: path.read_bytes() for path in desk.repository.rglob("*") if path.is_file()}

    said = desk.type(*(one.format(**known) for one in arguments), fails=True)

    assert why in said
    after = {path: path.read_bytes() for path in desk.repository.rglob("*") if path.is_file()}
    assert after == before


def test_what_was_signed_waits_for_the_right_key_of_the_service(
    desk: Desk, keepers: Keepers, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    entered(desk, a_wheel())
    desk.sign("targets", "curator1", "curator2")
    desk.sign("acme", "curator1", "curator2")

    assert "not the key of the service" in desk.online("publish", key="spare", fails=True)
    desk.online("publish")

    catalog.refresh()
    assert names(catalog) == ["library 0.1.0"]


def test_a_wrong_passphrase_and_a_wrong_file_are_said(desk: Desk, keepers: Keepers) -> None:
    wrong = desk.folder / "wrong"
    wrong.write_text("another passphrase", encoding="utf-8")
    key = ("--key", keepers.keys / "online", "--passphrase-file", wrong)
    assert "does not open" in desk.type("timestamp", desk.repository, *key, fails=True)
    with pytest.raises(CatalogRefused):
        Catalog(desk.folder).add(wrong.read_bytes(), "")
