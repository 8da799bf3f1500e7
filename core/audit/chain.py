"""What makes a touch of the trail visible: digests, the chain over them, signed ends.

Digest and chain are keyed, so nobody without the secret of the municipality can make them
anew after a change; the end of the chain (the head) is signed, so that whoever was handed
one can prove later that entries are missing, with the public key alone.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.keys import Keys

# What an entry is written with.
COLUMNS = (
    "tenant_id",
    "id",
    "at",
    "actor",
    "actor_name",
    "action",
    "subject",
    "owner",
    "request",
    "detail",
)
# Before the first entry.
GENESIS = b""


def digest(keys: Keys, row: Mapping[str, Any]) -> bytes:
    """Return the 32 bytes that only this entry has.

    :param row: every one of ``COLUMNS``; ``detail`` as the JSON text that is stored.
    """
    return keys.fingerprint("audit.entry", *(_spelt(row[column]) for column in COLUMNS))


def _spelt(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    # No text in the database holds the sign that stands for nothing.
    return "\0" if value is None else str(value)


def link(keys: Keys, before: bytes, seq: int, entry: bytes) -> bytes:
    """Return the chain's 32 bytes at the entry ``seq``.

    :param before: the chain at the entry before it, ``GENESIS`` for the first.
    :param entry: its digest.
    """
    return keys.fingerprint("audit.chain", before.hex(), str(seq), entry.hex())


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The signed end of a municipality's chain, in JSON with its bytes in base64.

    :param seq: the number of the last entry, which is also how many there are.
    :param at: aware, UTC; when it was sealed.
    """

    tenant: str
    seq: int
    chain: bytes
    at: datetime
    signature: bytes = b""

    def signed_with(self, keys: Keys) -> "Head":
        """Return the head with the installation's signature."""
        return msgspec.structs.replace(self, signature=_private(keys).sign(self._message()))

    def is_signed_by(self, key: bytes) -> bool:
        """Return whether the holder of the secret signed it.

        :param key: the public key, 32 bytes.
        """
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(self.signature, self._message())
        except InvalidSignature:
            return False
        return True

    def _message(self) -> bytes:
        chain = base64.b64encode(self.chain).decode()
        at = self.at.astimezone(UTC).isoformat()
        return f"thongthin audit head\n{self.tenant}\n{self.seq}\n{chain}\n{at}\n".encode()


def _private(keys: Keys) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.key("audit.head"))


def public_key(keys: Keys) -> bytes:
    """Return the 32 bytes with which anybody can check a head."""
    return _private(keys).public_key().public_bytes_raw()
