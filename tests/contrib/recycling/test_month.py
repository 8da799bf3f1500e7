"""A month of a village against a slow oracle that knows only lists and fractions."""

import random
from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from contrib.recycling.service import (
    accounts,
    books,
    dividends,
    loads,
    lots,
    materials,
    voiding,
    weighing,
)
from contrib.recycling.service.accounts import Wanted
from contrib.recycling.service.lots import Sale, Sold
from contrib.recycling.service.weighing import Weighed
from core.context import Context
from core.errors import InvalidInput
from tests.contrib.recycling.conftest import a_household, later, rows

HOUSES, DAYS = 7, 30
CODES = {"carton": "kg", "petclear": "kg", "alucan": "kg", "beer": "piece"}


class Oracle:
    """What everybody should have, reckoned from a list of what happened, in satang."""

    def __init__(self) -> None:
        self.prices: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        self.members: dict[UUID, int] = defaultdict(int)
        self.sold: dict[UUID, int] = defaultdict(int)
        self.cash = self.bank = self.loss = self.margin = 0
        self.way: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.stock: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def price(self, code: str, at: Any) -> int:
        begun = [(since, amount) for since, amount in self.prices[code] if since <= at]
        return max(begun)[1]

    def weigh(self, house: UUID, at: Any, quantities: dict[str, int], cash: bool) -> None:
        total = 0
        for code, quantity in quantities.items():
            price = self.price(code, at)
            exact = Decimal(quantity) * price / (1000 if CODES[code] == "kg" else 1)
            amount = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            self.way[code].append((quantity, amount))
            total += amount
        self.members[house] += total
        self.sold[house] += total
        if cash:
            paid = 25 * (total // 25)
            self.members[house] -= paid
            self.cash -= paid

    def bring(self, found: dict[str, int]) -> None:
        for code, told in self.way.items():
            quantity, cost = (sum(column) for column in zip(*told, strict=True))
            there = _nearest(Fraction(cost * min(found[code], quantity), quantity))
            self.loss += cost - there
            self.stock[code][0] += found[code]
            self.stock[code][1] += there
        self.way.clear()

    def sell(self, sold: dict[str, tuple[int, int]]) -> None:
        for code, (quantity, price) in sold.items():
            there, cost = self.stock[code]
            part = _nearest(Fraction(cost * quantity, there))
            scale = 1000 if CODES[code] == "kg" else 1
            amount = int((Decimal(quantity) * price / scale).quantize(Decimal(1), ROUND_HALF_UP))
            self.stock[code] = [there - quantity, cost - part]
            self.bank += amount
            self.margin += amount - part

    def share(self, percent: int) -> dict[UUID, int]:
        pool = self.margin * percent // 100
        whole = sum(self.sold.values())
        exact = {house: Fraction(pool * sold, whole) for house, sold in self.sold.items()}
        given = {house: int(part) for house, part in exact.items()}
        for house in sorted(exact, key=lambda one: given[one] - exact[one]):
            if sum(given.values()) == pool:
                break
            given[house] += 1
        for house, part in given.items():
            self.members[house] += part
            self.margin -= part
        return given


def _nearest(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


class Village:
    """The same month in the waste bank and in the oracle."""

    def __init__(self, ctx: Context, houses: list[UUID], chance: random.Random) -> None:
        self.ctx, self.houses, self.chance = ctx, houses, chance
        self.oracle = Oracle()

    async def weigh(self, ctx: Context, house: UUID) -> None:
        codes = self.chance.sample(list(CODES), self.chance.randint(1, len(CODES)))
        quantities = {
            code: self.chance.randint(1, 40_000 if CODES[code] == "kg" else 60) for code in codes
        }
        cash = self.chance.random() < 0.3
        told = Weighed(quantities=quantities, cash=cash)
        ticket = await weighing.weigh_here(ctx, house, told)
        if not cash and self.chance.random() < 0.1:
            await voiding.void(ctx, ticket, why="ชั่งผิด")
            return
        self.oracle.weigh(house, ctx.now, quantities, cash)

    async def withdraw(self, ctx: Context, house: UUID, key: str) -> None:
        amount = self.chance.randint(1, 60_000)
        wanted = Wanted(amount=amount, way="promptpay", shown="id_card")
        if amount > self.oracle.members[house]:
            with pytest.raises(InvalidInput):
                await accounts.withdraw(ctx, house, wanted, key=key)
            return
        await accounts.withdraw(ctx, house, wanted, key=key)
        self.oracle.members[house] -= amount
        self.oracle.bank -= amount

    async def price(self, ctx: Context) -> None:
        code = self.chance.choice(list(CODES))
        amount, since = self.chance.randint(50, 9_000), ctx.now + timedelta(hours=6)
        await materials.set_prices(ctx, {code: amount}, from_at=since)
        self.oracle.prices[code].append((since, amount))

    async def bring(self, ctx: Context) -> None:
        assert ctx.actor.id
        if not self.oracle.way:
            return
        carried = await loads.carried_by(ctx, ctx.actor.id)
        found = {one["material"]: self._near(one["told"]) for one in carried.sums}
        await loads.receive(ctx, ctx.actor.id, carried.mark, found)
        self.oracle.bring(found)

    def _near(self, told: int) -> int:
        return told + self.chance.randint(-(told // 50), told // 50)

    async def sell(self, ctx: Context, key: str) -> None:
        stock = {code: there for code, (there, _) in self.oracle.stock.items() if there}
        sold = {
            code: (self.chance.randint(max(1, there // 2), there), self.chance.randint(100, 15_000))
            for code, there in stock.items()
        }
        sale = Sale(
            sold_on=ctx.today,
            factory="โรงงาน",
            note=key,
            truck="80-1",
            sold={code: Sold(*one) for code, one in sold.items()},
        )
        await lots.sell(ctx, sale, key=key)
        self.oracle.sell(sold)

    async def agree(self) -> None:
        """Hold every satang of the waste bank against the oracle."""
        it, trial = self.oracle, await books.trial_balance(self.ctx)
        own = {house: await books.balance_of(self.ctx, house) for house in self.houses}
        assert own == {house: it.members[house] for house in self.houses}
        assert trial["member"] == -sum(own.values())
        assert (trial["cash"], trial["bank"]) == (it.cash, it.bank)
        assert (trial["loss"], -trial["surplus"]) == (it.loss, it.margin)
        assert trial["on_way"] == sum(amount for told in it.way.values() for _, amount in told)
        assert trial["stock"] == sum(cost for _, cost in it.stock.values())
        stock = {
            one["code"]: [one["quantity"], one["cost"]] for one in await lots.stock_of(self.ctx)
        }
        assert stock == {code: there for code, there in it.stock.items() if there[0]}
        assert sum(trial.values()) == 0


@pytest.mark.parametrize("seed", [1, 2569])
async def test_every_satang_of_a_month_is_explained(officer: Context, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same month every time
    houses = [await a_household(officer, f"บ้านเลขที่ {n}") for n in range(HOUSES)]
    village = Village(officer, houses, chance)
    for one in await materials.price_list(officer):
        village.oracle.prices[one["code"]].append((one["from_at"], one["amount"]))
    for day in range(DAYS):
        today = later(officer, days=day)
        for house in chance.sample(houses, 3):
            await village.weigh(later(today, minutes=chance.randint(0, 400)), house)
        await village.withdraw(today, chance.choice(houses), key=f"withdrawal-{day}")
        if day % 3 == 0:
            await village.price(today)
        if day % 4 == 3:
            await village.bring(later(today, hours=8))
        if day % 8 == 7:
            await village.sell(later(today, hours=9), key=f"lot-{day}")
            await village.agree()

    end = later(officer, days=DAYS)
    first, last = officer.today, end.today - timedelta(days=1)
    proposed = await dividends.propose(end, first, last)
    await dividends.give(end, first, last, seen=proposed.pool)
    given = village.oracle.share(70)
    assert {one["id"]: one["part"] for one in proposed.parts} == given
    await village.agree()

    kept = await rows(officer, "SELECT count(*) FROM recycling.ticket")
    assert kept[0]["count"] == DAYS * 3
