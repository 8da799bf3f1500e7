"""With what a file is signed: the certificate of an officer, or of the office for its seal.

The file in which a certification authority gives it (PKCS#12) stays encrypted as it is; its
passphrase is typed at each signing and kept nowhere, so that nobody else can sign in that name.

Law: Electronic Transactions Act B.E. 2544, s. 26 (what makes a signature a reliable one).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeGuard

from anyio import CapacityLimiter
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

from core.api import InvalidInput, Text
from kit.documents.bounded import within_bounds
from kit.thai import local, long_day

_AT_ONCE = CapacityLimiter(1)
_RSA_BITS, _CURVE_BITS = 2048, 256  # at least

_NO_FILE = Text(
    "ไฟล์นี้ไม่ใช่ไฟล์ใบรับรองอิเล็กทรอนิกส์ (.p12 หรือ .pfx) เลือกไฟล์ที่ผู้ให้บริการออกใบรับรองส่งให้",
    "This is no certificate file (.p12 or .pfx). Choose the one that the authority gave you.",
)
_TYPE_IT = Text(
    "พิมพ์รหัสผ่านของไฟล์ใบรับรอง ไฟล์ที่ไม่มีรหัสผ่านใช้ลงลายมือชื่อไม่ได้",
    "Type the passphrase of the certificate file. A file without one cannot be used.",
)
_WRONG = Text(
    "รหัสผ่านนี้ไม่ใช่ของไฟล์ใบรับรองที่เลือก พิมพ์ใหม่อีกครั้ง",
    "This is not the passphrase of that certificate file. Type it again.",
)
_NO_KEY = Text(
    "ไฟล์นี้มีใบรับรองแต่ไม่มีกุญแจส่วนตัวของใบรับรองนั้น ส่งออกไฟล์ใหม่โดยเลือกให้รวมกุญแจส่วนตัว",
    "This file lacks the private key of its certificate. Export it again, private key included.",
)
_WEAK = Text(
    "กุญแจของใบรับรองนี้ใช้ไม่ได้ ต้องเป็น RSA 2048 บิตขึ้นไป หรือ ECDSA 256 บิตขึ้นไป ขอใบรับรองใหม่",
    "Keys must be RSA of 2048 bits or ECDSA of 256 bits at least. Ask for a new certificate.",
)
_NOT_FOR_THIS = Text(
    "ใบรับรองนี้ไม่ได้ออกให้ใช้ลงลายมือชื่อ ขอใบรับรองสำหรับลงลายมือชื่อจากผู้ให้บริการออกใบรับรอง",
    "This certificate was not issued for signing. Ask the authority for one that was.",
)
_EXPIRED = Text(
    "ใบรับรองนี้หมดอายุเมื่อ {day} ขอใบรับรองใหม่จากผู้ให้บริการออกใบรับรอง",
    "This certificate expired on {day}. Ask the authority for a new one.",
)
_TOO_EARLY = Text(
    "ใบรับรองนี้ใช้ได้ตั้งแต่ {day} ระหว่างนี้ใช้ใบรับรองเดิม",
    "This certificate holds from {day} on. Use the one before it until then.",
)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its certificate, opened for one signing; never kept.

    :param name: whose it is, as the authority has written it.
    :param issuer: the authority.
    :param key: PKCS#8, in the clear.
    :param certificate: DER, as those that lead from it to the authority (``chain``).
    """

    name: str
    organization: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)


def open_key(raw: bytes, passphrase: str, at: datetime) -> SigningKey:
    """Return the key in a PKCS#12 file.

    :param at: aware; the certificate must hold then.
    :raises InvalidInput: with the sentence for the field ``certificate`` or ``passphrase``.
    """
    if not passphrase:
        raise InvalidInput({"passphrase": _TYPE_IT})
    try:
        return _held(pkcs12.load_pkcs12(raw, passphrase.encode()), at)
    except InvalidInput:
        raise
    except Exception as problem:
        # Whatever a damaged file makes its reader raise, there is no key in it.
        if str(problem).startswith("Invalid password"):
            raise InvalidInput({"passphrase": _WRONG}) from problem
        raise _unfit(_NO_FILE) from problem


async def open_key_async(raw: bytes, passphrase: str, at: datetime) -> SigningKey:
    """Return the key as :func:`open_key` does, while the event loop goes on."""
    return await within_bounds(
        open_key, raw, passphrase, at, limiter=_AT_ONCE, otherwise=_unfit(_NO_FILE)
    )


def _held(opened: pkcs12.PKCS12KeyAndCertificates, at: datetime) -> SigningKey:
    """Return what the file holds, if its certificate may sign."""
    key = opened.key
    if key is None or opened.cert is None:
        raise _unfit(_NO_KEY)
    certificate = opened.cert.certificate
    if key.public_key() != certificate.public_key():
        raise _unfit(_NO_KEY)
    if not _is_strong(key):
        raise _unfit(_WEAK)
    if not _is_for_signing(certificate):
        raise _unfit(_NOT_FOR_THIS)
    if at < certificate.not_valid_before_utc:
        raise _unfit(_on(_TOO_EARLY, certificate.not_valid_before_utc))
    if at > certificate.not_valid_after_utc:
        raise _unfit(_on(_EXPIRED, certificate.not_valid_after_utc))
    others = [one.certificate for one in opened.additional_certs]
    return SigningKey(
        name=_said(certificate.subject, NameOID.COMMON_NAME),
        organization=_said(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_said(certificate.issuer, NameOID.COMMON_NAME),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        key=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        certificate=certificate.public_bytes(Encoding.DER),
        chain=tuple(one.public_bytes(Encoding.DER) for one in _leading_up(certificate, others)),
    )


def _unfit(sentence: Text) -> InvalidInput:
    return InvalidInput({"certificate": sentence})


def _on(sentence: Text, moment: datetime) -> Text:
    day = local(moment).date()
    return sentence.format(day=Text(long_day(day, "th"), long_day(day, "en")))


def _is_strong(key: Any) -> TypeGuard[RSAPrivateKey | EllipticCurvePrivateKey]:
    if isinstance(key, RSAPrivateKey):
        return key.key_size >= _RSA_BITS
    return isinstance(key, EllipticCurvePrivateKey) and key.key_size >= _CURVE_BITS


def _is_for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _said(name: x509.Name, what: ObjectIdentifier) -> str:
    return " ".join(str(one.value) for one in name.get_attributes_for_oid(what))


def _leading_up(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> Iterator[x509.Certificate]:
    """Yield the certificate of the issuer, of its issuer and so on, as far as they are known."""
    known = {one.subject: one for one in others}
    while (above := known.pop(certificate.issuer, None)) is not None:
        yield above
        certificate = above
