from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from core.api import Context
from core.db import transaction
from kit.casework import Service, Status, file_case
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.tables import Case

SignIn = Callable[..., Awaitable[None]]
Post = Callable[..., Awaitable[Any]]


@pytest.fixture
async def case(officer: Context, service: Service) -> UUID:
    """A case that waits for the mayor's signature."""
    filed = await file_case(
        officer,
        service=service,
        applicant=Applicant(name="นายสมชาย ใจดี", phone="+66812345678"),
        answers={"subject": "ต้นไม้ล้ม"},
        key="one",
    )
    await handling.accept(officer, filed.id, revision=1)
    for revision in (2, 3):
        await handling.forward(officer, filed.id, opinion="", revision=revision)
    return filed.id


async def status(ctx: Context, id: UUID) -> str:
    async with transaction(ctx):
        [row] = await Case.select(Case.status).where(Case.of(ctx), Case.id == id)
    return str(row["status"])


async def test_an_approval_is_looked_at_once_more_before_it_is_signed(
    browser: httpx.AsyncClient, sign_in: SignIn, post: Post, ctx: Context, case: UUID
) -> None:
    await sign_in("mayor")
    shown = await browser.get(f"/desk/cases/{case}")
    path = f"/desk/cases/{case}/approve"

    asked = await post(shown, path, revision="4", opinion="เห็นควรอนุมัติ")
    before = await status(ctx, case)
    done = await post(asked, path, revision="4", opinion="เห็นควรอนุมัติ", sure="yes")

    assert "อรทัย มั่นคง เจ้าพนักงาน" in asked.text
    assert "เห็นควรอนุมัติ" in asked.text
    assert before == Status.CONSIDERING
    assert done.url.path == f"/desk/cases/{case}"
    assert await status(ctx, case) == Status.ISSUED


async def test_the_draft_shows_the_paper_without_a_signature_or_a_number(
    browser: httpx.AsyncClient, sign_in: SignIn, case: UUID
) -> None:
    await sign_in("mayor")

    draft = await browser.get(f"/desk/cases/{case}/draft.pdf?revision=4")

    words = "".join(page.extract_text() for page in PdfReader(BytesIO(draft.content)).pages)
    assert draft.headers["content-type"] == "application/pdf"
    assert "ร่าง" in words
    assert "สมชาย" in words
    assert "ลงลายมือชื่ออิเล็กทรอนิกส์" not in words
    assert "/v/" not in words


async def test_a_refusal_shows_its_reasons_and_the_appeal_and_can_be_mended(
    browser: httpx.AsyncClient, sign_in: SignIn, post: Post, ctx: Context, case: UUID
) -> None:
    await sign_in("mayor")
    shown = await browser.get(f"/desk/cases/{case}")
    path, reasons = f"/desk/cases/{case}/refuse", "ต้นไม้อยู่ในที่ของเอกชน\nไม่อยู่ในอำนาจ"

    empty = await post(shown, path, revision="4", reasons=" ")
    asked = await post(shown, path, revision="4", reasons=reasons)
    back = await post(asked, path, revision="4", reasons=reasons, sure="no")
    before = await status(ctx, case)
    done = await post(back, path, revision="4", reasons=reasons, sure="yes")

    assert empty.status_code == 422
    assert "ภายใน 15 วัน" in asked.text
    assert "<li>ไม่อยู่ในอำนาจ</li>" in asked.text
    assert "ต้นไม้อยู่ในที่ของเอกชน\nไม่อยู่ในอำนาจ</textarea>" in back.text
    assert before == Status.CONSIDERING
    assert done.status_code == 200
    assert await status(ctx, case) == Status.REJECTED


async def test_who_may_not_decide_sees_the_case_and_why_not(
    browser: httpx.AsyncClient, sign_in: SignIn, post: Post, ctx: Context, case: UUID
) -> None:
    await sign_in("head")
    shown = await browser.get(f"/desk/cases/{case}")

    refused = await post(shown, f"/desk/cases/{case}/approve", revision="4")
    stale = await post(shown, f"/desk/cases/{case}/approve", revision="3")
    draft = await browser.get(f"/desk/cases/{case}/draft.pdf?revision=4")

    assert (refused.status_code, stale.status_code, draft.status_code) == (403, 409, 403)
    assert await status(ctx, case) == Status.CONSIDERING
