"""Money from banks comes when it comes; a day that is locked stays as it was signed."""

import asyncio
import contextvars
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.api import Conflict, Context
from core.db import transaction
from kit.treasury.service import daily, days, importing, noting, pieces, receipts, suspense
from kit.treasury.service.billing import Asked
from kit.treasury.service.daily import Day
from tests.kit.treasury.service.banking import (
    BANK,
    DAY,
    a_file,
    back,
    counts,
    paid,
    say,
    send,
)
from tests.kit.treasury.service.people import with_rights
from tests.kit.treasury.service.reckoning import the_books_are_right

Bill = Callable[..., Awaitable[Asked]]


async def _signed(ctx: Context, director: Context) -> tuple[Context, Day]:
    """Lock today; return who is at work tomorrow, and the day as it was signed."""
    day = ctx.today
    assert day == DAY
    later = ctx.now + timedelta(days=1)
    await days.lock_day(replace(director, now=later), day)
    return replace(ctx, now=later), await daily.read_day(ctx, day)


async def test_a_file_of_a_locked_day_is_booked_on_the_day_on_which_it_comes(
    ctx: Context, director: Context, bill: Bill
) -> None:
    asked, late = await bill(6000), await bill(900, mark="two")
    await say(ctx, paid(asked.ref1, 6000))
    ctx, signed = await _signed(ctx, director)

    await send(ctx, [paid(asked.ref1, 6000), paid(late.ref1, 900), paid("77", 5)])

    assert await daily.read_day(ctx, DAY) == signed
    assert _money(signed) == (6000, 0, 1)
    # Of what was said on the locked day the file moves nothing but its place.
    assert _money(await daily.read_day(ctx, ctx.today)) == (905, 5, 1)
    await the_books_are_right(ctx, 6905, account=BANK)


async def test_what_is_taken_back_after_the_day_was_locked_is_of_the_day_on_which_it_goes(
    ctx: Context, director: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    line = paid(asked.ref1, 6000)
    await send(ctx, [line])
    ctx, signed = await _signed(ctx, director)

    await send(ctx, [back(line)], name="back")

    assert (await daily.read_day(ctx, DAY)).flows == signed.flows
    assert _money(await daily.read_day(ctx, ctx.today)) == (-6000, 0, 0)
    await the_books_are_right(ctx, 0, account=BANK)


async def test_a_reversal_without_its_payment_is_in_the_day(ctx: Context) -> None:
    await send(ctx, [back(paid("77", 500))])

    assert _money(await daily.read_day(ctx, ctx.today)) == (-500, -500, 0)


async def test_a_file_that_is_being_posted_when_its_day_is_locked_goes_on_in_the_next(
    ctx: Context, director: Context, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SMALL", 100)
    monkeypatch.setattr(pieces, "PIECE", 4)
    asked = [await bill(6000, mark=str(n)) for n in range(10)]
    data = a_file([paid(one.ref1, 6000) for one in asked])
    file = await importing.take(ctx, io.BytesIO(data), "large.txt")
    tomorrow = replace(ctx, now=ctx.now + timedelta(days=1))
    note = noting.note_all

    async def lock(*given: object) -> object:
        if (await importing.read_file(ctx, file))["done"] == 4:
            await days.lock_day(replace(director, now=tomorrow.now), ctx.today)
        return await note(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(noting, "note_all", lock)
    with pytest.raises(Conflict, match="locked"):
        await importing.post_file(ctx, file=str(file))
    monkeypatch.setattr(noting, "note_all", note)
    await importing.post_file(tomorrow, file=str(file))

    assert _money(await daily.read_day(ctx, ctx.today)) == (24_000, 0, 4)
    assert _money(await daily.read_day(ctx, tomorrow.today)) == (36_000, 0, 6)
    await the_books_are_right(ctx, 60_000, account=BANK)


async def test_money_that_went_back_gets_no_other_receipt(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    clerk = with_rights(ctx, "assign", "cancel", "read")
    await send(ctx, [paid(asked.ref1, 6000)])
    [given] = await receipts.receipts_of(ctx, asked.id)
    await receipts.cancel(clerk, given["id"], why="ออกผิดราย")
    [row] = await suspense.queue(ctx)

    await send(ctx, [back(paid(asked.ref1, 6000))], name="back")
    again = await receipts.issue(ctx, row["id"])

    assert again.id == given["id"]
    await the_books_are_right(ctx, 0, account=BANK)


async def test_a_payment_has_one_receipt_that_stands_whatever_is_done(
    ctx: Context, bill: Bill
) -> None:
    asked, other = await bill(6000), await bill(6000, mark="two")
    clerk = with_rights(ctx, "assign", "cancel", "read")
    line = paid(asked.ref1, 6000)
    await say(ctx, line)
    await send(ctx, [line])
    [given] = await receipts.receipts_of(ctx, asked.id)
    await receipts.cancel(clerk, given["id"], why="ออกผิดราย")
    [row] = await suspense.queue(ctx)
    await suspense.assign(clerk, row["id"], other.id, why="ถามแล้ว")

    await say(ctx, line)
    await send(ctx, [line], name="again")
    with pytest.raises(Conflict):
        await receipts.cancel(clerk, given["id"], why="อีกครั้ง")

    first, second = await receipts.receipts_of(ctx, other.id)
    assert (first["id"], first["cancelled_at"] is None) == (given["id"], False)
    assert second["cancelled_at"] is None
    await the_books_are_right(ctx, 6000, account=BANK)


async def test_who_rejects_and_a_file_that_confirms_wait_for_each_other(ctx: Context) -> None:
    line = paid("77", 500)
    await say(ctx, line)
    [row] = await suspense.queue(ctx)
    clerk = with_rights(ctx, "assign", "read")

    async with transaction(ctx):
        await suspense.reject(clerk, row["id"], why="ไม่เข้า")
        # In a context of its own, and so in a transaction of its own.
        sending = asyncio.create_task(send(ctx, [line]), context=contextvars.Context())
        await asyncio.sleep(0.3)
    await sending

    assert await counts(ctx) == {"rejected": 1, "confirmed": 1, "receipts": 0}
    await the_books_are_right(ctx, 500, account=BANK)


def _money(day: Day) -> tuple[int, int, int]:
    """Return what came through banks on a day, how much of it waits, and receipts that count."""
    return day.flows.banks, day.flows.waiting, day.given.count
