"""The catalog of the demonstration's operator, with the keys of all who sign for it.

Their passphrase lies beside the keys, for whoever tries the demonstration; nobody else trusts
this catalog.
"""

import shutil
from datetime import datetime
from pathlib import Path

from core.catalog.ceremonies import Holders, begin, sign
from core.catalog.keys import make_key, open_key
from core.catalog.repository import Repository
from core.commands.demo_people import PASSWORD, signers
from core.settings import DEMO_CATALOG, Settings

SERVICE = "service"


def found_catalog(settings: Settings, now: datetime) -> None:
    """Begin the catalog anew, empty and published; one that lies elsewhere is not touched."""
    home = settings.data / DEMO_CATALOG
    if settings.repository != home / "repository":
        return
    if home.exists():
        shutil.rmtree(home)
    keys = home / "keys"
    keys.mkdir(parents=True)
    (home / "passphrase").write_text(f"{PASSWORD}\n", encoding="utf-8")
    people = signers()
    holders = [make_key(keys / role, name, PASSWORD) for role, name in people.items()]
    service = make_key(keys / SERVICE, "thongthin", PASSWORD)
    repository = Repository(home / "repository")
    begun = Holders(root=holders, curators=holders, online=[service])
    for document in begin(repository, begun, now):
        for role in people:
            sign(document, open_key(keys / role, PASSWORD))
    repository.publish(open_key(keys / SERVICE, PASSWORD), now)


def where_keys_lie(settings: Settings) -> list[str]:
    """Return the lines that tell where the curators' keys are; none where they are elsewhere."""
    home = settings.data / DEMO_CATALOG
    if settings.repository != home / "repository" or not home.exists():
        return []
    return [
        f"Their keys lie in {_from_here(home / 'keys')} as head and director,"
        f" the passphrase in {_from_here(home / 'passphrase')}.",
    ]


def _from_here(path: Path) -> Path:
    """Return a path as it is typed in the folder in which the command was given."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
