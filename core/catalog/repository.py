"""The repository of a catalog: a folder that any web server can hand out.

Nothing in it is secret. A document that people sign waits in ``pending`` until enough have; what is
published is never changed, only followed by the next version.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from securesystemslib.signer import CryptoSigner, Key
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from core.catalog.entries import PUBLISHER, Entry
from core.catalog.writing import Canonical, load, put, versions
from core.text import Text

CURATORS = "targets"
THRESHOLD = 2  # of root keepers, and of curators
DAYS = {"root": 365, "targets": 90, "snapshot": 30, "timestamp": 7}


class CatalogFault(Exception):
    """The repository does not take what is asked; the sentence says why."""


class Repository:
    """A repository in a folder.

    :param days: how long documents hold, by role; publishers have that of ``targets``.
    """

    def __init__(self, folder: Path, days: Mapping[str, int] = DAYS) -> None:
        self.folder = folder
        self.metadata = folder / "metadata"
        self.targets = folder / "targets"
        self.pending = folder / "pending"
        self._days = days

    def newest(self, role: str) -> Metadata[Any]:
        """Return what is published of a role.

        :raises CatalogFault: nothing is.
        """
        if role == Timestamp.type:
            path = self.metadata / "timestamp.json"
        else:
            number = max(versions(self.metadata, role), default=0)
            path = self.metadata / f"{number}.{role}.json"
        if not path.exists():
            raise CatalogFault(f"nothing is published of {role} in {self.folder}")
        return load(path)

    def latest(self, role: str) -> Metadata[Any]:
        """Return what waits to be signed of a role, else what is published."""
        waiting = self.pending / f"{role}.json"
        return load(waiting) if waiting.exists() else self.newest(role)

    def waiting(self) -> Sequence[Path]:
        """Return what waits to be signed or published, the root first, publishers last."""
        order = {name: place for place, name in enumerate(DAYS)}
        return sorted(self.pending.glob("*.json"), key=lambda one: (order.get(one.stem, 9), one))

    def propose(self, role: str, signed: Any, now: datetime) -> Path:
        """Have a document signed: it replaces what waits of the role, signatures and all.

        :param signed: as python-tuf has it; version and times are set here.
        :returns: the file to sign.
        """
        published = max(versions(self.metadata, role), default=0)
        signed.version = max(published + 1, signed.version if not published else 1)
        self.date(role, signed, now)
        return self.keep_pending(role, Metadata(signed))

    def keep_pending(self, role: str, document: Metadata[Any]) -> Path:
        """Keep a document that waits, with the signatures that it has."""
        path = self.pending / f"{role}.json"
        put(path, document.to_bytes(Canonical()))
        return path

    def date(self, role: str, signed: Any, now: datetime) -> None:
        """Set from when and until when a document holds."""
        now = now.replace(microsecond=0)
        signed.expires = now + timedelta(days=self._days.get(role, self._days["targets"]))
        signed.unrecognized_fields["issued"] = f"{now:%Y-%m-%dT%H:%M:%SZ}"

    def put_version(self, role: str, document: Metadata[Any]) -> None:
        """Publish a document under its number."""
        path = self.metadata / f"{document.signed.version}.{role}.json"
        put(path, document.to_bytes(Canonical()))

    def put_timestamp(self, document: Metadata[Timestamp]) -> None:
        """Publish the timestamp, which alone has no number in its name."""
        put(self.metadata / "timestamp.json", document.to_bytes(Canonical()))

    def publish(self, online: CryptoSigner, now: datetime) -> tuple[list[str], dict[str, str]]:
        """Publish what enough people have signed, then sign the state that it makes.

        :param online: the key of the service.
        :returns: the roles that were published, and why others still wait.
        """
        done: list[str] = []
        wanting: dict[str, str] = {}
        for path in self.waiting():
            role, document = path.stem, load(path)
            try:
                self._verify(role, document)
            except (UnsignedMetadataError, ValueError, CatalogFault) as problem:
                wanting[role] = str(problem)
                continue
            if not done:
                above = document if role == Root.type else self.newest("root")
                if online.public_key.keyid not in above.signed.roles[Timestamp.type].keyids:
                    raise CatalogFault("that is not the key of the service")
            self.put_version(role, document)
            path.unlink()
            done.append(role)
        if done:
            self.sign_state(online, now)
        return done, wanting

    def _verify(self, role: str, document: Metadata[Any]) -> None:
        if role == Root.type:
            if document.signed.version > 1 and any(versions(self.metadata, role)):
                self._demand(self.newest("root"), role, document)
            self._demand(document, role, document)
        else:
            above = "root" if role == CURATORS else CURATORS
            self._demand(self.newest(above), role, document)

    @staticmethod
    def _demand(above: Metadata[Any], role: str, document: Metadata[Any]) -> None:
        above.signed.verify_delegate(role, document.signed_bytes, document.signatures)

    def sign_state(self, online: CryptoSigner, now: datetime) -> None:
        """Sign the timestamp, and the snapshot where it changed or is old.

        :raises CatalogFault: it is not the key of the service.
        """
        held = self._numbered(Snapshot.type)
        meta = {
            f"{role}.json": MetaFile(max(versions(self.metadata, role))) for role in self._roles()
        }
        if held is None or held.signed.meta != meta or self._is_old(held, now):
            held = Metadata(Snapshot((held.signed.version if held else 0) + 1, meta=meta))
            self._sign(Snapshot.type, held, online, now)
            self.put_version(Snapshot.type, held)
        before = self.metadata / "timestamp.json"
        number = load(before).signed.version if before.exists() else 0
        stamp = Metadata(Timestamp(number + 1, snapshot_meta=MetaFile(held.signed.version)))
        self._sign(Timestamp.type, stamp, online, now)
        self.put_timestamp(stamp)

    def _is_old(self, snapshot: Metadata[Snapshot], now: datetime) -> bool:
        """Return whether a snapshot is half-way to its expiry, or of a key that was replaced."""
        try:
            self._demand(self.newest("root"), Snapshot.type, snapshot)
        except UnsignedMetadataError:
            return True
        return snapshot.signed.expires - now < timedelta(days=self._days["snapshot"] / 2)

    def _numbered(self, role: str) -> Metadata[Any] | None:
        return self.newest(role) if any(versions(self.metadata, role)) else None

    def _roles(self) -> list[str]:
        delegations = self.newest(CURATORS).signed.delegations
        names = [CURATORS, *(delegations.roles if delegations and delegations.roles else ())]
        return [name for name in names if any(versions(self.metadata, name))]

    def _sign(self, role: str, document: Metadata[Any], key: CryptoSigner, now: datetime) -> None:
        self.date(role, document.signed, now)
        document.sign(key)
        try:
            self._demand(self.newest("root"), role, document)
        except UnsignedMetadataError as problem:
            raise CatalogFault(f"that is not the key of the service: {problem}") from problem

    def enter(self, publisher: str, name: str, wheel: bytes, entry: Entry, now: datetime) -> None:
        """Have a version signed; what was approved of the plugin before is superseded by it.

        :param name: of the wheel's file.
        :raises CatalogFault: the publisher's name cannot be one, the version is there, or the
            plugin is another publisher's.
        """
        if not PUBLISHER.fullmatch(publisher):
            raise CatalogFault(f"{publisher!r} cannot be a publisher's name")
        path = f"{publisher}/{name}"
        for known, (where, _) in self.entries().items():
            if known[0] == entry.plugin and where.partition("/")[0] != publisher:
                raise CatalogFault(f"{entry.plugin} is {where.partition('/')[0]}'s")
            if known == (entry.plugin, entry.version) or where == path:
                raise CatalogFault(f"{entry.plugin} {entry.version} is there already")
        signed = self._of_publisher(publisher, now)
        for one, target in signed.targets.items():
            held = read_entry(target)
            if held.plugin == entry.plugin and held.state == "approved":
                signed.targets[one] = with_entry(
                    target, msgspec.structs.replace(held, state="superseded")
                )
        digest = hashlib.sha256(wheel).hexdigest()
        put(self.targets / publisher / f"{digest}.{name}", wheel)
        signed.targets[path] = with_entry(TargetFile(len(wheel), {"sha256": digest}, path), entry)
        self.propose(publisher, signed, now)

    def set_state(
        self, plugin: str, version: str, state: Any, reason: Text | None, now: datetime
    ) -> Path:
        """Have another state of a version signed, such as a stop with its reason.

        :raises CatalogFault: there is no such version.
        """
        where, entry = self.entries().get((plugin, version), ("", None))
        if entry is None:
            raise CatalogFault(f"there is no {plugin} {version}")
        publisher = where.partition("/")[0]
        signed = self.latest(publisher).signed
        changed = msgspec.structs.replace(entry, state=state, reason=reason)
        signed.targets[where] = with_entry(signed.targets[where], changed)
        return self.propose(publisher, signed, now)

    def renew(self, role: str, now: datetime) -> Path:
        """Have a document signed for another term, with what it says unchanged."""
        return self.propose(role, self.latest(role).signed, now)

    def entries(self) -> dict[tuple[str, str], tuple[str, Entry]]:
        """Return every version, also those that wait, with the path of its wheel."""
        found = {}
        for publisher in self.publishers():
            for path, target in self.latest(publisher).signed.targets.items():
                entry = read_entry(target)
                found[entry.plugin, entry.version] = (path, entry)
        return found

    def publishers(self) -> Sequence[str]:
        """Return who has a role, also one that waits."""
        delegations = self.latest(CURATORS).signed.delegations
        return list(delegations.roles or ()) if delegations else []

    def _of_publisher(self, publisher: str, now: datetime) -> Targets:
        if publisher in self.publishers():
            signed: Targets = self.latest(publisher).signed
            return signed
        above = self.latest(CURATORS).signed
        root = self.newest("root").signed
        curators = root.get_delegated_role(CURATORS)
        keys: dict[str, Key] = {one: root.get_key(one) for one in curators.keyids}
        role = DelegatedRole(
            publisher, list(keys), curators.threshold, terminating=True, paths=[f"{publisher}/*"]
        )
        if above.delegations is None:
            above.delegations = Delegations({}, {})
        above.delegations.keys |= keys
        above.delegations.roles[publisher] = role
        self.propose(CURATORS, above, now)
        return Targets()


def read_entry(target: TargetFile) -> Entry:
    """Return what is said of a wheel."""
    return msgspec.convert(target.custom, Entry)


def with_entry(target: TargetFile, entry: Entry) -> TargetFile:
    """Return a wheel with what is said of it."""
    told = msgspec.json.decode(msgspec.json.encode(entry))
    return TargetFile(target.length, target.hashes, target.path, {"custom": told})
