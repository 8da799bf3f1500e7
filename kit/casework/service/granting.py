"""The paper at the end of a case that was approved."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, transaction
from kit import documents
from kit.casework.declaration import Service
from kit.casework.service.acting import Open
from kit.casework.service.examining import found_in
from kit.casework.service.papers import answers_in_words, subject_of, who_and_what
from kit.casework.tables import Attachment
from kit.documents import Certificate, Decision, General, Row, Signer, Stamp, digest_words
from kit.thai import amount, local, long_day
from kit.treasury import receipts_of

# What a case can end in when it is approved.
Final = Certificate | General | Decision


async def issue_approval(ctx: Context, opened: Open) -> UUID:
    """Issue the paper at the end: the service's own, or the letter that says it is approved."""
    service = opened.service
    template, make = await approval(ctx, opened)
    issued = await documents.issue(
        ctx,
        template,
        subject=subject_of(opened.case.id),
        series=(found_in(opened).paper.series or service.code) if service.paper else "letter",
        make=make,
    )
    return issued.id


async def approval(ctx: Context, opened: Open) -> tuple[str, Callable[[Stamp], Final]]:
    """Return the template of the paper at the end, and what gives its contents."""
    service, signer, parts = opened.service, _signer(ctx, opened), found_in(opened).paper
    further = [*parts.rows, *await _facts(ctx, opened)]
    paragraphs = [*(one.th for one in service.conditions), *parts.paragraphs]

    def certificate(stamp: Stamp) -> Certificate:
        return Certificate(
            **stamp,
            title=_title(service),
            certifies=f"{opened.case.applicant_name} {(service.certifies or service.summary).th}",
            rows=answers_in_words(ctx, opened) + further,
            paragraphs=paragraphs,
            signer=signer,
        )

    def general(stamp: Stamp) -> General:
        # What its rules say on the paper says it better than the answers one by one.
        said = further if parts.rows else answers_in_words(ctx, opened) + further
        return General(
            **stamp,
            title=_title(service),
            form=parts.form,
            rows=who_and_what(opened) + said,
            table=parts.table,
            paragraphs=paragraphs,
            signer=signer,
        )

    match service.paper:
        case None:
            return "decision", lambda stamp: _letter(opened, stamp, signer)
        case "certificate":
            return "certificate", certificate
        case template:
            return template, general


def _signer(ctx: Context, opened: Open) -> Signer:
    """Return who approved, where the paper is issued later than that."""
    kept = opened.case.signer
    return msgspec.convert(kept, Signer) if kept else documents.signer(ctx)


async def _facts(ctx: Context, opened: Open) -> list[Row]:
    """Return what is known only when the paper is issued: its term, its fee, its drawings."""
    parts, rows = found_in(opened).paper, []
    if until := parts.last_day(ctx.today):
        rows.append(Row("ใช้ได้ถึงวันที่", long_day(until, "th")))
    if opened.bill:
        given = [one for one in await receipts_of(ctx, opened.bill) if not one["cancelled_at"]]
        rows += [
            Row(
                "ใบเสร็จรับเงิน",
                f"เลขที่ {one['no']} ลงวันที่ {long_day(local(one['issued_at']).date(), 'th')} "
                f"จำนวน {amount(one['amount'], 'th')}",
            )
            for one in given
        ]
    names = {one.code: one.name.th for one in opened.service.documents}
    rows += [
        Row(names.get(one["document"], one["name"]), f"ลายพิมพ์ดิจิทัล {digest_words(one['digest'])}")
        for one in await _bound(ctx, opened, parts.binds)
    ]
    return rows


async def _bound(ctx: Context, opened: Open, codes: Sequence[str]) -> list[dict[str, Any]]:
    if not codes:
        return []
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Attachment.select(Attachment.document, Attachment.name, Attachment.digest)
            .where(
                Attachment.of(ctx),
                Attachment.case_id == opened.case.id,
                Attachment.document.is_in(list(codes)),
                Attachment.removed_at.is_null(),
            )
            .order_by(Attachment.id)
        )
    return rows


def _letter(opened: Open, stamp: Stamp, signer: Signer) -> Decision:
    service = opened.service
    return Decision(
        **stamp,
        title="หนังสือแจ้งผลการพิจารณา",
        subject=f"แจ้งผลการพิจารณา {service.title.th}",
        to=opened.case.applicant_name or "ผู้ยื่นคำขอ",
        outcome="approved",
        result="ดำเนินการให้ตามที่ขอแล้ว",
        rows=who_and_what(opened),
        law=list(service.law),
        conditions=[one.th for one in service.conditions],
        signer=signer,
    )


def _title(service: Service) -> str:
    return (service.paper_title or service.title).th
