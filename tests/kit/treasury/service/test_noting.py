"""Money that comes through banks: the same end in whatever order, and however often, it is told."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from core.api import Conflict, Context
from core.db import transaction
from kit.treasury.service import adjusting, billing, receipts
from kit.treasury.service.billing import Asked
from tests.kit.treasury.service.banking import (
    BANK,
    TRANSIT,
    back,
    counts,
    held,
    paid,
    say,
    send,
    waiting,
)

Bill = Callable[..., Awaitable[Asked]]


async def state(ctx: Context, bill: UUID) -> tuple[str, int]:
    row = await billing.read_bill(ctx, bill)
    return row["state"], row["owed"]


async def test_a_callback_settles_its_bill_and_its_money_is_in_transit(
    ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000, 4000)

    await say(ctx, paid(asked.ref1, 10000))

    assert await state(ctx, asked.id) == ("settled", 0)
    assert await held(ctx) == {TRANSIT: 10000}
    assert await counts(ctx) == {"provisional": 1, "receipts": 1}
    [given] = await receipts.receipts_of(ctx, asked.id)
    known = await receipts.read_receipt(ctx, given["id"])
    assert known["no"] == "1/0001/2570"
    assert [line["amount"] for line in known["lines"]] == [6000, 4000]
    assert known["payer_name"] == "นายสมชาย ใจดี"


async def test_twice_by_callback_and_again_by_file_is_one_receipt_and_nothing_owed(
    ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    line = paid(asked.ref1, 6000)

    said = [await say(ctx, line), await say(ctx, line)]
    await send(ctx, [line])
    said.append(await say(ctx, line))

    assert len(set(said)) == 1
    assert await state(ctx, asked.id) == ("settled", 0)
    assert await held(ctx) == {BANK: 6000}
    assert await counts(ctx) == {"confirmed": 1, "receipts": 1}


async def test_a_late_callback_of_what_a_file_told_adds_nothing(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    line = paid(asked.ref1, 6000)

    await send(ctx, [line])
    await say(ctx, line)

    assert await held(ctx) == {BANK: 6000}
    assert await counts(ctx) == {"confirmed": 1, "receipts": 1}


async def test_two_payments_that_are_alike_are_two(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    one, two = paid(asked.ref1, 6000, number="a"), paid(asked.ref1, 6000, number="b")

    await say(ctx, one)
    await send(ctx, [one, two])
    await send(ctx, [one, two], name="again")
    await say(ctx, two)

    assert await held(ctx) == {BANK: 12000, "suspense": -6000}
    assert await counts(ctx) == {"confirmed": 2, "receipts": 1}
    assert await waiting(ctx) == [("overpaid", 6000)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_a_reversal_takes_the_money_back_whenever_it_is_told(
    ctx: Context, bill: Bill, order: tuple[int, ...]
) -> None:
    asked = await bill(6000)
    line = paid(asked.ref1, 6000)
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: say(ctx, line),
        lambda: send(ctx, [line]),
        lambda: send(ctx, [back(line)], name="back"),
    ]

    for which in order:
        await acts[which]()

    assert await held(ctx) == {"receivable": 6000}
    assert await state(ctx, asked.id) == ("open", 6000)
    found = await counts(ctx)
    assert found["receipts"] == 0
    assert found.get("provisional", 0) == 0


async def test_a_reversal_cancels_the_receipt_with_its_reason(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    line = paid(asked.ref1, 6000)
    await send(ctx, [line])

    await send(ctx, [line, back(line)], name="both")

    [given] = await receipts.receipts_of(ctx, asked.id)
    known = await receipts.read_receipt(ctx, given["id"])
    assert known["cancelled_at"] is not None
    assert "ยกเลิก" in known["cancelled_why"]


async def test_a_reversal_without_a_payment_is_taken_out_of_suspense(ctx: Context) -> None:
    await send(ctx, [back(paid("999", 500))])

    assert await held(ctx) == {BANK: -500, "suspense": 500}


async def test_what_a_bank_cancels_by_callback_never_counts(ctx: Context, bill: Bill) -> None:
    one, two = await bill(6000), await bill(7000, mark="two")
    first, second = paid(one.ref1, 6000), paid(two.ref1, 7000)

    for line in (first, back(first), first, back(second), second):
        await say(ctx, line)

    assert await held(ctx) == {"receivable": 13000}
    assert await counts(ctx) == {"rejected": 1, "receipts": 0}


async def test_a_number_told_of_another_amount_is_kept_and_refused(
    ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await say(ctx, paid(asked.ref1, 6000, number="x"))

    for _ in range(2):
        with pytest.raises(Conflict):
            await say(ctx, paid(asked.ref1, 5000, number="x"))

    assert await held(ctx) == {TRANSIT: 6000}
    async with transaction(ctx) as connection:
        kept = await connection.fetch("SELECT amount FROM treasury.event WHERE stands <> ''")
    assert [row["amount"] for row in kept] == [5000]


async def test_money_without_a_bill_waits_with_its_reason(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    wrong = asked.ref1[:-1] + str((int(asked.ref1[-1]) + 1) % 10)

    await send(ctx, [paid("CUSTOMER7", 100), paid(wrong, 200), paid(asked.ref1, 2500)])

    assert await waiting(ctx) == [("unknown_reference", 100), ("wrong_check_digit", 200)]
    assert await state(ctx, asked.id) == ("open", 3500)
    assert await held(ctx) == {BANK: 2800, "suspense": -300, "receivable": 3500}
    assert (await counts(ctx))["receipts"] == 1


async def test_money_for_a_cancelled_bill_and_too_much_money_wait(
    ctx: Context, director: Context, bill: Bill
) -> None:
    gone, asked = await bill(6000), await bill(7000, mark="two")
    await adjusting.cancel_bill(director, gone.id, why="ออกผิดราย")

    await send(ctx, [paid(gone.ref1, 6000), paid(asked.ref1, 7500)])

    assert await waiting(ctx) == [("cancelled_bill", 6000), ("overpaid", 7500)]
    assert await held(ctx) == {BANK: 13500, "suspense": -6500}
    assert (await counts(ctx))["receipts"] == 1


async def test_callbacks_that_come_at_once_get_receipts_without_gap(
    ctx: Context, bill: Bill
) -> None:
    asked = [await bill(6000, mark=str(n)) for n in range(40)]
    lines = [paid(one.ref1, 6000) for one in asked]

    await asyncio.gather(*(say(ctx, line) for line in [*lines, *lines]))

    assert await held(ctx) == {TRANSIT: 240000}
    async with transaction(ctx) as connection:
        rows = await connection.fetch("SELECT number FROM treasury.receipt ORDER BY number")
    assert [row["number"] for row in rows] == list(range(1, 41))


async def test_a_receipt_cancelled_at_the_desk_leaves_the_money_of_the_bank_waiting(
    ctx: Context, director: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await send(ctx, [paid(asked.ref1, 6000)])
    [given] = await receipts.receipts_of(ctx, asked.id)

    await receipts.cancel(director, given["id"], why="ออกชื่อผิด")

    assert await held(ctx) == {BANK: 6000, "suspense": -6000, "receivable": 6000}
    assert await waiting(ctx) == [("receipt_cancelled", 6000)]


async def test_what_a_bank_said_can_never_be_changed(ctx: Context) -> None:
    await say(ctx, paid("999", 500))

    for statement in ("UPDATE treasury.event SET amount = 1", "DELETE FROM treasury.event"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(ctx) as connection:
                await connection.execute(statement)
