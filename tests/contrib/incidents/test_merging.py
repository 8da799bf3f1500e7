import asyncio
from uuid import UUID

import pytest

from contrib.incidents.service import crew, following, merging, pictures, reading, sending
from contrib.incidents.service.sending import Sent
from core.context import Context
from core.errors import Conflict, InvalidInput
from tests.contrib.incidents.conftest import rows
from tests.contrib.incidents.reports import (
    a_photo,
    a_report,
    a_wish,
    assigned,
    now_of,
    report_id,
    revision,
    state,
    stranger,
    worked,
)


async def two(ctx: Context) -> tuple[Sent, UUID, Sent, UUID]:
    first, second = await a_report(ctx), await a_report(ctx)
    return first, await report_id(ctx, first), second, await report_id(ctx, second)


async def test_who_sent_a_duplicate_follows_the_other_report(officer: Context) -> None:
    first, one, second, two_ = await two(officer)
    near = (await reading.read_matter(officer, two_)).near
    assert [found.row["code"] for found in near] == [first.code]

    await merging.merge(officer, two_, into=first.code, revision=1)

    seen = await following.follow(officer, second.track)
    assert (seen.report["id"], seen.voices) == (one, 2)
    matter = await reading.read_matter(officer, two_)
    assert (matter.into, matter.seen.report["state"]) == (first.code, "merged")
    target = await reading.read_matter(officer, one)
    assert list(target.merged) == [second.code]
    assert [event["words"] for event in target.seen.events] == ["", second.code]
    await merging.part(officer, two_, words="คนละเสา", revision=2)
    assert (await following.follow(officer, second.track)).report["id"] == two_
    assert (await following.follow(officer, first.track)).voices == 1


async def test_photos_of_who_sent_a_duplicate_go_with_their_voice(officer: Context) -> None:
    first = await a_report(officer, photos=[await a_photo(officer, "red")])
    second = await a_report(officer, photos=[await a_photo(officer, "blue")])
    one, two_ = await report_id(officer, first), await report_id(officer, second)

    async def shown(sent: Sent) -> list[str]:
        return [one["shows"] for one in (await following.follow(officer, sent.track)).photos]

    await merging.merge(officer, two_, into=first.code, revision=await revision(officer, two_))

    assert await shown(second) == await shown(first) == ["sent"]
    officers = [row["shows"] for row in await pictures.all_photos(officer, one)]
    assert officers == ["sent", "sent"]
    assert await pictures.all_photos(officer, two_) == []
    await merging.part(officer, two_, words="คนละเสา", revision=await revision(officer, two_))
    assert await shown(second) == await shown(first) == ["sent"]
    assert [len(await pictures.all_photos(officer, id)) for id in (one, two_)] == [1, 1]


async def test_of_two_who_merge_the_same_two_either_way_at_once_one_is_told(
    officer: Context,
) -> None:
    first, one, second, two_ = await two(officer)

    done = await asyncio.gather(
        merging.merge(officer, one, into=second.code, revision=1),
        merging.merge(officer, two_, into=first.code, revision=1),
        return_exceptions=True,
    )

    assert [type(result) for result in done if result] == [Conflict]
    assert sorted([await state(officer, one), await state(officer, two_)]) == ["merged", "reported"]
    assert {
        (await following.follow(officer, sent.track)).report["state"] for sent in (first, second)
    } == {"reported"}


async def test_who_joins_while_it_is_merged_ends_up_with_the_other(officer: Context) -> None:
    first, one, second, two_ = await two(officer)
    wishes = [a_wish(description="มืดมาก") for _ in range(5)]

    joined = await asyncio.gather(
        merging.merge(officer, two_, into=first.code, revision=1),
        *(sending.join(stranger(officer), wish, second.code) for wish in wishes),
    )

    tracks = [sent.track for sent in joined if sent]
    assert len(tracks) == 5
    assert {(await following.follow(officer, track)).report["id"] for track in tracks} == {one}
    assert (await following.follow(officer, first.track)).voices == 7


async def test_a_merge_leaves_no_chain_behind(officer: Context) -> None:
    first, one, second, two_ = await two(officer)
    third = await a_report(officer)
    three = await report_id(officer, third)

    await merging.merge(officer, three, into=second.code, revision=1)
    await merging.merge(officer, two_, into=first.code, revision=1)

    assert (await reading.read_matter(officer, three)).into == first.code
    assert (await following.follow(officer, third.track)).report["id"] == one
    await merging.part(officer, three, words="คนละเรื่อง", revision=2)
    assert (await following.follow(officer, third.track)).report["id"] == three
    assert (await following.follow(officer, second.track)).report["id"] == one


async def test_nothing_is_merged_into_itself_into_nothing_or_into_what_is_closed(
    officer: Context,
) -> None:
    first, one, _, two_ = await two(officer)

    with pytest.raises(InvalidInput):
        await merging.merge(officer, one, into=first.code, revision=1)
    with pytest.raises(InvalidInput):
        await merging.merge(officer, one, into="2569-99999", revision=1)
    await worked(officer, await assigned(officer, first))
    with pytest.raises(Conflict):
        await merging.merge(officer, two_, into=first.code, revision=1)
    with pytest.raises(Conflict):
        await sending.join(stranger(officer), a_wish(), first.code)


async def test_photos_of_a_crew_arrive_once_however_often_they_are_sent(officer: Context) -> None:
    id = await assigned(officer, await a_report(officer))

    await asyncio.gather(*(worked(officer, id, "done", key="key-1234-5678") for _ in range(4)))

    assert len(await rows(officer, "SELECT 1 FROM incidents.photo")) == 1
    assert len(await rows(officer, "SELECT 1 FROM incidents.event WHERE act = 'close'")) == 1
    other = await assigned(officer, await a_report(officer))
    with pytest.raises(Conflict):
        await worked(officer, other, "done", key="key-1234-5678")


async def test_of_two_crews_who_close_at_once_the_second_is_told(officer: Context) -> None:
    id = await assigned(officer, await a_report(officer))

    done = await asyncio.gather(worked(officer, id), worked(officer, id), return_exceptions=True)

    assert [type(one) for one in done if one] == [Conflict]
    assert len(await rows(officer, "SELECT 1 FROM incidents.photo")) == 1


async def test_work_that_arrives_late_counts_when_it_was_done(officer: Context) -> None:
    id = await assigned(officer, await a_report(officer))
    much_later = now_of(officer, days=9)

    await worked(much_later, id, "begin", made_at=officer.now)
    await worked(much_later, id, "begin", made_at=officer.now)
    await worked(much_later, id, "done", made_at=now_of(officer, hours=2).now)

    matter = await reading.read_matter(much_later, id)
    assert [one.period["in_time"] for one in matter.times] == [True, True, True]
    assert len(matter.photos) == 3
    assert await a_photo(officer)
    assert (await crew.to_do(officer)) == []
    assert await revision(officer, id) == 5
