"""Signed documents on the disk of an installation, verified and read fast.

python-tuf's client decides what is taken from outside, and writes it here. Pages and commands read
it from here, and every signature is verified again: over the bytes as they stand, since our
repository writes what is signed in its canonical form. So a catalog of a thousand plugins is
verified within milliseconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.catalog.entries import Entry, Listed

LARGEST = 5_000_000  # bytes of one document
# What the decoder raises, also for broken letters and for brackets without end.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_OTHER_STATE = "it is not of the state that was signed with it"


class Untrusted(Exception):
    """A document is not what its signers signed; the sentence says what is wrong."""


class Signature(msgspec.Struct):
    """That of one key."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct):
    """A document as it stands: signatures, and the bytes that they are of."""

    signatures: tuple[Signature, ...]
    signed: msgspec.Raw


class _Public(msgspec.Struct):
    public: str


class Key(msgspec.Struct):
    """A public key; others than Ed25519 verify nothing here."""

    keytype: str
    keyval: _Public


class Role(msgspec.Struct):
    """Who signs a document, and how many of them."""

    keyids: tuple[str, ...]
    threshold: int


class Delegated(Role):
    """The role of a publisher."""

    name: str


class Delegations(msgspec.Struct):
    """The roles of publishers."""

    keys: Mapping[str, Key]
    roles: tuple[Delegated, ...]


class _Version(msgspec.Struct):
    version: int


class _Hashes(msgspec.Struct):
    sha256: str


class Target(msgspec.Struct):
    """A wheel, and what is said of it."""

    length: int
    hashes: _Hashes
    custom: Entry


class Signed(msgspec.Struct, kw_only=True):
    """What every document says."""

    expires: datetime
    issued: datetime
    version: int


class Root(Signed, kw_only=True, tag_field="_type", tag="root"):
    """Whom to trust with what."""

    keys: Mapping[str, Key]
    roles: Mapping[str, Role]


class Targets(Signed, kw_only=True, tag_field="_type", tag="targets"):
    """Wheels, or publishers who have some."""

    targets: Mapping[str, Target]
    delegations: Delegations | None = None


class Snapshot(Signed, kw_only=True, tag_field="_type", tag="snapshot"):
    """Which versions of documents belong together."""

    meta: Mapping[str, _Version]


class Timestamp(Snapshot, kw_only=True, tag_field="_type", tag="timestamp"):
    """Which is the newest snapshot."""


Document = TypeVar("Document", bound=Signed)
Top = Literal["root", "timestamp", "snapshot", "targets"]


def read_document(
    data: bytes, kind: type[Document], keys: Mapping[str, Key], role: Role
) -> Document:
    """Return a document when enough of its signers have signed these very bytes.

    :raises Untrusted: they have not, or it does not say what such a document says.
    """
    try:
        envelope = msgspec.json.decode(data, type=Envelope)
        signed = bytes(envelope.signed)
        _demand(envelope.signatures, signed, keys, role)
        return msgspec.json.decode(signed, type=kind)
    except UNREADABLE as problem:
        raise Untrusted(f"it cannot be read: {problem}") from problem


def read_root(data: bytes) -> Root:
    """Return a root that signs itself; whether it is the right one knows who kept it.

    :raises Untrusted: it is none.
    """
    try:
        alone = msgspec.json.decode(
            bytes(msgspec.json.decode(data, type=Envelope).signed), type=Root
        )
        return read_document(data, Root, alone.keys, alone.roles["root"])
    except (*UNREADABLE, KeyError) as problem:
        raise Untrusted(f"it is no root: {problem}") from problem


def _demand(
    signatures: Sequence[Signature], signed: bytes, keys: Mapping[str, Key], role: Role
) -> None:
    """Return when enough keys, each counted once whatever it is called, have signed."""
    having: set[str] = set()
    for one in signatures:
        key = keys.get(one.keyid)
        if key is None or one.keyid not in role.keyids or key.keytype != "ed25519":
            continue
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.keyval.public))
            public.verify(bytes.fromhex(one.sig), signed)
        except (InvalidSignature, ValueError):
            continue
        having.add(key.keyval.public)
        if len(having) >= role.threshold:
            return
    raise Untrusted(f"{len(having)} of {role.threshold} signatures hold")


class Documents:
    """The documents of one repository as they lie in a folder, each under its role's name.

    :ivar roles: with wheels: the repository's own, then publishers'.
    :param whole: with those of publishers.
    :param numbered: as a repository keeps them, with their numbers before the names.
    :raises Untrusted: one of them is not what its signers signed, or not of one state with others.
    """

    def __init__(
        self, folder: Path, root: Root, *, whole: bool = True, numbered: bool = False
    ) -> None:
        self.root = root
        self._folder, self._numbered = folder, numbered
        self.timestamp = self._top("timestamp", Timestamp)
        self.snapshot = self._top("snapshot", Snapshot, self.timestamp)
        self.targets = self._top("targets", Targets, self.snapshot)
        self.roles: dict[str, Targets] = {"targets": self.targets}
        if whole and (given := self.targets.delegations) is not None:
            for role in self._delegated():
                found = self._read(role.name, Targets, given.keys, role, self.snapshot)
                self.roles[role.name] = found

    def _delegated(self) -> Iterator[Delegated]:
        """Yield the publishers of whom something is published."""
        if self.targets.delegations is not None:
            for role in self.targets.delegations.roles:
                if f"{role.name}.json" in self.snapshot.meta:
                    yield role

    @property
    def publishers(self) -> tuple[str, ...]:
        """The names of publishers of whom something is published."""
        return tuple(role.name for role in self._delegated())

    def listed(self) -> Iterator[tuple[Targets, Listed]]:
        """Yield what may be installed or not, each with the document that says so.

        :raises Untrusted: a publisher names a wheel that is not in its own folder.
        """
        for name, role in self.roles.items():
            for path, target in role.targets.items():
                if name != "targets" and not path.startswith(f"{name}/"):
                    raise Untrusted(f"{name}: {path} is not its own")
                yield (
                    role,
                    Listed(
                        path=path,
                        size=target.length,
                        digest=target.hashes.sha256,
                        entry=target.custom,
                        until=min(one.expires for one in (*self.tops, role)),
                    ),
                )

    def _top(self, name: Top, kind: type[Document], saying: Snapshot | None = None) -> Document:
        return self._read(name, kind, self.root.keys, self.root.roles[name], saying)

    def _read(
        self,
        name: str,
        kind: type[Document],
        keys: Mapping[str, Key],
        role: Role,
        saying: Snapshot | None,
    ) -> Document:
        """Return the document of a role, which is the one that another names, if one does."""
        if saying is None:
            return _of(self._folder, name, name, kind, keys, role)
        said = saying.meta.get(f"{name}.json")
        if said is None:
            raise Untrusted(f"{name}: {_OTHER_STATE}")
        file = f"{said.version}.{name}" if self._numbered else name
        document = _of(self._folder, file, name, kind, keys, role)
        if document.version != said.version:
            raise Untrusted(f"{name}: {_OTHER_STATE}")
        return document

    @property
    def tops(self) -> tuple[Signed, ...]:
        """What every entry rests on."""
        return (self.root, self.timestamp, self.snapshot, self.targets)


def _of(
    folder: Path,
    file: str,
    name: str,
    kind: type[Document],
    keys: Mapping[str, Key],
    role: Role,
) -> Document:
    try:
        data = (folder / f"{file}.json").read_bytes()
    except OSError as problem:
        raise Untrusted(f"{name}: it is not here") from problem
    try:
        return read_document(data, kind, keys, role)
    except Untrusted as problem:
        raise Untrusted(f"{name}: {problem}") from None
