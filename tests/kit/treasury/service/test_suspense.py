"""Money that waits is given to a bill, or paid back, each time with a reason."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Conflict, Context, InvalidInput, NotAllowed
from kit.treasury.codes.references import Reference, check_digit, make_reference
from kit.treasury.service import (
    adjusting,
    billing,
    receipts,
    reconciling,
    refunds,
    suspense,
    taking,
    tills,
)
from kit.treasury.service.billing import Asked
from kit.treasury.service.suggesting import slips, suggestions
from tests.kit.treasury.service.banking import (
    BANK,
    DAY,
    TRANSIT,
    back,
    counts,
    held,
    paid,
    say,
    send,
    waiting,
)
from tests.kit.treasury.service.people import with_rights

Bill = Callable[..., Awaitable[Asked]]


@pytest.fixture
def clerk(ctx: Context) -> Context:
    return with_rights(ctx, "read", "assign", "cancel")


async def the_one(ctx: Context) -> UUID:
    [row] = await suspense.queue(ctx)
    found: UUID = row["id"]
    return found


async def test_money_under_a_mistyped_reference_is_given_to_its_bill(
    clerk: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    wrong = asked.ref1[:5] + str((int(asked.ref1[5]) + 1) % 10) + asked.ref1[6:]
    await send(clerk, [paid(wrong, 6000)])
    payment = await the_one(clerk)

    offered = await suggestions(clerk, await suspense.read(clerk, payment))
    await suspense.assign(clerk, payment, asked.id, why="พิมพ์เลขผิด โทรถามแล้ว")

    assert [one["id"] for one in offered] == [asked.id]
    assert len(offered[0]["why"]) == 3
    assert await held(clerk) == {BANK: 6000}
    assert (await billing.read_bill(clerk, asked.id))["state"] == "settled"
    [given] = await receipts.receipts_of(clerk, asked.id)
    assert given["amount"] == 6000
    with pytest.raises(Conflict):
        await suspense.assign(clerk, payment, asked.id, why="อีกครั้ง")


async def test_too_much_is_granted_and_sent_back_and_no_bill_takes_it_again(
    clerk: Context, director: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await send(clerk, [paid(asked.ref1, 6500)])
    payment = await the_one(clerk)
    other = await bill(500, mark="two")

    with pytest.raises(Conflict):
        await suspense.assign(clerk, payment, other.id, why="ย้าย")
    await refunds.grant_refund(clerk, payment, why="ชำระเกิน")
    aside = await held(clerk)
    assert [row["id"] for row in await refunds.refunds_due(clerk)] == [payment]
    await suspense.note_refund(clerk, payment, why="โอนคืนเลขที่ 123")

    assert aside == {BANK: 6500, "receivable": 500}
    assert await held(clerk) == {BANK: 6000, "receivable": 500}
    assert await refunds.refunds_due(clerk) == await suspense.queue(clerk) == []
    with pytest.raises(Conflict):
        await suspense.note_refund(clerk, payment, why="อีกครั้ง")


async def test_money_of_a_bank_may_be_paid_back_at_a_till_and_not_twice(
    ctx: Context, clerk: Context
) -> None:
    line = paid("77", 500)
    await send(clerk, [line])
    payment = await the_one(clerk)
    await refunds.grant_refund(clerk, payment, why="ไม่ทราบผู้ชำระ")
    cashier = with_rights(ctx, "collect", "assign", "read")
    await tills.open_till(cashier, "1", change=1_000)

    await refunds.pay_refund(cashier, payment, till="1")

    assert await held(clerk) == {BANK: 500}
    with pytest.raises(Conflict):
        await suspense.note_refund(cashier, payment, why="โอนคืน")
    # The bank takes it back all the same: that money is missing, and waits to be explained.
    await send(clerk, [back(line)], name="back")
    assert await held(clerk) == {"suspense": 500}
    assert await waiting(clerk) == [("paid_back", 500)]


async def test_cash_over_is_paid_back_at_a_till_and_not_through_a_bank(
    cashier: Context, director: Context, clerk: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await taking.take_cash(cashier, asked.id, amount=6000, tendered=6000, till="1", key="a")
    await adjusting.waive(
        director,
        (await billing.read_bill(clerk, asked.id))["charges"][0]["id"],
        amount=500,
        why="ลด",
    )
    payment = await the_one(clerk)
    await refunds.grant_refund(clerk, payment, why="ลดหนี้แล้ว")

    with pytest.raises(Conflict):
        await suspense.note_refund(clerk, payment, why="โอนคืน")


async def test_nothing_waits_of_money_that_was_given_back_before_its_receipt_is_cancelled(
    ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    officer = with_rights(ctx, "read", "assign", "cancel", "adjust")
    await send(officer, [paid(asked.ref1, 6000)])
    await adjusting.cancel_bill(officer, asked.id, why="ออกผิดราย")
    payment = await the_one(officer)
    await refunds.grant_refund(officer, payment, why="คืน")
    [given] = await receipts.receipts_of(officer, asked.id)

    await receipts.cancel(officer, given["id"], why="ออกผิด")

    assert await suspense.queue(officer) == []
    assert await held(officer) == {BANK: 6000}


async def test_what_no_file_has_confirmed_is_not_paid_back(clerk: Context) -> None:
    await say(clerk, paid("77", 500))

    with pytest.raises(Conflict):
        await refunds.grant_refund(clerk, await the_one(clerk), why="คืน")


async def test_what_the_bank_takes_back_is_not_to_be_paid_back(
    clerk: Context,
) -> None:
    line = paid("77", 500)
    await send(clerk, [line])
    payment = await the_one(clerk)
    await refunds.grant_refund(clerk, payment, why="ไม่ทราบผู้ชำระ")

    await send(clerk, [back(line)], name="back")

    assert await held(clerk) == {}
    assert await refunds.refunds_due(clerk) == await suspense.queue(clerk) == []


async def test_what_is_missing_in_the_file_is_listed_and_rejected_by_a_person(
    clerk: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    await say(clerk, paid(asked.ref1, 6000))
    await send(clerk, [paid("77", 5)])
    listed = await reconciling.reconcile(clerk, DAY)

    [missing] = listed.missing
    await suspense.reject(clerk, missing["id"], why="ธนาคารยืนยันว่าเงินไม่เข้า")

    assert (missing["ref1"], missing["amount"]) == (asked.ref1, 6000)
    assert not listed.agrees
    assert (await reconciling.reconcile(clerk, DAY)).agrees
    assert await counts(clerk) == {"rejected": 1, "confirmed": 1, "receipts": 0}
    assert (await held(clerk)).get(TRANSIT, 0) == 0
    # Its line comes after all: that is new money.
    await send(clerk, [paid("77", 5), paid(asked.ref1, 6000)], name="again")
    assert (await billing.read_bill(clerk, asked.id))["state"] == "settled"
    assert (await counts(clerk))["receipts"] == 1


async def test_a_day_is_explained_to_the_satang(clerk: Context, bill: Bill) -> None:
    asked, late = await bill(6000), await bill(900, mark="two")
    await send(clerk, [paid(asked.ref1, 6500), paid("77", 5), paid(late.ref1, 900)])
    first, _ = await suspense.queue(clerk)
    await refunds.grant_refund(clerk, first["id"], why="คืน")
    await send(clerk, [back(paid(late.ref1, 900))], name="back")

    found = await reconciling.reconcile(clerk, DAY)

    assert (found.paid, found.applied, found.gone, found.difference) == (7405, 6000, 900, 0)
    assert found.suspense + found.refunds == 505
    assert found.taken_back == 900


@pytest.mark.parametrize("why", ["", "   ", "ก" * 501])
async def test_nothing_is_done_without_a_reason(ctx: Context, clerk: Context, why: str) -> None:
    await send(ctx, [paid("77", 5)])

    with pytest.raises(InvalidInput):
        await refunds.grant_refund(clerk, await the_one(ctx), why=why)
    with pytest.raises(InvalidInput):
        await suspense.note_refund(clerk, await the_one(ctx), why=why)


async def test_who_may_only_look_does_nothing(ctx: Context, cashier: Context) -> None:
    await send(ctx, [paid("77", 5)])

    with pytest.raises(NotAllowed):
        await refunds.grant_refund(cashier, await the_one(ctx), why="คืน")
    with pytest.raises(NotAllowed):
        await suspense.note_refund(cashier, await the_one(ctx), why="คืน")
    assert await waiting(ctx) == [("unknown_reference", 5)]


def _slip(chance: Any, ref1: str) -> str:
    place = chance.draw(st.integers(0, 10))
    digit = chance.draw(st.sampled_from("0123456789"))
    return str(
        chance.draw(
            st.sampled_from(
                [
                    ref1[:place] + digit + ref1[place + 1 :],
                    ref1[:place] + ref1[place + 1] + ref1[place] + ref1[place + 2 :],
                    ref1[:place] + ref1[place + 1 :],
                    ref1[:place] + ref1[place] + ref1[place:],
                ]
            )
        )
    )


@given(st.integers(1, 9_999_999), st.data())
def test_the_reference_that_was_meant_is_among_those_of_one_slip(number: int, data: Any) -> None:
    right = make_reference(Reference(revenue="01", year=2570, number=number))
    typed = _slip(data, right)

    found = list(slips(typed))

    assert typed == right or right in found
    assert all(check_digit(one) == "0" and len(one) == 12 for one in found)
