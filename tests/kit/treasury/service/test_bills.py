import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import pytest

from core.api import Conflict, Context, InvalidInput, NotAllowed, NotFound, Text
from kit.treasury.codes.references import parse_reference
from kit.treasury.service import adjusting, billing, charging, ledger, printing, receipts, taking
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due

Bill = Callable[..., Awaitable[Asked]]


async def pay(cashier: Context, bill: Asked, amount: int, key: str = "one") -> taking.Taken:
    return await taking.take_cash(
        cashier, bill.id, amount=amount, tendered=amount, till="1", key=key
    )


async def test_what_is_charged_twice_under_one_reference_is_owed_once(
    ctx: Context, payer: UUID
) -> None:
    due = Due(
        reference="2026-11",
        revenue="waste_fees.collect",
        title=Text("ค่าขยะ", "Waste"),
        amount=6000,
        due_on=date(2026, 12, 31),
    )

    first = await charging.raise_charges(ctx, source="waste_fees", payer=payer, dues=[due, due])
    again = await charging.raise_charges(ctx, source="waste_fees", payer=payer, dues=[due])

    assert first == again
    assert await ledger.balances(ctx) == {
        "receivable": 6000,
        "revenue/waste_fees.collect": -6000,
    }


async def test_a_bill_is_found_by_its_reference_and_its_code(ctx: Context, bill: Bill) -> None:
    made = await bill(6000, 4000)

    reference = parse_reference(made.ref1)
    assert (reference.revenue, reference.year, reference.number) == ("01", 2570, 1)
    assert await billing.find_bill(ctx, f" {made.ref1} ") == made.id
    assert await billing.find_bill(ctx, made.code.lower()) == made.id
    with pytest.raises(NotFound):
        await billing.find_bill(ctx, made.ref1[:-1])
    shown = await billing.read_bill(ctx, made.id)
    assert (shown["total"], shown["owed"], shown["state"]) == (10000, 10000, "open")
    assert [one["owes"] for one in shown["charges"]] == [6000, 4000]


async def test_a_charge_is_asked_for_by_one_bill_only(ctx: Context, bill: Bill) -> None:
    await bill(6000)

    with pytest.raises(Conflict):
        await bill(6000)


async def test_cash_pays_the_oldest_first_and_its_receipt_says_what(
    cashier: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)

    taken = await taking.take_cash(
        cashier, made.id, amount=7000, tendered=10000, till="1", key="one"
    )

    assert taken.receipt.number == "1/0001/2570"
    assert (taken.change, taken.pieces) == (3000, {2000: 1, 1000: 1})
    given = await receipts.read_receipt(cashier, taken.receipt.id)
    assert [line["amount"] for line in given["lines"]] == [6000, 1000]
    shown = await billing.read_bill(cashier, made.id)
    assert [one["owes"] for one in shown["charges"]] == [0, 3000]
    assert (shown["owed"], shown["state"]) == (3000, "open")
    assert await ledger.balances(cashier) == {
        "cash/1": 7000,
        "receivable": 3000,
        "revenue/waste_fees.collect": -10000,
    }


async def test_the_same_payment_is_taken_once_however_often_it_is_sent(
    cashier: Context, bill: Bill
) -> None:
    made = await bill(6000)

    taken = await asyncio.gather(*(pay(cashier, made, 6000) for _ in range(8)))

    assert len({one.receipt.id for one in taken}) == 1
    assert (await ledger.balances(cashier))["cash/1"] == 6000


async def test_no_more_is_taken_than_is_owed_nor_less_than_was_handed_over(
    cashier: Context, bill: Bill
) -> None:
    made = await bill(6000)

    for amount, tendered in ((0, 0), (-1, 100), (6001, 7000), (6000, 5999)):
        with pytest.raises(InvalidInput):
            await taking.take_cash(
                cashier, made.id, amount=amount, tendered=tendered, till="1", key="x"
            )

    assert "cash/1" not in await ledger.balances(cashier)


async def test_clerks_who_take_money_at_once_draw_numbers_without_a_gap(
    cashier: Context, bill: Bill
) -> None:
    bills = [await bill(100, mark=str(n)) for n in range(24)]

    taken = await asyncio.gather(*(pay(cashier, one, 100, key=one.ref1) for one in bills))

    numbers = sorted(int(one.receipt.number.split("/")[1]) for one in taken)
    assert numbers == list(range(1, 25))


async def test_a_cancelled_receipt_keeps_its_number_and_its_money_is_owed_again(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000)
    taken = await pay(cashier, made, 6000)
    await printing.receipt_pdf(cashier, taken.receipt.id)

    with pytest.raises(NotAllowed):
        await receipts.cancel(cashier, taken.receipt.id, why="ผิด")
    with pytest.raises(InvalidInput):
        await receipts.cancel(director, taken.receipt.id, why=" ")
    await receipts.cancel(director, taken.receipt.id, why="รับผิดราย")
    with pytest.raises(Conflict):
        await receipts.cancel(director, taken.receipt.id, why="รับผิดราย")

    shown = await billing.read_bill(cashier, made.id)
    assert (shown["owed"], shown["state"]) == (6000, "open")
    assert await ledger.balances(cashier) == {
        "receivable": 6000,
        "revenue/waste_fees.collect": -6000,
    }
    second = await pay(cashier, made, 6000, key="two")
    assert second.receipt.number == "1/0002/2570"


async def test_what_is_waived_is_owed_no_more_and_money_beyond_waits(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)
    await pay(cashier, made, 10000)
    first = (await billing.read_bill(cashier, made.id))["charges"][0]["id"]

    with pytest.raises(NotAllowed):
        await adjusting.waive(cashier, first, amount=1000, why="ผู้ยากไร้")
    with pytest.raises(InvalidInput):
        await adjusting.waive(director, first, amount=6001, why="ผู้ยากไร้")
    await adjusting.waive(director, first, amount=2500, why="ผู้ยากไร้")

    balances = await ledger.balances(cashier)
    assert (balances["suspense"], balances["waived/waste_fees.collect"]) == (-2500, 2500)
    assert "receivable" not in balances


async def test_the_money_of_a_cancelled_bill_waits_and_nothing_is_owed(
    cashier: Context, director: Context, bill: Bill
) -> None:
    made = await bill(6000, 4000)
    await pay(cashier, made, 7000)

    await adjusting.cancel_bill(director, made.id, why="ออกผิดราย")
    with pytest.raises(Conflict):
        await adjusting.cancel_bill(director, made.id, why="ออกผิดราย")

    assert await ledger.balances(cashier) == {"cash/1": 7000, "suspense": -7000}
    assert (await billing.read_bill(cashier, made.id))["state"] == "cancelled"

    again = await bill(6000, 4000)

    assert again.id != made.id
    assert (await ledger.balances(cashier))["receivable"] == 10000
    with pytest.raises(Conflict):
        await bill(6000, 4000)


async def test_a_receipt_is_a_paper_that_verifies(cashier: Context, bill: Bill) -> None:
    made = await bill(12345)
    taken = await pay(cashier, made, 12345)

    pdf, name = await printing.receipt_pdf(cashier, taken.receipt.id)
    again, _ = await printing.receipt_pdf(cashier, taken.receipt.id)

    assert pdf.startswith(b"%PDF-")
    assert pdf == again
    assert name == "1-0001-2570.pdf"


async def test_another_municipality_sees_nothing_of_it(
    other: Context, cashier: Context, bill: Bill
) -> None:
    made = await bill(6000)
    taken = await pay(cashier, made, 6000)

    assert await ledger.balances(other) == {}
    with pytest.raises(NotFound):
        await billing.read_bill(other, made.id)
    with pytest.raises(NotFound):
        await receipts.read_receipt(other, taken.receipt.id)
