import asyncio
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from core.context import Context
from core.db import transaction
from core.errors import Conflict, InvalidInput, NotAllowed
from kit.treasury.codes.payments import BillPayment
from kit.treasury.service import (
    adjusting,
    agreed,
    agreements,
    arrears,
    owing,
    receipts,
    showing,
    taking,
)
from tests.kit.treasury.service.banking import counts, paid, send
from tests.kit.treasury.service.conftest import Bill
from tests.kit.treasury.service.people import with_rights

FIRST = date(2026, 12, 8)  # a Tuesday


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


async def due_days(ctx: Context) -> list[date]:
    found = await rows(ctx, "SELECT due_on FROM treasury.bill ORDER BY number")
    return [one["due_on"] for one in found]


async def cash(ctx: Context, bill: UUID, amount: int, key: str) -> Any:
    return await taking.take_cash(ctx, bill, amount=amount, tendered=amount, till="1", key=key)


@pytest.fixture
async def three(bill: Bill) -> list[UUID]:
    """Three bills of 100 baht, due on 28 January 2027."""
    return [(await bill(10_000, mark=f"m{n}")).id for n in range(3)]


async def agreed_on(director: Context, bills: list[UUID], count: int = 6) -> UUID:
    return await agreements.agree(director, bills, count=count, first_on=FIRST, why="ผู้มีรายได้น้อย")


async def test_bills_fall_due_by_instalment_and_follow_what_is_paid(
    ctx: Context, director: Context, cashier: Context, three: list[UUID]
) -> None:
    before = await due_days(ctx)
    id = await agreed_on(director, three)
    assert await due_days(ctx) == [FIRST, date(2027, 2, 8), date(2027, 4, 8)]
    # The second bill is paid first: the oldest instalments are settled all the same.
    await cash(cashier, three[1], 10_000, "a")
    seen = await agreed.read_agreement(ctx, id)
    assert [one.owed for one in seen.parts] == [0, 0, 5_000, 5_000, 5_000, 5_000]
    assert await due_days(ctx) == [date(2027, 2, 8), date(2027, 2, 8), date(2027, 4, 8)]

    taken = await cash(cashier, three[0], 2_500, "b")
    assert [one.settled for one in (await agreed.read_agreement(ctx, id)).parts][2] == 2_500
    await receipts.cancel(with_rights(ctx, "cancel"), taken.receipt.id, why="ผิดราย")
    assert (await agreed.read_agreement(ctx, id)).parts[2].settled == 0
    await agreements.end(director, id, why="ผิดนัด")

    assert (await due_days(ctx))[0] == before[0]
    assert (await due_days(ctx))[2] == before[2]
    assert (await agreed.read_agreement(ctx, id)).standing == "ended"
    with pytest.raises(Conflict):
        await agreements.end(director, id, why="ผิดนัด")


async def test_bills_follow_what_a_bank_tells_too(
    ctx: Context, director: Context, three: list[UUID]
) -> None:
    await agreed_on(director, three)
    named = await rows(ctx, "SELECT ref1 FROM treasury.bill ORDER BY number")
    await send(ctx, [paid(named[1]["ref1"], 10_000)])

    assert await due_days(ctx) == [date(2027, 2, 8), date(2027, 2, 8), date(2027, 4, 8)]
    assert (await counts(ctx))["receipts"] == 1


async def test_an_agreement_is_kept_when_all_is_paid_and_missed_until_then(
    ctx: Context, director: Context, cashier: Context, three: list[UUID]
) -> None:
    id = await agreed_on(director, three, count=2)
    late = replace(ctx, now=ctx.now + timedelta(days=19))
    seen = await agreed.read_agreement(late, id)
    assert (seen.standing, seen.missed) == ("missed", 1)
    [listed] = await agreed.agreements(late)
    assert listed.standing == "missed"
    for n, bill in enumerate(three):
        await cash(cashier, bill, 10_000, str(n))

    assert (await agreed.read_agreement(late, id)).standing == "kept"


async def test_a_bill_of_an_agreement_asks_for_its_instalment_first(
    ctx: Context, director: Context, bill: Bill
) -> None:
    made = await bill(10_001)
    known = {"treasury": {"biller": "099400061772101", "merchant": "M", "city": "C"}}
    here = replace(ctx, tenant=replace(ctx.tenant, settings=known))
    await agreed_on(director, [made.id], count=4)
    shown = await showing.show_bill(here, made.id)

    assert shown.part is not None
    # What is less than a baht goes with the first.
    assert (shown.part.amount, shown.part.due_on) == (2_501, FIRST)
    assert isinstance(shown.code, BillPayment)
    assert shown.code.amount == 2_501


async def test_ageing_and_arrears_go_by_the_instalment(
    ctx: Context, director: Context, three: list[UUID]
) -> None:
    late = replace(ctx, now=ctx.now + timedelta(days=200))
    assert {one.bucket.code: one.count for one in await arrears.ages(late)}["91-180"] == 3
    await agreements.agree(
        director, three, count=12, first_on=ctx.today + timedelta(days=190), why="รายได้น้อย"
    )
    ages = {one.bucket.code: one.count for one in await arrears.ages(late)}
    [pages] = [one async for one in arrears.listed(late)]
    found = await owing.arrears_by_subject(
        ctx, "waste_fees", late.today - timedelta(days=60), after=owing.FIRST, limit=10
    )

    assert ages["1-30"] == 1
    assert ages["not-due"] == 2
    assert [line[7] for line in pages].count(0) == 2
    assert found == []


async def test_who_may_not_approve_makes_none_and_a_reason_is_needed(
    ctx: Context, director: Context, cashier: Context, three: list[UUID]
) -> None:
    with pytest.raises(NotAllowed):
        await agreed_on(cashier, three)
    with pytest.raises(InvalidInput) as refusal:
        await agreements.agree(director, three, count=6, first_on=FIRST, why=" ")
    assert list(refusal.value.problems) == ["why"]
    for count, first_on in ((0, FIRST), (500, FIRST), (6, ctx.today)):
        with pytest.raises(InvalidInput):
            await agreements.propose(director, three, count=count, first_on=first_on)
    with pytest.raises(InvalidInput):
        await agreements.propose(director, [], count=6, first_on=FIRST)
    assert await rows(ctx, "SELECT 1 FROM treasury.agreement") == []


async def test_a_bill_is_under_one_agreement_whoever_is_faster(
    ctx: Context, director: Context, three: list[UUID]
) -> None:
    tried = await asyncio.gather(
        *(agreed_on(director, bills) for bills in (three[:2], three[1:], three)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, UUID) for one in tried) == 1
    assert sum(isinstance(one, Conflict) for one in tried) == 2
    held = await rows(ctx, "SELECT bill_id FROM treasury.agreed_bill WHERE active")
    assert len(held) == len({one["bill_id"] for one in held})


async def test_payments_of_two_bills_at_once_do_not_stand_in_each_others_way(
    ctx: Context, director: Context, cashier: Context, three: list[UUID]
) -> None:
    id = await agreed_on(director, three)
    await asyncio.gather(
        *(cash(cashier, bill, 1_000, f"{n}/{bill}") for n in range(5) for bill in three)
    )

    assert (await agreed.read_agreement(ctx, id)).owed == 15_000


async def test_a_cancelled_or_waived_bill_settles_instalments_too(
    ctx: Context, director: Context, three: list[UUID]
) -> None:
    id = await agreed_on(director, three, count=3)
    await adjusting.cancel_bill(director, three[2], why="ออกผิด")

    assert [one.owed for one in (await agreed.read_agreement(ctx, id)).parts] == [0, 10_000, 10_000]


async def test_the_paper_says_what_is_owed_and_in_which_parts(
    ctx: Context, director: Context, three: list[UUID]
) -> None:
    id = await agreed_on(director, three)
    pdf, name = await agreed.agreement_pdf(director, id)
    text = "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())

    assert name == "1-2569.pdf"
    for words in ("๓๐๐.๐๐", "สามร้อยบาทถ้วน", "๘ ธันวาคม ๒๕๖๙", "๕๐.๐๐", "วิชัย การคลัง", "ผู้มีรายได้น้อย"):
        assert words.replace(" ", "") in text, words


async def test_another_municipality_sees_no_agreement(
    ctx: Context, other: Context, director: Context, three: list[UUID]
) -> None:
    await agreed_on(director, three)

    assert await agreed.agreements(other) == []
    assert await agreements.bills_to_agree(other, three[0]) == []
