"""Five years of a town through the real jobs and the real treasury, held against a slow oracle."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.context import Context
from core.text import Text
from kit.treasury import Due, Who, keep_payer, open_till, raise_charges, take_cash
from kit.treasury.service.billing import make_bill
from kit.treasury.service.ledger import balances
from kit.treasury.service.tills import add_till
from plugins.food_cert.rules.bands import Band
from plugins.food_cert.service import bands, first, owing, waivers
from plugins.food_cert.service.closing import close_fees
from tests.kit.treasury.service import banking
from tests.kit.treasury.service.people import with_rights
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.food_cert.fees import morning, on, place_row
from tests.plugins.food_cert.town import (
    BANDS,
    CASH_DAY,
    END,
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
    the_town,
    until_of,
)
from tests.plugins.food_cert.town_oracle import Oracle

PLACES = int(os.environ.get("THONGTHIN_PLACES", "60"))

_NEW = """
SELECT b.id, b.ref1, b.issued_on, b.due_on, f.place_id, f.year,
  CASE WHEN b.id = f.bill THEN 'fee' ELSE 'surcharge' END AS what
FROM treasury.bill b JOIN food_cert.fee_year f
  ON f.tenant_id = b.tenant_id AND b.id IN (f.bill, f.surcharge_bill)
WHERE b.source = 'food_cert' AND b.issued_on = $1
"""
_SETTLED = """
SELECT id, args->'facts'->>'bill' AS bill FROM procrastinate_jobs
WHERE id > $1 AND task_name = 'core.deliver_event' AND args->>'hook' = 'on_bill_settled'
ORDER BY id
"""
_OPEN = "SELECT id, ref1, owed FROM treasury.bill WHERE id = ANY($1) AND state = 'open'"
_OF_PLACES = """
SELECT id FROM treasury.bill WHERE source = 'food_cert' AND state = 'open' AND subject = ANY($1)
"""
_YEARS = """
SELECT f.*, b.total, b.owed, s.total AS more, s.owed AS more_owed FROM food_cert.fee_year f
LEFT JOIN treasury.bill b ON b.tenant_id = f.tenant_id AND b.id = f.bill
LEFT JOIN treasury.bill s ON s.tenant_id = f.tenant_id AND s.id = f.surcharge_bill
ORDER BY f.place_id, f.year
"""


@dataclass
class Shop:
    """What the driver remembers of a place; how it stands is in the database."""

    script: Script
    id: UUID
    until: date
    renewing: bool = False
    pays_up: date = NEVER


@dataclass
class Town:
    """The hands of everybody in the town, day by day."""

    ctx: Context
    scripts: list[Script]
    shops: dict[int, Shop] = field(default_factory=dict)
    by_id: dict[UUID, Shop] = field(default_factory=dict)
    plans: dict[date, list[tuple[UUID, int]]] = field(default_factory=dict)
    turns: dict[tuple[int, int, str], int] = field(default_factory=dict)
    waivers: dict[int, UUID] = field(default_factory=dict)
    heard: int = 0

    async def day(self, day: date) -> None:
        await self.office(day)
        await morning(self.ctx, day)
        await self.plan(day)
        for one in self.scripts:
            if one.opened_on == day:
                await self.open(one, day)
                await self.plan_first(day, self.shops[one.no].id)
        for shop in self.shops.values():
            await self.change(shop, day)
            if shop.script.closes == day:
                await self.close(shop, day)
        if day.day == 1:
            await self.stop(day)
        await self.pay(day)
        await self.hear(day)

    async def office(self, day: date) -> None:
        here = an_officer(on(self.ctx, day))
        if day in BANDS:
            from_on, given = BANDS[day]
            wanted = [
                Band(
                    instrument=paper,
                    above=Decimal(above),
                    upto=None if upto is None else Decimal(upto),
                    amount=satang,
                )
                for paper, above, upto, satang in given
            ]
            await bands.set_bands(here, wanted, from_on=from_on, source="เทศบัญญัติ")
        for at, one in enumerate(WAIVERS):
            if one.added == day:
                self.waivers[at] = await waivers.add_waiver(
                    here,
                    from_on=one.first,
                    until_on=one.last,
                    percent=one.percent,
                    instrument=one.instrument,
                    law="ประกาศกระทรวงมหาดไทย",
                    why="ช่วยเหลือผู้ประกอบการ",
                )
            if one.withdrawn == day:
                await waivers.withdraw_waiver(here, self.waivers[at])

    async def open(self, one: Script, day: date) -> None:
        until = until_of(one, day)
        id = await a_place(
            on(self.ctx, day),
            opened_on=one.opened_on,
            instrument=one.instrument,
            area=one.area,
            name=f"ร้านที่ {one.no}",
            house_no=f"{one.no + 1}",
            until=None if until == NEVER else until,
        )
        self.shops[one.no] = self.by_id[id] = Shop(one, id, until)
        if one.opened_on < START:
            return
        here, place = on(self.ctx, day), await place_row(self.ctx, id)
        if one.instrument == L:
            await first.note_first(here, place, await self.paid_with_the_licence(here, one))
        else:
            await first.bill_first(here, place)

    async def paid_with_the_licence(self, ctx: Context, one: Script) -> UUID:
        title = Text("ค่าใบอนุญาต", "Licence")
        payer = await keep_payer(ctx, Who(source="casework", subject=f"case/{one.no}", name="ผู้ขอ"))
        due = Due(
            reference=f"case/{one.no}",
            revenue="food_cert.licence",
            title=title,
            amount=NOTED,
            due_on=ctx.today,
        )
        raised = await raise_charges(ctx, source="casework", payer=payer, dues=[due])
        asked = await make_bill(
            ctx,
            source="casework",
            subject=f"case/{one.no}",
            kind="07",
            title=title,
            charges=list(raised.values()),
            due_on=ctx.today,
        )
        return asked.id

    async def plan(self, day: date) -> None:
        for row in await rows(self.ctx, _NEW, day):
            self.remember(row)

    async def plan_first(self, day: date, place: UUID) -> None:
        for row in await rows(self.ctx, f"{_NEW} AND f.place_id = $2", day, place):
            self.remember(row)

    def remember(self, row: Mapping[str, Any]) -> None:
        one, year, what = self.by_id[row["place_id"]].script, row["year"], row["what"]
        turn = self.turns[one.no, year, what] = self.turns.get((one.no, year, what), 0) + 1
        for day, part in payments(one, year, what, turn, row["issued_on"], row["due_on"]):
            self.plans.setdefault(day, []).append((row["id"], part))

    async def change(self, shop: Shop, day: date) -> None:
        one = shop.script
        if one.grows == day:
            await self.write("area = $2", shop, one.becomes)
        if one.closes <= day:
            return
        if one.suspended == day:
            await self.write("state = 'suspended'", shop, was="valid")
        elif one.suspended + timedelta(days=15) == day:
            await self.write("state = 'valid'", shop, was="suspended")
        if one.instrument != L:
            return
        if shop.until - timedelta(days=20) == day and renewal(one.no, shop.until):
            shop.renewing = True
            await self.write("renewing = $2", shop, uuid4())
        if shop.until + timedelta(days=10) == day and shop.renewing:
            shop.renewing = False
            shop.until = anniversary(one.opened_on, running(one.opened_on, day)) - timedelta(days=1)
            await self.write("renewing = NULL, until = $2", shop, shop.until)

    async def write(self, what: str, shop: Shop, *values: object, was: str = "") -> None:
        only = f" AND state = '{was}'" if was else ""
        query = f"UPDATE food_cert.place SET {what} WHERE id = $1{only}"  # noqa: S608 - our own
        await rows(self.ctx, query, shop.id, *values)

    async def close(self, shop: Shop, day: date) -> None:
        await close_fees(on(self.ctx, day, 10), await place_row(self.ctx, shop.id), day)
        await self.write("state = 'closed', closed_on = $2", shop, day)

    async def stop(self, day: date) -> None:
        for one in await owing.to_stop(on(self.ctx, day, 10)):
            shop = self.by_id[one.place]
            if is_ordered(shop.script.no, day):
                shop.pays_up = pays_up(shop.script.no, day)
                await self.write("state = 'stopped'", shop)

    async def pay(self, day: date) -> None:
        planned = self.plans.pop(day, [])
        ready = [f"place/{one.id}" for one in self.shops.values() if one.pays_up == day]
        if ready:
            planned += [(row["id"], 1) for row in await rows(self.ctx, _OF_PLACES, ready)]
        if not planned:
            return
        known = {row["id"]: row for row in await rows(self.ctx, _OPEN, [one for one, _ in planned])}
        left = {id: row["owed"] for id, row in known.items()}
        taken: list[tuple[UUID, int]] = []
        for bill, part in planned:
            if left.get(bill):
                taken.append((bill, left[bill] // part or left[bill]))
                left[bill] -= taken[-1][1]
        if day.day == CASH_DAY:
            await self.at_the_counter(day, taken)
        elif taken:
            lines = [
                banking.paid(known[bill]["ref1"], amount, at=at, day=(day - banking.DAY).days)
                for at, (bill, amount) in enumerate(taken)
            ]
            await banking.send(on(self.ctx, day, 20), lines, on=day)  # type: ignore[arg-type]

    async def at_the_counter(self, day: date, taken: list[tuple[UUID, int]]) -> None:
        cashier = with_rights(on(self.ctx, day, 11), "collect", "read", "close")
        till = f"t{day:%Y%m}"
        if taken:
            await add_till(cashier, code=till, name=till)
            await open_till(cashier, till)
        for at, (bill, amount) in enumerate(taken):
            key = f"{day}/{at}"
            await take_cash(cashier, bill, amount=amount, tendered=amount, till=till, key=key)

    async def hear(self, day: date) -> None:
        """Let the plugin hear which bills were settled, and who may go on then does."""
        for row in await rows(self.ctx, _SETTLED, self.heard):
            self.heard = row["id"]
            here = on(self.ctx, day, 22)
            place = await owing.follow_settled(here, UUID(row["bill"]))
            if place is not None and not await owing.in_arrears(here, place):
                await self.write("state = 'valid'", self.by_id[place], was="stopped")

    async def books(self) -> dict[tuple[int, int], tuple[object, ...]]:
        found: dict[tuple[int, int], tuple[object, ...]] = {}
        for row in await rows(self.ctx, _YEARS):
            key = (self.by_id[row["place_id"]].script.no, row["year"])
            if row["state"] == "void":
                found[key] = ("void",)
                continue
            noted = row["total"] == NOTED and row["year"] == 1
            fee = () if noted or row["bill"] is None else (row["due_on"], row["total"], row["owed"])
            more = (row["more"], row["more_owed"]) if row["surcharge_bill"] else ()
            found[key] = (row["from_on"], row["amount"], row["waived"], fee, more)
        return found


def reckoned(oracle: Oracle) -> dict[tuple[int, int], tuple[object, ...]]:
    found: dict[tuple[int, int], tuple[object, ...]] = {}
    for no, shop in oracle.shops.items():
        for number, year in shop.years.items():
            if year.void:
                found[no, number] = ("void",)
                continue
            fee = (year.due, year.fee.total, year.fee.owed) if year.fee else ()
            more = (year.more.total, year.more.owed) if year.more else ()
            found[no, number] = (year.begins, year.amount, year.waived, fee, more)
    return found


@pytest.fixture
async def town(ctx: Context) -> Town:
    made = Town(ctx, the_town(PLACES))
    for one in made.scripts:
        if one.opened_on < START:
            await made.open(one, START)
    return made


async def test_five_years_of_a_town_are_right_to_the_satang(ctx: Context, town: Town) -> None:
    oracle = Oracle(town.scripts)
    oracle.live()
    day = START
    while day <= END:
        await town.day(day)
        if day.day == 1:
            [row] = await rows(
                ctx,
                "SELECT coalesce(sum(owed), 0)::bigint AS owed FROM treasury.bill"
                " WHERE source = 'food_cert' AND state = 'open'",
            )
            assert row["owed"] == oracle.owed_on[day], day
        day += timedelta(days=1)

    assert await town.books() == reckoned(oracle)
    shops = oracle.shops.values()
    states = {
        row["id"]: row["state"] for row in await rows(ctx, "SELECT id, state FROM food_cert.place")
    }
    assert {town.by_id[id].script.no: state for id, state in states.items()} == {
        shop.script.no: shop.state for shop in shops
    }
    [money] = await rows(
        ctx, "SELECT coalesce(sum(amount), 0)::bigint AS paid FROM treasury.payment"
    )
    assert money["paid"] == oracle.paid
    known = await balances(ctx)
    noted = sum(year.noted for shop in shops for year in shop.years.values())
    assert known["receivable"] == sum(shop.owed for shop in shops) + noted * NOTED
    assert known.get("suspense", 0) == -sum(shop.lost for shop in shops)
    assert sum(known.values()) == 0


def test_the_town_meets_everything_that_the_rules_speak_of() -> None:
    oracle = Oracle(the_town(60))
    oracle.live()
    shops = list(oracle.shops.values())
    years = [year for shop in shops for year in shop.years.values()]
    leap = [
        one for one in shops if (one.script.opened_on.month, one.script.opened_on.day) == (2, 29)
    ]

    assert {shop.state for shop in shops} == {"valid", "stopped", "closed"}
    assert any(shop.pays_up < END and shop.state == "valid" for shop in shops), "resumed"
    assert any(year.number > 1 and year.due > year.begins for year in years), "billed late"
    assert any(year.void for year in years)
    assert any(year.turns > 1 for year in years), "billed anew"
    assert any(year.forgiven for year in years)
    assert any(0 < year.waived < year.amount for year in years)
    assert any(year.fee and year.fee.let_off for year in years), "let off after it was billed"
    assert any(year.more and year.more.let_off for year in years), "closed in time"
    assert any(
        year.more and year.fee and year.fee.total * 20 // 100 > year.more.total for year in years
    )
    assert any(shop.lost for shop in shops)
    assert len(leap) > 3
