"""Cheques are taken as money, and taken back when the bank does not pay them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound
from kit.treasury.service import cheques, closing, ledger, receipts, refunds, tills
from kit.treasury.service.billing import Asked, read_bill

Bill = Callable[..., Awaitable[Asked]]


async def pay(cashier: Context, made: Asked, amount: int, **more: Any) -> receipts.Given:
    given: dict[str, Any] = {
        "till": "1",
        "key": "one",
        "number": "00123456",
        "bank": "ธนาคารกรุงไทย สาขาแม่เหียะ",
        "dated_on": cashier.today,
    }
    return await cheques.take_cheque(cashier, made.id, amount=amount, **given | more)


async def close(ctx: Context) -> None:
    mine = await tills.till_of(ctx)
    assert mine is not None
    await closing.close_till(ctx, mine["id"], pieces={})


async def test_a_cheque_is_taken_once_and_lies_in_the_till_beside_the_cash(
    cashier: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)

    first = await pay(cashier, made, 10000)
    assert await pay(cashier, made, 10000) == first

    assert await ledger.balances(cashier) == {
        "cheque/1": 10000,
        "revenue/waste_fees.collect": -10000,
    }
    [known] = await cheques.cheques(cashier, " 00123456 ")
    assert (known["amount"], known["no"]) == (10000, first.number)
    assert await cheques.cheques(cashier, "999999") == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "12"}, "number"),
        ({"number": "12a456"}, "number"),
        ({"bank": "  "}, "bank"),
        ({"days": 1}, "day"),
        ({"days": -181}, "day"),
    ],
)
async def test_a_cheque_that_cannot_be_taken_says_why(
    cashier: Context, bill: Bill, wrong: dict[str, Any], field: str
) -> None:
    made = await bill(6000)
    days = wrong.pop("days", 0)

    with pytest.raises(InvalidInput) as refused:
        await pay(cashier, made, 6000, dated_on=cashier.today + timedelta(days), **wrong)

    assert list(refused.value.problems) == [field]
    assert (await read_bill(cashier, made.id))["owed"] == 6000


async def test_no_cheque_is_taken_at_a_till_that_is_not_open(cashier: Context, bill: Bill) -> None:
    made = await bill(6000)
    await close(cashier)

    with pytest.raises(Conflict, match="closed for"):
        await pay(cashier, made, 6000)


@pytest.mark.parametrize("closed", [False, True])
async def test_a_cheque_that_bounces_is_given_back_and_its_charge_is_owed_again(
    cashier: Context, director: Context, bill: Bill, closed: bool
) -> None:
    made = await bill(6000)
    given = await pay(cashier, made, 6000)
    if closed:
        await close(cashier)
        assert (await ledger.balances(cashier))["vault/cheque"] == 6000
    [known] = await cheques.cheques(cashier)

    with pytest.raises(NotAllowed):
        await cheques.bounce(cashier, known["payment_id"], why="เงินไม่พอ")
    with pytest.raises(InvalidInput):
        await cheques.bounce(director, known["payment_id"], why=" ")
    with pytest.raises(NotFound):
        await cheques.bounce(director, made.id, why="เงินไม่พอ")
    await cheques.bounce(director, known["payment_id"], why="เงินไม่พอ")
    with pytest.raises(Conflict):
        await cheques.bounce(director, known["payment_id"], why="เงินไม่พอ")

    shown = await read_bill(cashier, made.id)
    assert (shown["owed"], shown["state"]) == (6000, "open")
    row = await receipts.read_receipt(cashier, given.id)
    assert (row["number"], row["cancelled_why"]) == (1, "เงินไม่พอ")
    assert (await cheques.read_cheque(cashier, known["payment_id"]))["bounced_why"] == "เงินไม่พอ"
    # The paper went back: nothing is owed to the payer, and nothing lies anywhere.
    assert await refunds.refunds_due(cashier) == []
    assert await ledger.balances(cashier) == {
        "receivable": 6000,
        "revenue/waste_fees.collect": -6000,
    }
