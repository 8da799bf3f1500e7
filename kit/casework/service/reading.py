"""A case as somebody reads it: the citizen it belongs to, or an officer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotAllowed, NotFound, Text, attempts, audit, transaction
from kit.casework.applicant import open_answers, unseal
from kit.casework.clock import Clock, read_clock
from kit.casework.declaration import Service
from kit.casework.service.acting import Open, take
from kit.casework.states import LABELS, TONES, Status
from kit.casework.tables import Attachment, Case, Moment, Remark, Task
from kit.documents import quoted_number, read_code
from kit.forms import Answer, describe
from kit.thai import calendar_of, mask_national_id

_NOT_FOUND = Text(
    "ไม่พบเรื่องเลขที่นี้ ตรวจเลขรับและเบอร์โทรศัพท์อีกครั้ง",
    "There is no such case. Check the number and the phone number.",
)


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a page about one case shows.

    :param answers: in the reader's language, personal ones masked unless they are the reader's.
    :param attachments: in their order; one with ``removed_at`` was replaced by a later one.
    :param moments: oldest first.
    :param remarks: oldest first; without the office's own notes for a citizen.
    """

    id: UUID
    number: str
    service: Service
    version: int
    subject: str
    status: Status
    label: Text
    tone: str
    clock: Clock
    complete_on: date | None
    case: Case
    answers: list[Answer]
    moments: list[dict[str, Any]]
    remarks: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    masked_id: str


async def find_tracked(ctx: Context, typed: str) -> UUID:
    """Return the case that a tracking code opens.

    :raises NotFound: no case has this code.
    :raises TooMany: many wrong ones came from this address.
    """
    code = read_code(typed)
    if code is not None:
        async with transaction(ctx):
            row = await Case.select(Case.id).where(Case.of(ctx), Case.track == code).first()
        if row is not None:
            found: UUID = row["id"]
            return found
    # Nobody guesses twelve signs; who tries is slowed down all the same.
    await attempts.take(ctx, "codes from", ctx.address, attempts.ADDRESS)
    raise NotFound(_NOT_FOUND)


async def view_as_citizen(ctx: Context, id: UUID) -> View:
    """Return a case for the person it belongs to, or who holds its tracking code."""
    async with transaction(ctx):
        opened = await take(ctx, id)
        return await _view(ctx, opened, masked=True, public=True)


async def view_as_officer(ctx: Context, id: UUID) -> View:
    """Return a case for an officer; that it was opened is recorded, and the citizen sees it.

    :raises NotAllowed: it belongs to a division whose cases the officer may not read.
    """
    async with transaction(ctx):
        opened = await take_to_read(ctx, id)
        return await _view(ctx, opened, masked=True, public=False)


async def take_to_read(ctx: Context, id: UUID) -> Open:
    """Return a case that an officer reads, which is recorded where the citizen sees it.

    :raises NotFound: there is none.
    :raises NotAllowed: it belongs to a division whose cases the officer may not read.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        _may_read(ctx, opened)
        await audit.record(ctx, "casework.case.read", f"case/{id}", owner=opened.case.applicant)
        return opened


async def reveal_national_id(ctx: Context, id: UUID, *, reason: str) -> str:
    """Return the applicant's national ID; who looked, when and why is recorded.

    :raises NotFound: the applicant gave none.
    """
    async with transaction(ctx):
        opened = await take(ctx, id)
        _may_read(ctx, opened)
        if opened.case.applicant_id is None:
            raise NotFound(Text("ผู้ยื่นไม่ได้ให้เลขประจำตัว", "The applicant gave no ID."))
        await audit.record(
            ctx,
            "casework.national_id.read",
            f"case/{id}",
            owner=opened.case.applicant,
            reason=reason[:300],
        )
        return unseal(ctx, opened.case.applicant_id, id)


async def may_open(ctx: Context, id: UUID) -> None:
    """Let through an officer who may read the case.

    :raises NotFound: there is none.
    :raises NotAllowed: it belongs to a division whose cases the officer may not read.
    """
    _may_read(ctx, await take(ctx, id))


def _may_read(ctx: Context, opened: Open) -> None:
    if not ctx.actor.may("casework.read", opened.case.unit):
        raise NotAllowed(
            Text(
                "เรื่องนี้เป็นของกองอื่น ถ้าต้องใช้ ติดต่อกองเจ้าของเรื่อง",
                "This case is another division's. Ask that division if you need it.",
            )
        )


async def _view(ctx: Context, opened: Open, *, masked: bool, public: bool) -> View:
    case, service, status = opened.case, opened.service, opened.status
    return View(
        id=case.id,
        number=quoted_number(case.number, case.year),
        service=service,
        version=case.version,
        subject=case.subject,
        status=status,
        label=LABELS[status],
        tone=TONES[status],
        clock=_clock(ctx, opened),
        complete_on=case.complete_on,
        case=case,
        answers=describe(service.form, _answers(ctx, opened), ctx.language, masked=masked),
        moments=await _moments(ctx, case.id, public=public),
        remarks=await _remarks(ctx, case.id, public=public),
        attachments=await _attachments(ctx, case.id),
        tasks=[] if public else await _tasks(ctx, case.id),
        masked_id=_masked_id(ctx, opened),
    )


async def _moments(ctx: Context, case: UUID, *, public: bool) -> list[dict[str, Any]]:
    seen = [Moment.public.eq(True)] if public else []
    return (
        await Moment.select()
        .where(Moment.of(ctx), Moment.case_id == case, *seen)
        .order_by(Moment.id)
        .output(load_json=True)
    )


async def _remarks(ctx: Context, case: UUID, *, public: bool) -> list[dict[str, Any]]:
    talk = [Remark.kind != "note"] if public else []
    return (
        await Remark.select()
        .where(Remark.of(ctx), Remark.case_id == case, *talk)
        .order_by(Remark.id)
    )


async def _attachments(ctx: Context, case: UUID) -> list[dict[str, Any]]:
    return (
        await Attachment.select()
        .where(Attachment.of(ctx), Attachment.case_id == case)
        .order_by(Attachment.id)
    )


async def _tasks(ctx: Context, case: UUID) -> list[dict[str, Any]]:
    return (
        await Task.select()
        .where(Task.of(ctx), Task.case_id == case, Task.done_at.is_null())
        .order_by(Task.due_on)
    )


def _masked_id(ctx: Context, opened: Open) -> str:
    kept = opened.case.applicant_id
    return mask_national_id(unseal(ctx, kept, opened.case.id)) if kept else ""


def _answers(ctx: Context, opened: Open) -> Mapping[str, Any]:
    return open_answers(ctx, opened.service.form, opened.answers, opened.case.id)


def _clock(ctx: Context, opened: Open) -> Clock:
    case = opened.case
    return read_clock(
        today=ctx.today,
        due_on=case.due_on if case.closed_at is None else None,
        paused=case.paused_on is not None,
        within=opened.service.within,
        calendar=calendar_of(ctx.tenant),
    )
