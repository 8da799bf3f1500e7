import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.identity import holders
from plugins.eoffice.service import holds, lending, loan_messages, retention, storing
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.lending import Borrowing
from plugins.eoffice.service.storing import Shelf
from tests.plugins.eoffice.conftest import TownHall, at, registered, rows
from tests.plugins.eoffice.letters import signed
from tests.plugins.eoffice.shelves import closed, kept

NOW = "2026-11-20 11:00"


async def standing(ctx: Context, letter: UUID) -> retention.Standing:
    return await retention.standing_of(ctx, await get_letter(ctx, letter))


async def test_a_letter_is_kept_by_the_class_chosen_when_it_is_registered(hall: TownHall) -> None:
    letter = await closed(hall, NOW, retention="routine")

    found = await standing(hall.ctx, letter)
    assert (found.code, found.last, found.stage) == ("routine", 2570, "finished")


async def test_the_year_of_completion_is_that_of_bangkok(hall: TownHall) -> None:
    before = await closed(hall, "2026-12-31 23:59", retention="routine")
    later = await closed(hall, "2027-01-01 00:01", retention="routine")

    assert (await standing(hall.ctx, before)).last == 2570
    assert (await standing(hall.ctx, later)).last == 2571


async def test_the_class_is_changed_with_a_reason_and_what_another_law_sets_has_a_year(
    hall: TownHall,
) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)

    with pytest.raises(InvalidInput):
        await retention.set_class(registry, letter, "history", "")
    with pytest.raises(InvalidInput):
        await retention.set_class(registry, letter, "law", "คดีปกครอง 12/2569")
    with pytest.raises(InvalidInput):
        await retention.set_class(registry, letter, "secret", "ไม่ใช่เอกสารลับ")
    await retention.set_class(registry, letter, "law", "คดีปกครอง 12/2569", until=2590)
    assert (await standing(registry, letter)).last == 2590
    await retention.set_class(registry, letter, "history", "มีคุณค่าทางประวัติศาสตร์")
    found = await standing(registry, letter)

    assert (found.last, found.row and found.row["why"]) == (None, "มีคุณค่าทางประวัติศาสตร์")
    with pytest.raises(NotAllowed):
        await retention.set_class(await hall.sits("mayor"), letter, "routine", "ไม่สำคัญ")


async def test_a_signed_document_is_closed_and_then_kept(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await signed(hall)
    draft = UUID(int=7)

    with pytest.raises(Conflict):
        await retention.close(registry, [letter, draft])
    with pytest.raises(Conflict):
        await retention.close(await hall.sits("director"), [letter])
    assert (await standing(hall.ctx, letter)).stage == "working"
    await holders.grant_role(hall.ctx, account=hall.accounts["director"], role="registry")
    await retention.close(await hall.sits("director"), [letter])

    found = await standing(hall.ctx, letter)
    assert (found.stage, found.last) == ("finished", 2579)
    assert (await get_letter(hall.ctx, letter))["closed_on"] == hall.ctx.today


async def test_documents_are_handed_to_storage_and_numbered_without_gaps(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letters = [await closed(hall, NOW, subject=f"เรื่องที่ {n}") for n in range(3)]
    list_ = await storing.hand_over(registry, "clerk", letters[:2])
    with pytest.raises(Conflict):
        await storing.hand_over(registry, "clerk", letters)

    await storing.take_in(registry, list_, Shelf(file_code="สธ 1", place="ตู้ 3 ชั้น 2"))
    with pytest.raises(Conflict):
        await storing.take_in(registry, list_, Shelf(file_code="สธ 1"))
    other = await storing.hand_over(registry, "clerk", letters[2:])
    await storing.take_in(registry, other, Shelf(file_code="สธ 2"))

    book = await storing.stored(registry, 2569)
    assert [(one["number"], one["id"]) for one in reversed(book)] == list(
        enumerate(letters, start=1)
    )
    assert [one["stamp"].th for one in book] == ["เก็บถึง พ.ศ. 2579"] * 3
    assert {one["received"] for one in book} == {"1/2569", "2/2569", "3/2569"}
    assert (await kept(hall.ctx, letters[0]))["place"] == "ตู้ 3 ชั้น 2"


async def test_a_list_that_goes_back_frees_its_documents(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)
    list_ = await storing.hand_over(registry, "clerk", [letter])

    await storing.send_back(registry, list_, "ขาดเอกสารแนบ")
    assert (await kept(hall.ctx, letter))["stage"] == "finished"
    again = await storing.hand_over(registry, "clerk", [letter])

    assert (await storing.get_handover(registry, list_))["why"] == "ขาดเอกสารแนบ"
    assert [one["letter"] for one in (await storing.get_handover(registry, again))["lines"]] == [
        str(letter)
    ]


async def test_a_document_kept_for_audit_goes_to_storage_later(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)

    await retention.keep_for_audit(registry, letter, "นางสาวปรียา มั่งมี นักวิชาการเงินและบัญชี")
    assert (await standing(registry, letter)).stage == "audit"
    list_ = await storing.hand_over(registry, "clerk", [letter])
    await storing.take_in(registry, list_, Shelf(file_code="กค 9"))

    assert (await standing(registry, letter)).stage == "stored"
    with pytest.raises(Conflict):
        await retention.keep_for_audit(registry, letter, "นางสาวปรียา มั่งมี")


async def test_a_registry_of_one_division_keeps_only_that_divisions_documents(
    hall: TownHall,
) -> None:
    letter = await closed(hall, NOW)
    await holders.grant_role(
        hall.ctx, account=hall.accounts["officer"], role="registry", unit="works"
    )
    own = await hall.sits("officer")

    with pytest.raises(NotAllowed):
        await storing.hand_over(own, "clerk", [letter])
    with pytest.raises(NotAllowed):
        await storing.stored(own, 2569)
    list_ = await storing.hand_over(await hall.sits("registry"), "clerk", [letter])
    with pytest.raises(NotFound):
        await storing.get_handover(own, list_)
    assert await storing.finished(own, "works") == []


async def test_a_hold_is_one_of_several_and_each_is_lifted_once(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)
    court = await holds.hold(registry, letter, ordered_by="ศาลปกครองเชียงใหม่", why="คดี 12/2569")
    audit = await holds.hold(registry, letter, ordered_by="สตง.", why="ขอตรวจ")

    await holds.lift(registry, letter, court, why="คดีถึงที่สุด")
    with pytest.raises(Conflict):
        await holds.lift(registry, letter, court, why="อีกครั้ง")
    assert (await standing(registry, letter)).held
    await holds.lift(registry, letter, audit, why="ตรวจเสร็จ")
    assert not (await standing(registry, letter)).held
    with pytest.raises(NotFound):
        await holds.lift(registry, letter, UUID(int=1), why="ไม่มี")


def borrowing(hall: TownHall, **more: object) -> Borrowing:
    facts = {
        "account": hall.accounts["officer"],
        "purpose": "ประกอบการตรวจรับงานจ้าง",
        "due_on": hall.ctx.today + timedelta(7),
        **more,
    }
    return Borrowing(**facts)  # type: ignore[arg-type]


AGENCY = {"account": None, "agency": "อำเภอหางดง", "name": "นายสมชาย", "post": "ปลัดอำเภอ"}


async def test_an_officer_borrows_at_once_and_nobody_else_meanwhile(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)

    done = await asyncio.gather(
        *(lending.lend(registry, letter, borrowing(hall)) for _ in range(4)),
        return_exceptions=True,
    )
    [loan] = [one for one in done if isinstance(one, UUID)]
    assert sum(isinstance(one, Conflict) for one in done) == 3
    await lending.take_back(registry, loan, "นางสาวสุภาพร ใจดี")
    with pytest.raises(Conflict):
        await lending.take_back(registry, loan, "นางสาวสุภาพร ใจดี")
    await lending.lend(registry, letter, borrowing(hall))

    states = [one["state"] for one in await lending.loans_of(registry, letter)]
    assert states == ["lent", "returned"]


async def test_another_agency_gets_a_document_when_a_director_or_above_allows_it(
    hall: TownHall,
) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)
    loan = await lending.lend(registry, letter, borrowing(hall, **AGENCY))
    told = await rows(
        hall.ctx,
        "SELECT account FROM core.message WHERE tenant_id = $1 AND key = $2 AND channel = 'inbox'",
        hall.ctx.tenant.id,
        f"eoffice/loan/{loan}/asked",
    )

    with pytest.raises(NotAllowed):
        await lending.allow(registry, loan)
    with pytest.raises(NotFound):
        await lending.allow(await hall.sits("head"), loan)
    await lending.allow(await hall.sits("clerk"), loan)
    with pytest.raises(Conflict):
        await lending.refuse(await hall.sits("mayor"), loan, "ใช้อยู่")

    found = await lending.get_loan(registry, loan)
    assert (found["state"], found["decided_by_post"]) == ("lent", "ปลัดเทศบาล")
    clerks = {hall.accounts[who] for who in ("deputy_clerk", "clerk", "mayor")}
    assert {row["account"] for row in told} == clerks


async def test_what_is_missing_of_a_loan_is_said(hall: TownHall) -> None:
    registry, letter = await hall.sits("registry"), await closed(hall, NOW)

    for wrong, field in (
        ({"account": None}, "agency"),
        ({"account": UUID(int=3)}, "account"),
        ({"purpose": ""}, "purpose"),
        ({"due_on": hall.ctx.today - timedelta(1)}, "due_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            await lending.lend(registry, letter, borrowing(hall, **wrong))
        assert list(refused.value.problems) == [field]
    arrived, _ = await registered(registry, secrecy="normal", number="9/9")
    assert await lending.lend(registry, arrived, borrowing(hall))


async def test_who_has_a_document_too_long_is_told_once(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    own, theirs = await closed(hall, NOW, subject="ก"), await closed(hall, NOW, subject="ข")
    await lending.lend(registry, own, borrowing(hall))
    loan = await lending.lend(registry, theirs, borrowing(hall, **AGENCY))
    await lending.allow(await hall.sits("mayor"), loan)
    week = hall.ctx.today + timedelta(7)
    for moment in (week, week + timedelta(1), week + timedelta(2)):
        await loan_messages.remind(at(hall.ctx, f"{moment} 08:40"))

    told = await rows(
        hall.ctx,
        "SELECT account FROM core.message WHERE tenant_id = $1 AND key LIKE 'eoffice/loan/%/late'"
        " AND channel = 'inbox'",
        hall.ctx.tenant.id,
    )
    assert sorted(row["account"] for row in told) == sorted(
        [hall.accounts["officer"], hall.accounts["registry"]]
    )
    late = at(hall.ctx, f"{week + timedelta(1)} 09:00")
    views = {which: len(await lending.loans(late, which)) for which in ("open", "late", "asked")}
    assert views == {"open": 2, "late": 2, "asked": 0}
