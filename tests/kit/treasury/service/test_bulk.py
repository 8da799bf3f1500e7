import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from core.context import Context
from core.db import transaction
from kit.treasury import Due, Made, Wanted, Who, bill_all, keep_payers, read_bill, take_cash
from kit.treasury.service.bulk import MANY
from kit.treasury.service.ledger import balances
from tests.kit.treasury.service.conftest import WASTE, Bill

DUE = date(2026, 12, 31)


async def payers(ctx: Context, count: int) -> list[UUID]:
    whos = [
        Who(source="waste_fees", subject=f"payer/{n}", name=f"นาย{n}", address=f"{n} หมู่ 1")
        for n in range(count)
    ]
    return await keep_payers(ctx, whos)


def wanted(payer: UUID, mark: object, *amounts: int) -> Wanted:
    dues = tuple(
        Due(
            reference=f"{mark}/{n}",
            revenue="waste_fees.collect",
            title=WASTE,
            amount=amount,
            due_on=DUE,
            period="256911",
        )
        for n, amount in enumerate(amounts)
    )
    return Wanted(subject=f"point/{mark}", payer=payer, dues=dues)


async def billed(ctx: Context, *slice: Wanted) -> list[Made]:
    return await bill_all(
        ctx, source="waste_fees", kind="01", title=WASTE, due_on=DUE, wanted=slice, ref2="256911"
    )


async def rows(ctx: Context, query: str) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query))


async def test_a_slice_is_what_each_bill_made_alone_would_be(ctx: Context, bill: Bill) -> None:
    alone = await bill(4000, 2500)
    [payer] = await payers(ctx, 1)
    [made] = await billed(ctx, wanted(payer, "a", 4000, 2500))

    one, other = await read_bill(ctx, alone.id), await read_bill(ctx, made.id)
    same = ("kind", "year", "title_th", "issued_on", "total", "owed", "state")
    assert {name: one[name] for name in same} == {name: other[name] for name in same}
    assert [charge["owes"] for charge in other["charges"]] == [4000, 2500]
    assert (other["payer_name"], other["payer_address"]) == ("นาย0", "0 หมู่ 1")
    assert other["number"] == one["number"] + 1
    assert await balances(ctx) == {
        "receivable": 13000,
        "revenue/waste_fees.collect": -13000,
    }


async def test_what_was_charged_is_not_charged_again(ctx: Context) -> None:
    [payer] = await payers(ctx, 1)
    await billed(ctx, wanted(payer, "a", 4000))
    again = await billed(ctx, wanted(payer, "a", 4000), wanted(payer, "b", 100, 200))
    more = await billed(ctx, wanted(payer, "b", 100, 200, 300))

    assert [(made.place, made.total) for made in again] == [(1, 300)]
    assert [(made.place, made.total) for made in more] == [(0, 300)]
    assert await billed(ctx, wanted(payer, "a", 4000)) == []
    assert (await balances(ctx))["receivable"] == 4600


async def test_slices_at_the_same_moment_bill_once_and_leave_no_gap(ctx: Context) -> None:
    known = await payers(ctx, 20)
    slices = [[wanted(payer, n, 4000) for n, payer in enumerate(known)] for _ in range(4)]
    other = [wanted(payer, f"x{n}", 10) for n, payer in enumerate(known)]
    told = await asyncio.gather(
        *(billed(ctx, *one) for one in [*slices, other]), return_exceptions=True
    )

    assert [type(one) for one in told if isinstance(one, BaseException)] in (
        [asyncpg.UniqueViolationError] * n for n in range(4)
    )
    found = await rows(ctx, "SELECT number FROM treasury.bill ORDER BY number")
    assert [row["number"] for row in found] == list(range(1, 41))


async def test_a_slice_that_fails_leaves_nothing_behind(ctx: Context) -> None:
    [payer] = await payers(ctx, 1)
    for wrong in (wanted(payer, "a", 0), wanted(uuid4(), "b", 100)):
        with pytest.raises(ValueError, match=r"amount|payer"):
            await billed(ctx, wanted(payer, "c", 100), wrong)
    [made] = await billed(ctx, wanted(payer, "c", 100))

    assert (await read_bill(ctx, made.id))["number"] == 1
    assert len(await rows(ctx, "SELECT 1 FROM treasury.posting")) == 1


async def test_the_trail_names_the_slice(ctx: Context) -> None:
    known = await payers(ctx, 3)
    made = await billed(ctx, *(wanted(payer, n, 100) for n, payer in enumerate(known)))
    [row] = await rows(
        ctx, "SELECT detail FROM core.audit_entry WHERE action = 'treasury.bills.issued'"
    )

    assert f'"first":"{made[0].ref1}"' in row["detail"].replace(" ", "")
    assert f'"last":"{made[-1].ref1}"' in row["detail"].replace(" ", "")
    assert '"count":3' in row["detail"].replace(" ", "")


async def test_a_bill_of_a_slice_is_paid_like_any_other(ctx: Context, cashier: Context) -> None:
    [payer] = await payers(ctx, 1)
    [made] = await billed(ctx, wanted(payer, "a", 4000, 2500))
    await take_cash(cashier, made.id, amount=6500, tendered=7000, till="1", key="k")

    assert (await read_bill(ctx, made.id))["state"] == "settled"


async def test_a_payer_who_is_known_is_brought_up_to_date(ctx: Context) -> None:
    before = await payers(ctx, 2)
    later = replace(ctx, now=ctx.now + timedelta(days=1))
    who = Who(source="waste_fees", subject="payer/1", name="นางใหม่")
    [after] = await keep_payers(later, [who])

    assert after == before[1]
    [row] = await rows(ctx, "SELECT name FROM treasury.payer WHERE subject = 'payer/1'")
    assert row["name"] == "นางใหม่"
    with pytest.raises(ValueError, match="once"):
        await keep_payers(ctx, [who, who])


async def test_after_a_large_slice_the_planner_knows_how_large_the_tables_are(
    ctx: Context,
) -> None:
    known = await payers(ctx, MANY * 2)
    await billed(ctx, *(wanted(payer, n, 100) for n, payer in enumerate(known)))
    [row] = await rows(
        ctx, "SELECT reltuples FROM pg_class WHERE oid = 'treasury.charge'::regclass"
    )

    assert row["reltuples"] == MANY * 2
