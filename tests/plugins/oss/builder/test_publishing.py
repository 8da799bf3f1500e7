import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from msgspec import structs

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.errors import Conflict, NotAllowed, NotFound
from core.text import Text
from kit.casework import Service, digest, get_offered, offered
from kit.forms import Line
from kit.thai import WorkingDays
from plugins.oss import services
from plugins.oss.rules.parts import Change, put
from plugins.oss.service import builder, publishing
from plugins.oss.service.own import get_own, own_services

TITLE = Text("ขอใช้สนามกีฬา", "Use of the sports field")
WORDS = Text("คำ", "Word")


def within(days: int) -> Change:
    return lambda service, _: structs.replace(service, within=WorkingDays(days))


def question(service: Service, names: Any) -> Service:
    return put(structs.replace(service, summary=WORDS), names, "questions", Line("", WORDS))


async def begun(ctx: Context) -> UUID:
    """A service without faults that is not published yet, at revision 2."""
    id = await builder.create(ctx, title=TITLE)
    await builder.edit(ctx, id, revision=1, change=question)
    return id


async def actions(ctx: Context) -> list[str]:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT action FROM core.audit_entry WHERE action LIKE 'oss.service.%' ORDER BY id"
        )
    return [row["action"].removeprefix("oss.service.") for row in rows]


async def test_nobody_sees_a_service_before_it_is_published(maker: Context) -> None:
    id = await begun(maker)
    assert "oss.own-1" not in await offered(maker)

    await publishing.publish(maker, id, revision=2)
    service = await get_offered(maker, "oss.own-1")
    assert digest(service) == digest((await get_own(maker, id)).draft)


async def test_what_is_changed_is_seen_only_when_it_is_published(maker: Context) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)
    await builder.edit(maker, id, revision=3, change=within(9))

    assert (await get_offered(maker, "oss.own-1")).within == WorkingDays(5)
    assert (await publishing.publish(maker, id, revision=4)) == 2
    assert (await get_offered(maker, "oss.own-1")).within == WorkingDays(9)


async def test_a_version_that_says_the_same_as_an_earlier_one_is_that_one(maker: Context) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)
    await builder.edit(maker, id, revision=3, change=within(9))
    await publishing.publish(maker, id, revision=4)
    await builder.edit(maker, id, revision=5, change=within(5))

    assert await publishing.publish(maker, id, revision=6) == 1
    assert [row["number"] for row in await publishing.versions(maker, id)] == [2, 1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE oss.own_version SET number = 9",
        "UPDATE oss.own_version SET declaration = '{}'",
        "DELETE FROM oss.own_version",
    ],
)
async def test_a_published_version_cannot_be_changed_even_by_a_mistake_of_ours(
    maker: Context, statement: str
) -> None:
    await publishing.publish(maker, await begun(maker), revision=2)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with transaction(maker) as connection:
            await connection.execute(statement)


async def test_a_service_with_faults_is_not_published(maker: Context) -> None:
    id = await builder.create(maker, title=TITLE)

    with pytest.raises(Conflict, match="put right first: 2"):
        await publishing.publish(maker, id, revision=1)
    assert (await get_own(maker, id)).published is None


async def test_nothing_new_is_not_published_again(maker: Context) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)

    with pytest.raises(Conflict, match="version 1"):
        await publishing.publish(maker, id, revision=3)


async def test_of_two_who_publish_at_once_the_second_is_told(maker: Context) -> None:
    id = await begun(maker)
    both = await asyncio.gather(
        *[publishing.publish(maker, id, revision=2) for _ in range(2)], return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in both) == ["Conflict", "int"]
    assert (await actions(maker)).count("published") == 1


async def test_of_two_who_edit_at_once_the_second_is_told_who_was_faster(maker: Context) -> None:
    id = await begun(maker)
    second = replace(maker, actor=replace(maker.actor, name="สมชาย ใจดี"))
    await builder.edit(maker, id, revision=2, change=within(6))

    with pytest.raises(Conflict, match="อรทัย มั่นคง"):
        await builder.edit(second, id, revision=2, change=within(7))
    assert (await get_own(maker, id)).draft.within == WorkingDays(6)


async def test_a_retired_service_cannot_be_filed_and_can_be_opened_again(maker: Context) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)
    await publishing.retire(maker, id, revision=3)

    with pytest.raises(NotFound):
        await get_offered(maker, "oss.own-1")
    with pytest.raises(Conflict):
        await publishing.retire(maker, id, revision=4)
    assert await publishing.publish(maker, id, revision=4) == 1
    assert "oss.own-1" in await offered(maker)
    assert await actions(maker) == ["created", "changed", "published", "retired", "published"]


async def test_thrown_away_changes_leave_the_version_in_force(maker: Context) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)
    await builder.edit(maker, id, revision=3, change=within(9))

    assert await builder.discard(maker, id, revision=4) is True
    own = await get_own(maker, id)
    assert own.draft == own.in_force
    assert not own.changed


async def test_a_deleted_draft_leaves_its_code_to_nobody(maker: Context) -> None:
    first = await begun(maker)
    assert await builder.discard(maker, first, revision=2) is False

    second = await get_own(maker, await begun(maker))
    assert second.code == "oss.own-2"
    with pytest.raises(NotFound):
        await get_own(maker, first)


async def test_a_stale_page_throws_nothing_away(maker: Context) -> None:
    id = await begun(maker)

    with pytest.raises(Conflict):
        await builder.discard(maker, id, revision=1)
    assert len(await own_services(maker)) == 1


async def test_a_copy_has_its_own_code_and_leaves_the_other_as_it_is(maker: Context) -> None:
    before = await get_offered(maker, "oss.general")
    copied = await get_own(maker, await builder.create(maker, title=TITLE, source="oss.general"))

    assert copied.draft.code == "oss.own-1"
    assert copied.draft.form == before.form
    assert copied.draft.title == TITLE
    assert await get_offered(maker, "oss.general") == before


@pytest.mark.parametrize("source", [one.code for one in services.ALL])
async def test_every_declared_service_can_be_copied_and_published(
    maker: Context, source: str
) -> None:
    id = await builder.create(maker, title=TITLE, source=source)

    assert await publishing.publish(maker, id, revision=1) == 1
    assert (await get_offered(maker, "oss.own-1")).title == TITLE


def test_no_declared_service_has_a_code_of_the_builder() -> None:
    assert [one.code for one in services.ALL if one.code.startswith("oss.own-")] == []


async def test_an_unknown_service_cannot_be_copied(maker: Context) -> None:
    with pytest.raises(NotFound):
        await builder.create(maker, title=TITLE, source="oss.nothing")
    assert await own_services(maker) == []


async def test_who_may_not_make_services_is_refused_by_the_service_too(ctx: Context) -> None:
    stranger = replace(ctx, actor=Actor(kind="officer", permissions={"casework.read": EVERYWHERE}))
    maker = replace(ctx, actor=Actor(kind="officer", permissions={"oss.build": EVERYWHERE}))
    id = await begun(maker)

    for attempt in (
        builder.create(stranger, title=TITLE),
        get_own(stranger, id),
        builder.edit(stranger, id, revision=2, change=within(9)),
        publishing.publish(stranger, id, revision=2),
        builder.discard(stranger, id, revision=2),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await own_services(stranger) == []


async def test_a_service_is_not_given_away_to_a_division_of_others(ctx: Context) -> None:
    held = {"oss.build": frozenset({"works"})}
    works = replace(ctx, actor=Actor(kind="officer", permissions=held))
    id = await builder.create(works, title=TITLE)
    assert (await get_own(works, id)).draft.unit == "works"

    with pytest.raises(NotAllowed):
        await builder.edit(
            works, id, revision=1, change=lambda one, _: structs.replace(one, unit="clerk")
        )


async def test_another_municipality_sees_neither_draft_nor_version(
    maker: Context, other: Context
) -> None:
    id = await begun(maker)
    await publishing.publish(maker, id, revision=2)
    there = replace(other, actor=maker.actor)

    assert await own_services(there) == []
    assert "oss.own-1" not in await offered(there)
    with pytest.raises(NotFound):
        await get_own(there, id)
    assert (await get_own(there, await begun(there))).code == "oss.own-1"


async def test_a_service_may_not_grow_without_end(maker: Context) -> None:
    id = await begun(maker)
    long = Text("ก" * 50_000, "a" * 50_000)

    with pytest.raises(Conflict, match="more text"):
        await builder.edit(
            maker,
            id,
            revision=2,
            change=lambda one, _: structs.replace(one, conditions=(long,) * 3),
        )
    assert (await get_own(maker, id)).revision == 2


async def test_an_edit_that_fails_changes_nothing_and_leaves_no_trace(maker: Context) -> None:
    id = await begun(maker)

    def fail(service: Service, _: Any) -> Service:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await builder.edit(maker, id, revision=2, change=fail)
    assert (await get_own(maker, id)).revision == 2
    assert await actions(maker) == ["created", "changed"]
