"""The notice of who supervises: who told it goes on at once, the office checks it afterwards."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.api import Conflict
from core.context import Context
from kit.casework import Verdict, file_case, get_offered, read_request
from kit.casework.service import examining, handling, returning
from kit.casework.service.examining import Judging
from kit.casework.service.returning import Defect
from kit.thai import full_day, thai_digits
from plugins.permits.plugin import on_case_moved
from plugins.permits.rules.after import SUPERVISE
from plugins.permits.service.history import history_of
from plugins.permits.service.register import get_permit
from tests.plugins.permits.conftest import rows
from tests.plugins.permits.granted import SOMCHAI, after, an_office, issued, the_case

RECEIPT = "ใบรับแจ้งผู้ควบคุมงาน"
TOLD: dict[str, Any] = {
    "permit": "1/2569",
    "permit_phone": SOMCHAI.phone,
    "change": "another",
    "begin_on": "2026-12-01",
    "end_on": "2027-05-31",
    "supervisor": "engineer",
    "supervising_engineer_name": "นายอนันต์ มั่นคง",
    "supervising_engineer_licence": "สย.1234",
}
WRONG = [Defect("ใบอนุญาตวิศวกร", "ส่งสำเนาที่ยังไม่หมดอายุ")]


@pytest.fixture
def office(ctx: Context) -> Context:
    return an_office(ctx)


@pytest.fixture
async def permit(ctx: Context, office: Context) -> dict[str, Any]:
    """A permit for a house that was issued today, number 1/2569."""
    await moved(ctx, await issued(office))
    return await get_permit(ctx, "1/2569")


async def moved(ctx: Context, case: UUID) -> None:
    """Deliver the event of where a case has come."""
    one = await the_case(ctx, case)
    await on_case_moved(ctx, event=uuid4(), case=case, service=one.service, status=one.status)


async def filed(ctx: Context) -> UUID:
    service = await get_offered(ctx, SUPERVISE)
    one = await file_case(ctx, service=service, applicant=SOMCHAI, answers=TOLD, key=str(uuid4()))
    return one.id


async def papers(ctx: Context, case: UUID) -> list[Any]:
    return await rows(
        ctx,
        "SELECT contents->>'title' AS title, contents->>'due' AS due, revoked_at, revoked_why"
        " FROM documents.paper WHERE subject = $1 ORDER BY id",
        f"case/{case}",
    )


async def test_filing_gives_the_receipt_at_once_and_the_time_runs_from_then(
    ctx: Context, permit: dict[str, Any], client: httpx.AsyncClient
) -> None:
    id = await filed(ctx)

    case, [receipt] = await the_case(ctx, id), await papers(ctx, id)
    assert (case.status, case.step, case.waits_for) == ("considering", "receive", "officer")
    # Friday 20 November 2026: five working days later is Friday the 27th.
    assert (case.complete_on, case.due_on) == (ctx.today, date(2026, 11, 27))
    assert receipt["title"] == RECEIPT
    assert receipt["due"] == thai_digits(full_day(case.due_on, "th"))
    page = (await client.get(f"/t/{case.track}?filed=1")).text
    followed = re.sub("<[^>]+>", "", page)
    assert f"{RECEIPT}ของท่านออกแล้ว" in followed
    assert "โดยไม่ต้องรอผลการตรวจ" in followed


async def test_the_office_checks_a_notice_and_neither_accepts_nor_refuses_it(
    ctx: Context, office: Context, permit: dict[str, Any]
) -> None:
    id = await filed(ctx)
    with pytest.raises(Conflict):
        await handling.accept(office, id, revision=1)
    with pytest.raises(Conflict):
        await handling.refuse(office, id, reasons=("ไม่รับ",), revision=1)
    assert await history_of(ctx, permit["case_id"]) == []

    doubts = (await read_request(office, id)).found.doubts
    assert {one.verdict for one in doubts} == {Verdict.REFER}
    judgings = [Judging(one.rule, holds=True, why="ตรวจแล้ว") for one in doubts]
    await examining.judge(office, id, judgings)
    await handling.approve(office, id, opinion="", revision=1)
    await moved(ctx, id)

    [event] = await history_of(ctx, permit["case_id"])
    assert (event["what"], event["case_id"]) == ("supervised", id)
    receipt, letter = await papers(ctx, id)
    assert (receipt["revoked_at"], letter["title"]) == (None, "หนังสือแจ้งผลการพิจารณา")


async def test_a_notice_that_was_not_mended_is_void_and_changes_nothing_in_the_register(
    ctx: Context, office: Context, permit: dict[str, Any]
) -> None:
    id = await filed(ctx)
    await returning.return_for_fix(office, id, defects=WRONG, fix_by=None, revision=1)
    fix_by = (await the_case(ctx, id)).fix_by
    # The office's choice of seven working days, until somebody reads another in the law.
    assert fix_by == date(2026, 12, 1)
    with pytest.raises(Conflict, match="still has time"):
        await returning.lapse(after(office, days=11), id, reason="ไม่แก้ไข", revision=2)

    later = after(office, days=12)
    await returning.lapse(later, id, reason="ไม่แก้ไข", revision=2)
    await moved(later, id)

    assert (await the_case(ctx, id)).status == "lapsed"
    receipt, *_ = await papers(ctx, id)
    assert (receipt["title"], receipt["revoked_why"]) == (RECEIPT, "ไม่แก้ไข")
    assert await get_permit(ctx, "1/2569") == permit
    assert await history_of(ctx, permit["case_id"]) == []
    assert await rows(ctx, "SELECT 1 FROM casework.granted WHERE case_id = $1", id) == []
