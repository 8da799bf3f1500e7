import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed
from plugins.eoffice.rules.disposing import Dissent, State
from plugins.eoffice.service import disposal_acts as acts
from plugins.eoffice.service import disposals, disposing, holds, lending, retention, storing
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.disposing import Decision
from plugins.eoffice.service.files import files_of, read_file
from plugins.eoffice.service.lending import Borrowing
from plugins.eoffice.service.storing import Shelf
from tests.plugins.eoffice.conftest import TownHall, at
from tests.plugins.eoffice.shelves import (
    COMMITTEE,
    agreed,
    approved,
    carried_out,
    closed,
    considered,
    kept,
    letters_on,
    outcomes,
    revision,
    sent,
)

# Ten years of an ordinary letter of 2569 end with 2579.
OLD, YEAR = "2026-06-01 09:00", "2037-01-15 09:00"


async def test_a_list_has_what_is_past_its_term_on_paper_and_not_held(hall: TownHall) -> None:
    registry, now = await hall.sits("registry"), at(hall.ctx, YEAR)
    past = await closed(hall, OLD, subject="เกินกำหนด")
    await closed(hall, "2027-01-01 00:01", subject="ยังไม่ครบสิบปี")
    await closed(hall, OLD, subject="เก็บตลอดไป", retention="history")
    held = await closed(hall, OLD, subject="มีคดี")
    await holds.hold(registry, held, ordered_by="ศาล", why="คดี 1/2570")
    electronic = await closed(hall, OLD, subject="ไม่มีกระดาษ")
    await retention.file_away(registry, electronic, file_code="", place="", paper=False)
    by_law = await closed(hall, OLD, subject="ตามกฎหมาย")
    await retention.set_class(registry, by_law, "law", "กฎหมายเฉพาะ", until=2570)
    on_the_way = await closed(hall, OLD, subject="ระหว่างส่งเก็บ")
    await storing.hand_over(registry, "clerk", [on_the_way])

    assert await disposals.count_due(now, "destroy") == 2
    list_ = await disposing.draw(await hall.sits("registry", now), "destroy")

    assert sorted(await letters_on(now, list_)) == sorted([past, by_law])
    assert (await disposals.get_disposal(now, list_))["year"] == 2580


async def test_the_term_is_over_with_the_last_moment_of_the_year_in_bangkok(
    hall: TownHall,
) -> None:
    await closed(hall, OLD)

    for moment, count in (("2036-12-31 23:59", 0), ("2037-01-01 00:00", 1)):
        assert await disposals.count_due(at(hall.ctx, moment), "destroy") == count


async def test_there_is_one_list_a_year_and_none_of_nothing(hall: TownHall) -> None:
    registry = await hall.sits("registry", at(hall.ctx, YEAR))
    with pytest.raises(Conflict, match="No document"):
        await disposing.draw(registry, "destroy")
    letter = await closed(hall, OLD)
    done = await asyncio.gather(
        *(disposing.draw(registry, "destroy") for _ in range(3)), return_exceptions=True
    )
    [list_] = [one for one in done if isinstance(one, UUID)]
    assert sum(isinstance(one, Conflict) for one in done) == 2

    await acts.drop(registry, list_, "จัดทำผิดปี", revision=1)
    again = await disposing.draw(registry, "destroy")
    assert await letters_on(registry, again) == [letter]


async def test_the_paper_is_destroyed_only_after_everybody_was_asked(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    letter = await closed(hall, OLD)
    list_ = await considered(hall, now)
    registry, mayor = await hall.sits("registry", now), await hall.sits("mayor", now)

    with pytest.raises(Conflict):
        await acts.approve(mayor, list_, revision=await revision(now, list_))
    with pytest.raises(NotAllowed):
        await acts.agree(registry, list_, revision=await revision(now, list_))
    await approved(hall, now, list_)
    assert await carried_out(hall, now, list_) == {"destroyed": 1}
    with pytest.raises(Conflict):
        await acts.carry_out(registry, list_, on=now.today, method="เผา", revision=99)

    row = await kept(now, letter)
    assert (row["stage"], row["ended_on"], row["disposal"]) == ("destroyed", now.today, list_)
    done = await disposals.get_disposal(now, list_)
    assert done["state"] == State.DONE
    assert done["approval"]["name"] == "ธนวัฒน์ ยอดเมือง"


async def test_files_and_registers_stay_when_the_paper_is_destroyed(hall: TownHall) -> None:
    now, letter = at(hall.ctx, YEAR), await closed(hall, OLD)
    before = await files_of(now, letter)
    raw = await read_file(now, letter, before[0]["id"])
    list_ = await considered(hall, now)
    await approved(hall, now, list_)
    await carried_out(hall, now, list_)

    assert await files_of(now, letter) == before
    assert await read_file(now, letter, before[0]["id"]) == raw
    assert (await get_letter(now, letter))["state"] == "closed"


async def test_a_document_that_is_held_or_lent_by_then_is_not_destroyed(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    held, lent, gone = [await closed(hall, OLD, subject=f"เรื่อง {n}") for n in range(3)]
    list_ = await considered(hall, now, turns=(1, 2, 3))
    await approved(hall, now, list_)
    registry = await hall.sits("registry", now)
    await holds.hold(registry, held, ordered_by="ป.ป.ช.", why="ขอตรวจสอบ")
    borrowing = Borrowing(
        account=hall.accounts["head"], purpose="ใช้ในคดี", due_on=now.today + timedelta(3)
    )
    await lending.lend(registry, lent, borrowing)

    await carried_out(hall, now, list_)

    assert await outcomes(now, list_) == {held: "held", lent: "lent", gone: "destroyed"}
    assert [(await kept(now, one))["stage"] for one in (held, lent, gone)] == [
        "finished",
        "finished",
        "destroyed",
    ]
    with pytest.raises(Conflict):
        await holds.hold(registry, gone, ordered_by="ป.ป.ช.", why="ขอตรวจสอบ")
    with pytest.raises(Conflict):
        await lending.lend(registry, gone, borrowing)
    with pytest.raises(Conflict):
        await retention.set_class(registry, gone, "history", "ควรเก็บ")


async def test_a_hold_at_the_same_moment_either_stops_it_or_comes_too_late(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    letters = [await closed(hall, OLD, subject=f"เรื่อง {n}") for n in range(8)]
    list_ = await considered(hall, now, turns=range(1, 9))
    await approved(hall, now, list_)
    registry = await hall.sits("registry", now)

    done = await asyncio.gather(
        carried_out(hall, now, list_),
        *(holds.hold(registry, one, ordered_by="ศาล", why="คดี") for one in letters),
        return_exceptions=True,
    )

    found = await outcomes(now, list_)
    for letter, held in zip(letters, done[1:], strict=True):
        assert found[letter] == ("held" if isinstance(held, UUID) else "destroyed")


async def test_the_committee_keeps_longer_for_good_or_gives_to_the_archives(
    hall: TownHall,
) -> None:
    now = at(hall.ctx, YEAR)
    letters = [await closed(hall, OLD, subject=f"เรื่อง {n}") for n in range(3)]
    list_ = await considered(hall, now)
    registry = await hall.sits("registry", now)
    with pytest.raises(InvalidInput):
        await disposing.decide(registry, list_, Decision(turns=[1], decision="keep", until=2579))
    longer = Decision(turns=[1], decision="keep", until=2585, why="ยังใช้อ้างอิง")
    with pytest.raises(Conflict, match="2 documents are not decided"):
        await acts.report(registry, list_, revision=await revision(now, list_))
    await disposing.decide(registry, list_, longer)
    for_good = Decision(turns=[2], decision="forever", why="ประวัติศาสตร์ท้องถิ่น")
    await disposing.decide(registry, list_, for_good)
    await disposing.decide(registry, list_, Decision(turns=[3], decision="archives"))
    await approved(hall, now, list_)
    await carried_out(hall, now, list_)

    assert await outcomes(now, list_) == dict(
        zip(letters, ["kept", "kept", "archived"], strict=True)
    )
    stands = [await retention.standing_of(now, await get_letter(now, letter)) for letter in letters]
    assert [(one.stage, one.last, one.code) for one in stands[:2]] == [
        ("finished", 2585, "ordinary"),
        ("finished", None, "history"),
    ]
    assert stands[2].stage == "archived"
    assert await disposals.count_due(at(hall.ctx, "2043-01-02 09:00"), "destroy") == 1


async def test_what_nobody_decided_on_yet_is_decided_at_once(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    for number in range(4):
        await closed(hall, OLD, subject=f"เรื่อง {number}")
    list_ = await considered(hall, now, turns=(2,))
    registry = await hall.sits("registry", now)
    keep = Decision(turns=[4], decision="keep", until=2585, why="ยังใช้อ้างอิง")
    await disposing.decide(registry, list_, keep)

    await disposing.decide(
        registry, list_, Decision(turns=[], rest=True, decision="forever", why="เก็บ")
    )
    with pytest.raises(InvalidInput):
        await disposing.decide(registry, list_, Decision(turns=[], rest=True, decision="destroy"))

    found = [one["decision"] for one in await disposals.items_of(now, list_)]
    assert found == ["forever", "destroy", "forever", "keep"]


async def test_head_and_archives_take_documents_out_and_nobody_puts_them_back(
    hall: TownHall,
) -> None:
    now = at(hall.ctx, YEAR)
    await closed(hall, OLD)
    list_ = await considered(hall, now)
    registry, mayor = await hall.sits("registry", now), await hall.sits("mayor", now)
    await acts.report(registry, list_, revision=await revision(now, list_))
    keep = Decision(turns=[1], decision="keep", until=2580, why="รอการทำลายงวดต่อไป")

    with pytest.raises(NotAllowed):
        await disposing.decide(registry, list_, keep)
    with pytest.raises(Conflict):
        await disposing.decide(mayor, list_, Decision(turns=[1], decision="destroy"))
    await disposing.decide(mayor, list_, keep)

    [item] = await disposals.items_of(now, list_)
    assert (item["decision"], item["until"]) == ("keep", 2580)


async def test_silence_of_sixty_days_is_agreement_and_not_a_day_less(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    await closed(hall, OLD)
    list_ = await considered(hall, now)
    registry = await hall.sits("registry", now)
    await acts.report(registry, list_, revision=await revision(now, list_))
    mayor = await hall.sits("mayor", now)
    await acts.agree(mayor, list_, revision=await revision(now, list_))
    await sent(registry, list_)

    for days in (0, 59, 60):
        early = await hall.sits("registry", at(hall.ctx, f"{now.today + timedelta(days)} 16:00"))
        with pytest.raises(InvalidInput, match="1 thing"):
            await acts.answer(early, list_, "silent", revision=await revision(now, list_))
    late = await hall.sits("registry", at(hall.ctx, f"{now.today + timedelta(61)} 00:00"))
    await acts.answer(late, list_, "silent", revision=await revision(now, list_))

    assert (await disposals.get_disposal(now, list_))["state"] == State.ANSWERED


async def test_who_looked_at_an_older_state_is_told(hall: TownHall) -> None:
    now = at(hall.ctx, YEAR)
    await closed(hall, OLD)
    list_ = await considered(hall, now)
    registry, seen = await hall.sits("registry", now), await revision(now, list_)
    said = Dissent(name=COMMITTEE[1].name, text="ควรเก็บไว้อ้างอิงอีกห้าปี", about="ลำดับที่ 1")
    await disposing.dissent(registry, list_, said)

    with pytest.raises(Conflict):
        await acts.report(registry, list_, revision=seen)
    done = await asyncio.gather(
        *(acts.report(registry, list_, revision=seen + 1) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(one is None for one in done) == 1
    with pytest.raises(Conflict):
        await disposing.dissent(registry, list_, said)
    [noted] = (await disposals.get_disposal(now, list_))["dissents"]
    assert noted["text"] == "ควรเก็บไว้อ้างอิงอีกห้าปี"


@pytest.mark.parametrize(
    ("members", "number", "on"),
    [
        (COMMITTEE[:2], "12/2580", date(2037, 1, 15)),
        (None, "12/2580", date(2037, 1, 15)),
        (COMMITTEE, "", date(2037, 1, 15)),
        (COMMITTEE, "12/2580", date(2037, 1, 16)),
    ],
)
async def test_a_committee_has_its_members_and_its_order(
    hall: TownHall, members: list[object] | None, number: str, on: date
) -> None:
    registry = await hall.sits("registry", at(hall.ctx, YEAR))
    await closed(hall, OLD)
    list_ = await disposing.draw(registry, "destroy")

    with pytest.raises(InvalidInput):
        await acts.appoint(registry, list_, members, number=number, on=on, revision=1)  # type: ignore[arg-type]


async def test_a_list_that_is_dropped_frees_its_documents_but_an_approved_one_stays(
    hall: TownHall,
) -> None:
    now = at(hall.ctx, YEAR)
    letter = await closed(hall, OLD)
    list_ = await considered(hall, now)
    registry = await hall.sits("registry", now)
    with pytest.raises(Conflict):
        await retention.set_class(registry, letter, "history", "เปลี่ยนใจ")
    await agreed(hall, now, list_)
    await acts.drop(registry, list_, "ต้องแก้บัญชี", revision=await revision(now, list_))
    await retention.set_class(registry, letter, "copies", "มีสำเนาที่จังหวัด")

    again = await considered(hall, now)
    await approved(hall, now, again)
    with pytest.raises(Conflict):
        await acts.drop(registry, again, "สายไป", revision=await revision(now, again))


async def test_documents_of_twenty_years_go_to_the_archives(hall: TownHall) -> None:
    now = at(hall.ctx, "2047-01-10 09:00")
    given = await closed(hall, OLD, subject="ส่งมอบ", retention="history")
    own = await closed(hall, OLD, subject="เก็บเอง", retention="history")
    await closed(hall, "2027-01-01 09:00", subject="ยังไม่ถึง", retention="history")
    registry = await hall.sits("registry", now)
    list_ = await disposing.draw(registry, "archives")
    turns = {one["letter_id"]: one["turn"] for one in await disposals.items_of(now, list_)}
    assert turns.keys() == {given, own}

    await disposing.decide(
        registry, list_, Decision(turns=[turns[own]], decision="own", why="ใช้อ้างอิงแนวเขต")
    )
    await sent(registry, list_)
    await carried_out(hall, now, list_)

    assert await outcomes(now, list_) == {given: "archived", own: "kept"}
    assert (await kept(now, own))["until"] is None
    assert await disposals.count_due(at(hall.ctx, "2047-02-01 09:00"), "archives") == 0


async def test_storage_numbers_stay_with_what_was_destroyed(hall: TownHall) -> None:
    now, letter = at(hall.ctx, YEAR), await closed(hall, OLD)
    registry = await hall.sits("registry")
    handover = await storing.hand_over(registry, "clerk", [letter])
    await storing.take_in(registry, handover, Shelf(file_code="สธ 1"))
    list_ = await considered(hall, now)
    await approved(hall, now, list_)
    await carried_out(hall, now, list_)

    [line] = await storing.stored(registry, 2569)
    assert (line["number"], line["stage"]) == (1, "destroyed")
