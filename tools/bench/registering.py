"""Registering letters that have arrived: 64 writers, one register, no number missing."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.identity import accounts, holders
from kit.documents import Checked, inspect_async
from plugins.eoffice.service import arrivals, printing, receiving
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.rights import REGISTER
from tools.bench.ground import analyze

WRITERS, LETTERS = 64, 2_048
_NUMBERS = """
SELECT count(*), max(number) FROM eoffice.entry WHERE tenant_id = $1 AND register = 'receive'
"""


def _heads() -> Iterator[Head]:
    number = 0
    while True:
        number += 1
        yield Head(
            number=f"ชม 0023.3/{number}",
            dated_on=date(2026, 11, 18),
            sender="จังหวัดเชียงใหม่",
            recipient="นายกเทศมนตรีเมืองทดสอบ",
            subject=f"ขอเชิญประชุมแก้ไขปัญหาน้ำท่วมซ้ำซาก ครั้งที่ {number}",
            first="clerk",
        )


async def _clerk(ctx: Context) -> Context:
    """Return the context of who keeps the register; somebody sits in the first post."""
    account = await accounts.register_officer(
        ctx, first_name="กัลยา", last_name="พรหมมา", post="ปลัดเทศบาล", email="clerk@bench.example"
    )
    await holders.grant_role(ctx, account=account, role="clerk")
    held = {REGISTER: EVERYWHERE}
    return replace(ctx, actor=Actor(kind="officer", id=uuid4(), name="อรทัย", permissions=held))


async def _rate(ctx: Context, heads: Iterator[Head], files: Sequence[Checked]) -> float:
    """Return how many letters are registered in a second, all of which have arrived before."""
    waiting = [
        await arrivals.take_in(ctx, files, paper_only=not files) for _ in range(WRITERS + LETTERS)
    ]
    await analyze()
    await _register(ctx, heads, waiting[:WRITERS])
    began = time.perf_counter()
    await _register(ctx, heads, waiting[WRITERS:])
    return LETTERS / (time.perf_counter() - began)


async def _register(ctx: Context, heads: Iterator[Head], letters: list[UUID]) -> None:
    left = iter(letters)

    async def work() -> None:
        for letter in left:
            await receiving.register(ctx, letter, next(heads))

    await asyncio.gather(*(work() for _ in range(WRITERS)))


async def measure(ctx: Context) -> list[str]:
    """Return the lines about registering."""
    clerk, heads = await _clerk(ctx), _heads()
    paper = await _rate(clerk, heads, [])
    raw = await printing.print_register(clerk, "receive", 2569, first=1, last=20)
    filed = await _rate(clerk, heads, [await inspect_async(raw, "หนังสือ.pdf")])
    async with transaction(clerk) as connection:
        count, last = await connection.fetchrow(_NUMBERS, clerk.tenant.id)
    return [
        f"registering by {WRITERS} writers: {paper:,.0f} letters/s on paper, {filed:,.0f}/s with a "
        f"PDF (asked: at least 300/s), {count:,} numbers up to {last:,} (asked: no gap)"
    ]
