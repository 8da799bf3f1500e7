import asyncio
from typing import Any
from uuid import UUID

import msgspec
import pytest

from contrib.catalog.rules.states import Act
from contrib.catalog.service import publishers, submissions
from contrib.catalog.service.finding import Sought, find_submissions
from contrib.catalog.service.moving import acts_for, move
from contrib.catalog.service.rights import CURATE, READ, SUBMIT
from core.context import Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.contrib.catalog.conftest import a_publisher, handed_in, sent, somebody
from tests.core.catalog.conftest import make_wheel


async def test_a_version_is_kept_with_what_its_wheel_says_and_can_do(publisher: Context) -> None:
    given = sent()
    id = await submissions.submit(publisher, given)

    row = await submissions.read_submission(publisher, id)
    assert (row["plugin"], row["version"], row["state"]) == ("library", "0.1.0", "submitted")
    assert row["capabilities"]["permissions"] == ["library.see"]
    assert row["unsourced"] == []
    assert row["answers"] == given.answers
    assert await submissions.read_file(publisher, id, "wheel") == (given.wheel, given.wheel_name)
    assert (await submissions.read_file(publisher, id, "source"))[0] == given.source
    assert await trail(publisher, id) == ["catalog.submission.submitted"]


async def all_found(ctx: Context, **sought: Any) -> list[UUID]:
    return [one["id"] for one in (await find_submissions(ctx, Sought(**sought))).submissions]


async def trail(ctx: Context, id: UUID) -> list[str]:
    query = "SELECT action FROM core.audit_entry WHERE subject = $1 ORDER BY id"
    async with transaction(ctx) as connection:
        return [row["action"] for row in await connection.fetch(query, f"submission/{id}")]


async def test_files_of_a_wheel_that_the_source_has_otherwise_are_named(
    publisher: Context,
) -> None:
    more = {"thongthin_library/more.py": b"x = 1\n"}
    id = await handed_in(publisher, more=more, source=sent().source)

    row = await submissions.read_submission(publisher, id)
    assert row["unsourced"] == ["thongthin_library/more.py"]


@pytest.mark.parametrize(
    "bad",
    [
        {"more": {"core/__init__.py": b""}},
        {"more": {"../outside.py": b""}},
        {"more": {"thongthin_library/fast.so": b""}},
        {"source": 'MANIFEST = __import__("os").environ\n'},
    ],
    ids=["a second package", "a path outside", "compiled code", "a manifest that runs"],
)
async def test_a_bad_wheel_is_refused_in_thai_with_the_reason(
    publisher: Context, bad: dict[str, Any]
) -> None:
    name, wheel = make_wheel(**bad)
    given = msgspec.structs.replace(sent(), wheel_name=name, wheel=wheel)

    with pytest.raises(InvalidInput) as told:
        await submissions.submit(publisher, given)
    assert set(told.value.problems) == {"wheel"}
    assert "สร้าง wheel ใหม่" in told.value.problems["wheel"].th
    assert await all_found(publisher) == []


async def test_a_bad_source_is_told_beside_a_bad_wheel(publisher: Context) -> None:
    given = msgspec.structs.replace(sent(), wheel=b"", source=b"")

    with pytest.raises(InvalidInput) as told:
        await submissions.submit(publisher, given)
    assert set(told.value.problems) == {"wheel", "source"}


async def test_of_the_same_version_sent_twice_at_once_one_is_taken(publisher: Context) -> None:
    both = await asyncio.gather(handed_in(publisher), handed_in(publisher), return_exceptions=True)

    [refused] = [one for one in both if isinstance(one, InvalidInput)]
    assert "เพิ่มเลขรุ่น" in refused.problems["wheel"].th
    assert len(await all_found(publisher)) == 1
    assert await handed_in(publisher, "0.2.0")


async def test_the_name_of_a_plugin_is_its_first_publishers(
    publisher: Context, ctx: Context
) -> None:
    await handed_in(publisher)

    with pytest.raises(InvalidInput) as told:
        await handed_in(await a_publisher(ctx, "other"), "0.2.0")
    assert "ผู้เผยแพร่รายอื่น" in told.value.problems["wheel"].th


async def test_a_publisher_sees_and_opens_only_their_own(
    publisher: Context, curator: Context, ctx: Context
) -> None:
    id, other = await handed_in(publisher), await a_publisher(ctx, "other")

    assert await all_found(other) == []
    for look in (submissions.read_submission(other, id), submissions.read_file(other, id, "wheel")):
        with pytest.raises(NotFound):
            await look
    assert await all_found(curator) == [id]


async def test_submissions_are_found_by_words_and_by_where_they_stand_a_page_at_a_time(
    publisher: Context, curator: Context
) -> None:
    sent_in = [await handed_in(publisher, f"0.{number}.0") for number in range(1, 53)]
    await move(curator, sent_in[3], Act.TAKE, revision=1)

    first, second = [await find_submissions(curator, Sought(page=page)) for page in (1, 2)]
    assert (first.first, first.last, first.total) == (1, 50, 52)
    assert (second.first, second.last, second.total) == (51, 52, 52)
    assert [one["id"] for one in (*first.submissions, *second.submissions)] == sent_in[::-1]
    assert await all_found(curator, state="review") == [sent_in[3]]
    assert await all_found(curator, words="  library   0.7.") == [sent_in[6]]
    assert await all_found(curator, words="สมหญิง") == [sent_in[3]]
    assert await all_found(curator, words="ใจดี LIBRARY 0.4.0") == [sent_in[3]]
    assert await all_found(curator, words="%") == []
    assert await all_found(publisher, words="acme", state="withdrawn") == []


@pytest.mark.parametrize("code", ["root", "targets", "a", "Acme", "../x", "ก"])
async def test_a_code_that_the_catalog_cannot_have_is_refused(ctx: Context, code: str) -> None:
    with pytest.raises(InvalidInput):
        await a_publisher(ctx, code)


async def test_a_publisher_is_registered_once_with_a_code_of_its_own(
    publisher: Context, ctx: Context
) -> None:
    with pytest.raises(InvalidInput):
        await a_publisher(ctx)
    with pytest.raises(Conflict):
        await publishers.register(publisher, code="again", title="อีก", email="a@b.example")
    with pytest.raises(Conflict):
        await handed_in(somebody(ctx, "ไม่มีผู้เผยแพร่", SUBMIT))


async def test_a_curator_takes_it_and_refuses_with_a_reason_that_its_publisher_reads(
    publisher: Context, curator: Context, ctx: Context
) -> None:
    id = await handed_in(publisher)
    await move(curator, id, Act.TAKE, revision=1)
    row = await submissions.read_submission(publisher, id)
    assert row["curator_name"] == curator.actor.name

    other = somebody(ctx, "สมชาย ใจดี", READ, CURATE)
    assert acts_for(other, row) == []
    with pytest.raises(Conflict):
        await move(other, id, Act.REFUSE, revision=2, words="ไม่")
    with pytest.raises(InvalidInput):
        await move(curator, id, Act.REFUSE, revision=2)
    with pytest.raises(Conflict):
        await move(curator, id, Act.REFUSE, revision=1, words="เก่า")
    await move(curator, id, Act.REFUSE, revision=2, words="ส่งข้อมูลออกไปเครื่องอื่น")

    told = await submissions.history(publisher, id)
    assert [(one["act"], one["words"]) for one in told] == [
        ("submit", ""),
        ("take", ""),
        ("refuse", "ส่งข้อมูลออกไปเครื่องอื่น"),
    ]
    assert len(await trail(publisher, id)) == 3
    assert await handed_in(publisher)


async def test_nobody_looks_through_their_own_nor_withdraws_what_is_anothers(
    ctx: Context, curator: Context
) -> None:
    both = somebody(ctx, "ทำทั้งสองอย่าง", READ, SUBMIT, CURATE)
    await publishers.register(both, code="both", title="สอง", email="a@b.example")
    id = await handed_in(both)

    with pytest.raises(NotAllowed):
        await move(both, id, Act.TAKE, revision=1)
    with pytest.raises(NotAllowed):
        await move(curator, id, Act.WITHDRAW, revision=1, words="ไม่ใช่ของฉัน")
    await move(curator, id, Act.TAKE, revision=1)
    await move(curator, id, Act.GIVE_BACK, revision=2)
    assert await submissions.waiting(curator) == 1
    await move(both, id, Act.WITHDRAW, revision=3, words="ส่งผิดรุ่น")
    assert await submissions.waiting(curator) == 0
