"""A flood, from its declaration to the second round of payments, with and without a script."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, expect

from contrib.disaster.rules.valuing import Damage
from contrib.disaster.service import acting, appraising, claims, requests
from core.context import Context
from kit.thai import BANGKOK
from tests.browser.people import at_browser, press, sign_in
from tests.browser.preparing import behind
from tests.browser.test_offline import LIST
from tests.contrib.disaster.asking import a_team, asked, facts
from tests.contrib.disaster.claiming import said_by_bank, wanted
from tests.contrib.disaster.conftest import a_flood, an_officer

HOME = "/desk/disaster"
HOUSEHOLDS = 200
WAITING = """SELECT count(*) FROM disaster.request
    WHERE tenant_id = 'maehia' AND state IN ('new', 'assigned', 'going')"""
# Two runs are two disasters, so that neither is in the way of the other, and none is a flood as
# the demonstration has one: whoever walks through its pages may come later.
RUNS = {True: ("other", 1_000), False: ("storm", 2_000)}
HEADS = "รหัสประจำบ้าน,หัวหน้าครัวเรือน,โทร,บ้านเลขที่,ชุมชน,lat,lon,สมาชิก,พื้นบ้านสูง (ซม.),ติดเตียง"


def households(first: int) -> bytes:
    """Return a list of households; the last row is wrong."""
    lines = [HEADS]
    for n in range(first, first + HOUSEHOLDS):
        sick = 2 if n == first + 150 else 0
        lines.append(
            f"{95010000000 + n},นางแมะ {n},08{n:08},{n} ถ.ริมน้ำ,ริมน้ำ,18.74,98.93,4,30,{sick}"
        )
    return "\n".join([*lines, ",ไม่มีบ้านเลขที่,,,ริมน้ำ,,,0,,"]).encode()


async def call(town: Any, first: int) -> None:
    """Let all households but the first ask for help, as they do in one night."""

    async def ask(ctx: Context) -> UUID:
        from_office = an_officer(ctx)
        event = await _event(town, first)
        for n in range(first + 1, first + HOUSEHOLDS):
            phone = f"+668{n:08}"
            known = facts(phone=phone, address="", pin=None, needs=["evacuate"], people=4)
            row = await requests.ask(from_office, event, known)
        id: UUID = row["id"]
        return id

    await behind(town, ask)


async def _event(town: Any, first: int) -> UUID:
    query = "SELECT id FROM disaster.event WHERE tenant_id = 'maehia' AND title = $1"
    [row] = await town.rows(query, f"น้ำป่า {first}")
    id: UUID = row["id"]
    return id


async def inspect_others(town: Any, kind: str, first: int) -> None:
    """Let four households claim, and be inspected, beside the one that pages take."""

    async def inspect(ctx: Context) -> UUID:
        office = an_officer(ctx)
        for n in range(first + 1, first + 5):
            id = await claims.enter(
                office, wanted(office, n, kind=kind), name=f"นางแมะ {n}", phone=""
            )
            found = Damage(house="part", days=9)
            await appraising.appraise(office, id, found, [], revision=1)
        return id

    await behind(town, inspect)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
async def test_a_flood_is_declared_households_are_scored_and_helped_and_claims_paid_in_two_rounds(
    chromium: Browser, town: Any, script: bool
) -> None:
    kind, first = RUNS[script]
    # A page that may be filled in without a signal is sent at once where there is one.
    how: dict[str, Any] = {"java_script_enabled": script, "service_workers": "block"}
    async with (
        at_browser(chromium, town, **how) as director,
        at_browser(chromium, town, **how) as treasury,
        at_browser(chromium, town, **how) as phone,
    ):
        desk, till, citizen = [await one.new_page() for one in (director, treasury, phone)]
        await sign_in(desk, "director")
        await declared(desk, kind, first)
        await taken_over(desk, first)
        await asked_by_phone(citizen, first)
        await call(town, first)
        await helped(desk, town, first)
        await claim(desk, kind, first)
        await inspect_others(town, kind, first)
        await resolve(desk, await _event(town, first))
        await sign_in(till, "treasury")
        await pay_twice(desk, till, first)
        await desk.goto(f"{HOME}/events/{await _event(town, first)}")
        await press(desk, "ปิดเหตุการณ์")
        await expect(desk.get_by_role("main")).to_contain_text("สิ้นสุดแล้ว")
        assert await desk.evaluate("document.documentElement.scrollWidth") <= 360


async def declared(desk: Page, kind: str, first: int) -> None:
    await desk.goto(f"{HOME}/events/new")
    await desk.check(f"[name=kind][value={kind}]")
    await desk.fill("#title", f"น้ำป่า {first}")
    await press(desk, "เปิดเหตุการณ์")
    await desk.get_by_role("link", name="กำหนดพื้นที่").click()
    await desk.wait_for_url("**/zones/new")
    await desk.fill("#name", "ริมน้ำ")
    await desk.fill("#depth_cm", "120")
    await desk.fill("#villages", "ริมน้ำ")
    await press(desk, "บันทึกพื้นที่")
    await press(desk, "ลงนามและออกประกาศ")
    await expect(desk.get_by_role("link", name=re.compile("ประกาศเลขที่"))).to_be_visible()


async def taken_over(desk: Page, first: int) -> None:
    await desk.goto(f"{HOME}/import")
    file: Any = {"name": f"{first}.csv", "mimeType": "text/csv", "buffer": households(first)}
    await desk.set_input_files("#file", file)
    await press(desk, "ตรวจไฟล์")
    await expect(desk.get_by_role("main")).to_contain_text("รายงานรายแถว")
    await press(desk, f"นำเข้า {HOUSEHOLDS} ครัวเรือน")
    await expect(desk.get_by_role("main")).to_contain_text(f"{HOUSEHOLDS} ครัวเรือนเข้าทะเบียน")


async def asked_by_phone(citizen: Page, first: int) -> None:
    await citizen.goto("/disaster")
    await expect(citizen.get_by_role("main")).to_contain_text("120 ซม.")
    await citizen.get_by_role("link", name="ขออพยพ อาหาร ยา หรือเรือ").click()
    await citizen.wait_for_url("**/disaster/help")
    if await citizen.locator("[name=event]").count():
        await citizen.get_by_label(f"น้ำป่า {first}").check()
    await citizen.check("[name=needs][value=boat]")
    await citizen.fill("#phone", f"08{first:08}")
    await citizen.fill("#address", "หลังวัดกลาง")
    await citizen.fill("#people", "4")
    await press(citizen, "ส่งคำขอความช่วยเหลือ")
    await expect(citizen.get_by_role("main")).to_contain_text("รอจัดทีม")


async def helped(desk: Page, town: Any, first: int) -> None:
    await desk.goto(f"{HOME}/teams/new")
    await desk.fill("#name", f"ทีมเรือ {first}")
    await desk.fill("#leader", "นายกล้า หาญดี")
    await desk.fill("#phone", "0811111111")
    await press(desk, "ตั้งทีม")
    [[waiting]] = await town.rows(WAITING)
    assert waiting >= HOUSEHOLDS
    await desk.goto(f"{HOME}/requests")
    await expect(desk.get_by_role("heading", name=f"รอความช่วยเหลือ {waiting} เรื่อง")).to_be_visible()
    # The household with two bedridden people is first: 90 cm above its floor, times 3.
    urgent = desk.get_by_role("main").get_by_role("listitem").first
    await expect(urgent).to_contain_text(re.compile("27[0-9] คะแนน"))
    await expect(urgent).to_contain_text(f"{first + 150} ถ.ริมน้ำ")
    await urgent.get_by_role("link").click()
    await desk.wait_for_url("**/requests/*-*")
    score = desk.locator("#score")
    await expect(score).to_contain_text("น้ำสูง 120 ซม. พื้นบ้านสูง 30 ซม. เหลือ 90 ซม.")
    await expect(score).to_contain_text("เริ่มที่ 1 ผู้ป่วยติดเตียง 2 คน +2")
    await desk.select_option("#team", label=f"ทีมเรือ {first} (ถืออยู่ 0)")
    await press(desk, "มอบให้ทีมนี้")
    await desk.goto(f"{HOME}/teams")
    await desk.get_by_role("link", name=f"ทีมเรือ {first}").click()
    await desk.wait_for_url("**/rounds/*")
    await desk.get_by_role("link", name=f"{first + 150} ถ.ริมน้ำ").click()
    await desk.wait_for_url("**/rounds/*/*")
    await desk.check("[name=outcome][value=helped]")
    await desk.fill("#note", "ส่งถึงโรงพยาบาล")
    await press(desk, "บันทึกผล")
    await expect(desk.get_by_role("main")).to_contain_text("ไม่มีคำขอที่ทีมต้องไป")


async def claim(desk: Page, kind: str, first: int) -> None:
    await desk.goto(f"{HOME}/claims/new")
    today = datetime.now(BANGKOK).date()
    typed = {
        "claimant": f"นางแมะ {first}",
        "phone": f"08{first:08}",
        "happened_on.day": str(today.day),
        "happened_on.year": str(today.year + 543),
        "house_code": f"{95010000000 + first}",
        "address": f"{first} ถ.ริมน้ำ",
        "village": "ริมน้ำ",
        "members": "4",
        "days": "9",
        "account": f"{20000000000 + first}",
        "account_name": f"นางแมะ {first}",
    }
    for name, text in typed.items():
        await desk.fill(f"[id='{name}']", text)
    await desk.check(f"[name=kind][value={kind}]")
    await desk.select_option("[id='happened_on.month']", str(today.month))
    await desk.check("[name=scheme][value=living]")
    await desk.check("[name=house][value=part]")
    await desk.select_option("#bank", "030")
    await press(desk, "บันทึกคำขอ")
    await desk.get_by_role("link", name="บันทึกผลตรวจ").click()
    await desk.wait_for_url("**/inspect")
    await press(desk, "บันทึกผลตรวจ")
    await expect(desk.locator("#valued")).to_contain_text("9,000.00")
    await press(desk, "ลงนามและออกหนังสือรับรอง")
    await expect(desk.locator("#certificates").get_by_role("link")).to_be_visible()


async def resolve(desk: Page, event: UUID) -> None:
    await desk.goto(f"{HOME}/resolutions/{event}")
    await expect(desk.locator("[name=claims]:checked")).to_have_count(5)
    today = datetime.now(BANGKOK).date()
    await desk.check("[name=committee][value=local]")
    await desk.fill("#number", "3/2569")
    await desk.fill("[id='resolved_on.day']", str(today.day))
    await desk.select_option("[id='resolved_on.month']", str(today.month))
    await desk.fill("[id='resolved_on.year']", str(today.year + 543))
    await press(desk, "บันทึกมติ")
    await expect(desk.get_by_role("complementary")).to_contain_text("45,000.00")


async def pay_twice(desk: Page, till: Page, first: int) -> None:
    batch = await round_of(till, first, {3: "บัญชีปิดแล้ว"})
    await expect(till.get_by_role("complementary")).to_contain_text("36,000.00")
    row = till.get_by_role("row").filter(has_text="บัญชีปิดแล้ว")
    refused = await row.get_by_role("link").get_attribute("href")
    await desk.goto(f"{refused}/account")
    await desk.fill("#account", "9876543210")
    await press(desk, "บันทึกบัญชีใหม่")
    again = await round_of(till, first)
    assert again != batch
    await expect(till.get_by_role("complementary")).to_contain_text("9,000.00")
    await till.goto(str(refused))
    await expect(till.get_by_role("heading", level=1).locator("..")).to_contain_text("จ่ายแล้ว")


async def round_of(till: Page, first: int, refused: dict[int, str] | None = None) -> str:
    """Make a batch and give back what the bank says of its file."""
    await till.goto(f"{HOME}/batches")
    await till.select_option("#event", label=f"น้ำป่า {first}")
    await press(till, "ทำชุดจ่าย")
    async with till.expect_download() as download:
        await till.get_by_role("link", name="ไฟล์ให้ธนาคาร (CSV)").click()
    path = await (await download.value).path()
    said = said_by_bank(path.read_bytes(), refused)
    file: Any = {"name": "bank.csv", "mimeType": "text/csv", "buffer": said}
    await till.set_input_files("#file", file)
    await press(till, "รับผลการโอน")
    return till.url


async def test_a_team_tells_what_came_of_it_without_a_signal_and_it_arrives_once(
    chromium: Browser, town: Any
) -> None:
    known: dict[str, UUID] = {}

    async def send(ctx: Context) -> UUID:
        office = an_officer(ctx)
        event = await a_flood(office, kind="landslide", title="ดินถล่มริมผา")
        known["asked"] = await asked(office, event, address="บ้านริมผา")
        known["team"] = await a_team(office, "ทีมกู้ภัยริมผา")
        return event

    await behind(town, send)
    await behind(town, given(known))
    async with at_browser(chromium, town, has_touch=True) as phone:
        page = await phone.new_page()
        await sign_in(page, "officer")
        await page.goto(f"{HOME}/rounds/{known['team']}")
        await expect(page.locator("[data-kept]")).to_be_visible()
        await phone.set_offline(True)
        await page.get_by_role("link", name="บ้านริมผา").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("คำขอ")
        await page.check("[name=outcome][value=helped]")
        await page.get_by_role("button", name="บันทึกผล").click()
        await expect(page.locator(LIST)).to_contain_text("รอสัญญาณ")
        await phone.set_offline(False)
        await expect(page.locator(LIST)).to_contain_text("ส่งแล้ว", timeout=60_000)
        steps = "SELECT what FROM disaster.request_step WHERE request_id = $1 ORDER BY id"
        assert [row[0] for row in await town.rows(steps, known["asked"])] == ["assigned", "helped"]


def given(known: dict[str, UUID]) -> Callable[[Context], Awaitable[UUID]]:
    async def give(ctx: Context) -> UUID:
        await acting.assign(an_officer(ctx), known["asked"], known["team"], revision=1)
        return known["asked"]

    return give


async def test_the_board_renews_itself_when_somebody_asks_for_help(
    chromium: Browser, town: Any
) -> None:
    async def begin(ctx: Context) -> UUID:
        return await a_flood(an_officer(ctx), kind="fire", title="ไฟไหม้ตลาด")

    event = await behind(town, begin)
    urgent: dict[str, Any] = {"water": "over", "flags": {"powered": 3}}

    async def ask(ctx: Context) -> UUID:
        return await asked(an_officer(ctx), event, address="ตลาดที่ไฟไหม้", **urgent)

    async with at_browser(chromium, town) as screen:
        page = await screen.new_page()
        await sign_in(page, "director")
        await page.goto(f"{HOME}/board")
        await behind(town, ask)
        await expect(page.locator("#board")).to_contain_text("ตลาดที่ไฟไหม้")
