"""Messages that two installations sign: a letter or note, and the receipt for it.

A message is bytes: what they say is JSON, what is signed is the bytes as they travel, so that
nobody has to write JSON the same way twice. Whoever holds message, signature and public key can
check them with any program that knows Ed25519 (RFC 8032), without this system.
"""

import json
from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from msgspec import Struct

from plugins.eoffice.rules.parcels import Note, Parcel

FORMAT: Literal["thongthin-eoffice/1"] = "thongthin-eoffice/1"
LARGEST_MESSAGE = 500_000  # bytes, without the files


class Forged(ValueError):
    """The signature is not of this key, or not of these bytes, or they say nothing."""


class Envelope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a message says.

    :param id: of the parcel or note; a message of an id that came before changes nothing.
    :param sender: address of the office that signs, e.g. ``https://maehia.example.go.th``.
    :param receiver: address of the office that it is for.
    """

    format: Literal["thongthin-eoffice/1"] = FORMAT
    id: str
    sender: str
    receiver: str
    written_at: datetime
    letter: Parcel | None = None
    note: Note | None = None

    @property
    def content(self) -> Parcel | Note:
        """The one of the two that it carries.

        :raises Forged: it carries neither or both.
        """
        if self.letter is not None and self.note is None:
            return self.letter
        if self.note is not None and self.letter is None:
            return self.note
        raise Forged("a message is one letter or one note")


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the receiver signs: that a message has entered its system, and when.

    :param id: of the message, ``digest`` its SHA-256 in hexadecimal.

    Law: Electronic Transactions Act B.E. 2544, s. 23 (received when it enters the system).
    """

    format: Literal["thongthin-eoffice/1"] = FORMAT
    id: str
    digest: str
    sender: str
    receiver: str
    received_at: datetime


class Signed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bytes, and the signature of who wrote them.

    :param key: public key of the signer, 64 hexadecimal digits.
    :param signature: 128 hexadecimal digits.
    """

    message: bytes
    key: str
    signature: str


def envelop(
    content: Parcel | Note, *, sender: str, receiver: str, written_at: datetime
) -> Envelope:
    """Return a letter or a note as it is signed."""
    return Envelope(
        id=str(content.id),
        sender=sender,
        receiver=receiver,
        written_at=written_at,
        letter=content if isinstance(content, Parcel) else None,
        note=content if isinstance(content, Note) else None,
    )


def new_key() -> str:
    """Return a new private key, in hexadecimal."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_of(private: str) -> str:
    """Return the public key of a private one, in hexadecimal."""
    return _private(private).public_key().public_bytes_raw().hex()


def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))


def sign(content: Envelope | Receipt, private: str) -> Signed:
    """Return what is said, as bytes that are signed."""
    plain = json.dumps(
        msgspec.to_builtins(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sign_bytes(plain.encode(), private)


def sign_bytes(message: bytes, private: str) -> Signed:
    """Return bytes with their signature."""
    signature = _private(private).sign(message).hex()
    return Signed(message=message, key=public_of(private), signature=signature)


def check(signed: Signed, key: str) -> None:
    """Return where the bytes are signed by a key.

    :param key: public key that is known to be the signer's.
    :raises Forged: they are not.
    """
    if signed.key != key:
        raise Forged("signed with another key")
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signed.signature), signed.message)
    except (InvalidSignature, ValueError) as wrong:
        raise Forged("the signature does not fit") from wrong


def read_envelope(signed: Signed) -> Envelope:
    """Return what a message says.

    :raises Forged: it says nothing that can be understood, or neither or both of two things.
    """
    try:
        envelope = msgspec.json.decode(signed.message, type=Envelope)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as odd:
        raise Forged("not a message") from odd
    if str(envelope.content.id) != envelope.id:
        raise Forged("the id of a message is that of what it carries")
    return envelope


def read_receipt(signed: Signed) -> Receipt:
    """Return what a receipt says.

    :raises Forged: it says nothing that can be understood.
    """
    try:
        return msgspec.json.decode(signed.message, type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as odd:
        raise Forged("not a receipt") from odd


def digest_of(message: bytes) -> str:
    """Return the SHA-256 of a message in hexadecimal."""
    return sha256(message).hexdigest()


def pack(signed: Signed) -> bytes:
    """Return a signed message as it travels and is kept: JSON."""
    return msgspec.json.encode(signed)


def unpack(raw: bytes) -> Signed:
    """Return a signed message as it came.

    :raises Forged: it is none, or larger than any.
    """
    if len(raw) > 2 * LARGEST_MESSAGE:
        raise Forged("too large")
    try:
        return msgspec.json.decode(raw, type=Signed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as odd:
        raise Forged("not a signed message") from odd
