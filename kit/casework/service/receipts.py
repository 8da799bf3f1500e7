"""Receipts: of a request that was found complete, and of a notice at the moment of filing."""

from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context
from kit import documents
from kit.casework.applicant import open_answers
from kit.casework.service.acting import Open
from kit.casework.service.papers import (
    answers_in_words,
    number_of,
    subject_of,
    track_of,
    who_and_what,
)
from kit.documents import Receipt, Signer
from kit.thai import full_day, full_moment

_BY_SYSTEM = "ออกโดยระบบอิเล็กทรอนิกส์เมื่อได้รับแจ้ง ไม่ต้องลงลายมือชื่อ"


async def issue_receipt(ctx: Context, opened: Open, *, due_on: date) -> UUID:
    """Issue the receipt of a complete request.

    Law: Licensing Facilitation Act B.E. 2558, s. 8.
    """
    return await _issue_receipt(
        ctx,
        opened,
        title="ใบรับคำขอ",
        documents=[one.name.th for one in opened.service.documents],
        due=full_day(due_on, "th"),
        notes=["หากพ้นกำหนดนี้ หน่วยงานจะแจ้งเหตุผลเป็นหนังสือถึงท่านทุก 7 วันจนกว่าจะแล้วเสร็จ"],
        officer=documents.signer(ctx),
    )


async def _issue_receipt(ctx: Context, opened: Open, **said: Any) -> UUID:
    """Issue a receipt under the number of its case.

    :param said: what a receipt says beyond who filed what, and where that is followed.
    """
    service = opened.service
    issued = await documents.issue(
        ctx,
        "receipt",
        subject=subject_of(opened.case.id),
        number=number_of(opened),
        make=lambda stamp: Receipt(
            **stamp,
            rows=who_and_what(opened) + answers_in_words(ctx, opened),
            within=" ".join(["ภายใน", service.within.text.th, *service.law[:1]]),
            track=track_of(ctx, opened),
            **said,
        ),
    )
    return issued.id


async def issue_notice(ctx: Context, opened: Open) -> UUID:
    """Issue the receipt of a notice at the moment of filing; nobody signs it.

    :raises ValueError: the service is none that is told alone.
    """
    service, due_on = opened.service, opened.case.due_on
    if service.notice is None or due_on is None:
        raise ValueError(f"{service.code} is no notice")
    answers = open_answers(ctx, service.form, opened.answers, opened.case.id)
    return await _issue_receipt(
        ctx,
        opened,
        title=service.notice.receipt.th,
        form=f"แบบ {service.notice.form}" if service.notice.form else "",
        says=[one.th for one in service.notice.says],
        documents=[one.name.th for one in service.documents_for(answers)],
        due=full_day(due_on, "th"),
        notes=[
            f"หากการแจ้งไม่ถูกต้อง หน่วยงานจะแจ้งให้ทราบ และท่านแก้ไขได้ภายใน {service.notice.mend.text.th} "
            "นับแต่วันที่ได้รับแจ้ง หากไม่แก้ไข อาจมีคำสั่งให้การแจ้งสิ้นผล"
        ],
        officer=Signer(name=ctx.tenant.name.th, post=_BY_SYSTEM, signed=full_moment(ctx.now, "th")),
        role="ออกใบรับแจ้งโดยระบบ",
    )


async def take_back_receipt(ctx: Context, opened: Open, *, why: str) -> None:
    """Take the receipt of a notice back, which lets nobody go on; of other cases nothing.

    :param why: everybody who checks the receipt reads it.
    """
    if opened.service.notice is None:
        return
    subject = subject_of(opened.case.id)
    for paper in await documents.papers_of(ctx, subject):
        if paper["title"] == opened.service.notice.receipt.th and not paper["revoked_at"]:
            await documents.revoke(ctx, paper["id"], subject=subject, why=why)
