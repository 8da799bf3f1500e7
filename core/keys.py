"""Keys, each for one purpose, all drawn from one secret: the installation's or a municipality's."""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12  # bytes
_TENANT = "tenant"


class Keys:
    """Encrypts and fingerprints what must not lie open in the database.

    :param secret: at least 32 random bytes; who loses them loses what they lock.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the secret of the installation has fewer than 32 bytes")
        self._secret = secret
        self._drawn: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """Return the 32 bytes for one purpose, e.g. ``"csrf"``."""
        if purpose not in self._drawn:
            derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
            self._drawn[purpose] = derive.derive(self._secret)
        return self._drawn[purpose]

    def of_tenant(self, tenant: str, locked: bytes | None) -> "Keys":
        """Return the keys of one municipality, which open nothing of another.

        :param locked: its own secret, from :meth:`lock_secret`; None: it is drawn from this one.
        """
        return Keys(self.secret_of_tenant(tenant, locked))

    def secret_of_tenant(self, tenant: str, locked: bytes | None) -> bytes:
        """Return the secret from which the keys of a municipality are drawn.

        :param locked: as for :meth:`of_tenant`.
        :raises ValueError: it was locked for another municipality, or with another secret.
        """
        if locked is None:
            return self.key(f"{_TENANT}/{tenant}")
        return bytes.fromhex(self.decrypt(_TENANT, locked, bound_to=tenant))

    def lock_secret(self, tenant: str, secret: bytes) -> bytes:
        """Return the own secret of a municipality as it may lie in the database."""
        return self.encrypt(_TENANT, secret.hex(), bound_to=tenant)

    def fingerprint(self, purpose: str, *parts: str) -> bytes:
        """Return 32 bytes by which equal values are found again without being readable."""
        message = b"".join(len(part).to_bytes(4) + part for part in (p.encode() for p in parts))
        return hmac.digest(self.key(purpose), message, sha256)

    def encrypt(self, purpose: str, text: str, *, bound_to: str) -> bytes:
        """Return ``text`` unreadable.

        :param bound_to: the row it belongs to; moved to another row it cannot be read.
        """
        nonce = secrets.token_bytes(_NONCE)
        cipher = AESGCM(self.key(purpose))
        return nonce + cipher.encrypt(nonce, text.encode(), bound_to.encode())

    def decrypt(self, purpose: str, data: bytes, *, bound_to: str) -> str:
        """Return what :meth:`encrypt` was given.

        :raises ValueError: it was changed, moved, or locked with another secret.
        """
        cipher = AESGCM(self.key(purpose))
        try:
            return cipher.decrypt(data[:_NONCE], data[_NONCE:], bound_to.encode()).decode()
        except InvalidTag as problem:
            raise ValueError("cannot be decrypted: changed, moved, or another secret") from problem
