"""The repository of a catalog: a folder that any web server can hand out.

Nothing in it is secret. A document that people sign waits in ``pending`` until enough have; what is
published is never changed, only followed by the next version.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from core.catalog.entries import Entry
from core.catalog.writing import Canonical, alone, load, put, versions
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

    @property
    def begun(self) -> bool:
        """Whether there is a repository in the folder, be it one that waits to be signed."""
        return self.metadata.exists() or self.pending.exists()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time change something; whoever does so holds this.

        :raises CatalogFault: there is no repository.
        """
        if not self.begun:
            raise CatalogFault(f"there is no repository in {self.folder}")
        self.pending.mkdir(exist_ok=True)
        with alone(self.pending):
            yield

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

    def known(self, publisher: str, *, published: bool = False) -> Targets | None:
        """Return what a publisher hands out, or will when it is signed; None for nothing yet.

        :param published: only what was.
        """
        waits = not published and (self.pending / f"{publisher}.json").exists()
        if not waits and not any(versions(self.metadata, publisher)):
            return None
        signed: Targets = (self.newest if published else self.latest)(publisher).signed
        return signed

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
                self._demand_below(role, document)
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

    def _demand_below(self, role: str, document: Metadata[Any]) -> None:
        """Demand that what was published below holds under it; else nobody could take anything."""
        named = document.signed.delegations if role == CURATORS else None
        for one in [CURATORS] if role == Root.type else list(named.roles if named else ()):
            waiting = self.pending / f"{one}.json"
            anew = load(waiting) if waiting.exists() else None
            if anew and self._holds(document, one, anew):
                self._demand_below(one, anew)
            elif any(versions(self.metadata, one)) and not self._holds(
                document, one, self.newest(one)
            ):
                raise CatalogFault(f"{one} would hold no more: sign it anew first")

    def _holds(self, above: Metadata[Any], role: str, document: Metadata[Any]) -> bool:
        with contextlib.suppress(UnsignedMetadataError, ValueError):
            self._demand(above, role, document)
            return True
        return False

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

    def set_state(
        self, plugin: str, version: str, state: Any, reason: Text | None, now: datetime
    ) -> Path:
        """Have another state of a version signed, such as a stop with its reason.

        :raises CatalogFault: there is no such version.
        """
        _, entry = self.find(plugin, version)
        return self.change(msgspec.structs.replace(entry, state=state, reason=reason), now)

    def change(self, entry: Entry, now: datetime) -> Path:
        """Have what is said of a version signed anew.

        :raises CatalogFault: there is no such version.
        """
        where, _ = self.find(entry.plugin, entry.version)
        publisher = where.partition("/")[0]
        signed = self.latest(publisher).signed
        signed.targets[where] = with_entry(signed.targets[where], entry)
        return self.propose(publisher, signed, now)

    def renew(self, role: str, now: datetime) -> Path:
        """Have a document signed for another term, with what it says unchanged."""
        return self.propose(role, self.latest(role).signed, now)

    def find(self, plugin: str, version: str) -> tuple[str, Entry]:
        """Return a version, also one that waits, with the path of its wheel.

        :raises CatalogFault: there is none.
        """
        found = self.entries().get((plugin, version))
        if found is None:
            raise CatalogFault(f"there is no {plugin} {version}")
        return found

    def entries(self, *, published: bool = False) -> dict[tuple[str, str], tuple[str, Entry]]:
        """Return every version with the path of its wheel, also those that wait.

        :param published: only what was, as it was.
        """
        found = {}
        for publisher in self.publishers():
            held = self.known(publisher, published=published)
            for path, target in held.targets.items() if held else ():
                entry = read_entry(target)
                found[entry.plugin, entry.version] = (path, entry)
        return found

    def publishers(self) -> Sequence[str]:
        """Return who has a role, also one that waits."""
        delegations = self.latest(CURATORS).signed.delegations
        return list(delegations.roles or ()) if delegations else []


def read_entry(target: TargetFile) -> Entry:
    """Return what is said of a wheel."""
    return msgspec.convert(target.custom, Entry)


def with_entry(target: TargetFile, entry: Entry) -> TargetFile:
    """Return a wheel with what is said of it."""
    told = msgspec.json.decode(msgspec.json.encode(entry))
    return TargetFile(target.length, target.hashes, target.path, {"custom": told})
