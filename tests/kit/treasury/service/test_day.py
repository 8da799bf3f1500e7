"""The day closes to the satang, whatever chance does at three tills."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.api import Conflict, Context, Text
from core.db import transaction
from kit.treasury.rules.denominations import fewest
from kit.treasury.rules.quoting import quote
from kit.treasury.service import (
    adjusting,
    billing,
    charging,
    cheques,
    closing,
    daily,
    flows,
    ledger,
    monthly,
    receipts,
    refunds,
    taking,
    tills,
)
from kit.treasury.service.billing import Asked, read_bill
from kit.treasury.service.charging import Due
from tests.kit.treasury.service.people import with_rights

Bill = Callable[..., Awaitable[Asked]]
TITLES = {"waste_fees.collect": Text("ค่าขยะ", "Waste"), "waste_fees.water": Text("น้ำเสีย", "Water")}
ACTS, BILLS, CLOSED_AT = 1_000, 120, 700


@dataclass
class Drawer:
    """A till as its collector keeps it on a scrap of paper."""

    code: str
    who: Context
    change: int
    cash: int = 0
    cheques: int = 0
    closed: bool = False


@dataclass
class Town:
    """Three tills and who acts at them."""

    director: Context
    drawers: list[Drawer]
    bills: list[Asked]
    chance: random.Random
    turn: int = 0
    receipts: dict[UUID, tuple[Drawer, int, bool]] = field(default_factory=dict)
    owed_back: dict[UUID, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)

    async def act(self) -> None:
        self.turn += 1
        acts = [self.sell] * 11 + [self.sell_by_cheque] * 2 + [self.take_back] * 3
        acts += [self.refund] * 3 + [self.bounce, self.waive]
        act = self.chance.choice(acts)
        if await act():
            self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    async def _pick(self) -> tuple[Drawer, Asked, int] | None:
        drawer, made = self.chance.choice(self.drawers), self.chance.choice(self.bills)
        owed = (await read_bill(self.director, made.id))["owed"]
        if not owed:
            return None
        return drawer, made, self.chance.choice([owed, 25 * self.chance.randint(1, owed // 25)])

    async def sell(self) -> bool:
        picked = await self._pick()
        if picked is None:
            return False
        drawer, made, amount = picked
        taking_it = taking.take_cash(
            drawer.who,
            made.id,
            amount=amount,
            tendered=amount,
            till=drawer.code,
            key=f"{self.turn}",
        )
        if drawer.closed:
            with pytest.raises(Conflict):
                await taking_it
            return False
        self.receipts[(await taking_it).receipt.id] = (drawer, amount, False)
        drawer.cash += amount
        return True

    async def sell_by_cheque(self) -> bool:
        picked = await self._pick()
        if picked is None or picked[0].closed:
            return False
        drawer, made, amount = picked
        given = await cheques.take_cheque(
            drawer.who, made.id, amount=amount, till=drawer.code, key=f"{self.turn}",
            number=f"{self.turn:08}", bank="กรุงไทย", dated_on=drawer.who.today,
        )  # fmt: skip
        self.receipts[given.id] = (drawer, amount, True)
        drawer.cheques += amount
        return True

    async def take_back(self) -> bool:
        if not self.receipts:
            return False
        id = self.chance.choice(list(self.receipts))
        drawer, amount, by_cheque = self.receipts.pop(id)
        row = await receipts.read_receipt(self.director, id)
        back = (await ledger.refunded(self.director, [row["payment_id"]])).get(
            row["payment_id"], (0, 0)
        )[0]
        await receipts.cancel(self.director, id, why="รับผิดราย")
        left = amount - back
        held = drawer.cheques if by_cheque else drawer.cash
        if drawer.closed or held < amount:
            self.owed_back[row["payment_id"]] = self.owed_back.get(row["payment_id"], 0) + left
        elif by_cheque:
            drawer.cheques -= left
        else:
            drawer.cash -= left
        return True

    async def refund(self) -> bool:
        """Grant one that waits, and pay out one that was granted."""
        for one in (await refunds.refunds_possible(self.director))[:1]:
            granted = await refunds.grant_refund(self.director, one["id"], why="เงินเกิน")
            assert granted == one["amount"]
            self.owed_back[one["id"]] = self.owed_back.get(one["id"], 0) + granted
        if not self.owed_back:
            return False
        payment = self.chance.choice(list(self.owed_back))
        drawer = self.chance.choice(self.drawers)
        if drawer.closed or drawer.cash < self.owed_back[payment]:
            with pytest.raises(Conflict):
                await refunds.pay_refund(drawer.who, payment, till=drawer.code)
            return False
        paid = await refunds.pay_refund(drawer.who, payment, till=drawer.code)
        assert paid == self.owed_back.pop(payment)
        drawer.cash -= paid
        return True

    async def bounce(self) -> bool:
        drawers = {id: one for id, one in self.receipts.items() if one[2] and not one[0].closed}
        if not drawers:
            return False
        id = self.chance.choice(list(drawers))
        drawer, amount, _ = drawers[id]
        row = await receipts.read_receipt(self.director, id)
        if await ledger.refunded(self.director, [row["payment_id"]]) or drawer.cheques < amount:
            return False
        await cheques.bounce(self.director, row["payment_id"], why="เงินในบัญชีไม่พอ")
        del self.receipts[id]
        drawer.cheques -= amount
        return True

    async def waive(self) -> bool:
        shown = await read_bill(self.director, self.chance.choice(self.bills).id)
        charge = self.chance.choice(shown["charges"])["id"]
        left = (await ledger.positions(self.director, [charge])).owed.get(charge, 0)
        if not left:
            return False
        await adjusting.waive(self.director, charge, amount=min(left, 500), why="ผู้ยากไร้")
        return True

    async def close(self, drawer: Drawer, difference: int) -> None:
        mine = await tills.till_of(drawer.who)
        assert mine is not None
        found = max(0, drawer.cash + difference)
        pieces, odd = fewest(found)
        assert not odd
        counted = await closing.close_till(drawer.who, mine["id"], pieces=pieces, why="นับแล้วไม่ตรง")
        assert (counted.expected, counted.total) == (drawer.cash, found)
        drawer.closed = True


@pytest.fixture
async def town(ctx: Context, director: Context, payer: UUID) -> Town:
    chance = random.Random(2570)  # noqa: S311
    drawers = []
    for code, change in (("1", 0), ("2", 100_000), ("3", 20_025)):
        who = with_rights(ctx, "collect", "read", name=f"ผู้รับเงิน {code}")
        if code != "1":
            await tills.add_till(director, code=code, name=f"ช่อง {code}")
        await tills.open_till(who, code, change=change)
        drawers.append(Drawer(code, who, change, cash=change))
    bills = []
    for number in range(BILLS):
        dues = [
            Due(reference=f"{number}/{code}", revenue=code, title=title,
                amount=25 * chance.randint(1, 4_000), due_on=ctx.today + timedelta(30))
            for code, title in TITLES.items()
        ]  # fmt: skip
        raised = await charging.raise_charges(ctx, source="waste_fees", payer=payer, dues=dues)
        bills.append(
            await billing.make_bill(
                ctx, source="waste_fees", subject="point/1", kind="01", title=Text("ก", "A"),
                charges=list(raised.values()), due_on=ctx.today,
            )
        )  # fmt: skip
    return Town(director, drawers, bills, chance)


async def test_the_day_closes_to_the_satang_after_a_thousand_acts_at_three_tills(
    town: Town, ctx: Context
) -> None:
    for number in range(ACTS):
        if number == CLOSED_AT:
            await town.close(town.drawers[2], 0)
        await town.act()

    assert set(town.done) == {"sell", "sell_by_cheque", "take_back", "refund", "bounce", "waive"}
    assert sum(town.done.values()) > ACTS // 2
    await the_day_agrees_with_the_scraps(town, ctx)
    for drawer, difference in zip(town.drawers[:2], (-2_525, 75), strict=True):
        await town.close(drawer, difference)
    await nothing_is_left_in_a_till(town, ctx)
    await what_is_closed_stays_as_it_is(town, ctx)


async def the_day_agrees_with_the_scraps(town: Town, ctx: Context) -> None:
    day = await daily.read_day(ctx, ctx.today)
    cash = sum(one.cash - one.change for one in town.drawers)
    assert (day.flows.cash, day.flows.banks) == (cash, 0)
    assert day.flows.cheques == sum(one.cheques for one in town.drawers)
    parts = sum(day.flows.revenues.values()) + day.flows.waiting + day.flows.owed_back
    assert day.flows.total == parts
    assert day.flows.owed_back == sum(town.owed_back.values())
    assert day.given.amount == sum(amount for _, amount, _ in town.receipts.values())
    assert day.given.ranges == [f"1/0001/2570 - {quote(2570, day.given.count)}"]
    assert sum(one["given"].count for one in day.tills) == day.given.count
    month = await monthly.read_month(ctx, ctx.today)
    assert month.flows == day.flows
    [only] = month.days
    assert (only.counter, only.cheques, only.banks) == (cash, day.flows.cheques, 0)
    assert {one.code: one.collected for one in month.kinds} == day.flows.revenues
    pages = [page async for page in monthly.register(ctx, ctx.today)]
    assert sum(line[6] for page in pages for line in page) * 100 == day.given.amount  # type: ignore[misc]


async def nothing_is_left_in_a_till(town: Town, ctx: Context) -> None:
    balances = await ledger.balances(ctx)
    assert sum(balances.values()) == 0
    assert not any(account.startswith(("cash/", "cheque/")) for account in balances)
    change = sum(one.change for one in town.drawers)
    cash = sum(one.cash for one in town.drawers)
    assert balances["vault/cash"] == cash - change + balances.get("difference", 0) * -1
    assert balances["difference"] == 2_525 - 75
    assert balances["vault/cheque"] == sum(one.cheques for one in town.drawers)


async def what_is_closed_stays_as_it_is(town: Town, ctx: Context) -> None:
    async def closed() -> list[Any]:
        async with transaction(ctx) as connection:
            rows = await connection.fetch(
                "SELECT to_jsonb(c)::text FROM treasury.closing c ORDER BY id"
            )
        return [row[0] for row in rows]

    before, vault = await closed(), (await ledger.balances(ctx))["vault/cash"]
    for _ in range(20):
        await town.act()
    assert await closed() == before
    assert (await ledger.balances(ctx))["vault/cash"] == vault


async def test_flows_of_other_days_are_empty(town: Town, ctx: Context) -> None:
    tomorrow = ctx.today + timedelta(1)

    empty = await flows.flows(ctx, tomorrow, tomorrow)
    assert (empty.total, empty.waiting, empty.owed_back) == (0, 0, 0)
