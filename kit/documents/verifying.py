"""Whether a paper is real: what the public may learn from its code or its file, and no more."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import Context, Text, attempts, transaction
from kit.documents.codes import read_code
from kit.documents.files import LARGEST
from kit.documents.refusals import EMPTY, MEGABYTE, FileRefused, too_large
from kit.documents.tables import IssuedPaper

# How far into a file a reader of PDF files looks for its first words.
_HEAD = 1024
_NO_PDF = Text(
    "ไฟล์นี้ไม่ใช่ PDF รูปถ่ายหรือสแกนเทียบเป็นไฟล์ไม่ได้ พิมพ์รหัส 12 ตัวใต้ QR แล้วเทียบข้อความแทน",
    "This is no PDF. A photo or a scan cannot be compared as a file: type the 12 characters below "
    "the QR and compare the words.",
)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a code, or of a file.

    :param paper: its id, and ``subject`` what it belongs to; None and empty of an unknown one.
    :param lines: label and text as they stand on the paper, in the paper's own digits.
    :param file: whether a file is the very one that was issued; None where none was given.
    """

    state: Literal["valid", "revoked", "unknown"]
    code: str = ""
    paper: UUID | None = None
    subject: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    revoked_at: Any = None
    revoked_why: str = ""
    file: Literal["same", "differs"] | None = None


async def verify(ctx: Context, typed: str) -> Verdict:
    """Return what the office knows of a paper with this code; a wrong code is unknown.

    :raises TooMany: many wrong ones came from this address.
    """
    code = read_code(typed)
    if code is None:
        return Verdict(state="unknown")
    paper = await _paper(ctx, IssuedPaper.code == code)
    if paper is None:
        await _count_miss(ctx)
        return Verdict(state="unknown", code=code)
    return _verdict(paper)


async def digest_of(read: Callable[[int], Awaitable[bytes]]) -> str:
    """Return the SHA-256 of a PDF file that somebody shows, in hexadecimal; nothing is kept.

    :param read: gives up to so many of its bytes, and none at its end.
    :raises FileRefused: it is empty, too large, or no PDF.
    """
    digest, size = hashlib.sha256(), 0
    while piece := await read(MEGABYTE):
        if not size and b"%PDF-" not in piece[:_HEAD]:
            raise FileRefused(_NO_PDF)
        size += len(piece)
        if size > LARGEST:
            raise too_large(size, LARGEST)
        digest.update(piece)
    if not size:
        raise FileRefused(EMPTY)
    return digest.hexdigest()


async def verify_file(ctx: Context, digest: str, typed: str = "") -> Verdict:
    """Return what the office knows of a file: whether it is one that it issued, to the last bit.

    Of one that is not, what the paper says whose code stands on it.

    :param typed: the code on the paper, or "".
    :raises TooMany: many that were not came from this address.
    """
    paper = await _paper(ctx, IssuedPaper.digest == digest)
    if paper is not None:
        return _verdict(paper, "same")
    await _count_miss(ctx)
    code = read_code(typed)
    paper = await _paper(ctx, IssuedPaper.code == code) if code else None
    if paper is not None:
        return _verdict(paper, "differs")
    return Verdict(state="unknown", code=code or "", file="differs")


async def _paper(ctx: Context, which: Any) -> Any:
    async with transaction(ctx):
        return (
            await IssuedPaper.objects()
            .where(IssuedPaper.of(ctx), which)
            .order_by(IssuedPaper.id)
            .first()
            .output(load_json=True)
        )


async def _count_miss(ctx: Context) -> None:
    await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)


def _verdict(paper: Any, file: Literal["same", "differs"] | None = None) -> Verdict:
    return Verdict(
        state="revoked" if paper.revoked_at else "valid",
        code=paper.code,
        paper=paper.id,
        subject=paper.subject,
        lines=tuple(_lines(paper.contents)),
        revoked_at=paper.revoked_at,
        revoked_why=paper.revoked_why or "",
        file=file,
    )


def _lines(contents: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a reader compares: title, number, day, rows and who signed."""
    lines = [
        ("เอกสาร", contents["title"]),
        ("เลขที่", contents["number"]),
        ("ออกให้ ณ วันที่", contents["date"]),
    ]
    if contents.get("to"):
        lines.append(("เรียน", contents["to"]))
    if contents.get("certifies"):
        lines.append(("รับรองว่า", contents["certifies"]))
    lines += [(row["label"], row["value"]) for row in contents.get("rows", ())]
    if contents.get("result"):
        lines.append(("ผล", contents["result"]))
    for role, label in (("signer", "ผู้ลงนาม"), ("officer", "เจ้าหน้าที่")):
        if contents.get(role):
            lines.append((label, " ".join(_signature(contents[role]))))
    return lines


def _signature(signer: dict[str, Any]) -> list[str]:
    return [part for part in (signer["name"], signer.get("post", "")) if part]
