"""What the keepers write is a repository that python-tuf's own client takes as it is."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tuf.ngclient import Updater

from core.catalog.ceremonies import Holders, begin, rotate, sign
from core.catalog.client import Catalog
from core.catalog.entries import Entry
from core.catalog.keys import KeyFault, make_key, open_key, read_public
from core.catalog.repository import CatalogFault, Repository
from core.catalog.writing import load
from core.text import Text

Keepers = Any  # the classes of conftest.py, which cannot be imported
Served = Any
MakeWheel = Callable[..., tuple[str, bytes]]


def plain_client(keepers: Keepers, served: Served, folder: Path) -> Updater:
    """Return python-tuf's client as everybody has it: its own fetcher, its own settings."""
    for name in ("metadata", "targets"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return Updater(
        str(folder / "metadata"),
        f"{served.url}/metadata/",
        str(folder / "targets"),
        f"{served.url}/targets/",
        bootstrap=keepers.root,
    )


def test_the_client_of_python_tuf_takes_a_wheel_from_our_repository(
    keepers: Keepers, served: Served, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    name, data = a_wheel()
    keepers.enter((name, data))
    client = plain_client(keepers, served, tmp_path / "plain")

    client.refresh()
    target = client.get_targetinfo(f"acme/{name}")

    assert target is not None
    assert Path(client.download_target(target)).read_bytes() == data
    assert target.custom["plugin"] == "library"
    assert client.get_targetinfo(f"other/{name}") is None


def test_the_client_of_python_tuf_follows_a_month_of_signing_and_new_keys(
    keepers: Keepers, served: Served, a_wheel: MakeWheel, tmp_path: Path
) -> None:
    keepers.enter(a_wheel())
    plain_client(keepers, served, tmp_path / "plain").refresh()

    for day in range(1, 31):
        keepers.repository.sign_state(keepers.key("online"), keepers.now + timedelta(days=day))
    keepers.repository.renew("root", keepers.now)
    keepers.publish()
    keepers.enter(a_wheel("parks"), publisher="other")

    client = plain_client(keepers, served, tmp_path / "plain")
    client.refresh()
    assert client.get_targetinfo("other/thongthin_parks-0.1.0-py3-none-any.whl") is not None
    assert client.get_targetinfo("acme/thongthin_library-0.1.0-py3-none-any.whl") is not None


def test_new_keys_are_published_with_all_that_rests_on_them_or_not_at_all(
    keepers: Keepers, served: Served, catalog: Catalog, a_wheel: MakeWheel
) -> None:
    """Signed by the root alone, they would leave every installation without a word from here."""
    keepers.enter(a_wheel())
    repository, spare = keepers.repository, read_public(keepers.keys / "spare.pub")
    rotate(repository, "curators", "curator1", spare, keepers.now)
    for role, who in (
        ("root", ("root1", "root2")),
        ("targets", ("curator2", "spare")),
        ("acme", ("curator3", "spare")),
    ):
        done, wanting = repository.publish(keepers.key("online"), keepers.now)
        assert (done, role in wanting) == ([], True), wanting
        catalog.refresh()
        for one in who:
            sign(repository.pending / f"{role}.json", keepers.key(one))

    assert repository.publish(keepers.key("online"), keepers.now) == (
        ["root", "targets", "acme"],
        {},
    )
    catalog.refresh()


def test_one_curator_alone_publishes_nothing(keepers: Keepers, a_wheel: MakeWheel) -> None:
    name, data = a_wheel()
    keepers.enter((name, data))
    keepers.repository.set_state("library", "0.1.0", "stopped", Text("ช้า", "Slow"), keepers.now)

    waiting = keepers.publish("curator1")

    assert list(waiting) == ["acme"]
    assert "1/2" in waiting["acme"] or "2" in waiting["acme"]
    published = keepers.repository.newest("acme").signed.targets
    assert published[f"acme/{name}"].custom["state"] == "approved"


def test_signatures_of_strangers_and_of_the_same_curator_twice_count_for_nothing(
    keepers: Keepers,
) -> None:
    path = keepers.repository.renew("targets", keepers.now)
    sign(path, keepers.key("curator1"))
    with pytest.raises(CatalogFault, match="signed with this key already"):
        sign(path, keepers.key("curator1"))
    sign(path, keepers.key("thief"))

    done, waiting = keepers.repository.publish(keepers.key("online"), keepers.now)

    assert (done, list(waiting)) == ([], ["targets"])


def test_a_new_version_supersedes_the_one_before(keepers: Keepers, a_wheel: MakeWheel) -> None:
    keepers.enter(a_wheel())
    keepers.enter(a_wheel(version="0.2.0"))

    states = {key: entry.state for key, (_, entry) in keepers.repository.entries().items()}
    assert states == {("library", "0.1.0"): "superseded", ("library", "0.2.0"): "approved"}


def test_a_changed_proposal_loses_the_signatures_of_what_it_was(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())
    path = keepers.repository.set_state(
        "library", "0.1.0", "stopped", Text("ช้า", "Slow"), keepers.now
    )
    sign(path, keepers.key("curator1"))

    keepers.repository.set_state("library", "0.1.0", "stopped", Text("ผิด", "Wrong"), keepers.now)

    assert not load(path).signatures
    assert load(path).signed.version == 2


@pytest.mark.parametrize("publisher", ["root", "targets", "Acme", "../acme", "a", "กขค"])
def test_a_publisher_has_a_name_that_is_a_folder_and_no_role_of_ours(
    keepers: Keepers, a_wheel: MakeWheel, publisher: str
) -> None:
    with pytest.raises(CatalogFault, match="cannot be a publisher's name"):
        keepers.enter(a_wheel(), publisher=publisher)


def test_a_version_is_entered_once_and_a_plugin_by_one_publisher(
    keepers: Keepers, a_wheel: MakeWheel
) -> None:
    keepers.enter(a_wheel())

    with pytest.raises(CatalogFault, match="is there already"):
        keepers.enter(a_wheel())
    with pytest.raises(CatalogFault, match="library is acme's"):
        keepers.enter(a_wheel(version="0.2.0"), publisher="other")


def test_a_stop_without_its_reason_is_none(keepers: Keepers, a_wheel: MakeWheel) -> None:
    keepers.enter(a_wheel())
    with pytest.raises(ValueError, match="gives its reason"):
        keepers.repository.set_state("library", "0.1.0", "stopped", None, keepers.now)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": Text("สองบรรทัด\nสอง", "Two\nlines")},
        {"summary": Text(" ", " ")},
        {"reviewers": ("one\x00", "two")},
    ],
)
def test_an_entry_that_could_not_be_signed_or_shown_is_refused(
    an_entry: Callable[..., Entry], a_wheel: MakeWheel, changed: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"is empty|more than one line"):
        an_entry(a_wheel(), **changed)


def test_a_repository_begins_once_with_enough_keys(keepers: Keepers, tmp_path: Path) -> None:
    def public(*who: str) -> Any:
        return [read_public(keepers.keys / f"{one}.pub") for one in who]

    three = public("root1", "root2", "root3")
    whole = Holders(root=three, curators=three, online=public("online"))
    few = Holders(root=three[:2], curators=three, online=public("online"))
    own = Holders(root=three, curators=three, online=public("root1"))
    with pytest.raises(CatalogFault, match="holds a repository already"):
        begin(keepers.repository, whole, keepers.now)
    for holders, why in ((few, "2 of at least 3"), (own, "nobody's own")):
        with pytest.raises(CatalogFault, match=why):
            begin(Repository(tmp_path / "new"), holders, keepers.now)


def test_a_key_opens_with_its_passphrase_only_and_is_not_written_over(
    keyring: Path, tmp_path: Path
) -> None:
    with pytest.raises(KeyFault, match="does not open"):
        open_key(keyring / "root1", "another passphrase")
    with pytest.raises(KeyFault, match="does not open"):
        open_key(keyring / "root1.pub", "another passphrase")
    with pytest.raises(KeyFault, match="is there already"):
        make_key(keyring / "root1", "root1", "long enough, this one")
    with pytest.raises(KeyFault, match="less than 12"):
        make_key(tmp_path / "new", "new", "short")
    assert (keyring / "root1").stat().st_mode & 0o077 == 0
    assert b"ENCRYPTED" in (keyring / "root1").read_bytes()


def test_a_public_key_under_another_ones_name_is_refused(keyring: Path, tmp_path: Path) -> None:
    text = (keyring / "root1.pub").read_text(encoding="utf-8")
    other = read_public(keyring / "root2.pub").keyid
    mixed = tmp_path / "mixed.pub"
    mixed.write_text(text.replace(read_public(keyring / "root1.pub").keyid, other))

    with pytest.raises(KeyFault, match="another name than its own"):
        read_public(mixed)
