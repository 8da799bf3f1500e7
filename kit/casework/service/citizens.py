"""What citizens do with their own cases: find, mend, take back, rate."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

from core.api import Conflict, Context, InvalidInput, NotFound, Text, attempts, audit, transaction
from kit.casework.service import fees, uploads
from kit.casework.service.acting import Open, change, demand, take
from kit.casework.service.attaching import FURTHER, Holder, hand_in
from kit.casework.service.correcting import changed
from kit.casework.service.drafts import my_drafts
from kit.casework.service.passages import begin_step
from kit.casework.service.receipts import take_back_receipt
from kit.casework.service.remarks import say
from kit.casework.states import CLOSED, LABELS, TONES, Act, Post, Status
from kit.casework.tables import Case
from kit.documents import quoted_number
from kit.thai import calendar_of, next_open

__all__ = [
    "cancel",
    "find_by_number",
    "mend",
    "mending",
    "my_cases",
    "my_drafts",
    "rate",
    "readers_of",
]

_NOT_FOUND = Text(
    "ไม่พบเรื่องเลขที่นี้ ตรวจเลขรับและเบอร์โทรศัพท์อีกครั้ง",
    "There is no such case. Check the number and the phone number.",
)
_TAKEN_BACK = Text("ผู้แจ้งขอยกเลิกการแจ้ง", "Who filed the notice took it back.")
_NOT_ASKED = Text(
    "ตอนนี้ยังไม่มีเอกสารที่ต้องส่งเพิ่ม ดูสถานะในหน้าติดตามเรื่อง",
    "Nothing more is asked for at present. See the page of the case for where it stands.",
)


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the citizen's own cases in a list."""

    number: str
    track: str
    service: str
    version: int
    subject: str
    label: Text
    tone: str
    filed_at: Any


async def find_by_number(ctx: Context, *, serial: int, year: int, phone: str) -> str:
    """Return the tracking code of a case to who knows its number and its phone number.

    Only what was wrong counts as a guess: of this number, and from this address.

    :param phone: E.164.
    :raises NotFound: no case has both.
    :raises TooMany: guessed too often.
    """
    case, here = f"{year}/{serial}", ctx.address
    await attempts.take(ctx, "track", case, attempts.GUESSES)
    await attempts.take(ctx, "track from", here, attempts.ADDRESS)
    async with transaction(ctx):
        row = (
            await Case.select(Case.track)
            .where(Case.of(ctx), Case.year == year, Case.number == serial, Case.phone == phone)
            .first()
        )
    if row is None:
        raise NotFound(_NOT_FOUND)
    await attempts.give_back(ctx, "track", case)
    await attempts.give_back(ctx, "track from", here)
    track: str = row["track"]
    return track


async def mend(
    ctx: Context,
    id: UUID,
    *,
    files: Mapping[str, Sequence[UploadFile]],
    words: str,
    revision: int,
) -> None:
    """Hand in what was missing or ordered; the case goes back to who checks it.

    What was sent in pieces beforehand, or before another file was refused, is handed in too.

    :param files: by code of the document, or ``other``.
    :raises InvalidInput: nothing was handed in, or a file cannot be taken.
    """
    opened = await take(ctx, id)
    demand(ctx, opened, Act.RESUBMIT, revision=revision, desk=Post.APPLICANT)
    fix_by = opened.case.fix_by
    if fix_by is not None and ctx.today > next_open(fix_by, calendar_of(ctx.tenant)):
        raise Conflict(
            Text(
                "พ้นกำหนดแก้ไขแล้ว ยื่นเรื่องใหม่ได้ หรือติดต่อเจ้าหน้าที่",
                "The time to mend it has passed. You can file again, or ask the office.",
            )
        )
    holder = mender(opened)
    given = {one.code: files.get(one.code, ())[:20] for one in holder.documents}
    problems = await uploads.take(ctx, holder, new=given)
    if problems:
        raise InvalidInput(problems)
    if not await uploads.all_of_draft(ctx, id) and not words.strip():
        raise InvalidInput(
            {"other": Text("แนบสิ่งที่ขาด หรือเขียนคำชี้แจง", "Attach what is missing, or explain.")}
        )
    async with transaction(ctx):
        if words.strip():
            await say(ctx, id, kind="answer", words=words, author=opened.case.applicant_name)
        step = opened.step
        await hand_in(ctx, id, replacing=step is not None)
        if step is None:
            values = {Case.status: Status.CHECKING, Case.waits_for: Post.REGISTRY}
            await change(ctx, opened, Act.RESUBMIT, values)
            return
        await change(ctx, opened, Act.RESUBMIT, changed(ctx, opened, step))
        await begin_step(ctx, opened, step)


def mender(opened: Open) -> Holder:
    """Return the case as what takes files while it is being put right.

    :raises Conflict: nothing is asked of the citizen now.
    """
    if opened.status is not Status.RETURNED:
        raise Conflict(_NOT_ASKED)
    return Holder(opened.case.id, (FURTHER, *opened.service.documents), mending=True)


async def mending(ctx: Context, id: UUID) -> Holder:
    """Return the case as :func:`mender` does."""
    return mender(await take(ctx, id))


async def cancel(ctx: Context, id: UUID, *, revision: int) -> None:
    """Take a request back that has not been decided."""
    async with transaction(ctx):
        opened = await take(ctx, id)
        demand(ctx, opened, Act.CANCEL, revision=revision, desk=Post.APPLICANT)
        values = {
            Case.status: Status.CANCELLED,
            Case.step: None,
            Case.waits_for: Post.APPLICANT,
            Case.closed_at: ctx.now,
        }
        await fees.take_back(ctx, opened)
        await take_back_receipt(ctx, opened, why=_TAKEN_BACK.th)
        await change(ctx, opened, Act.CANCEL, values)


async def rate(ctx: Context, id: UUID, *, stars: str, words: str) -> None:
    """Keep the citizen's rating of a case that has ended; the last one counts.

    :param stars: ``"1"`` to ``"5"``.
    """
    if stars not in {"1", "2", "3", "4", "5"}:
        raise InvalidInput({"stars": Text("เลือก 1 ถึง 5", "Choose from 1 to 5.")})
    async with transaction(ctx):
        opened = await take(ctx, id)
        if opened.status not in CLOSED:
            raise Conflict(Text("ประเมินได้เมื่อเรื่องเสร็จแล้ว", "You can rate it when it has ended."))
        await Case.update({Case.rating: int(stars), Case.rating_words: words.strip()[:1000]}).where(
            Case.of(ctx), Case.id == id
        )
        await audit.record(ctx, "casework.case.rated", f"case/{id}", stars=int(stars))


async def my_cases(ctx: Context) -> list[Mine]:
    """Return the cases of the account, the newest first, at most a hundred."""
    async with transaction(ctx):
        rows = (
            await Case.select(
                Case.number,
                Case.year,
                Case.track,
                Case.service,
                Case.version,
                Case.subject,
                Case.status,
                Case.filed_at,
            )
            .where(Case.of(ctx), Case.applicant == ctx.actor.id)
            .order_by(Case.filed_at, ascending=False)
            .limit(100)
        )
    return [
        Mine(
            number=quoted_number(row["number"], row["year"]),
            track=row["track"],
            service=row["service"],
            version=row["version"],
            subject=row["subject"],
            label=LABELS[Status(row["status"])],
            tone=TONES[Status(row["status"])],
            filed_at=row["filed_at"],
        )
        for row in rows
    ]


async def readers_of(ctx: Context, id: UUID) -> Sequence[Mapping[str, Any]]:
    """Return which officers opened the case, the newest first: name and moment."""
    async with transaction(ctx):
        rows = await audit.readings(ctx, f"case/{id}")
    return rows
