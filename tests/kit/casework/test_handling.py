import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound
from core.audit.tables import AuditEntry
from core.db import transaction
from kit.casework import Filed, Service, Status, file_case
from kit.casework.applicant import Applicant
from kit.casework.service import handling, returning, timing
from kit.casework.service.returning import Defect
from kit.casework.tables import Case, Moment, Passage
from kit.documents import papers_of, read_pdf, verify
from kit.documents.tables import IssuedPaper
from kit.thai import ascii_digits

SOMCHAI = Applicant(
    name="นายสมชาย ใจดี",
    national_id="1234545678781",
    phone="+66812345678",
)


@pytest.fixture
async def filed(ctx: Context, service: Service) -> Filed:
    return await file_case(
        ctx,
        service=service,
        applicant=SOMCHAI,
        answers={"subject": "ต้นไม้ล้ม", "witness": "3100600445635"},
        key="one",
    )


async def the_case(ctx: Context, id: UUID) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def accepted(officer: Context, filed: Filed) -> None:
    await handling.take_up(officer, filed.id, revision=1)
    await handling.accept(officer, filed.id, revision=2)


async def test_a_case_gets_the_next_number_of_the_buddhist_year(
    ctx: Context, service: Service, filed: Filed
) -> None:
    second = await file_case(ctx, service=service, applicant=SOMCHAI, answers={}, key="two")

    assert (filed.number, second.number) == ("1/2569", "2/2569")


async def test_the_same_key_is_the_same_case(ctx: Context, service: Service, filed: Filed) -> None:
    again = await file_case(ctx, service=service, applicant=SOMCHAI, answers={}, key="one")

    assert (again.id, again.number, again.again) == (filed.id, filed.number, True)


async def test_a_case_sent_many_times_at_once_is_one_case_and_wastes_no_number(
    ctx: Context, service: Service
) -> None:
    sent = await asyncio.gather(
        *(
            file_case(ctx, service=service, applicant=SOMCHAI, answers={}, key=f"key {n % 5}")
            for n in range(40)
        )
    )

    assert len({one.id for one in sent}) == 5
    assert {one.number for one in sent} == {f"{n}/2569" for n in range(1, 6)}


async def test_national_ids_do_not_lie_open_in_the_database(ctx: Context, filed: Filed) -> None:
    async with transaction(ctx) as connection:
        rows = await connection.fetch('SELECT c::text AS all FROM casework."case" c')

    assert "1234545678781" not in rows[0]["all"]
    assert "3100600445635" not in rows[0]["all"]


async def test_the_clock_starts_when_the_file_is_complete_not_when_it_is_filed(
    officer: Context, filed: Filed, days_later: Callable[[int], Context]
) -> None:
    monday = days_later(3)
    await accepted(monday, filed)

    case = await the_case(officer, filed.id)
    assert case.filed_at.date() == date(2026, 11, 20)
    assert case.complete_on == date(2026, 11, 23)
    assert case.due_on == date(2026, 12, 2)


async def test_every_step_is_passed_to_the_next_desk_until_the_paper_is_signed(
    officer: Context, filed: Filed
) -> None:
    await accepted(officer, filed)
    await handling.forward(officer, filed.id, opinion="ตรวจแล้ว", revision=3)
    await handling.forward(officer, filed.id, opinion="เห็นควร", revision=4)
    await handling.approve(officer, filed.id, opinion="", revision=5)

    case = await the_case(officer, filed.id)
    assert case.status == Status.ISSUED
    papers = await papers_of(officer, f"case/{filed.id}")
    assert [paper["title"] for paper in papers] == ["ใบรับคำขอ", "หนังสือแจ้งผลการพิจารณา"]
    pdf, _ = await read_pdf(officer, case.paper, subject=f"case/{filed.id}")
    assert pdf.startswith(b"%PDF-")
    async with transaction(officer):
        ended = await Passage.select().where(Passage.of(officer), Passage.ended_on.is_not_null())
        acts = await Moment.select(Moment.act).where(Moment.of(officer)).order_by(Moment.id)
        code = (
            await IssuedPaper.select(IssuedPaper.code)
            .where(IssuedPaper.of(officer), IssuedPaper.id == case.paper)
            .first()
        )
    assert {one["step"] for one in ended} == {"look", "think", "sign"}
    assert [one["act"] for one in acts] == [
        "file", "check", "accept", "forward", "forward", "approve",
    ]  # fmt: skip
    assert code is not None
    assert (await verify(officer, code["code"])).state == "valid"


async def test_a_refusal_needs_reasons_and_tells_of_the_appeal(
    officer: Context, filed: Filed
) -> None:
    await accepted(officer, filed)
    await handling.forward(officer, filed.id, opinion="", revision=3)
    await handling.forward(officer, filed.id, opinion="", revision=4)

    with pytest.raises(InvalidInput):
        await handling.refuse(officer, filed.id, reasons=["  "], revision=5)
    await handling.refuse(officer, filed.id, reasons=["ไม่มีสิทธิ"], revision=5)

    assert (await the_case(officer, filed.id)).status == Status.REJECTED
    async with transaction(officer):
        letter = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(officer))
            .order_by(IssuedPaper.id, ascending=False)
            .first()
            .output(load_json=True)
        )
    assert letter["contents"]["appeal"]["within"] == "๑๕ วัน"


async def test_documents_are_asked_for_only_once(officer: Context, filed: Filed) -> None:
    defects = [Defect("สำเนาโฉนดด้านหลัง", "ถ่ายรูปส่งเพิ่ม")]
    fix_by = date(2026, 12, 1)
    await returning.return_for_fix(officer, filed.id, defects=defects, fix_by=fix_by, revision=1)
    async with transaction(officer):
        await Case.update({Case.status: Status.CHECKING, Case.waits_for: "registry"}).where(
            Case.of(officer), Case.id == filed.id
        )

    with pytest.raises(Conflict, match="once"):
        await returning.return_for_fix(
            officer, filed.id, defects=defects, fix_by=fix_by, revision=2
        )


async def test_of_two_officers_who_act_at_once_the_second_is_told(
    officer: Context, filed: Filed
) -> None:
    results = await asyncio.gather(
        *(handling.accept(officer, filed.id, revision=1) for _ in range(2)),
        return_exceptions=True,
    )

    assert [type(one) for one in results if one] == [Conflict]


async def test_a_stale_page_is_told_who_was_first(officer: Context, filed: Filed) -> None:
    await handling.take_up(officer, filed.id, revision=1)

    with pytest.raises(Conflict, match="อรทัย มั่นคง"):
        await handling.accept(officer, filed.id, revision=1)


async def test_nobody_acts_at_another_desk(ctx: Context, officer: Context, filed: Filed) -> None:
    await accepted(officer, filed)
    held = {"casework.as_mayor": None, "casework.read": None}
    mayor = replace(officer, actor=replace(officer.actor, permissions=held))

    with pytest.raises(NotAllowed):
        await handling.forward(mayor, filed.id, opinion="", revision=3)


async def test_a_right_in_one_division_is_none_in_another(officer: Context, filed: Filed) -> None:
    held = {"casework.as_registry": frozenset({"clerk"})}
    clerk = replace(officer, actor=replace(officer.actor, permissions=held))

    with pytest.raises(NotAllowed):
        await handling.accept(clerk, filed.id, revision=1)


async def test_another_municipality_does_not_find_the_case(other: Context, filed: Filed) -> None:
    with pytest.raises(NotFound):
        await handling.accept(other, filed.id, revision=1)


async def test_every_act_leaves_an_audit_entry_with_its_owner(
    officer: Context, filed: Filed
) -> None:
    await accepted(officer, filed)

    async with transaction(officer):
        actions = (
            await AuditEntry.select(AuditEntry.action)
            .where(AuditEntry.of(officer), AuditEntry.subject == f"case/{filed.id}")
            .order_by(AuditEntry.id)
            .output(as_list=True)
        )
    assert actions == ["casework.case.filed", "casework.case.taken_up", "casework.case.accepted"]


async def test_an_extension_is_given_as_often_as_the_law_allows(
    officer: Context, filed: Filed
) -> None:
    await accepted(officer, filed)
    await timing.extend(officer, filed.id, reason="รอผลทดสอบ", revision=3)

    assert (await the_case(officer, filed.id)).due_on == date(2026, 12, 10)
    papers = await papers_of(officer, f"case/{filed.id}")
    assert [paper["title"] for paper in papers] == ["ใบรับคำขอ", "หนังสือแจ้งขยายเวลาพิจารณา"]
    async with transaction(officer):
        [letter] = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(officer), IssuedPaper.id == papers[-1]["id"])
            .output(load_json=True)
        )
    days = [ascii_digits(letter["contents"][name]) for name in ("due", "until")]
    assert ["1 ธันวาคม" in days[0], "10 ธันวาคม" in days[1]] == [True, True], days
    with pytest.raises(Conflict):
        await timing.extend(officer, filed.id, reason="อีกครั้ง", revision=4)
