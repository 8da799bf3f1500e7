"""Signatures put into PDF files: PAdES (ETSI EN 319 142-1), B-B, or B-T with a time stamp.

A signature is added at the end of the file, so that every earlier one stays good. It takes no
place on a page: who signed is told by the letter's own block, in the words of the office, and a
picture would prove nothing. Its field lies outside the page because PDF/A forbids to hide one,
and PDF/UA to have an untagged one within.
"""

import asyncio
import secrets
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from anyio import CapacityLimiter
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    enumerate_sig_fields,
)
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core.api import AppError, Context, Text
from kit.documents.bounded import within_bounds
from kit.documents.keys import SigningKey
from kit.documents.refusals import (
    BROKEN_PDF,
    CLOSED_PDF,
    LOCKED_PDF,
    TOO_COMPLEX_PDF,
    FileRefused,
)

_AT_ONCE = CapacityLimiter(1)
_PATIENCE = 10  # seconds for the time-stamp authority
# Bytes of a signature beside its certificates, and of a time stamp with those of its authority.
_SIGNATURE, _STAMP = 4_096, 16_384

_NO_STAMP = Text(
    "ระบบประทับเวลาไม่ตอบหรือตอบไม่ถูกต้อง จึงยังไม่ได้ลงลายมือชื่อ รอ 5 นาทีแล้วลองใหม่ ถ้ายังไม่ได้ แจ้งผู้ดูแลระบบ",
    "The time-stamp authority does not answer, or not rightly, so nothing was signed. Try again "
    "in 5 minutes; if that fails, tell the administrator.",
)


class NoTimeStamp(AppError):
    """The time-stamp authority gave none; nothing was signed."""

    status_code = 503


def sign_pdf(
    raw: bytes,
    key: SigningKey,
    at: datetime,
    reason: str = "",
    place: str = "",
    stamps: str | None = None,
) -> bytes:
    """Return the file with a signature added at its end.

    :param at: aware: what the signature says of its time. A time stamp says its own.
    :param reason: shown by readers of PDF files beside the name; so is ``place``.
    :param stamps: address of a time-stamp authority (RFC 3161); None: level B-B.
    :raises FileRefused: it cannot be opened, has a password, or whoever signed before closed it.
    :raises NoTimeStamp: the authority does not answer.
    """
    return asyncio.run(_signed(raw, key, at, reason, place, stamps))


async def sign_pdf_async(
    ctx: Context, raw: bytes, key: SigningKey, *, reason: str = "", place: str = ""
) -> bytes:
    """Return the signed file as :func:`sign_pdf` does, now, while the event loop goes on."""
    return await within_bounds(
        sign_pdf,
        raw,
        key,
        ctx.now,
        reason,
        place,
        ctx.settings.timestamp_url,
        limiter=_AT_ONCE,
        otherwise=FileRefused(TOO_COMPLEX_PDF),
    )


async def _signed(
    raw: bytes, key: SigningKey, at: datetime, reason: str, place: str, stamps: str | None
) -> bytes:
    try:
        # Word writes what only a lenient reader takes, see ADR 0025.
        reader = PdfFileReader(BytesIO(raw), strict=False)
        if reader.encrypted:
            raise FileRefused(LOCKED_PDF)
        field = f"Signature-{secrets.token_hex(4)}"
        if any(_closes(earlier, field) for earlier in _signatures(reader)):
            raise FileRefused(CLOSED_PDF)
        signer = _Signer(key, field, at, reason, place, stamps)
        signed: BytesIO = await signer.async_sign_pdf(
            _Update.from_reader(reader), bytes_reserved=signer.size
        )
    except AppError:
        raise
    except Exception as broken:
        # Whatever a damaged file makes its reader raise, it cannot be signed.
        raise FileRefused(BROKEN_PDF) from broken
    return signed.getvalue()


def _signatures(reader: PdfFileReader) -> Iterator[EmbeddedPdfSignature]:
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        yield EmbeddedPdfSignature(reader, field, name)


def _closes(earlier: EmbeddedPdfSignature, field: str) -> bool:
    """Return whether another signature in this field would spoil the earlier one."""
    fields = earlier.fieldmdp
    return earlier.docmdp_level is MDPPerm.NO_CHANGES or bool(fields and fields.is_locked(field))


class _Update(IncrementalPdfFileWriter):
    """What is added to the file: the signature and nothing else."""

    def _update_meta(self) -> None:
        """Leave the metadata: who made the words, and when, does not change by signing them."""


class _Signer(PdfSigner):
    """Makes one signature at a given time.

    :ivar size: digits that are kept free for it.
    """

    def __init__(
        self,
        key: SigningKey,
        field: str,
        at: datetime,
        reason: str,
        place: str,
        stamps: str | None,
    ) -> None:
        [certificate] = load_certs_from_pemder_data(key.certificate)
        chain = SimpleCertificateStore()
        chain.register_multiple(
            one for above in key.chain for one in load_certs_from_pemder_data(above)
        )
        super().__init__(
            PdfSignatureMetadata(
                field_name=field,
                reason=reason or None,
                location=place or None,
                subfilter=SigSeedSubFilter.PADES,
            ),
            SimpleSigner(
                signing_cert=certificate,
                signing_key=load_private_key_from_pemder_data(key.key, None),
                cert_registry=chain,
            ),
            timestamper=_Authority(stamps, timeout=_PATIENCE) if stamps else None,
            new_field_spec=SigFieldSpec(
                field, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True)
            ),
        )
        known = sum(len(one) for one in (key.certificate, *key.chain))
        self.size = 2 * (known + _SIGNATURE + (_STAMP if stamps else 0))
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Return what :class:`PdfSigner` does, at the time of the one who asks."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Say that there is a PAdES signature; an elliptic curve does not make it PDF 2.0."""
        if pdf_out.output_version < (2, 0):
            pdf_out.register_extension(ESIC_EXTENSION_1)


class _Authority(HTTPTimeStamper):
    """A time-stamp authority whose every answer is held against what was asked."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return its token.

        :raises NoTimeStamp: it does not answer, or the token is not one of this signature.
        """
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            told = await validate_tst_signed_data(
                token["content"], ValidationContext(trust_roots=[]), lambda _: message_digest
            )
        except Exception as problem:
            # Whatever it answers in place of a token.
            raise NoTimeStamp(_NO_STAMP) from problem
        if not (told["intact"] and told["valid"]):
            raise NoTimeStamp(_NO_STAMP)
        return token
