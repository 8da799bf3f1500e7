"""The secret of a municipality on its way, locked with a passphrase.

What is encrypted for the municipality can be read with it, and its audit trail checked; it opens
nothing of the installation or of another municipality. It is bound to the manifest, which has the
hash of everything: who does not know the passphrase cannot change anything in the file unseen.
"""

import hashlib
import secrets
import unicodedata
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.handover.manifest import HandoverRefused
from core.text import Text

SHORTEST = 16  # signs of a passphrase
_NONCE = 12  # bytes
# 128 MB and about half a second for each guess.
_COST, _BLOCKS, _LANES = 2**17, 8, 1

_SHORT = Text(
    f"รหัสผ่านของไฟล์ต้องยาวอย่างน้อย {SHORTEST} ตัวอักษร เช่น คำห้าคำที่ไม่เกี่ยวกัน",
    f"A passphrase has at least {SHORTEST} characters: five words that have nothing to do "
    "with each other.",
)
_WRONG = Text(
    "รหัสผ่านไม่ตรงกับที่ตั้งไว้ตอนส่งออก หรือไฟล์ถูกแก้ไขโดยผู้ที่ไม่รู้รหัสผ่าน ตรวจรหัสผ่านกับผู้ส่งออก ถ้าถูกต้องแล้วให้ขอไฟล์ใหม่",
    "This is not the passphrase given at the export, or somebody without it edited the file. Ask "
    "who exported it for the passphrase; if it is right, ask for a new file.",
)


class Locked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of the file, in JSON with its bytes in base64.

    :param cost: of a guess, as scrypt counts it; a newer version may ask for more.
    """

    cost: Annotated[int, msgspec.Meta(ge=2**10, le=2**20)]
    salt: bytes
    secret: bytes


def lock(secret: bytes, passphrase: str, manifest: bytes) -> bytes:
    """Return the part of the file.

    :param manifest: as it stands in the file.
    :raises HandoverRefused: the passphrase is too short.
    """
    check_passphrase(passphrase)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(passphrase, salt, _COST)).encrypt(nonce, secret, _bond(manifest))
    return msgspec.json.encode(Locked(cost=_COST, salt=salt, secret=nonce + sealed))


def check_passphrase(passphrase: str) -> None:
    """Return when a passphrase is long enough.

    :raises HandoverRefused: it is not.
    """
    if len(passphrase) < SHORTEST:
        raise HandoverRefused(_SHORT)


def unlock(part: bytes, passphrase: str, manifest: bytes) -> bytes:
    """Return the secret.

    :raises HandoverRefused: the passphrase is wrong, or the manifest is another.
    """
    try:
        locked = msgspec.json.decode(part, type=Locked)
        cipher = AESGCM(_key(passphrase, locked.salt, locked.cost))
        return cipher.decrypt(locked.secret[:_NONCE], locked.secret[_NONCE:], _bond(manifest))
    except (InvalidTag, msgspec.DecodeError, ValueError) as problem:
        raise HandoverRefused(_WRONG) from problem


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    derive = Scrypt(salt=salt, length=32, n=cost, r=_BLOCKS, p=_LANES)
    # Thai typed on another keyboard may have its signs in another order.
    return derive.derive(unicodedata.normalize("NFC", passphrase).encode())


def _bond(manifest: bytes) -> bytes:
    return hashlib.sha256(manifest).digest()
