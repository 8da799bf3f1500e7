"""Searching an archive of a million letters against one of ten thousand, as officers type.

``THONGTHIN_BENCH_LETTERS`` makes it smaller for a try.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from uuid import uuid4

from core.context import EVERYWHERE, Actor, Context
from core.identity import accounts, holders
from plugins.eoffice.service.rights import OVERSEE
from plugins.eoffice.service.searching import search
from tools.bench.archive import POST, WORDS, fill, letters

SMALL = 10_000
LARGE = int(os.environ.get("THONGTHIN_BENCH_LETTERS", "1_000_000"))
QUERIES, TURNS = 200, 3


def _typed() -> Iterator[str]:
    """Yield what officers type, every kind as often; of what they have in hand it is all there."""
    chance = Random(2570)  # noqa: S311 - no secret
    known = list(islice(letters(), SMALL))
    while True:
        one, topic = chance.choice(known), chance.choice(WORDS["topics"])
        word, other = chance.choices(WORDS["words"], k=2)
        place = one.subject.partition("ตำบล")[2] or one.sender[-6:]
        start = chance.randrange(8)
        yield word
        yield f"{chance.choice(WORDS['acts'])} {topic}"
        yield place
        yield one.number
        yield one.sender
        yield f"{one.sender} {topic}"
        yield f"{word} {other}"
        yield one.subject[start : start + 12]
        yield one.number.rpartition("/")[2]
        yield f"{place} {other}"


async def _slowest(who: Context, queries: list[str]) -> float:
    """Return the milliseconds within which 95 of 100 searches are done, each at its best."""
    best = []
    for query in queries:
        took = []
        for _ in range(TURNS):
            began = time.perf_counter()
            await search(who, query)
            took.append(time.perf_counter() - began)
        best.append(min(took))
    return sorted(best)[len(best) * 95 // 100] * 1000


async def _officers(ctx: Context) -> dict[str, Context]:
    account = await accounts.register_officer(
        ctx, first_name="สุภาพร", last_name="ใจดี", post="นายช่างโยธา", email="works@bench.example"
    )
    role, _, unit = POST.partition("-")
    await holders.grant_role(ctx, account=account, role=role, unit=unit)
    sees = {"all": Actor(kind="officer", id=uuid4(), permissions={OVERSEE: EVERYWHERE})}
    sees["of a post"] = Actor(kind="officer", id=account)
    return {name: replace(ctx, actor=actor) for name, actor in sees.items()}


async def measure(ctx: Context) -> list[str]:
    """Return the lines about searching."""
    queries, officers = list(islice(_typed(), QUERIES)), await _officers(ctx)
    await fill(ctx, 0, SMALL)
    small = {name: await _slowest(who, queries) for name, who in officers.items()}
    await fill(ctx, SMALL, LARGE - SMALL)
    large = {name: await _slowest(who, queries) for name, who in officers.items()}
    return [
        f"search of letters, {name}: 95 of 100 within {large[name]:.1f} ms at {LARGE:,} letters = "
        f"{large[name] / small[name]:.2f} times that at {SMALL:,} (asked: at most 4)"
        for name in officers
    ]
