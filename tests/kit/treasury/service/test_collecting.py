"""Cash that was taken away from the counter is in the books once, whatever happened meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound, transaction
from kit.treasury import (
    Handed,
    bills_by_id,
    collect,
    collected_on,
    open_till,
    read_collected,
    take_cash,
)
from kit.treasury.service import adjusting, closing, collecting, gathered, ledger, refunds, tills
from kit.treasury.service.billing import Asked
from tests.kit.treasury.service.people import with_rights

Bill = Callable[..., Awaitable[Asked]]


def later(ctx: Context, **more: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**more))


def handed(made: Asked, amount: int, **more: Any) -> Handed:
    return Handed(
        **{"bill": made.id, "amount": amount, "tendered": amount, "key": str(uuid4()), **more}
    )


async def owed(ctx: Context, made: Asked) -> int:
    return int((await bills_by_id(ctx, [made.id]))[made.id]["owed"])


async def rows(ctx: Context, query: str) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query))


async def numbers(ctx: Context) -> list[int]:
    return [
        one["number"] for one in await rows(ctx, "SELECT number FROM treasury.receipt ORDER BY 1")
    ]


async def close(ctx: Context, pieces: dict[int, int], why: str = "") -> None:
    mine = await tills.till_of(ctx)
    assert mine is not None
    await closing.close_till(ctx, mine["id"], pieces=pieces, why=why)


async def test_cash_of_a_round_is_in_the_till_with_its_receipt_and_says_when_it_was_taken(
    cashier: Context, bill: Bill
) -> None:
    made, said = await bill(6000), cashier.now - timedelta(hours=2)

    id = await collect(cashier, handed(made, 6000, tendered=10000, said_at=said, slip="3/41"))
    row = await read_collected(cashier, id)

    assert (row["till"], row["beyond"], row["slip"]) == ("1", 0, "3/41")
    assert (row["said_at"], row["taken_at"], row["arrived_at"]) == (said, said, cashier.now)
    assert [one["no"] for one in row["receipts"]] == ["1/0001/2570"]
    assert await owed(cashier, made) == 0
    [paid] = await rows(cashier, "SELECT paid_at, on_day FROM treasury.payment")
    assert tuple(paid) == (said, cashier.today)
    assert await ledger.balance(cashier, "cash/1", cashier.today) == 6000


async def test_what_is_sent_again_is_taken_once_and_other_words_under_its_key_are_refused(
    cashier: Context, ctx: Context, bill: Bill
) -> None:
    made, other = await bill(6000, mark="a"), await bill(4000, mark="b")
    told = handed(made, 6000)

    ids = await asyncio.gather(*(collect(cashier, told) for _ in range(6)))
    again = await collect(later(cashier, hours=1), told)

    assert len({*ids, again}) == 1
    assert await numbers(ctx) == [1]
    for wrong in (handed(other, 6000, key=told.key), handed(made, 5000, key=told.key)):
        with pytest.raises(Conflict, match="sent already"):
            await collect(cashier, wrong)
    stranger = with_rights(ctx, "collect")
    with pytest.raises(Conflict):
        await collect(stranger, told)
    with pytest.raises(NotFound):
        await read_collected(stranger, ids[0])
    assert await ledger.balance(cashier, "cash/1", cashier.today) == 6000


async def test_it_pays_all_that_is_owed_at_the_place_the_oldest_first_a_receipt_for_each_bill(
    cashier: Context, bill: Bill
) -> None:
    old, new = await bill(6000, mark="a"), await bill(4000, 500, mark="b")

    id = await collect(cashier, handed(new, 8000))

    row = await read_collected(cashier, id)
    assert [one["amount"] for one in row["receipts"]] == [6000, 2000]
    assert [await owed(cashier, one) for one in (old, new)] == [0, 2500]


async def test_cash_for_a_bill_that_was_paid_meanwhile_is_received_and_waits_as_overpaid(
    cashier: Context, director: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000)
    await take_cash(cashier, made.id, amount=6000, tendered=6000, till="1", key="counter")

    id = await collect(cashier, handed(made, 6000))

    row = await read_collected(cashier, id)
    assert (row["beyond"], len(row["receipts"])) == (6000, 1)
    [waiting] = await refunds.refunds_possible(director)
    assert (waiting["amount"], waiting["waits"]) == (6000, "overpaid")
    assert (await ledger.balances(ctx))["suspense"] == -6000
    assert await ledger.balance(cashier, "cash/1", cashier.today) == 12000


async def test_of_two_collectors_who_took_it_both_are_receipted_and_one_is_too_much(
    cashier: Context, director: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000)
    await tills.add_till(director, code="2", name="เคาน์เตอร์ 2")
    other = with_rights(ctx, "collect", name="สมใจ รับเงิน")
    await tills.open_till(other, "2")

    await asyncio.gather(*(collect(one, handed(made, 6000)) for one in (cashier, other)))

    found = await rows(ctx, "SELECT till, beyond FROM treasury.collected ORDER BY beyond")
    assert [one["beyond"] for one in found] == [0, 6000]
    assert {one["till"] for one in found} == {"1", "2"}
    assert await numbers(ctx) == [1, 2]
    balances = await ledger.balances(ctx)
    assert (balances["cash/1"], balances["cash/2"], balances["suspense"]) == (6000, 6000, -6000)


async def test_cash_for_a_bill_that_was_cancelled_meanwhile_is_received_and_says_why_it_waits(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000)
    await adjusting.cancel_bill(director, made.id, why="ออกผิด")

    await collect(cashier, handed(made, 6000))

    [waiting] = await refunds.refunds_possible(director)
    assert (waiting["amount"], waiting["waits"]) == (6000, "cancelled_bill")


async def test_what_comes_after_the_till_was_closed_waits_and_is_booked_at_the_next_opening(
    cashier: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000)
    await close(cashier, {})

    id = await collect(cashier, handed(made, 6000))
    waiting = await read_collected(cashier, id)
    [held] = await gathered.waiting_cash(ctx)

    assert (waiting["till"], waiting["receipts"]) == (None, [])
    assert (held["collector_name"], held["count"], held["amount"]) == (cashier.actor.name, 1, 6000)
    assert await owed(ctx, made) == 6000
    tomorrow = later(cashier, days=1)
    await open_till(tomorrow, "1")
    assert await collecting.book_waiting(tomorrow) == 0
    row = await read_collected(tomorrow, id)
    assert (row["till"], row["on_day"], len(row["receipts"])) == ("1", cashier.today, 1)
    assert await gathered.waiting_cash(ctx) == []
    assert await ledger.balance(ctx, "cash/1", tomorrow.today) == 6000
    assert await ledger.balance(ctx, "cash/1", ctx.today) == 0


async def test_a_till_that_is_left_open_from_the_day_before_takes_nothing_of_it(
    cashier: Context, bill: Bill
) -> None:
    made, tomorrow = await bill(6000), later(cashier, days=1)

    said = cashier.now
    id = await collect(tomorrow, handed(made, 6000, said_at=said))

    row = await read_collected(tomorrow, id)
    assert row["till"] is None
    # Its day was another one, so only the arrival counts; what was said is kept.
    assert (row["said_at"], row["taken_at"]) == (said, tomorrow.now)
    assert len(await collected_on(tomorrow, tomorrow.today, source="waste_fees")) == 1
    assert len(await collected_on(later(tomorrow, days=3), cashier.today, source="waste_fees")) == 1
    assert await collected_on(tomorrow, tomorrow.today, source="oss") == []


async def test_while_a_till_is_opened_and_told_of_at_once_nothing_is_left_waiting(
    ctx: Context, bill: Bill
) -> None:
    collector = with_rights(ctx, "collect")
    made = [await bill(100, mark=str(n)) for n in range(12)]

    tellings = [collect(collector, handed(one, 100)) for one in made]
    await asyncio.gather(*tellings[:6], open_till(collector, "1"), *tellings[6:])

    assert await gathered.waiting_cash(ctx) == []
    assert await numbers(ctx) == list(range(1, 13))
    assert await ledger.balance(ctx, "cash/1", ctx.today) == 1200


async def test_nonsense_is_refused_and_nothing_of_it_is_kept(
    cashier: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000)
    for wrong, field in [
        (handed(made, 0), "amount"),
        (handed(made, -5), "amount"),
        (handed(made, 10**17), "amount"),
        (handed(made, 6000, tendered=5999), "tendered"),
        (handed(made, 6000, slip="1" * 21), "slip"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await collect(cashier, wrong)
        assert set(refused.value.problems) == {field}
    with pytest.raises(NotAllowed):
        await collect(with_rights(ctx, "read"), handed(made, 6000))
    with pytest.raises(NotFound):
        await collect(cashier, Handed(bill=UUID(int=7), amount=1, tendered=1, key="12345678"))

    assert await rows(ctx, "SELECT 1 FROM treasury.collected") == []


async def test_a_payer_with_an_address_is_told_of_the_receipt_once(
    cashier: Context, ctx: Context, bill: Bill
) -> None:
    made, told = await bill(6000), ("SELECT body_th, href, address FROM core.message")
    async with transaction(ctx) as connection:
        await connection.execute("UPDATE treasury.payer SET email = 'somchai@example.com'")

    sent = handed(made, 6000)
    await collect(cashier, sent)
    await collect(cashier, sent)

    [message] = await rows(ctx, told)
    assert "รับเงิน 60.00 บาท แล้ว ใบเสร็จเลขที่ 1/0001/2570" in message["body_th"]
    assert (message["href"], message["address"]) == (f"/b/{made.code}", "somchai@example.com")
