"""Arrears agree with a slow count over every charge."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Context, NotFound, Text
from kit.treasury.rules.ageing import BUCKETS, ageing, bucket
from kit.treasury.rules.quoting import quote
from kit.treasury.service import adjusting, arrears, billing, charging, taking, takings
from kit.treasury.service.charging import Due, Who
from kit.treasury.service.monthly import days_of, in_baht

CODES = ("waste_fees.collect", "waste_fees.water")


@pytest.fixture
async def debts(
    ctx: Context, cashier: Context, director: Context
) -> dict[UUID, list[tuple[str, date, int]]]:
    """What some people owe by a list kept beside: revenue, due day, satang."""
    chance = random.Random(7)  # noqa: S311
    kept: dict[UUID, list[tuple[str, date, int]]] = {}
    for n in range(12):
        payer = await charging.keep_payer(
            ctx, Who(source="waste_fees", subject=f"point/{n}", name=f"ผู้ชำระ {n:02}")
        )
        dues = [
            Due(reference=f"{n}/{k}", revenue=chance.choice(CODES), title=Text("ก", "A"),
                amount=chance.randint(1, 90_000),
                due_on=ctx.today - timedelta(chance.randint(-40, 420)))
            for k in range(4)
        ]  # fmt: skip
        raised = await charging.raise_charges(ctx, source="waste_fees", payer=payer, dues=dues)
        kept[payer] = [(one.revenue, one.due_on, one.amount) for one in dues]
        if n % 4 == 3:
            continue  # charged, and not billed yet
        made = await billing.make_bill(
            ctx, source="waste_fees", subject=f"point/{n}", kind="01", title=Text("ก", "A"),
            charges=list(raised.values()), due_on=ctx.today,
        )  # fmt: skip
        if n % 4 == 1:
            amount = chance.randint(1, made.total)
            await taking.take_cash(
                cashier, made.id, amount=amount, tendered=amount, till="1", key=str(n)
            )
            kept[payer] = paid(kept[payer], amount)
        if n == 2:
            await adjusting.cancel_bill(director, made.id, why="ออกผิด")
            kept[payer] = []
    return kept


def paid(owed: list[tuple[str, date, int]], amount: int) -> list[tuple[str, date, int]]:
    left = []
    for revenue, due_on, sum_ in sorted(owed, key=lambda one: one[1]):
        taken = min(amount, sum_)
        amount -= taken
        if sum_ > taken:
            left.append((revenue, due_on, sum_ - taken))
    return left


@pytest.mark.parametrize("revenue", ["", *CODES])
async def test_the_ages_agree_with_the_rule_over_every_debt(
    ctx: Context, debts: dict[UUID, list[tuple[str, date, int]]], revenue: str
) -> None:
    every = [one for some in debts.values() for one in some if revenue in ("", one[0])]

    aged = await arrears.ages(ctx, revenue)

    rule = ageing(((due_on, amount) for _, due_on, amount in every), today=ctx.today)
    assert [(one.bucket, one.count, one.amount) for one in aged] == [
        (one.bucket, one.count, one.amount) for one in rule
    ]
    assert sum(sum(one.revenues.values()) for one in aged) == sum(one[2] for one in every)


@pytest.mark.parametrize("age", ["", *(one.code for one in BUCKETS)])
async def test_who_owes_most_stands_first_and_ages_part_them_whole(
    ctx: Context, debts: dict[UUID, list[tuple[str, date, int]]], age: str
) -> None:
    def of_age(due_on: date) -> bool:
        return age in ("", bucket(due_on, ctx.today).code)

    found, more = await arrears.who_owes(ctx, age=age)

    sums = {
        payer: sum(amount for _, due_on, amount in some if of_age(due_on))
        for payer, some in debts.items()
    }
    assert {one.payer: one.amount for one in found} == {k: v for k, v in sums.items() if v}
    assert [one.amount for one in found] == sorted((v for v in sums.values() if v), reverse=True)
    assert not more
    for one in found:
        late = sum(a for _, d, a in debts[one.payer] if of_age(d) and d < ctx.today)
        assert one.late == late


async def test_the_list_goes_on_where_it_ended(
    ctx: Context,
    debts: dict[UUID, list[tuple[str, date, int]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, _ = await arrears.who_owes(ctx)
    monkeypatch.setattr(arrears, "SHOWN", 5)
    monkeypatch.setattr(arrears, "_PAGE", 3)

    first, more = await arrears.who_owes(ctx)
    second, _ = await arrears.who_owes(ctx, skip=5)
    pages: list[Any] = [page async for page in arrears.listed(ctx)]

    assert more
    assert [*first, *second] == whole[:10]
    lines = [line for page in pages for line in page]
    every = [amount for some in debts.values() for _, _, amount in some]
    assert sorted(line[8] for line in lines) == sorted(map(in_baht, every))
    assert max(map(len, pages)) == 3


async def test_a_payer_sees_each_debt_and_another_municipality_none(
    ctx: Context, other: Context, debts: dict[UUID, list[tuple[str, date, int]]]
) -> None:
    payer = next(one for one, some in debts.items() if len(some) > 2)

    who, owed = await arrears.debts_of(ctx, payer)

    assert who["name"].startswith("ผู้ชำระ")
    assert [(one.due_on, one.amount) for one in owed] == sorted(
        (due_on, amount) for _, due_on, amount in debts[payer]
    )
    with pytest.raises(NotFound):
        await arrears.debts_of(other, payer)
    assert await arrears.who_owes(other) == ([], False)
    assert [page async for page in arrears.listed(other)] == []


@given(st.sets(st.integers(1, 500), max_size=60))
def test_ranges_name_each_number_once_and_none_between_them(numbers: set[int]) -> None:
    named: list[int] = []
    for one in takings.ranges((2570, number, number) for number in numbers):
        ends = [int(end.split("/")[1]) for end in one.split(" - ")]
        named += range(ends[0], ends[-1] + 1)

    assert named == sorted(numbers)
    assert quote(2570, 101) == "2/0101/2570"


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_month_begins_on_its_first_day_and_ends_before_the_next(day: date) -> None:
    first, last = days_of(day)

    assert first <= day <= last
    assert (first.day, (last + timedelta(1)).day) == (1, 1)
    assert (first.year, first.month) == (last.year, last.month)
