"""Keys of keepers and curators: files on their own machines, closed with a passphrase."""

import os
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

PUBLIC = ".pub"  # after the name of the file of the secret key
SHORTEST = 12  # characters of a passphrase


class KeyFault(Exception):
    """A key cannot be made or used; the sentence says why."""


def make_key(path: Path, owner: str, passphrase: str) -> Key:
    """Write a new key, and its public part beside it.

    :param path: not there yet; the public part is ``<path>.pub``.
    :param owner: the person's name, which is told with every document that the key signs.
    :raises KeyFault: the passphrase is short, the owner has no name, or the file is there.
    """
    if len(passphrase) < SHORTEST:
        raise KeyFault(f"the passphrase has less than {SHORTEST} characters")
    if not owner.strip() or not owner.isprintable():
        raise KeyFault("a key has an owner, named in one line")
    secret = Ed25519PrivateKey.generate()
    closed = secret.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    key = _named(SSlibKey.from_crypto(secret.public_key()), owner)
    public = path.with_name(path.name + PUBLIC)
    if public.exists():
        raise KeyFault(f"{public} is there already")
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(closed)
    except FileExistsError:
        raise KeyFault(f"{path} is there already") from None
    public.write_bytes(msgspec.json.format(msgspec.json.encode(_told(key))) + b"\n")
    return key


def read_public(path: Path) -> Key:
    """Return the public part of a key.

    :raises KeyFault: the file holds none, or its name of the key is not its own.
    """
    try:
        told: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        key = Key.from_dict(told.pop("keyid"), told)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.keyval["public"]))
        if key.keyid != SSlibKey.from_crypto(public).keyid:
            raise ValueError("it is called by another name than its own")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise KeyFault(f"{path} is no public key: {problem}") from problem
    return key


def open_key(path: Path, passphrase: str) -> CryptoSigner:
    """Return what signs with a key.

    :raises KeyFault: the file is no key, or the passphrase is another.
    """
    try:
        secret = load_pem_private_key(path.read_bytes(), passphrase.encode())
    except (OSError, ValueError, TypeError) as problem:
        raise KeyFault(f"{path} does not open: {problem}") from problem
    return CryptoSigner(secret)


def owner_of(key: Key) -> str:
    """Return whose key it is."""
    return str(key.unrecognized_fields.get("owner", key.keyid[:8]))


def _named(key: SSlibKey, owner: str) -> SSlibKey:
    return SSlibKey(key.keyid, key.keytype, key.scheme, key.keyval, {"owner": owner})


def _told(key: Key) -> dict[str, Any]:
    return {"keyid": key.keyid, **key.to_dict()}
