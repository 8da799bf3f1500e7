import asyncio

import pytest

from contrib.catalog.rules.checklist import ANSWERS, POINTS, hindrance, unexplained, words_of
from contrib.catalog.rules.states import Act
from contrib.catalog.service.looking import answer
from contrib.catalog.service.moving import move
from contrib.catalog.service.rights import CURATE, READ
from contrib.catalog.service.submissions import read_submission
from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed
from tests.contrib.catalog.conftest import handed_in, somebody
from tests.contrib.catalog.kept import ALL_FINE, done, second, seen, settings, tried
from tests.core.catalog.conftest import Keepers

__all__ = ["second", "settings"]


def test_a_checklist_hinders_until_every_point_is_fine_or_does_not_apply() -> None:
    answers: dict[str, object] = {}
    for one in POINTS:
        told = hindrance(answers)
        assert told is not None
        assert one.title.th in told.th
        answers[one.code] = "na" if one.code == "network" else "yes"

    assert hindrance(answers) is None
    told = hindrance({**answers, "sql": "no"})
    assert told is not None
    assert "SQL" in told.th
    assert list(unexplained(answers)) == [words_of("network")]
    assert unexplained({**answers, "network_words": "ไม่มีโมดูลเครือข่าย"}) == {}
    assert set(ANSWERS) == {"yes", "no", "na"}


async def test_two_curators_look_before_anything_is_entered(
    publisher: Context, curator: Context, second: Context
) -> None:
    id = await handed_in(publisher)
    await done(curator, id, Act.TAKE)
    with pytest.raises(Conflict, match="9 are left"):
        await done(curator, id, Act.PROPOSE)
    with pytest.raises(InvalidInput):
        await answer(curator, id, {"law": "no"}, revision=2)
    with pytest.raises(Conflict, match="has taken this"):
        await answer(second, id, dict(ALL_FINE), revision=2)
    with pytest.raises(NotAllowed):
        await answer(publisher, id, dict(ALL_FINE), revision=2)
    await answer(curator, id, dict(ALL_FINE), revision=2)
    with pytest.raises(Conflict, match="meanwhile"):
        await answer(curator, id, {}, revision=2)
    with pytest.raises(Conflict, match="reached a tier"):
        await done(curator, id, Act.PROPOSE)
    await tried(curator, id)
    await done(curator, id, Act.PROPOSE)
    with pytest.raises(Conflict, match="while it is looked through"):
        await answer(curator, id, {}, revision=4)

    with pytest.raises(Conflict, match="somebody else"):
        await done(curator, id, Act.AGREE)
    with pytest.raises(NotAllowed):
        await done(publisher, id, Act.AGREE)
    await done(second, id, Act.OBJECT, words="ยังไม่ได้ดู SQL ในหน้าแรก")
    row = await read_submission(curator, id)
    assert (row["state"], row["checklist"]) == ("review", ALL_FINE)


async def test_who_takes_it_next_looks_for_themselves(
    publisher: Context, curator: Context, second: Context
) -> None:
    id = await handed_in(publisher)
    await seen(curator, id)
    await done(curator, id, Act.GIVE_BACK)

    await done(second, id, Act.TAKE)

    assert (await read_submission(second, id))["checklist"] == {}
    with pytest.raises(Conflict, match="9 are left"):
        await done(second, id, Act.PROPOSE)


async def test_of_two_who_agree_at_once_the_second_is_told(
    ctx: Context, publisher: Context, curator: Context, second: Context, keepers: Keepers
) -> None:
    id = await handed_in(publisher)
    await seen(curator, id)
    await done(curator, id, Act.PROPOSE)
    third = somebody(ctx, "สมศรี ใจดี", READ, CURATE)

    answers = await asyncio.gather(
        *(move(one, id, Act.AGREE, revision=4) for one in (second, third)),
        return_exceptions=True,
    )

    assert [type(one) for one in answers if one is not None] == [Conflict]
    row = await read_submission(curator, id)
    [(_, entry)] = keepers.repository.entries().values()
    assert entry.reviewers == (row["curator_name"], row["second_name"])
