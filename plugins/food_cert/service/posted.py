"""Letters about renewals that were made: the list of a set, one file of all, what was sent."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, NotFound, Text, audit, defer, need, transaction
from kit import documents
from kit.documents import Store, join_pdfs
from plugins.food_cert.service.lettering import subject_of
from plugins.food_cert.service.rights import CARRY, READ
from plugins.food_cert.tables.letters import LetterRun, RenewalLetter

JOB = "food_cert.print_letters"
PAGE = 50

_NO_LETTER = Text("ไม่พบหนังสือฉบับนี้", "There is no such letter.")
_NOT_READY = Text("ไฟล์นี้ยังไม่พร้อม ลองอีกครั้งในหนึ่งนาที", "This file is not ready. Try again in a minute.")
_DONE = Text(
    "มีผู้บันทึกไปแล้ว หรือชุดนี้ยังออกไม่ครบ เปิดหน้านี้ใหม่เพื่อดู",
    "Somebody has noted it already, or the set is not made yet. Open the page again.",
)


async def letters_of(ctx: Context, run: UUID, *, skip: int = 0) -> Sequence[Mapping[str, Any]]:
    """Return a page of the lines of a set, rows of ``RenewalLetter``; some are without a letter."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await RenewalLetter.select()
            .where(RenewalLetter.of(ctx), RenewalLetter.run_id == run)
            .order_by(RenewalLetter.turn)
            .offset(skip)
            .limit(PAGE)
        )
    return rows


async def read_letter(ctx: Context, letter: UUID) -> tuple[bytes, str]:
    """Return a letter as a PDF file, and a name for it; that it was read is recorded.

    :raises NotFound: there is none.
    """
    need(ctx, READ)
    async with transaction(ctx):
        which = RenewalLetter.of(ctx) & (RenewalLetter.id == letter)
        row = await RenewalLetter.select(RenewalLetter.paper).where(which).first()
        if row is None or row["paper"] is None:
            raise NotFound(_NO_LETTER)
        await audit.record(ctx, "food_cert.letters.read", f"letter/{letter}")
    return await documents.read_pdf(ctx, row["paper"], subject=subject_of(letter))


async def note_sent(ctx: Context, run: UUID) -> None:
    """Note that all letters of a set that were made were sent today.

    :raises Conflict: there is none that was not sent.
    """
    need(ctx, CARRY)
    async with transaction(ctx):
        sent = (
            await RenewalLetter.update(
                {RenewalLetter.state: "sent", RenewalLetter.sent_on: ctx.today}
            )
            .where(
                RenewalLetter.of(ctx), RenewalLetter.run_id == run, RenewalLetter.state == "made"
            )
            .returning(RenewalLetter.id)
        )
        if not sent:
            raise Conflict(_DONE)
        await audit.record(ctx, "food_cert.letters.sent", f"letters/{run}", count=len(sent))


async def print_all(ctx: Context, run: UUID) -> None:
    """Have all letters of a set put into one file for the printer.

    :raises Conflict: that is being done already, the set is not done, or it has no letters.
    """
    need(ctx, CARRY)
    async with transaction(ctx):
        if not await _made(ctx, run):
            raise Conflict(_DONE)
        asked = (
            await LetterRun.update({LetterRun.asked_at: ctx.now})
            .where(
                LetterRun.of(ctx),
                LetterRun.id == run,
                LetterRun.state == "done",
                LetterRun.asked_at.is_null(),
            )
            .returning(LetterRun.id)
        )
        if not asked:
            raise Conflict(_DONE)
        await audit.record(ctx, "food_cert.letters.printed", f"letters/{run}")
        await defer(ctx, JOB, lock=f"{JOB}/{ctx.tenant.id}/{run}", run=str(run))


async def _made(ctx: Context, run: UUID) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        await RenewalLetter.select(RenewalLetter.id, RenewalLetter.paper)
        .where(
            RenewalLetter.of(ctx), RenewalLetter.run_id == run, RenewalLetter.made_on.is_not_null()
        )
        .order_by(RenewalLetter.turn)
    )
    return rows


async def work(ctx: Context, run: str) -> None:
    """Make the file of a set; the job of the worker. Pages that were set before are kept."""
    async with transaction(ctx):
        letters = await _made(ctx, UUID(run))
    pages = []
    for one in letters:
        pdf, _ = await documents.read_pdf(ctx, one["paper"], subject=subject_of(one["id"]))
        pages.append(pdf)
    digest = await _store(ctx).put_async(ctx.tenant.id, join_pdfs(pages))
    async with transaction(ctx):
        await LetterRun.update({LetterRun.digest: digest}).where(
            LetterRun.of(ctx), LetterRun.id == UUID(run), LetterRun.digest.is_null()
        )


async def read_file(ctx: Context, run: UUID) -> tuple[bytes, str]:
    """Return all letters of a set in one file, and its name; that names were read is recorded.

    :raises NotFound: there is none, or it is not made yet.
    """
    need(ctx, READ)
    async with transaction(ctx):
        which = LetterRun.of(ctx) & (LetterRun.id == run)
        row = await LetterRun.select(LetterRun.digest).where(which).first()
        if row is None or row["digest"] is None:
            raise NotFound(_NOT_READY)
        await audit.record(ctx, "food_cert.letters.read", f"letters/{run}")
    return await _store(ctx).read_async(ctx.tenant.id, row["digest"]), "letters.pdf"


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")
