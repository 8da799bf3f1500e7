"""A collector walks a round with a phone through a dead zone; every payment arrives once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from core import db
from core.context import EVERYWHERE, Actor, Context
from core.discovery import find
from core.identity import accounts, holders, roles, sessions
from core.runtime import make_runtime
from core.settings import read_settings
from core.text import Text
from kit.treasury import Due, make_bill, raise_charges, take_cash
from kit.treasury.service import tills
from plugins.waste_fees.service import points
from plugins.waste_fees.service.rights import PERMISSIONS
from tests.browser.people import at_browser
from tests.phones import a_phone

ROUND = "/desk/waste/rounds"
HOUSES = 10
RIGHTS = (*PERMISSIONS, "treasury.collect", "treasury.read", "treasury.close")
KEPT = """async () => {
  const files = [...document.scripts].map(({ src }) => src);
  files.push(document.querySelector("[data-src]").dataset.src, location.href);
  const found = await Promise.all(files.map((one) => caches.match(one, { ignoreVary: true })));
  return found.every(Boolean);
}"""
# A reader of codes, which Chromium has on phones only, and a camera that sees nothing by itself.
READER = """
window.BarcodeDetector = class {
  async detect() { return window.seen ? [{ rawValue: window.seen }] : []; }
};
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  return canvas.captureStream(5);
};
"""


class Walk(NamedTuple):
    """A collector with an open till, and a route of houses that each owe one bill."""

    token: str
    till: str
    route: str
    houses: list[tuple[str, str, int]]  # number, code of the sticker, satang
    here: Context


@asynccontextmanager
async def walking(town: Any) -> AsyncIterator[Walk]:
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), town.database, find())
    await db.open_pool()
    tenant = await runtime.directory.get("maehia")
    assert tenant is not None
    ctx = runtime.context(tenant, now=datetime.now(UTC))
    mark = uuid4().hex[:6]
    account = await accounts.register_officer(
        ctx,
        post="พนักงานเก็บเงิน",
        first_name="บุญมา",
        last_name="เดินไกล",
        phone=a_phone(),
    )
    title = Text("พนักงานเก็บเงิน", "Collector")
    await roles.create_role(ctx, code=f"walk_{mark}", title=title, permissions=RIGHTS)
    await holders.grant_role(ctx, account=account, role=f"walk_{mark}")
    session = await sessions.open_session(
        ctx, account, "officer", browser=sessions.Browser(), how="password"
    )
    held = dict.fromkeys(RIGHTS, EVERYWHERE)
    actor = Actor(kind="officer", id=account, name="บุญมา เดินไกล", permissions=held)
    here = replace(ctx, actor=actor)
    await tills.add_till(here, code=f"R{mark}", name="ถุงเงินสายทดสอบ")
    await tills.open_till(here, f"R{mark}")
    route = f"สาย {mark}"
    houses = [await a_house(here, route, number) for number in range(HOUSES)]
    yield Walk(session.token, f"R{mark}", route, houses, here)
    await runtime.host.quarantine.settle()
    await db.close_pool()


async def a_house(ctx: Context, route: str, place: int) -> tuple[str, str, int]:
    amount = 4_000 + place * 525
    values = {"use": "household", "payer_name": f"นายบ้าน {place}", "address": f"{place}/9 หมู่ 1"}
    id = await points.open_point(
        ctx, values | {"route": route, "litres": 20}, since=ctx.today, why="ทดสอบ"
    )
    row = await points.read_point(ctx, id)
    words, due_on = Text("ค่าเก็บขนมูลฝอย", "Waste collection"), ctx.today + timedelta(20)
    due = Due(
        reference=str(id),
        revenue="waste_fees.collect",
        title=words,
        amount=amount,
        due_on=due_on,
    )
    raised = await raise_charges(ctx, source="waste_fees", payer=row["payer"], dues=[due])
    await make_bill(
        ctx,
        source="waste_fees",
        subject=f"point/{id}",
        kind="01",
        title=words,
        charges=list(raised.values()),
        due_on=due_on,
    )
    return f"{row['number']:05}", row["code"], amount


@pytest.fixture
async def walk(town: Any) -> AsyncIterator[Walk]:
    async with walking(town) as made:
        yield made
    town.line.mend()


@asynccontextmanager
async def phone_of(chromium: Browser, town: Any, walk: Walk) -> AsyncIterator[BrowserContext]:
    async with at_browser(chromium, town) as phone:
        cookie = {"name": sessions.COOKIE, "value": walk.token, "url": town.url("/")}
        await phone.add_cookies([cookie])  # type: ignore[list-item]
        yield phone


async def taken_along(phone: BrowserContext, walk: Walk) -> Page:
    """Open the round while there is a line, until it is kept."""
    page = await phone.new_page()
    await page.goto(ROUND)
    await page.get_by_role("link", name=walk.route).click()
    await expect(page.locator("[data-ready]")).to_be_visible()
    for _ in range(75):
        if await page.evaluate(KEPT):
            return page
        await asyncio.sleep(0.2)
    raise TimeoutError("the round is not kept")


async def take(page: Page, number: str, tendered: str | None) -> None:
    """Find a house by its number and take cash there; None is the exact amount."""
    await page.get_by_placeholder("เลขที่จุด").fill(number)
    await page.keyboard.press("Enter")
    if tendered is None:
        await page.get_by_role("button", name="รับพอดี ไม่ต้องทอน").click()
    else:
        await page.get_by_label("2. เงินที่รับมา").fill(tendered)
        await page.get_by_role("button", name="รับเงินแล้ว").click()


TAKEN = """SELECT amount, receipts::text AS receipts, said_at FROM treasury.collected c
WHERE c.tenant_id = 'maehia' AND c.collector_name = 'บุญมา เดินไกล' AND c.till = $1"""
GIVEN = """SELECT r.number FROM treasury.receipt r
JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
WHERE r.tenant_id = 'maehia' AND p.account = $1 ORDER BY r.number"""


async def test_ten_payments_without_a_line_are_ten_receipts_once_each(
    chromium: Browser, town: Any, walk: Walk
) -> None:
    whole = sum(amount for _, _, amount in walk.houses)
    async with phone_of(chromium, town, walk) as phone:
        page = await taken_along(phone, walk)
        await phone.set_offline(True)
        await page.reload()
        for place, (number, _, amount) in enumerate(walk.houses):
            await take(page, number, None if place % 2 else "100")
            mark = page.locator(f"#house-{number} [data-mark=waiting]")
            await expect(mark).to_be_visible()
            assert amount <= 10_000
        await expect(page.locator("[data-sum]")).to_contain_text(
            f"รอส่ง 10 รายการ รวม {whole / 100:,.2f} บาท"
        )
        await expect(page.locator(".line-off")).to_be_visible()
        assert await town.rows(TAKEN, walk.till) == []

        # The first sending arrives and its answer does not: it is sent again.
        town.line.lose_answer_to(b"POST /desk/waste/rounds")
        await phone.set_offline(False)
        await expect(page.locator("[data-waiting] .files li")).to_have_count(HOUSES)
        for _ in range(75):
            if await town.rows(TAKEN, walk.till):
                break
            await asyncio.sleep(0.2)
        town.line.mend()
        await expect(page.locator("[data-sum]")).to_contain_text("ส่งครบแล้ว", timeout=60_000)

        taken = await town.rows(TAKEN, walk.till)
        assert sorted(row["amount"] for row in taken) == sorted(one[2] for one in walk.houses)
        assert all(row["receipts"].count('"') == 2 and row["said_at"] for row in taken)
        numbers = [row["number"] for row in await town.rows(GIVEN, f"cash/{walk.till}")]
        assert len(numbers) == HOUSES
        assert numbers == list(range(numbers[0], numbers[0] + HOUSES))
        await page.goto("/desk/till")
        await expect(page.locator(".sum .total").first).to_contain_text(f"{whole / 100:,.2f}")
        await page.goto(f"{ROUND}/today")
        await expect(page.locator("tbody tr")).to_have_count(HOUSES)
        await page.goto(f"{ROUND}?route={walk.route}")
        await expect(page.get_by_text("ไม่มียอดค้าง", exact=True)).to_have_count(HOUSES)


async def test_what_was_paid_at_the_counter_meanwhile_is_told_when_the_line_is_back(
    chromium: Browser, town: Any, walk: Walk
) -> None:
    number, _, amount = walk.houses[0]
    async with phone_of(chromium, town, walk) as phone:
        page = await taken_along(phone, walk)
        await phone.set_offline(True)
        await take(page, number, None)
        await expect(page.locator(f"#house-{number} [data-mark=waiting]")).to_be_visible()
        [bill] = await town.rows(
            "SELECT id FROM treasury.bill WHERE tenant_id = 'maehia' AND payer_name = 'นายบ้าน 0'"
            " AND owed = $1 AND state = 'open' ORDER BY id DESC LIMIT 1",
            amount,
        )
        await take_cash(
            walk.here, bill["id"], amount=amount, tendered=amount, till=walk.till, key=walk.till
        )
        await phone.set_offline(False)
        await expect(page.locator(f"#house-{number} [data-mark=sent]")).to_be_visible()
        await page.goto(f"{ROUND}/today")
        await expect(page.locator("tbody")).to_contain_text(f"รับเกิน {amount / 100:,.2f}")


async def test_a_scanned_sticker_opens_the_house_with_a_line_and_without(
    chromium: Browser, town: Any, walk: Walk
) -> None:
    (number, code, amount), (other, other_code, _) = walk.houses[:2]
    async with phone_of(chromium, town, walk) as phone:
        page = await phone.new_page()
        await page.goto(f"/w/{code}")
        await page.get_by_role("link", name="เก็บเงินที่บ้านนี้").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("นายบ้าน 0")
        await page.get_by_label("2. เงินที่รับมา").fill("100")
        await page.get_by_role("button", name="รับเงินแล้ว").click()
        back = f"{(10_000 - amount) / 100:,.2f}"
        await expect(page.locator(".money")).to_contain_text(f"ทอน {back}")
        await expect(page.get_by_role("button", name="พิมพ์ต้นฉบับ")).to_be_visible()
        await page.get_by_role("link", name="ไปบ้านถัดไป").click()
        paid = page.locator(f"#house-{number}")
        await expect(paid).to_contain_text("ไม่มียอดค้าง")
        await page.close()

        await phone.add_init_script(READER)
        page = await taken_along(phone, walk)
        await phone.set_offline(True)
        for seen, heading in (("AAAA-AAAA-AAAA", None), (f"{town.url('/w/')}{other_code}", other)):
            await page.get_by_role("button", name="สแกนสติกเกอร์").click()
            await expect(page.locator("[data-camera]")).to_be_visible()
            await page.evaluate("(text) => (window.seen = text)", seen)
            await expect(page.locator("[data-camera]")).to_be_hidden()
            await page.evaluate("() => (window.seen = null)")
            if heading is None:
                await expect(page.locator("[data-found]")).to_contain_text("ไม่พบบ้านนี้")
        await expect(page.locator("[data-address]")).to_contain_text(other)
        await expect(page.get_by_label("1. ยอดที่ชำระ")).to_have_value("45.25")


async def test_what_cannot_be_right_is_said_at_the_door_and_nothing_of_it_waits(
    chromium: Browser, town: Any, walk: Walk
) -> None:
    number, _, _ = walk.houses[0]
    async with phone_of(chromium, town, walk) as phone:
        page = await taken_along(phone, walk)
        await phone.set_offline(True)
        await take(page, number, "30")
        await expect(page.locator("[data-wrong]")).to_contain_text("เงินที่รับมาต้องไม่น้อยกว่า")
        await expect(page.locator("[data-change]")).to_have_text("ยังขาด 10.00 บาท")
        await page.get_by_label("1. ยอดที่ชำระ").fill("400")
        await page.get_by_role("button", name="รับพอดี ไม่ต้องทอน").click()
        await expect(page.locator("[data-wrong]")).to_contain_text("ไม่เกินยอดค้าง 40.00 บาท")
        await page.get_by_role("link", name="กลับไปที่รายการบ้าน").click()
        await expect(page.locator("[data-waiting] .files li")).to_have_count(0)
        await page.get_by_placeholder("เลขที่จุด").fill("บ้าน 3")
        await expect(page.locator("[data-point]:visible")).to_have_count(1)
