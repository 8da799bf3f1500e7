from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound
from core.audit.tables import AuditEntry
from core.context import EVERYWHERE
from core.db import transaction
from core.notifications.tables import MessageRow
from kit.casework import Service, file_case, view_as_citizen
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.service.revoking import paper_to_revoke, revoke_paper
from kit.casework.service.timeline import timeline
from kit.casework.tables import Case
from kit.documents import papers_of, verify
from kit.documents.tables import IssuedPaper

SignIn = Callable[..., Awaitable[None]]
Post = Callable[..., Awaitable[Any]]

WHY = "ออกโดยอาศัยเอกสารที่ไม่ถูกต้อง"
SOMCHAI = Applicant(name="นายสมชาย ใจดี", national_id="1234545678781", phone="+66812345678")


@pytest.fixture
async def case(officer: Context, service: Service) -> UUID:
    """A case that has ended with its letter."""
    filed = await file_case(
        officer, service=service, applicant=SOMCHAI, answers={"subject": "ต้นไม้ล้ม"}, key="one"
    )
    await handling.accept(officer, filed.id, revision=1)
    for revision in (2, 3):
        await handling.forward(officer, filed.id, opinion="", revision=revision)
    await handling.approve(officer, filed.id, opinion="", revision=4)
    return filed.id


@pytest.fixture
async def letter(officer: Context, case: UUID) -> UUID:
    async with transaction(officer):
        [row] = await Case.select(Case.paper).where(Case.of(officer), Case.id == case)
    found: UUID = row["paper"]
    return found


def who_may_revoke(officer: Context, *units: str) -> Context:
    held = officer.actor.permissions | {"casework.revoke": frozenset(units) or EVERYWHERE}  # type: ignore[operator]
    return replace(officer, actor=replace(officer.actor, permissions=held))


async def code_of(ctx: Context, paper: UUID) -> str:
    async with transaction(ctx):
        [row] = await IssuedPaper.select(IssuedPaper.code).where(
            IssuedPaper.of(ctx), IssuedPaper.id == paper
        )
    return str(row["code"])


async def test_a_revoked_paper_no_longer_verifies_and_its_citizen_is_told(
    officer: Context, case: UUID, letter: UUID
) -> None:
    mayor = who_may_revoke(officer)

    await revoke_paper(mayor, case, letter, reason=f"  {WHY}\n")

    verdict = await verify(officer, await code_of(officer, letter))
    assert (verdict.state, verdict.revoked_why) == ("revoked", WHY)
    async with transaction(officer):
        told = await MessageRow.select(MessageRow.subject_th).where(
            MessageRow.of(officer), MessageRow.template == "casework.revoked"
        )
        noted = await AuditEntry.select(AuditEntry.action).where(
            AuditEntry.of(officer), AuditEntry.action == "casework.paper.revoked"
        )
    assert [one["subject_th"] for one in told] == ["เอกสารในคำขอ 1/2569 ถูกเพิกถอน"]
    assert len(noted) == 1
    events = timeline(officer, await view_as_citizen(officer, case))
    assert (events[-1].title, events[-1].note) == ("เพิกถอนเอกสาร", WHY)


async def test_only_who_may_revoke_in_the_division_revokes(
    officer: Context, case: UUID, letter: UUID
) -> None:
    for nobody in (officer, who_may_revoke(officer, "clerk")):
        with pytest.raises(NotAllowed):
            await paper_to_revoke(nobody, case, letter)
        with pytest.raises(NotAllowed):
            await revoke_paper(nobody, case, letter, reason=WHY)

    assert (await verify(officer, await code_of(officer, letter))).state == "valid"


async def test_a_paper_is_revoked_once_with_a_reason_and_only_in_its_own_case(
    officer: Context, other: Context, case: UUID, letter: UUID
) -> None:
    mayor = who_may_revoke(officer, "works")
    for reason in ("", "  ", "ก" * 501):
        with pytest.raises(InvalidInput):
            await revoke_paper(mayor, case, letter, reason=reason)
    with pytest.raises(NotFound):
        await revoke_paper(mayor, case, uuid4(), reason=WHY)
    with pytest.raises(NotFound):
        await revoke_paper(replace(other, actor=mayor.actor), case, letter, reason=WHY)

    await revoke_paper(mayor, case, letter, reason=WHY)
    with pytest.raises(Conflict):
        await revoke_paper(mayor, case, letter, reason=WHY)

    states = [one["revoked_at"] is not None for one in await papers_of(officer, f"case/{case}")]
    assert states == [False, True]


async def test_the_page_says_what_changes_and_comes_back_without_a_reason(
    browser: httpx.AsyncClient, sign_in: SignIn, post: Post, case: UUID, letter: UUID
) -> None:
    await sign_in("mayor")
    shown = await browser.get(f"/desk/cases/{case}")
    path = f"/desk/cases/{case}/papers/{letter}/revoke"
    assert path in shown.text

    asked = await browser.get(path)
    again = await post(asked, path, reason="")
    done = await post(again, path, reason=WHY)

    assert "เพิกถอนเอกสารนี้" in asked.text
    assert again.status_code == 422
    assert 'href="#reason"' in again.text
    assert done.url.path == f"/desk/cases/{case}"
    assert "เพิกถอนแล้ว" in done.text
    assert path not in done.text
