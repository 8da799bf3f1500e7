"""The town reckoned slowly, day by day and place by place, from the text of the rules alone.

It imports nothing of the plugin, and keeps no index: every morning it looks at everybody.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tests.plugins.food_cert.town import (
    BANDS,
    END,
    EXAMPLE,
    NEVER,
    NOTED,
    START,
    WAIVERS,
    L,
    Script,
    anniversary,
    is_ordered,
    payments,
    pays_up,
    renewal,
    running,
    until_of,
)

ONE = timedelta(days=1)


@dataclass
class Bill:
    total: int
    due: date
    plan: list[tuple[date, int]]
    let_off: int = 0
    paid: int = 0
    cancelled: bool = False

    @property
    def owed(self) -> int:
        return 0 if self.cancelled else self.total - self.let_off - self.paid


@dataclass
class Year:
    number: int
    begins: date
    due: date
    amount: int
    waived: int
    fee: Bill | None
    more: Bill | None = None
    void: bool = False
    spared: bool = False
    noted: bool = False
    turns: int = 1

    @property
    def asked(self) -> bool:
        """Whether it was a fee that somebody had to pay."""
        return not self.void and (self.noted or (self.fee is not None and not self.forgiven))

    @property
    def forgiven(self) -> bool:
        return self.waived == self.amount

    @property
    def unpaid(self) -> bool:
        return not self.void and self.fee is not None and self.fee.owed > 0


@dataclass
class Shop:
    script: Script
    area: Decimal
    until: date
    state: str = "valid"
    renewing: bool = False
    years: dict[int, Year] = field(default_factory=dict)
    pays_up: date = NEVER
    lost: int = 0  # money for bills that were cancelled
    settled: bool = False

    @property
    def bills(self) -> list[Bill]:
        return [
            bill
            for year in self.years.values()
            for bill in (year.fee, year.more)
            if bill and not bill.cancelled
        ]

    @property
    def owed(self) -> int:
        return sum(bill.owed for bill in self.bills)


class Oracle:
    def __init__(self, scripts: list[Script]) -> None:
        self.scripts = scripts
        self.day = START
        self.shops = {
            one.no: Shop(one, one.area, until_of(one, START))
            for one in scripts
            if one.opened_on < START
        }
        self.paid = 0
        self.owed_on: dict[date, int] = {}

    def live(self) -> None:
        while self.day <= END:
            self.morning()
            self.acts()
            if self.day.day == 1:
                self.owed_on[self.day] = sum(shop.owed for shop in self.shops.values())
            self.day += ONE

    def percent(self, instrument: str, due: date) -> int:
        best = 0
        for one in WAIVERS:
            known = one.added <= self.day < one.withdrawn
            if known and one.first <= due <= one.last and one.instrument in ("", instrument):
                best = max(best, one.percent)
        return best

    def price(self, shop: Shop, begins: date) -> int:
        bands = EXAMPLE
        for set_on, (from_on, given) in sorted(BANDS.items()):
            if set_on <= self.day and from_on <= begins:
                bands = given
        for paper, above, upto, satang in bands:
            if paper == shop.script.instrument and above < shop.area <= (upto or 10**9):
                return satang
        raise AssertionError(f"no band for {shop.area}")

    def morning(self) -> None:
        for shop in self.shops.values():
            self.waive(shop)
            self.drop(shop)
            self.bill(shop)
            self.surcharge(shop)

    def waive(self, shop: Shop) -> None:
        """Bring what is not paid in step with the waivers."""
        for year in shop.years.values():
            if year.void or year.noted or year.due < self.day:
                continue
            owing = year.amount * (100 - self.percent(shop.script.instrument, year.due)) // 100
            target = year.amount - owing
            if target > year.waived and year.fee and year.fee.owed:
                less = min(target - year.waived, year.fee.owed)
                year.fee.let_off += less
                year.waived += less
                shop.settled |= year.fee.owed == 0
            elif target < year.waived and (year.fee is None or year.fee.paid == 0):
                if year.fee:
                    year.fee.cancelled = True
                year.void = True

    def drop(self, shop: Shop) -> None:
        over = shop.script.instrument == L and shop.until < self.day and not shop.renewing
        if over and shop.state in ("valid", "suspended", "stopped"):
            for year in shop.years.values():
                if year.begins > shop.until and year.unpaid:
                    self.cancel(shop, year)

    def cancel(self, shop: Shop, year: Year) -> None:
        if year.fee:
            year.fee.cancelled = True
            shop.lost += year.fee.paid
        year.void = True

    def bill(self, shop: Shop) -> None:
        one = shop.script
        if shop.state not in ("valid", "suspended"):
            return
        if one.instrument == L and shop.until < self.day and not shop.renewing:
            return
        runs = running(one.opened_on, self.day)
        eve = anniversary(one.opened_on, runs) - ONE
        wanted = [runs] if any(known <= runs for known in shop.years) else []
        if (eve - self.day).days <= 60:
            wanted.append(runs + 1)
        for number in wanted:
            known = shop.years.get(number)
            if known is None or known.void:
                self.ask(shop, number, late=number == runs)

    def ask(self, shop: Shop, number: int, *, late: bool) -> None:
        one = shop.script
        begins = anniversary(one.opened_on, number - 1)
        due = self.day + timedelta(days=30) if late else begins - ONE
        amount = self.price(shop, begins)
        owing = amount * (100 - self.percent(one.instrument, due)) // 100
        turns = shop.years[number].turns + 1 if number in shop.years else 1
        fee = None
        if owing:
            plan = payments(one, number, "fee", turns, self.day, due)
            fee = Bill(owing, due, plan)
        shop.years[number] = Year(number, begins, due, amount, amount - owing, fee, turns=turns)

    def surcharge(self, shop: Shop) -> None:
        for year in shop.years.values():
            late = (self.day - year.due).days > 3
            if late and year.unpaid and year.fee and year.more is None and not year.spared:
                due = self.day + timedelta(days=30)
                plan = payments(shop.script, year.number, "surcharge", 1, self.day, due)
                year.more = Bill(year.fee.owed * 20 // 100, due, plan)

    def acts(self) -> None:
        for one in self.scripts:
            if one.opened_on == self.day:
                self.open(one)
        for shop in self.shops.values():
            self.change(shop)
            if shop.script.closes == self.day and shop.state != "closed":
                self.close(shop)
            if self.day.day == 1 and shop.state in ("valid", "suspended") and self.in_a_row(shop):
                self.stop(shop)
            self.pay(shop)
            self.resume(shop)

    def open(self, one: Script) -> None:
        shop = self.shops[one.no] = Shop(one, one.area, until_of(one, self.day))
        if one.instrument != L:
            self.ask(shop, 1, late=True)
        else:
            shop.years[1] = Year(1, self.day, self.day, NOTED, 0, None, noted=True)

    def change(self, shop: Shop) -> None:
        one = shop.script
        if one.grows == self.day:
            shop.area = one.becomes
        if shop.state == "closed":
            return
        if one.suspended == self.day and shop.state == "valid":
            shop.state = "suspended"
        elif one.suspended + timedelta(days=15) == self.day and shop.state == "suspended":
            shop.state = "valid"
        if one.instrument == L and shop.until != NEVER:
            if shop.until - timedelta(days=20) == self.day and renewal(one.no, shop.until):
                shop.renewing = True
            if shop.until + timedelta(days=10) == self.day and shop.renewing:
                shop.renewing = False
                shop.until = anniversary(one.opened_on, running(one.opened_on, self.day)) - ONE

    def close(self, shop: Shop) -> None:
        dues = {year.number: year.due for year in shop.years.values() if year.asked}
        for year in list(shop.years.values()):
            if year.begins > self.day:
                if year.unpaid or (year.forgiven and not year.void):
                    self.cancel(shop, year)
            elif year.asked:
                following = [due for number, due in dues.items() if number > year.number]
                if not following or self.day < min(following):
                    year.spared = True
                    if year.more:
                        shop.settled |= year.more.owed > 0
                        year.more.let_off += year.more.owed
        shop.state = "closed"

    def in_a_row(self, shop: Shop) -> bool:
        row = longest = 0
        for number in sorted(shop.years):
            year = shop.years[number]
            if year.asked and year.due < self.day:
                row = row + 1 if year.unpaid else 0
                longest = max(longest, row)
        return longest > 2 and is_ordered(shop.script.no, self.day)

    def stop(self, shop: Shop) -> None:
        shop.state = "stopped"
        shop.pays_up = pays_up(shop.script.no, self.day)

    def pay(self, shop: Shop) -> None:
        for bill in shop.bills:
            for day, part in bill.plan:
                if day == self.day and bill.owed:
                    self.take(shop, bill, bill.owed // part or bill.owed)
            if shop.pays_up == self.day and bill.owed:
                self.take(shop, bill, bill.owed)

    def take(self, shop: Shop, bill: Bill, amount: int) -> None:
        bill.paid += amount
        self.paid += amount
        shop.settled |= bill.owed == 0

    def resume(self, shop: Shop) -> None:
        fees = [year.fee for year in shop.years.values() if year.fee]
        waits = [one for one in shop.bills if one.owed and (one not in fees or one.due < self.day)]
        if shop.settled and shop.state == "stopped" and not waits:
            shop.state = "valid"
        shop.settled = False
