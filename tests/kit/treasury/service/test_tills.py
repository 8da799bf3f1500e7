"""A till is one person's for a day, and nothing of a day changes once it is closed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound
from kit.treasury.refusals import Malformed
from kit.treasury.service import adjusting, closing, days, ledger, receipts, refunds, taking, tills
from kit.treasury.service.billing import Asked, read_bill
from tests.kit.treasury.service.people import with_rights

Bill = Callable[..., Awaitable[Asked]]


def later(ctx: Context, days: int = 1) -> Context:
    return replace(ctx, now=ctx.now + timedelta(days=days))


async def pay(cashier: Context, made: Asked, amount: int, key: str = "one") -> taking.Taken:
    return await taking.take_cash(
        cashier, made.id, amount=amount, tendered=amount, till="1", key=key
    )


async def close(ctx: Context, pieces: dict[int, int], why: str = "") -> None:
    mine = await tills.till_of(ctx)
    assert mine is not None
    await closing.close_till(ctx, mine["id"], pieces=pieces, why=why)


async def test_money_is_taken_only_at_a_till_that_one_has_opened_today(
    cashier: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000)
    other = with_rights(ctx, "collect", name="สมใจ รับเงิน")

    for who in (other, later(cashier)):
        with pytest.raises(Conflict, match="You have not opened till 1"):
            await pay(who, made, 6000)

    assert "cash/1" not in await ledger.balances(ctx)


async def test_a_till_is_in_the_hands_of_one_and_one_has_one_till(
    cashier: Context, director: Context, ctx: Context
) -> None:
    await tills.add_till(director, code="2", name="เคาน์เตอร์ 2")
    other = with_rights(ctx, "collect", name="สมใจ รับเงิน")

    assert await tills.open_till(cashier, "1") == await tills.open_till(cashier, "1")
    with pytest.raises(Conflict, match="Till 1 is open in the hands of สมหญิง"):
        await tills.open_till(other, "1")
    with pytest.raises(Conflict, match="Till 1 is open"):
        await tills.open_till(cashier, "2")
    with pytest.raises(Conflict, match="Till 1 is open"):
        await tills.retire_till(director, "1", retired=True)
    await close(cashier, {})
    with pytest.raises(Conflict, match="closed for 20 November"):
        await tills.open_till(cashier, "1")
    assert await tills.open_till(other, "1")


async def test_a_till_of_yesterday_is_closed_before_another_is_opened(cashier: Context) -> None:
    with pytest.raises(Conflict, match="since 20 November"):
        await tills.open_till(later(cashier), "1")

    await close(later(cashier), {})
    await tills.open_till(later(cashier), "1")


async def test_of_many_who_open_one_till_at_once_one_has_it(ctx: Context) -> None:
    people = [with_rights(ctx, "collect", name=str(n)) for n in range(12)]

    opened = await asyncio.gather(
        *(tills.open_till(one, "1") for one in people), return_exceptions=True
    )

    assert sum(not isinstance(one, Exception) for one in opened) == 1
    assert all(isinstance(one, Conflict) for one in opened if isinstance(one, Exception))


async def test_only_the_director_sets_up_tills_and_codes_are_plain(
    cashier: Context, director: Context
) -> None:
    with pytest.raises(NotAllowed):
        await tills.add_till(cashier, code="2", name="สอง")
    for code, name in (("", "สอง"), ("a b", "สอง"), ("2", " "), ("1", "หนึ่ง")):
        with pytest.raises(InvalidInput):
            await tills.add_till(director, code=code, name=name)
    with pytest.raises(NotFound):
        await tills.open_till(with_rights(director, "collect"), "9")
    await tills.add_till(director, code="2", name="เคาน์เตอร์ 2")
    await tills.retire_till(director, "2", retired=True)
    with pytest.raises(Conflict, match="not used any more"):
        await tills.open_till(with_rights(director, "collect"), "2")
    await tills.retire_till(director, "2", retired=False)
    assert [one["state"] for one in await tills.tills_of(director)] == ["open", "open"]


async def test_an_office_keeps_its_first_till_when_another_is_set_up(director: Context) -> None:
    assert [one["code"] for one in await tills.tills_of(director)] == ["1"]

    await tills.add_till(director, code="2", name="เคาน์เตอร์ 2")

    assert [one["code"] for one in await tills.tills_of(director)] == ["1", "2"]


async def test_a_difference_is_explained_and_the_ledger_holds_nothing_in_a_closed_till(
    director: Context, ctx: Context, bill: Bill
) -> None:
    cashier = with_rights(ctx, "collect")
    await tills.open_till(cashier, "1", change=50000)
    await pay(cashier, await bill(6000), 6000)

    with pytest.raises(InvalidInput) as refused:
        await close(cashier, {50000: 1, 5000: 1})
    assert "10.00 baht are missing" in refused.value.problems["why"].en
    with pytest.raises(Malformed):
        await close(cashier, {50000: 1, 3: 1})
    mine = await tills.till_of(cashier)
    assert mine is not None
    with pytest.raises(NotAllowed):
        await closing.close_till(with_rights(ctx, "collect"), mine["id"], pieces={})
    await close(cashier, {50000: 1, 5000: 1}, why="ทอนเกิน 10 บาท")

    assert await ledger.balances(ctx) == {
        "vault/cash": 5000,
        "difference": 1000,
        "revenue/waste_fees.collect": -6000,
    }


async def test_a_closed_day_of_a_till_refuses_every_change_of_its_cash(
    cashier: Context, director: Context, bill: Bill
) -> None:
    first, second = await bill(6000, mark="a"), await bill(4000, mark="b")
    taken = await pay(cashier, first, 6000)
    await close(cashier, {5000: 1, 1000: 1})
    before = await ledger.balances(cashier)

    with pytest.raises(Conflict, match="closed for 20 November"):
        await pay(cashier, second, 4000, key="two")
    with pytest.raises(Conflict):
        await tills.open_till(cashier, "1")
    assert await ledger.balances(cashier) == before
    # The same payment sent again is no change: it was taken before.
    assert (await pay(cashier, first, 6000)).receipt == taken.receipt


async def test_a_receipt_cancelled_after_the_till_closed_is_paid_back_out_of_an_open_one(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made, more = await bill(6000, mark="a"), await bill(9000, mark="b")
    taken = await pay(cashier, made, 6000)
    await close(cashier, {5000: 1, 1000: 1})

    await receipts.cancel(director, taken.receipt.id, why="รับผิดราย")
    balances = await ledger.balances(cashier)
    assert (balances["vault/cash"], balances["refunds"]) == (6000, -6000)
    assert (await read_bill(cashier, made.id))["owed"] == 6000
    [due] = await refunds.refunds_due(cashier)
    assert (due["amount"], due["why"]) == (6000, "รับผิดราย")

    tomorrow = later(cashier)
    with pytest.raises(Conflict, match="You have not opened"):
        await refunds.pay_refund(tomorrow, due["id"], till="1")
    await tills.open_till(tomorrow, "1")
    with pytest.raises(Conflict, match="This till holds 0"):
        await refunds.pay_refund(tomorrow, due["id"], till="1")
    await pay(tomorrow, more, 9000, key="two")
    results = await asyncio.gather(
        *(refunds.pay_refund(tomorrow, due["id"], till="1") for _ in range(4)),
        return_exceptions=True,
    )

    assert results.count(6000) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 3
    assert await ledger.balance(cashier, "cash/1", tomorrow.today) == 3000
    assert await refunds.refunds_due(cashier) == []
    assert "refunds" not in await ledger.balances(cashier)


async def test_money_beyond_a_bill_is_granted_once_and_no_charge_takes_it_again(
    cashier: Context, director: Context, ctx: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)
    taken = await pay(cashier, made, 10000)
    await adjusting.cancel_bill(director, made.id, why="ออกผิด")
    [waiting] = await refunds.refunds_possible(director)
    assert waiting["amount"] == 10000

    with pytest.raises(NotAllowed):
        await refunds.grant_refund(cashier, waiting["id"], why="ออกผิด")
    with pytest.raises(InvalidInput):
        await refunds.grant_refund(director, waiting["id"], why=" ")
    assert await refunds.grant_refund(director, waiting["id"], why="ออกผิด") == 10000
    with pytest.raises(Conflict):
        await refunds.grant_refund(director, waiting["id"], why="ออกผิด")
    assert await refunds.refunds_possible(director) == []
    assert await refunds.pay_refund(cashier, waiting["id"], till="1") == 10000

    assert await ledger.balances(ctx) == {}
    # Its receipt can still be cancelled; there is no money left to give back twice.
    await receipts.cancel(director, taken.receipt.id, why="ออกผิด")
    assert await ledger.balances(ctx) == {}


async def test_a_day_is_locked_when_it_is_over_and_every_till_is_received(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)
    await pay(cashier, made, 6000)
    mine = await tills.till_of(cashier)
    assert mine is not None
    day, next_day = cashier.today, later(director)

    with pytest.raises(Conflict, match="from the next day on"):
        await days.lock_day(director, day)
    with pytest.raises(Conflict, match="till 1 of สมหญิง"):
        await days.lock_day(next_day, day)
    with pytest.raises(Conflict, match="still open"):
        await closing.receive(director, mine["id"])
    await close(cashier, {5000: 1, 1000: 1})
    with pytest.raises(NotAllowed):
        await closing.receive(cashier, mine["id"])
    await closing.receive(director, mine["id"])
    with pytest.raises(Conflict):
        await closing.receive(director, mine["id"])
    with pytest.raises(NotAllowed):
        await days.lock_day(later(cashier), day)
    await days.lock_day(next_day, day)

    assert (await days.lock_of(director, day) or {})["locked_by_name"] == director.actor.name
    with pytest.raises(Conflict):
        await days.lock_day(next_day, day)
    # A change that began before midnight and comes late finds the books of its day locked.
    with pytest.raises(Conflict, match="books of 20 November"):
        await bill(100, mark="late")
    with pytest.raises(Conflict, match="books of 20 November"):
        await tills.open_till(with_rights(director, "collect"), "1")


async def test_who_hands_money_over_does_not_receive_it(ctx: Context) -> None:
    both = with_rights(ctx, "collect", "close")
    await tills.open_till(both, "1")
    mine = await tills.till_of(both)
    assert mine is not None
    await closing.close_till(both, mine["id"], pieces={})

    with pytest.raises(NotAllowed, match="nobody from themselves"):
        await closing.receive(both, mine["id"])


async def test_the_slip_is_a_paper_with_the_receipts_and_the_count(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)
    taken = await pay(cashier, made, 6000)
    await receipts.cancel(director, taken.receipt.id, why="พิมพ์ผิด")
    await pay(cashier, made, 10000, key="two")
    mine = await tills.till_of(cashier)
    assert mine is not None

    with pytest.raises(NotFound):
        await closing.slip_pdf(cashier, mine["id"])
    await close(cashier, {10000: 1})
    pdf, name = await closing.slip_pdf(cashier, mine["id"])

    assert pdf.startswith(b"%PDF-")
    assert name == "1-2569.pdf"
    with pytest.raises(NotAllowed):
        await closing.slip_pdf(with_rights(cashier, "collect"), mine["id"])
