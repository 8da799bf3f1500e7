"""Whatever is done, and in whatever order, the books agree with a slow count on the fingers."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from core.api import Context
from core.db import transaction
from kit.treasury.service import adjusting, billing, ledger, receipts, taking
from kit.treasury.service.billing import Asked

Bill = Callable[..., Awaitable[Asked]]


@dataclass
class Counted:
    """One bill as somebody keeps it on paper."""

    made: Asked
    charges: list[int]
    waived: int = 0
    cancelled: bool = False
    money: dict[UUID, int] = field(default_factory=dict)  # by receipt

    @property
    def base(self) -> int:
        return 0 if self.cancelled else sum(self.charges) - self.waived

    @property
    def paid(self) -> int:
        return sum(self.money.values())

    @property
    def owed(self) -> int:
        return self.base - min(self.base, self.paid)


class Clerks:
    """Who acts on the bills, one at a time, as chance tells."""

    def __init__(self, cashier: Context, director: Context, seed: int) -> None:
        self.cashier, self.director = cashier, director
        self.chance = random.Random(seed)  # noqa: S311
        self.turn = 0

    async def act(self, one: Counted) -> None:
        self.turn += 1
        act = self.chance.choice([self.pay, self.pay, self.pay, self.waive, self.take_back])
        await (self.cancel(one) if self.chance.random() < 0.03 else act(one))

    async def pay(self, one: Counted) -> None:
        if one.owed:
            amount = self.chance.choice([one.owed, self.chance.randint(1, one.owed)])
            taken = await taking.take_cash(
                self.cashier, one.made.id, amount=amount, tendered=amount,
                till="1", key=str(self.turn),
            )  # fmt: skip
            one.money[taken.receipt.id] = amount

    async def waive(self, one: Counted) -> None:
        shown = await billing.read_bill(self.director, one.made.id)
        charge = self.chance.choice(shown["charges"])["id"]
        left = (await ledger.positions(self.director, [charge])).owed.get(charge, 0)
        if left:
            amount = self.chance.randint(1, left)
            await adjusting.waive(self.director, charge, amount=amount, why="ยกเว้น")
            one.waived += amount

    async def cancel(self, one: Counted) -> None:
        if not one.cancelled:
            await adjusting.cancel_bill(self.director, one.made.id, why="ออกผิด")
            one.cancelled = True

    async def take_back(self, one: Counted) -> None:
        if one.money:
            receipt = self.chance.choice(list(one.money))
            await receipts.cancel(self.director, receipt, why="รับผิด")
            del one.money[receipt]


@pytest.mark.parametrize("seed", range(3))
async def test_the_books_agree_with_a_count_on_the_fingers(
    cashier: Context, director: Context, bill: Bill, seed: int
) -> None:
    amounts = [[6000], [6000, 4000], [1, 99, 12345], [2500] * 4]
    bills = [Counted(await bill(*some, mark=str(n)), some) for n, some in enumerate(amounts)]
    clerks = Clerks(cashier, director, seed)

    for _ in range(60):
        await clerks.act(clerks.chance.choice(bills))

    balances = await ledger.balances(cashier)
    assert sum(balances.values()) == 0
    assert balances.get("receivable", 0) == sum(one.owed for one in bills)
    cash = sum(amount for account, amount in balances.items() if account.startswith("cash/"))
    assert cash == sum(one.paid for one in bills)
    surplus = sum(one.paid - min(one.base, one.paid) for one in bills)
    assert balances.get("suspense", 0) == -surplus
    for one in bills:
        shown = await billing.read_bill(cashier, one.made.id)
        state = "cancelled" if one.cancelled else "open" if one.owed else "settled"
        assert (shown["owed"], shown["state"]) == (one.owed, state)
        assert sum(charge["owes"] for charge in shown["charges"]) == one.owed
    await the_receipts_have_their_money(cashier, bills)


async def the_receipts_have_their_money(ctx: Context, bills: list[Counted]) -> None:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT id, number, amount, cancelled_at FROM treasury.receipt ORDER BY number"
        )
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    standing = {row["id"]: row["amount"] for row in rows if row["cancelled_at"] is None}
    assert standing == {key: amount for one in bills for key, amount in one.money.items()}
