from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import EVERYWHERE, Context
from core.db import transaction
from kit.documents.rendering import Press
from kit.thai import search_form, thai_digits
from plugins.eoffice.rules.periods import period_of, periods_between
from plugins.eoffice.service import receiving, searching
from plugins.eoffice.service.rights import SECRETS
from plugins.eoffice.service.searching import add_words, read_files, search
from tests.plugins.eoffice.conftest import (
    TownHall,
    a_head,
    a_pdf,
    arrived,
    registered,
    rows,
    staffed,
)
from tests.plugins.eoffice.papers import EXTERNAL

# In the body of the paper, where a line may break within any of them.
IN_THE_FILE = (
    "ตรวจวิเคราะห์คุณภาพน้ำประปา",
    "ตรวจวิเคราะห์คุณภาพนำประปา",
    "นำ้ประปาหมู่บ้าน",
    "52001.4/1234",
    "ที่ ๕๒๐๐๑.๔/๑๒๓๔",
    "บัญชีรายชื่อ ประสานงาน",
    "ศูนย์อนามัยที่ ๑",
)
SIGNS = "กขนำ่แ 12-%_\\'"
POSTS = ("officer-works", "head-works", "director-works", "clerk")
LETTER = """
INSERT INTO eoffice.letter (tenant_id, id, way, kind, state, number, subject, sender, recipient,
  secrecy, speed, unit, keywords, content, signer, retention, twin, created_at, created_by,
  revision)
VALUES ($1, $2, 'in', 'external', 'registered', '', $3, '', '', 'normal', 'normal', $4, '', '{}',
  '', '', '', $6, $5, 1)
"""
TASK = """
INSERT INTO eoffice.task (tenant_id, id, letter_id, post, post_title, asked, state, given_from,
  opened_at) SELECT $1, gen_random_uuid(), $2, $3, '', 'consider', 'done', '', $4
"""


async def filed(registry: Context, raw: bytes, **more: Any) -> UUID:
    letter = await arrived(registry, raw)
    await receiving.register(registry, letter, a_head(**more))
    return letter


async def read_all(ctx: Context) -> None:
    """Do what waits for the worker."""
    query = "SELECT args ->> 'letter' AS id FROM procrastinate_jobs WHERE task_name = $1"
    for job in await rows(ctx, query, searching.READ):
        await read_files(ctx, job["id"])


async def ids_of(ctx: Context, query: str) -> list[UUID]:
    """Return what is found on all pages, one after the other."""
    found: list[UUID] = []
    while some := await search(ctx, query, before=found[-1] if found else None):
        found += [one["id"] for one in some]
    return found


async def test_words_of_a_file_are_found_however_they_are_typed(
    hall: TownHall, press: Press
) -> None:
    registry = await hall.sits("registry")
    letter = await filed(registry, press.render("eoffice/external.typ", EXTERNAL))
    await filed(registry, a_pdf(), number="ชม 0023.3/813")
    assert [await ids_of(registry, words) for words in IN_THE_FILE] == [[]] * len(IN_THE_FILE)

    await read_all(hall.ctx)

    for words in IN_THE_FILE:
        assert await ids_of(registry, words) == [letter], words
    assert len(await ids_of(registry, "น้ำท่วม")) == 2
    assert await ids_of(registry, "น้ำท่วม ประปา") == [letter]
    assert await ids_of(registry, "น้ำท่วมประปา") == []


async def test_a_file_that_cannot_be_read_leaves_the_head_to_be_found(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    letter = await filed(registry, a_pdf())

    await read_all(hall.ctx)

    assert await ids_of(registry, "ว ๘๑๒ เชียงใหม่") == [letter]


async def test_a_query_without_a_letter_finds_nothing(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    assert await search(registry, "กข") == []
    await registered(registry)

    assert await search(registry, " - ่ ") == []
    assert await search(registry, "น้ำ", before=UUID(int=0)) == []


async def test_letters_of_another_municipality_are_not_found(
    hall: TownHall, other: Context
) -> None:
    here = await hall.sits("registry")
    there = await (await staffed(other)).sits("registry")
    mine, _ = await registered(here)
    theirs, _ = await registered(there)

    assert await ids_of(here, "น้ำท่วม") == [mine]
    assert await ids_of(there, "น้ำท่วม") == [theirs]
    async with transaction(here) as connection:
        wanted = f"'yala/{period_of(theirs)}/นำท'"
        assert (
            await connection.fetch("SELECT eoffice.letters_about($1::text::tsquery)", wanted) == []
        )


async def test_a_secret_letter_is_found_by_nobody(hall: TownHall) -> None:
    registry = await hall.sits("registry")
    rights = {**registry.actor.permissions, SECRETS: EVERYWHERE}
    registrar = replace(registry, actor=replace(registry.actor, permissions=rights))
    letter, _ = await registered(registrar, secrecy="secret", first="mayor")

    await read_files(hall.ctx, str(letter))

    for who in (registrar, await hall.sits("mayor"), hall.ctx):
        assert await ids_of(who, "น้ำท่วม") == []


class Kept(NamedTuple):
    """A letter of an archive: by what it is found, and by whom."""

    id: UUID
    subject: str
    posts: tuple[str, ...]
    unit: str
    author: UUID | None


def some_letters(chance: Random, accounts: Sequence[UUID], count: int) -> list[Kept]:
    """Return letters of thirty years with words of a few signs, the newest first."""
    letters = [
        Kept(
            UUID(int=chance.randrange(10**12) << 80 | 7 << 76 | 2 << 62 | chance.getrandbits(60)),
            "".join(chance.choices(SIGNS, k=chance.randrange(2, 30))),
            tuple(chance.sample(POSTS, chance.randrange(3))),
            chance.choice(("clerk", "works")),
            chance.choice((None, None, *accounts)),
        )
        for _ in range(count)
    ]
    return sorted(letters, key=lambda one: one.id, reverse=True)


async def keep(ctx: Context, letters: Iterable[Kept]) -> None:
    async with transaction(ctx) as connection:
        for one in letters:
            values = (ctx.tenant.id, *one[:2], *one[3:], ctx.now)
            await connection.execute(LETTER, *values)
            for post in one.posts:
                await connection.execute(TASK, ctx.tenant.id, one.id, post, ctx.now)
            head = {"number": "", "sender": "", "recipient": "", "keywords": ""}
            await add_words(ctx, {**head, **one._asdict()}, filed=False)


def some_queries(chance: Random, letters: Sequence[Kept]) -> Iterator[str]:
    """Yield what is typed: words of letters, two of them, and what may be nowhere."""
    for _ in range(20):
        subject = chance.choice(letters).subject
        start = chance.randrange(len(subject))
        word = subject[start : start + chance.randrange(1, 6)]
        yield word
        yield f"{thai_digits(word)} {chance.choice(letters).subject[:2]}"
        yield "".join(chance.choices(SIGNS, k=chance.randrange(1, 5)))


def has(one: Kept, query: str) -> bool:
    words = [form for word in query.split() if (form := search_form(word))]
    return bool(words) and all(word in search_form(one.subject) for word in words)


@pytest.mark.parametrize("few", [1_000, 2])
async def test_all_pages_hold_what_one_may_see_and_nothing_else_and_nothing_twice(
    hall: TownHall, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(searching, "PAGE", 7)
    chance = Random(few)  # noqa: S311 - the same letters every time
    letters = some_letters(chance, list(hall.accounts.values()), 150)
    await keep(hall.ctx, chance.sample(letters, len(letters)))
    queries = list(some_queries(chance, letters))

    for who, units in (("mayor", {"clerk", "works"}), ("director", {"works"}), ("officer", set())):
        ctx = await hall.sits(who)
        mine = [
            one
            for one in letters
            if one.unit in units or one.author == ctx.actor.id or f"{who}-works" in one.posts
        ]
        found = [await ids_of(ctx, query) for query in queries]
        assert found == [[one.id for one in mine if has(one, query)] for query in queries]


@given(st.integers(0, 1 << 127), st.integers(1, 40 << 112), st.integers(0))
def test_a_letter_is_in_one_period_and_those_after_it_are_older(
    begin: int, span: int, place: int
) -> None:
    oldest, until = UUID(int=begin), UUID(int=begin + span)
    letter = UUID(int=begin + place % span)

    periods = list(periods_between(oldest, until))

    holding = [one.name for one in periods if one.since <= letter < one.until]
    assert holding == [period_of(letter)]
    assert periods[0].until == until
    assert all(newer.since == older.until for newer, older in pairwise(periods))


async def test_letters_of_before_are_found_by_periods_too(hall: TownHall, database: str) -> None:
    folder = "plugins.eoffice.piccolo_migrations"
    migration = import_module(f"{folder}.eoffice_2026_11_29_08_petitions")
    registry = await hall.sits("registry")
    letter, _ = await registered(registry, subject="ขุดลอกคลองแม่เหียะ")
    everything = replace(registry, actor=replace(registry.actor, kind="system"))
    owner = await asyncpg.connect(database)
    try:
        await owner.execute(migration.WHOLE)
        before = [one["id"] for one in await search(everything, "ขุดลอกคลอง")]
        await owner.execute(migration.BY_PERIOD)
    finally:
        await owner.close()

    assert before == []
    assert [one["id"] for one in await search(everything, "ขุดลอกคลอง")] == [letter]
