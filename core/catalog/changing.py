"""Versions come into the catalog or are taken back, and plugins change hands."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from securesystemslib.signer import Key
from tuf.api.metadata import DelegatedRole, Delegations, TargetFile, Targets

from core.catalog.entries import PUBLISHER, Entry
from core.catalog.repository import (
    CURATORS,
    CatalogFault,
    Repository,
    read_entry,
    with_entry,
)
from core.catalog.writing import put

HANDED = "handed"  # what curators sign of plugins that changed hands: whose each is now


def propose_version(
    repository: Repository, publisher: str, name: str, wheel: bytes, entry: Entry, now: datetime
) -> None:
    """Have a version signed; what was approved of the plugin before is superseded by it.

    :param name: of the wheel's file.
    :raises CatalogFault: the publisher's name cannot be one, the version is there, or the
        plugin is another publisher's.
    """
    _demand_name(publisher)
    path, plugin = f"{publisher}/{name}", entry.plugin
    if (whose := publisher_of(repository, plugin)) not in (None, publisher):
        raise CatalogFault(f"{plugin} is {whose}'s")
    for known, (where, _) in repository.entries().items():
        if known == (plugin, entry.version) or where == path:
            raise CatalogFault(f"{plugin} {entry.version} is there already")
    signed = _of_publisher(repository, publisher, now)
    for other, changed in _superseding(repository, plugin):
        if other == publisher:
            signed = changed
        else:
            repository.propose(other, changed, now)
    digest = hashlib.sha256(wheel).hexdigest()
    put(repository.targets / publisher / f"{digest}.{name}", wheel)
    signed.targets[path] = with_entry(TargetFile(len(wheel), {"sha256": digest}, path), entry)
    repository.propose(publisher, signed, now)


def _superseding(repository: Repository, plugin: str) -> Iterator[tuple[str, Targets]]:
    """Yield what publishers hand out with the approved versions of a plugin superseded."""
    for publisher in repository.publishers():
        if (held := repository.known(publisher)) is None:
            continue
        approved = [one for one in _of(held, plugin) if one[1].state == "approved"]
        for path, entry in approved:
            changed = msgspec.structs.replace(entry, state="superseded")
            held.targets[path] = with_entry(held.targets[path], changed)
        if approved:
            yield publisher, held


def _of(signed: Targets, plugin: str) -> list[tuple[str, Entry]]:
    said = [(path, read_entry(target)) for path, target in signed.targets.items()]
    return [(path, entry) for path, entry in said if entry.plugin == plugin]


def _of_publisher(repository: Repository, publisher: str, now: datetime) -> Targets:
    """Return what a publisher hands out; a new one gets its role, signed by the curators."""
    if publisher in repository.publishers():
        return repository.known(publisher) or Targets()
    above = repository.latest(CURATORS).signed
    root = repository.newest("root").signed
    curators = root.get_delegated_role(CURATORS)
    keys: dict[str, Key] = {one: root.get_key(one) for one in curators.keyids}
    role = DelegatedRole(
        publisher, list(keys), curators.threshold, terminating=True, paths=[f"{publisher}/*"]
    )
    if above.delegations is None:
        above.delegations = Delegations({}, {})
    above.delegations.keys |= keys
    above.delegations.roles[publisher] = role
    repository.propose(CURATORS, above, now)
    return Targets()


def take_back(repository: Repository, plugin: str, version: str, now: datetime) -> None:
    """Have a version that waits to be signed be as if it never was.

    :raises CatalogFault: there is none, or it was published.
    """
    where, _ = repository.find(plugin, version)
    publisher, _, name = where.partition("/")
    if (plugin, version) in repository.entries(published=True):
        raise CatalogFault(f"{plugin} {version} was published; it can be stopped")
    for one in repository.publishers():
        if (signed := repository.known(one)) is None:
            continue
        published = repository.known(one, published=True)
        before, held = published.targets if published else {}, dict(signed.targets)
        signed.targets.pop(where, None)
        for path, entry in _of(signed, plugin):
            if entry.state == "superseded" and path in before:
                signed.targets[path] = before[path]
        if signed.targets == held:
            continue  # what waits there for another reason goes on waiting
        if published and signed.targets == before:
            (repository.pending / f"{one}.json").unlink(missing_ok=True)
        else:
            repository.propose(one, signed, now)
        if where in held:
            digest = held[where].hashes["sha256"]
            (repository.targets / publisher / f"{digest}.{name}").unlink()


def hand_over(repository: Repository, plugin: str, publisher: str, now: datetime) -> Path:
    """Have it signed that another publisher goes on with a plugin, once that is published.

    Versions that are there stay where they are; the next one, of the new publisher, supersedes
    them.

    :returns: the file to sign.
    :raises CatalogFault: there is no such plugin, or it is theirs already.
    """
    _demand_name(publisher)
    whose = publisher_of(repository, plugin)
    if whose is None:
        raise CatalogFault(f"there is no {plugin}")
    if whose == publisher:
        raise CatalogFault(f"{plugin} is {publisher}'s already")
    above = repository.latest(CURATORS).signed
    above.unrecognized_fields.setdefault(HANDED, {})[plugin] = publisher
    return repository.propose(CURATORS, above, now)


def _demand_name(publisher: str) -> None:
    if not PUBLISHER.fullmatch(publisher):
        raise CatalogFault(f"{publisher!r} cannot be a publisher's name")


def publisher_of(repository: Repository, plugin: str) -> str | None:
    """Return whose a plugin is, by what was published last of it; None where there is none."""
    handed = repository.newest(CURATORS).signed.unrecognized_fields.get(HANDED, {})
    found = {key[0]: where.partition("/")[0] for key, (where, _) in repository.entries().items()}
    whose: str | None = handed.get(plugin, found.get(plugin))
    return whose
