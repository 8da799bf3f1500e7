"""Whether a paper is real: what the public may learn from its code, and nothing more."""

from typing import Any, Literal

import msgspec

from core.api import Context, attempts, transaction
from kit.documents.codes import read_code
from kit.documents.tables import IssuedPaper


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a code.

    :param lines: label and text as they stand on the paper, in the paper's own digits.
    """

    state: Literal["valid", "revoked", "unknown"]
    code: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    revoked_at: Any = None
    revoked_why: str = ""


async def verify(ctx: Context, typed: str) -> Verdict:
    """Return what the office knows of a paper with this code; a wrong code is unknown.

    :raises TooMany: many wrong ones came from this address.
    """
    code = read_code(typed)
    if code is None:
        return Verdict(state="unknown")
    async with transaction(ctx):
        paper = (
            await IssuedPaper.objects()
            .where(IssuedPaper.of(ctx), IssuedPaper.code == code)
            .first()
            .output(load_json=True)
        )
    if paper is None:
        await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
        return Verdict(state="unknown", code=code)
    return Verdict(
        state="revoked" if paper.revoked_at else "valid",
        code=code,
        lines=tuple(_lines(paper.contents)),
        revoked_at=paper.revoked_at,
        revoked_why=paper.revoked_why or "",
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
