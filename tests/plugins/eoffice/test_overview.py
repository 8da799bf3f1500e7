from datetime import date

import pytest

from core.errors import NotAllowed
from plugins.eoffice.service import overview, tasks
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.endorsing import endorse
from tests.plugins.eoffice.conftest import TownHall, at, registered, rows


async def assigned(hall: TownHall, number: str, due_on: date) -> None:
    """A letter that the works division shall act on by a day."""
    letter, _ = await registered(await hall.sits("registry"), number=number)
    clerk = await hall.sits("clerk")
    [task] = [one for one in await tasks.inbox(clerk) if one["letter_id"] == letter]
    written = Written(action="assign", to=("director-works",), due_on=due_on)
    await endorse(clerk, letter, task["id"], written)


async def test_it_is_seen_where_letters_wait_how_long_and_how_many_are_late(hall: TownHall) -> None:
    for number, day in (("1", 20), ("2", 24), ("3", 25)):
        await assigned(hall, number, date(2026, 11, day))
    later = at(await hall.sits("mayor"), "2026-11-25 09:00")
    director = at(await hall.sits("director"), "2026-11-25 08:00")
    [*_, last] = await tasks.inbox(director)
    await endorse(director, last["letter_id"], last["id"], Written(action="finish", text="แล้ว"))

    found = {one.title.th: one for one in await overview.at_posts(later)}

    works = found["ผู้อำนวยการกอง กองช่าง"]
    assert (works.waiting, works.late, works.unread, works.in_time) == (2, 2, 2, 100)
    assert works.oldest == hall.ctx.now
    assert works.holders == ("มานพ ศรีสุข",)
    assert found["นายกเทศมนตรี"].waiting == 0
    assert next(iter(found)) == works.title.th
    with pytest.raises(NotAllowed):
        await overview.at_posts(await hall.sits("officer"))


async def test_who_sits_in_a_post_is_reminded_once_a_day_of_what_is_due(hall: TownHall) -> None:
    await assigned(hall, "1", date(2026, 11, 24))
    for moment in ("2026-11-20 08:45", "2026-11-23 08:45", "2026-11-23 08:45", "2026-11-24 08:45"):
        await overview.remind(at(hall.ctx, moment))

    told = await rows(
        hall.ctx,
        "SELECT account FROM core.message WHERE template = 'eoffice.task.due'"
        " AND channel = 'inbox'",
    )
    assert [one["account"] for one in told] == [hall.accounts["director"]] * 2
