"""The signatures in a PDF file: whose they are, when they were made, what changed since.

Nothing is asked of anybody for it: the roots are those of the installation, certificates come
from the file, and whether one was revoked is not known.
"""

import asyncio
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from operator import itemgetter
from typing import Any, Literal

import msgspec
from anyio import CapacityLimiter
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from core.api import Context
from kit.documents.bounded import within_bounds
from kit.documents.refusals import UNSEEN_SIGNATURES, FileRefused

_AT_ONCE = CapacityLimiter(1)
_LONGEST = 200  # signs of a name that are shown
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_UNSAFE = {
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
}


class SignatureFound(msgspec.Struct, frozen=True, kw_only=True):
    """A signature of a file, or a time stamp over the whole of it.

    :param state: whether what was signed is as it was; ``unreadable`` also of what is made in a
        way that is no longer safe.
    :param later: what was added to the file since; ``signatures``: further ones, which may bring
        a picture over the page, and what helps to check them; ``form``: fields were filled in;
        ``changes``: what nobody may add.
    :param standing: whether the certificate leads to an authority that the installation knows;
        ``expired``: it did, and nobody vouches that the signature was made before.
    :param name: whose certificate it is; any name stands in one that is ``unknown``.
    :param claimed_at: aware, UTC: as the signer's machine had it.
    :param stamped_at: aware, UTC: as a time-stamp authority has it.
    :param stamp_known: whether that authority is one that the installation knows.
    """

    kind: Literal["signature", "stamp"] = "signature"
    state: Literal["intact", "altered", "unreadable"]
    later: Literal["nothing", "signatures", "form", "changes"] = "nothing"
    standing: Literal["known", "expired", "unknown"] = "unknown"
    name: str = ""
    organization: str = ""
    issuer: str = ""
    claimed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamp_known: bool = False

    @property
    def good(self) -> bool:
        """Whether it holds, for the file as it is now, and somebody vouches for the name."""
        return self.state == "intact" and self.later != "changes" and self.standing == "known"


def check_pdf(raw: bytes, roots: Sequence[bytes], at: datetime) -> tuple[SignatureFound, ...]:
    """Return the signatures of a PDF file, the earliest first.

    It may take for ever with a file that is made for that: use :func:`check_pdf_async`.

    :param roots: certificates of the authorities that are known, DER.
    :param at: aware, the time at which certificates must hold.
    :raises FileRefused: the file cannot be opened or has a password.
    """
    return asyncio.run(_found(raw, roots, at))


async def check_pdf_async(ctx: Context, raw: bytes) -> tuple[SignatureFound, ...]:
    """Return the signatures as :func:`check_pdf` does, now, while the event loop goes on.

    :raises FileRefused: also where it would take too long.
    """
    if b"/ByteRange" not in raw:
        return ()
    return await within_bounds(
        check_pdf,
        raw,
        ctx.settings.trusted_roots,
        ctx.now,
        limiter=_AT_ONCE,
        otherwise=FileRefused(UNSEEN_SIGNATURES),
    )


async def _found(raw: bytes, roots: Sequence[bytes], at: datetime) -> tuple[SignatureFound, ...]:
    found: list[tuple[int, SignatureFound]] = []
    try:
        # Word writes what only a lenient reader takes, see ADR 0025.
        reader = PdfFileReader(BytesIO(raw), strict=False)
        known = [one for root in roots for one in load_certs_from_pemder_data(root)]
        fields = list(enumerate_sig_fields(reader))
        names = {name for name, _, _ in fields}
        for name, value, field in fields:
            if value is not None:
                found.append(await _told(reader, field, name, known, at, names))
    except Exception as broken:
        # Whatever a damaged or locked file makes its reader raise, it cannot be checked.
        raise FileRefused(UNSEEN_SIGNATURES) from broken
    return tuple(each for _, each in sorted(found, key=itemgetter(0)))


async def _told(
    reader: PdfFileReader,
    field: Any,
    name: str,
    roots: Sequence[Any],
    at: datetime,
    names: set[str],
) -> tuple[int, SignatureFound]:
    """Return one signature, and which of the file's versions it made."""
    try:
        one = EmbeddedPdfSignature(reader, field, name)
        return one.signed_revision, await _look(one, roots, at, names)
    except Exception:
        # It cannot be read, which is told too; the others are told all the same.
        return reader.xrefs.total_revisions, SignatureFound(state="unreadable")


async def _look(
    one: EmbeddedPdfSignature, roots: Sequence[Any], at: datetime, fields: set[str]
) -> SignatureFound:
    is_stamp = one.sig_object_type == "/DocTimeStamp"
    validate: Any = (
        async_validate_pdf_timestamp
        if is_stamp
        else partial(async_validate_pdf_signature, key_usage_settings=_USAGE)
    )

    async def at_moment(moment: datetime) -> Any:
        context = ValidationContext(trust_roots=roots, moment=moment)
        return await validate(one, context, skip_diff=True)

    status = await at_moment(at)
    stamp = status if is_stamp else status.timestamp_validity
    is_stamped = stamp is not None and stamp.intact and stamp.valid
    if status.trust_problem_indic in _UNSAFE:
        return SignatureFound(state="unreadable")
    if is_stamped and stamp.trusted:
        # Somebody vouches that it was there already, so its certificate had to hold then.
        status = await at_moment(stamp.timestamp)
    one.compute_integrity_info()
    subject, issuer = one.signer_cert.subject.native, one.signer_cert.issuer.native
    return SignatureFound(
        kind="stamp" if is_stamp else "signature",
        state="intact" if status.intact and status.valid else "altered",
        later=_later(one, fields),
        standing=await _standing(one, status, at_moment),
        name=_shown(subject.get("common_name")),
        organization=_shown(subject.get("organization_name")),
        issuer=_shown(issuer.get("common_name") or issuer.get("organization_name")),
        claimed_at=_utc(one.self_reported_timestamp),
        stamped_at=_utc(stamp.timestamp) if is_stamped else None,
        stamp_known=bool(is_stamped and stamp.trusted),
    )


async def _standing(
    one: EmbeddedPdfSignature, status: Any, at_moment: Any
) -> Literal["known", "expired", "unknown"]:
    if status.trusted:
        return "known"
    until = one.signer_cert.not_valid_after
    if until < status.validation_time and (await at_moment(until)).trusted:
        return "expired"
    return "unknown"


def _later(
    one: EmbeddedPdfSignature, fields: set[str]
) -> Literal["nothing", "signatures", "form", "changes"]:
    covered: Any = one.coverage
    difference: Any = one.diff_result
    if covered is SignatureCoverageLevel.ENTIRE_FILE:
        return "nothing"
    if not isinstance(difference, DiffResult) or not one.summarise_integrity_info()["docmdp_ok"]:
        return "changes"
    if difference.modification_level > ModificationLevel.FORM_FILLING:
        return "changes"
    return "signatures" if difference.changed_form_fields <= fields else "form"


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def _shown(name: Any) -> str:
    """Return a name, or several, on one line, without signs that turn the direction of reading."""
    text = ", ".join(name) if isinstance(name, list) else name or ""
    plain = "".join(" " if one.isspace() else one for one in text)
    kept = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    return " ".join(kept.split())[:_LONGEST]
