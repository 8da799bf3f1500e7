"""Documents that wait to be signed: what they say, and signatures that come back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import Signature as Signed
from tuf.api.metadata import (
    Metadata,
    Root,
    RootVerificationResult,
    Targets,
    VerificationResult,
)

from core.catalog.changing import HANDED
from core.catalog.documents import LARGEST, UNREADABLE, Envelope
from core.catalog.entries import Entry
from core.catalog.keys import owner_of
from core.catalog.repository import CURATORS, THRESHOLD, Repository, read_entry
from core.catalog.writing import Canonical, load, versions

# Why nothing was added: nothing waits of the role; more than 5 MB; no document; another one; what
# was proposed before; by nobody of the role; not of these bytes; nothing new; not signed at all.
Why = Literal["gone", "large", "unreadable", "other", "old", "stranger", "forged", "again", "none"]


class SignatureRefused(Exception):
    """What came back adds no signature, and nothing was changed.

    :ivar why: one of :data:`Why`.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A version of which a document says something new.

    :param before: the entry as it was published; None for one that is new.
    :param after: the entry as it will be; None for one that is taken out.
    """

    path: str
    digest: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A document that waits, as whoever signs it wants to read it.

    :param data: the file that is signed, with the signatures that it has.
    :param digest: SHA-256 of what is signed of it.
    :param signers: owners of the keys with which it is signed.
    :param missing: owners of keys that could sign it.
    :param enough: it can be published, once those above it are.
    :param changes: versions of which it says something new.
    :param same: how many it says the same of as before.
    :param roles: by role, how many of whom sign; of a root only.
    :param publishers: who gets a role by it that had none.
    :param handed: whose each plugin is that changes hands by it.
    """

    role: str
    version: int
    until: datetime
    data: bytes
    digest: str
    signers: Sequence[str]
    missing: Sequence[str]
    threshold: int
    enough: bool
    changes: Sequence[Change] = ()
    same: int = 0
    roles: Mapping[str, tuple[int, Sequence[str]]]
    publishers: Sequence[str]
    handed: Mapping[str, str]


def read_waiting(repository: Repository) -> list[Waiting]:
    """Return what waits, in the order in which it is published."""
    return [_told(repository, path.stem, load(path)) for path in repository.waiting()]


def _told(repository: Repository, role: str, document: Metadata[Any]) -> Waiting:
    signed, payload = document.signed, document.signed_bytes
    held = _holders(repository, role, document)
    before = repository.newest(role).signed if any(versions(repository.metadata, role)) else None
    changes, same = _changes(before, signed) if isinstance(signed, Targets) else ([], 0)
    publishers, handed = _given(signed), _handed(signed)
    return Waiting(
        role=role,
        version=signed.version,
        until=signed.expires,
        data=document.to_bytes(Canonical()),
        digest=hashlib.sha256(payload).hexdigest(),
        signers=[owner_of(one) for one in held.signed.values()],
        missing=[owner_of(one) for one in held.unsigned.values()],
        threshold=THRESHOLD,
        enough=bool(held),
        changes=changes,
        same=same,
        roles=_roles(signed) if isinstance(signed, Root) else {},
        publishers=[one for one in publishers if one not in _given(before)],
        handed=dict(handed.items() - _handed(before).items()),
    )


def _holders(
    repository: Repository, role: str, document: Metadata[Any]
) -> VerificationResult | RootVerificationResult:
    """Return the keys with which a document is signed, and those that could."""
    payload, signatures = document.signed_bytes, document.signatures
    if isinstance(document.signed, Root):
        known = any(versions(repository.metadata, role))
        before = repository.newest(role).signed if known else None
        return document.signed.get_root_verification_result(before, payload, signatures)
    above: Root | Targets = repository.latest("root" if role == CURATORS else CURATORS).signed
    return above.get_verification_result(role, payload, signatures)


def _changes(before: Targets | None, after: Targets) -> tuple[list[Change], int]:
    old, new = before.targets if before else {}, after.targets
    paths = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    changes = [
        Change(
            path=path,
            digest=(new.get(path) or old[path]).hashes["sha256"],
            before=read_entry(old[path]) if path in old else None,
            after=read_entry(new[path]) if path in new else None,
        )
        for path in paths
    ]
    return changes, len(new.keys() - set(paths))


def _roles(root: Root) -> dict[str, tuple[int, Sequence[str]]]:
    return {
        name: (role.threshold, [owner_of(root.get_key(one)) for one in role.keyids])
        for name, role in root.roles.items()
    }


def _given(signed: Any) -> Sequence[str]:
    delegations = getattr(signed, "delegations", None)
    return list(delegations.roles or ()) if delegations else []


def _handed(signed: Any) -> Mapping[str, str]:
    handed: Mapping[str, str] = signed.unrecognized_fields.get(HANDED, {}) if signed else {}
    return handed


def add_signatures(repository: Repository, role: str, data: bytes) -> list[str]:
    """Add the signatures that came back with a document that waits, and return whose they are.

    What was signed must be, byte for byte, what waits.

    :param data: the file that was signed.
    :raises SignatureRefused: it adds none.
    """
    path = repository.pending / f"{role}.json"
    if path not in repository.waiting():
        raise SignatureRefused("gone")
    document, envelope = load(path), _opened(data)
    if bytes(envelope.signed) != document.signed_bytes:
        raise SignatureRefused("old" if _is_older(envelope, document) else "other")
    keys = _holders(repository, role, document).unsigned
    owners: list[str] = []
    strangers = 0
    for one in envelope.signatures:
        signature = Signed(one.keyid, one.sig)
        if key := keys.get(one.keyid):
            try:
                key.verify_signature(signature, document.signed_bytes)
            except UnverifiedSignatureError as problem:
                raise SignatureRefused("forged") from problem
            document.signatures[one.keyid] = signature
            owners.append(owner_of(key))
        strangers += one.keyid not in document.signatures
    if not owners:
        why: Why = "stranger" if strangers else "again" if envelope.signatures else "none"
        raise SignatureRefused(why)
    repository.keep_pending(role, document)
    return owners


def _opened(data: bytes) -> Envelope:
    if len(data) > LARGEST:
        raise SignatureRefused("large")
    try:
        return msgspec.json.decode(data, type=Envelope)
    except UNREADABLE as problem:
        raise SignatureRefused("unreadable") from problem


class _About(msgspec.Struct):
    type: str = msgspec.field(name="_type")
    issued: datetime


def _is_older(envelope: Envelope, document: Metadata[Any]) -> bool:
    """Return whether it could be what was proposed of the same kind before."""
    try:
        about = msgspec.json.decode(bytes(envelope.signed), type=_About)
        waits = msgspec.json.decode(document.signed_bytes, type=_About)
    except UNREADABLE:
        return False
    return about.type == waits.type and about.issued < waits.issued
