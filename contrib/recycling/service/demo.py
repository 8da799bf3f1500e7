"""The demonstration: a village of the waste bank in its last five weeks."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from contrib.recycling.rules.book import BOOK, DIVIDEND
from contrib.recycling.service import (
    accounts,
    books,
    calls,
    dividends,
    loads,
    lots,
    materials,
    members,
    weighing,
)
from contrib.recycling.service.accounts import Wanted
from contrib.recycling.service.calls import Asked
from contrib.recycling.service.lots import Sale, Sold
from contrib.recycling.service.members import Facts
from contrib.recycling.service.rights import FIGURES, PERMISSIONS
from contrib.recycling.service.weighing import Weighed
from core.api import EVERYWHERE, Actor, Context, people
from kit.law import set_figure

WEEKS = 5
# Of the demonstration's people, see core.commands.demo_people.
_COLLECTOR, _CITIZENS = "สุภาพร", ("1234545678781", "3100600445635")
_HOUSES = (
    ("นายสมชาย กันทะ", "12", "หมู่ 1 บ้านครึ่งเหนือ"),
    ("นางบัวผัน ใจดี", "34/1", "หมู่ 1 บ้านครึ่งเหนือ"),
    ("นางอรุณี ปัญญา", "56", "หมู่ 2 บ้านครึ่งใต้"),
    ("นายประเสริฐ วงศ์ใหญ่", "78", "หมู่ 2 บ้านครึ่งใต้"),
    ("นางจันทร์ดี พรหมมา", "90/3", "หมู่ 3 บ้านศรีลานนา"),
    ("นายอำนวย มั่นคง", "101", "หมู่ 3 บ้านศรีลานนา"),
)
_SOLD = ("carton", "paper", "petclear", "plastic", "alucan", "glass", "ironthin", "beer")
_FACTORY = {"carton": 420, "petclear": 1_050, "alucan": 7_900, "paper": 390}


async def fill(ctx: Context) -> None:
    """Fill the register, weigh week by week, sell, share, and leave some calls open."""
    known = await people.officers(ctx, search=_COLLECTOR)
    if not known:
        return
    here = replace(ctx, actor=_officer(known[0]["id"], known[0]["name"]))
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    begun = replace(here, now=here.now - timedelta(weeks=WEEKS))
    await materials.begin_with(begun)
    await books.pay_in(begun, 2_000_000, to_bank=False)
    await books.pay_in(begun, 5_000_000, to_bank=True)
    houses = [
        await members.register(begun, Facts(name=name, address=address, village=village))
        for name, address, village in _HOUSES
    ]
    citizens = await _citizens(begun)
    houses += [(await members.own_member(one))["id"] for one in citizens]
    for week in range(WEEKS):
        at = replace(here, now=begun.now + timedelta(weeks=week))
        await _week(at, week, houses, chance)
    await _share(here)
    await _share_more(here)
    await _now(here, citizens)


def _officer(id: UUID, name: str) -> Actor:
    held = dict.fromkeys(PERMISSIONS, EVERYWHERE)
    return Actor(kind="officer", id=id, name=name, permissions=held)


async def _citizens(ctx: Context) -> list[Context]:
    """Let the citizens of the demonstration join; the first is paid by PromptPay."""
    found: list[Context] = []
    for number in _CITIZENS:
        known = await people.find_citizen(ctx, national_id=number)
        if known is None:
            continue
        actor = Actor(kind="citizen", id=known.id, name=known.name)
        own = replace(ctx, actor=actor)
        pay = {} if found else {"pay": "promptpay", "promptpay": "+66812345678"}
        facts = Facts(name="", address="88 ซอย 1", village="หมู่ 1 บ้านครึ่งเหนือ", **pay)
        await members.join(own, facts)
        found.append(own)
    return found


async def _week(ctx: Context, week: int, houses: list[UUID], chance: random.Random) -> None:
    """Let every house sell something, bring it to the centre, and sell what factories want."""
    amounts = {"carton": 300 + 10 * week, "alucan": 7_100 - 50 * week}
    if week:
        await materials.set_prices(ctx, amounts, from_at=ctx.now, source="ราคาตลาดประจำสัปดาห์")
    for number, house in enumerate(houses):
        at = replace(ctx, now=ctx.now + timedelta(hours=number + 1))
        codes = chance.sample(_SOLD, 3)
        weights = {code: _quantity(code, chance) for code in codes}
        told = Weighed(quantities=weights, cash=number % 3 == 0)
        await weighing.weigh_here(at, house, told)
    later = replace(ctx, now=ctx.now + timedelta(days=1))
    await _bring(later, short=week == WEEKS - 1)
    if week < WEEKS - 1:
        await _sell(replace(ctx, now=ctx.now + timedelta(days=2)), week)
    first = houses[week]
    if await books.balance_of(later, first) >= 5_000:
        wanted = Wanted(amount=5_000, way="cash", shown="id_card")
        await accounts.withdraw(later, first, wanted, key=f"demo-{week}")


def _quantity(code: str, chance: random.Random) -> int:
    return chance.randint(4, 24) if code == "beer" else chance.randint(1_500, 30_000)


async def _bring(ctx: Context, *, short: bool) -> None:
    """Weigh again what the collector carries; the last load lacks something of one material."""
    if ctx.actor.id is None:
        return
    carried = await loads.carried_by(ctx, ctx.actor.id)
    found = {one["material"]: one["told"] - one["told"] // 200 for one in carried.sums}
    if short:
        least = carried.sums[0]
        found[least["material"]] = least["told"] * 4 // 5
    await loads.receive(ctx, ctx.actor.id, carried.mark, found)


async def _sell(ctx: Context, week: int) -> None:
    stock = {one["code"]: one["quantity"] for one in await lots.stock_of(ctx)}
    sold = {code: Sold(stock[code], price) for code, price in _FACTORY.items() if code in stock}
    sale = Sale(
        sold_on=ctx.today,
        factory="โรงงานรีไซเคิลตัวอย่าง จังหวัดเชียงราย",
        note=f"WB-{118 + week}",
        truck="80-1234 เชียงราย",
        sold=sold,
    )
    if sold:
        await lots.sell(ctx, sale, key=f"demo-lot-{week}")


async def _share(ctx: Context) -> None:
    """Give the dividend of the first weeks."""
    first = ctx.today - timedelta(weeks=WEEKS)
    last = ctx.today - timedelta(weeks=2)
    proposed = await dividends.propose(ctx, first, last)
    if proposed.pool:
        await dividends.give(ctx, first, last, seen=proposed.pool)


async def _share_more(ctx: Context) -> None:
    """Let the members have a greater part of the margin from next month on."""
    await set_figure(
        ctx,
        BOOK,
        DIVIDEND,
        permission=FIGURES,
        value="75",
        law="",
        why="มติที่ประชุมสมาชิก (ตัวอย่าง)",
        since=ctx.today + timedelta(days=30),
        revision=0,
    )


async def _now(ctx: Context, citizens: list[Context]) -> None:
    """Leave a call that waits, one that the collector has taken, and goods on the truck."""
    for number, one in enumerate(citizens):
        own = replace(one, now=ctx.now)
        asked = Asked(
            slot_on=ctx.today + timedelta(days=number),
            slot="morning",
            kinds=("plastic", "paper"),
            grams=15_000,
            address="88 ซอย 1 หมู่ 1",
            note="อยู่หน้าบ้านข้างโรงรถ",
        )
        call = await calls.call(own, asked)
        if number == 0:
            await calls.accept(ctx, call)
            await calls.call(own, asked)
    member = (await members.own_member(citizens[0]))["id"] if citizens else None
    if member is not None:
        await weighing.weigh_here(ctx, member, Weighed(quantities={"carton": 9_500}))
