import asyncio
from datetime import date
from uuid import UUID

import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from core.identity import acting
from plugins.eoffice.service import endorsements, tasks
from plugins.eoffice.service.access import get_letter
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse, recall
from tests.plugins.eoffice.conftest import TownHall, at, registered, rows

ENGINEER = "officer-works"


async def writes(who: Context, letter: UUID, action: str, *to: str, text: str = "ตามเสนอ") -> UUID:
    """Write on the letter that waits for a post of this officer."""
    waiting = [one for one in await tasks.inbox(who) if one["letter_id"] == letter]
    await endorse(who, letter, waiting[0]["id"], Written(action=action, text=text, to=to))
    return UUID(str((await endorsements.endorsements_of(who, letter))[-1]["id"]))


async def waits_for(ctx: Context, letter: UUID) -> list[str]:
    found = await rows(
        ctx,
        "SELECT post FROM eoffice.task WHERE tenant_id = $1 AND letter_id = $2"
        " AND state = 'waiting' ORDER BY post",
        ctx.tenant.id,
        letter,
    )
    return [row["post"] for row in found]


async def test_a_letter_goes_through_five_posts_one_of_them_acted_in(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรีเมืองแม่เหียะ")
    deputy = await hall.sits("deputy_clerk")

    await writes(await hall.sits("clerk"), letter, "propose", "mayor", text="เพื่อโปรดพิจารณา")
    await writes(deputy, letter, "assign", "director-works", text="มอบกองช่างดำเนินการ")
    await writes(await hall.sits("director"), letter, "assign", "head-works")
    await writes(await hall.sits("head"), letter, "assign", ENGINEER)
    await writes(await hall.sits("officer"), letter, "finish", text="เข้าประชุมแล้ว")

    written = await endorsements.endorsements_of(hall.ctx, letter)
    assert [one["action"] for one in written] == ["propose", "assign", "assign", "assign", "finish"]
    assert written[1]["acting"]["how"] == "replacing"
    assert written[1]["acting"]["post"] == "นายกเทศมนตรีเมืองแม่เหียะ"
    assert written[1]["acting"]["order"] == "412/2569"
    assert written[0]["acting"] is None
    assert (await get_letter(hall.ctx, letter))["state"] == "closed"
    assert await waits_for(hall.ctx, letter) == []
    assert await endorsements.is_whole(hall.ctx, letter)


async def test_after_the_last_day_of_an_order_nobody_signs_under_it(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"), first="mayor")
    order = await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรี", until=date(2026, 11, 21))
    deputy = await hall.sits("deputy_clerk")
    [task] = await tasks.inbox(deputy)

    late = at(deputy, "2026-11-22 00:00:01")
    with pytest.raises(NotAllowed, match="neither hold"):
        await endorse(late, letter, task["id"], Written(action="note"))
    await acting.end_acting(hall.ctx, order=order)
    with pytest.raises(NotAllowed, match="neither hold"):
        await endorse(deputy, letter, task["id"], Written(action="note"))

    assert await endorsements.endorsements_of(hall.ctx, letter) == []


async def test_who_sees_a_letter_for_another_reason_does_not_sign_in_its_post(
    hall: TownHall,
) -> None:
    letter, _ = await registered(await hall.sits("registry"), first="mayor")
    [task] = await tasks.inbox(await hall.sits("mayor"))

    with pytest.raises(NotAllowed, match="neither hold this post nor act in it"):
        await endorse(await hall.sits("clerk"), letter, task["id"], Written(action="note"))


async def test_of_two_who_act_at_once_in_one_post_the_second_is_told(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"), first="mayor")
    await hall.let_act("deputy_clerk", "mayor", "นายกเทศมนตรี")
    both = [await hall.sits(who) for who in ("mayor", "deputy_clerk")]
    [task] = await tasks.inbox(both[0])
    assigned = Written(action="assign", to=(ENGINEER,))

    done = await asyncio.gather(
        *(endorse(who, letter, task["id"], assigned) for who in both), return_exceptions=True
    )

    assert [type(one) for one in done if one is not None] == [Conflict]
    assert await waits_for(hall.ctx, letter) == [ENGINEER]
    assert len(await endorsements.endorsements_of(hall.ctx, letter)) == 1


async def test_a_letter_goes_back_to_who_sent_it_and_says_why(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    await writes(await hall.sits("clerk"), letter, "assign", "director-works")
    director = await hall.sits("director")

    with pytest.raises(InvalidInput) as unsaid:
        await writes(director, letter, "return", text="")
    await writes(director, letter, "return", text="เป็นงานของกองสาธารณสุข")

    assert "so that the next one knows why" in unsaid.value.problems["text"].en
    assert await waits_for(hall.ctx, letter) == ["clerk"]


async def test_a_letter_is_called_back_until_somebody_acts_on_it(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    clerk = await hall.sits("clerk")
    sent = await writes(clerk, letter, "assign", "director-works", ENGINEER)

    await recall(clerk, letter, sent, "มอบผิดกอง")
    assert await waits_for(hall.ctx, letter) == ["clerk"]

    again = await writes(clerk, letter, "assign", "director-works", ENGINEER)
    await writes(await hall.sits("officer"), letter, "note")
    with pytest.raises(Conflict, match="others have acted"):
        await recall(clerk, letter, again, "ช้าไป")
    with pytest.raises(Conflict, match="it was not you"):
        await recall(await hall.sits("mayor"), letter, sent, "ไม่ใช่ของตน")


async def test_opinions_come_from_several_posts_at_once_while_the_letter_stays(
    hall: TownHall,
) -> None:
    letter, _ = await registered(await hall.sits("registry"), first="mayor")
    mayor = await hall.sits("mayor")

    await writes(mayor, letter, "ask", "clerk", "director-works", text="ขอความเห็นก่อนสั่งการ")
    assert await waits_for(hall.ctx, letter) == ["clerk", "director-works", "mayor"]
    await writes(await hall.sits("clerk"), letter, "advise", text="เห็นควรเข้าร่วม")
    await writes(await hall.sits("director"), letter, "advise", text="พร้อมสนับสนุนเครื่องสูบน้ำ")

    assert await waits_for(hall.ctx, letter) == ["mayor"]
    assert (await get_letter(hall.ctx, letter))["state"] == "registered"


async def test_what_circulates_tells_when_each_post_opened_and_noted_it(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    await writes(await hall.sits("clerk"), letter, "circulate", "director-works", "mayor")
    mayor = await hall.sits("mayor", at(hall.ctx, "2026-11-20 13:05"))

    await tasks.note_read(mayor, letter)
    await writes(mayor, letter, "note", text="")

    stood = {one["post"]: one for one in await tasks.tasks_of(hall.ctx, letter)}
    assert stood["mayor"]["read_at"] == stood["mayor"]["done_at"] == mayor.now
    assert stood["director-works"]["read_at"] is None
    assert await waits_for(hall.ctx, letter) == ["clerk", "director-works"]


async def test_what_was_written_cannot_be_changed_without_being_seen(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    await writes(await hall.sits("clerk"), letter, "propose", "mayor", text="เห็นควรอนุมัติ")
    await writes(await hall.sits("mayor"), letter, "approve", text="อนุมัติ")

    written = await endorsements.endorsements_of(hall.ctx, letter)
    first = endorsements.digest_of(written[0] | {"text": "เห็นควรไม่อนุมัติ"}, "")

    assert written[0]["digest"] == endorsements.digest_of(written[0], "") != first
    assert written[1]["digest"] != endorsements.digest_of(written[1], first)


async def test_a_closed_letter_takes_nothing_more(hall: TownHall) -> None:
    letter, _ = await registered(await hall.sits("registry"))
    clerk = await hall.sits("clerk")
    [task] = await tasks.inbox(clerk)
    await endorse(clerk, letter, task["id"], Written(action="note"))

    with pytest.raises(Conflict, match="Nothing more is written"):
        await endorse(clerk, letter, task["id"], Written(action="note"))
