"""What pages show that come only after somebody did something: made by doing it in browsers."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from msgspec.structs import replace
from playwright.async_api import BrowserContext, FilePayload, Page

from contrib.disaster.rules.book import BOOK as WEIGHTS
from contrib.disaster.service import demo
from contrib.disaster.service.events import read_events
from contrib.disaster.service.rights import FIGURES
from core import db
from core.catalog.client import Catalog
from core.catalog.keys import make_key
from core.catalog.policy import write_policy
from core.catalog.repository import Repository
from core.commands.demo_people import PASSWORD
from core.context import Context
from core.discovery import find
from core.identity import posts
from core.identity.cookies import SESSION
from core.operator.figures import gather
from core.operator.watching import measure, watch
from core.runtime import make_runtime
from core.settings import read_settings
from core.tenants.directory import Directory
from core.text import Text
from kit.casework.states import Status
from kit.law import set_figure
from plugins.eoffice.rules.book import BOOK
from plugins.eoffice.service import disposing, holds, lending, storing
from plugins.eoffice.service.rights import SETTINGS
from plugins.food_cert.service import handlers
from tests.browser.filing import filed, fill_in, photo
from tests.browser.people import CITIZEN, give_password, press, sign_in
from tests.contrib.catalog.conftest import ANSWERS, source_of
from tests.contrib.disaster.conftest import an_officer
from tests.core.catalog.conftest import PEOPLE, PHRASE, Keepers, make_wheel
from tests.kit.treasury.service.banking import a_file, paid
from tests.phones import a_phone
from tests.plugins.eoffice.conftest import TownHall
from tests.plugins.eoffice.shelves import closed
from tests.plugins.food_cert.conftest import a_place
from tests.plugins.permits.sites import a_site

Made = TypeVar("Made")

OTHER = "0898765432"  # phone of another citizen
SECTIONS = ["about", "questions", "documents", "steps", "limit", "result"]
# One that is owed, overdue, owed in part, paid, paid beyond, cancelled.
EACH_BILL = """FROM (SELECT DISTINCT ON (state, due_on < current_date, owed < total, beyond) *
    FROM (SELECT *, EXISTS (SELECT 1 FROM treasury.payment p
        WHERE p.bill_id = b.id AND waits <> '') AS beyond FROM treasury.bill b) AS told
    WHERE tenant_id = 'maehia'
    ORDER BY state, due_on < current_date, owed < total, beyond) AS each"""
MY_HANDLERS = """FROM food_cert.handler h JOIN food_cert.place p ON p.id = h.place_id
    JOIN core.account a ON a.id = p.account
    WHERE h.tenant_id = 'maehia' AND a.phone = '+66812345678' LIMIT 1"""
FLOODED = {
    "disaster": "SELECT id FROM disaster.event WHERE title = 'น้ำท่วมแม่น้ำปัตตานี' AND {here} LIMIT 1",
    "disaster_zone": """SELECT '/desk/disaster/events/' || event_id || '/zones/' || id
        FROM disaster.zone WHERE {here} LIMIT 1""",
    "vulnerable": "SELECT DISTINCT ON (flags) id FROM disaster.household WHERE {here} LIMIT 2",
    "help_request": "SELECT DISTINCT ON (state) id FROM disaster.request WHERE {here}",
    "open_request": "SELECT id FROM disaster.request WHERE {here} AND state = 'new' LIMIT 1",
    "help_code": "SELECT DISTINCT ON (state) code FROM disaster.request WHERE {here}",
    "team": "SELECT team_id FROM disaster.request WHERE {here} AND state = 'going' LIMIT 1",
    "team_request": """SELECT '/desk/disaster/rounds/' || team_id || '/' || id
        FROM disaster.request WHERE {here} AND team_id IS NOT NULL LIMIT 1""",
    "shelter": "SELECT shelter_id FROM disaster.stock WHERE {here} LIMIT 1",
    "stock": """SELECT '/desk/disaster/shelters/' || shelter_id || '/stock/' || id
        FROM disaster.stock WHERE {here} LIMIT 1""",
    "batch": "SELECT id FROM disaster.batch WHERE {here} LIMIT 1",
    "claim": "SELECT DISTINCT ON (state) id FROM disaster.claim WHERE {here}",
    "filed_claim": "SELECT id FROM disaster.claim WHERE {here} AND state = 'filed' LIMIT 1",
    "returned_claim": "SELECT id FROM disaster.claim WHERE {here} AND state = 'returned' LIMIT 1",
}
KNOWN = {
    "figure": """SELECT '/desk/operator/figures/services/' || service || '?year='
        || extract(year FROM month + interval '3 months') + 543 FROM core.office_month
        WHERE tenant_id = 'dga' ORDER BY filed DESC LIMIT 1""",
    **{name: query.format(here="tenant_id = 'maehia'") for name, query in FLOODED.items()},
    "case": """SELECT DISTINCT ON (status, step IS NULL) id FROM casework."case" c
        WHERE tenant_id = 'maehia' ORDER BY status, step IS NULL, number""",
    "track": """SELECT DISTINCT ON (status, step IS NULL) track FROM casework."case" c
        WHERE tenant_id = 'maehia' ORDER BY status, step IS NULL, number""",
    "deciding": """SELECT id FROM casework."case" WHERE tenant_id = 'maehia'
        AND status = 'considering' AND waits_for = 'mayor' AND service LIKE 'permits.%' LIMIT 1""",
    "running": """SELECT id FROM casework."case" WHERE tenant_id = 'maehia'
        AND status = 'considering' AND waits_for = 'officer' LIMIT 1""",
    "received": """SELECT id FROM casework."case" WHERE tenant_id = 'maehia'
        AND channel = 'counter' LIMIT 1""",
    "agreement": "SELECT id FROM treasury.agreement WHERE tenant_id = 'maehia' LIMIT 1",
    "cheque": "SELECT payment_id FROM treasury.cheque WHERE tenant_id = 'maehia' LIMIT 1",
    "code": "SELECT code FROM documents.paper WHERE tenant_id = 'maehia' LIMIT 1",
    "paper": """SELECT '/desk/cases/' || substr(subject, 6) || '/papers/' || id
        FROM documents.paper WHERE tenant_id = 'maehia' AND subject LIKE 'case/%' LIMIT 1""",
    "officer": """SELECT id FROM core.account WHERE tenant_id = 'maehia'
        AND kind = 'officer' ORDER BY id LIMIT 1""",
    "run": """SELECT DISTINCT ON (state) id FROM waste_fees.run
        WHERE tenant_id = 'maehia' ORDER BY state, id""",
    "demands": """SELECT DISTINCT ON (state) id FROM waste_fees.demand_run
        WHERE tenant_id = 'maehia' ORDER BY state, id""",
    "my_point": """SELECT q.id FROM waste_fees.point q JOIN treasury.payer p ON p.id = q.payer
        WHERE q.tenant_id = 'maehia' AND p.account IS NOT NULL LIMIT 1""",
    "point": """SELECT DISTINCT ON (open) id FROM waste_fees.point
        WHERE tenant_id = 'maehia' ORDER BY open, zone, route, number""",
    "privilege": """SELECT '/desk/waste/points/' || point_id || '/privileges/' || id
        FROM waste_fees.privilege WHERE tenant_id = 'maehia' LIMIT 1""",
    "sticker": """(SELECT code FROM waste_fees.point
        WHERE tenant_id = 'maehia' ORDER BY number LIMIT 1) UNION ALL
        (SELECT code FROM waste_fees.point p WHERE tenant_id = 'maehia' AND NOT EXISTS
        (SELECT 1 FROM waste_fees.billed b WHERE b.point_id = p.id) LIMIT 1)""",
    "suspended": """SELECT id FROM treasury.payment WHERE tenant_id = 'maehia'
        AND waits <> '' ORDER BY id""",
    "permit": """SELECT DISTINCT ON (paper IS NULL) case_id FROM permits.permit
        WHERE tenant_id = 'maehia' ORDER BY paper IS NULL""",
    "food_file": """SELECT DISTINCT ON (state) id FROM food_cert.imported
        WHERE tenant_id = 'maehia' ORDER BY state, id""",
    "food_letters": """SELECT DISTINCT ON (state) id FROM food_cert.letter_run
        WHERE tenant_id = 'maehia' ORDER BY state, id""",
    "food_place": """SELECT DISTINCT ON (instrument, until < current_date) id FROM food_cert.place
        WHERE tenant_id = 'maehia' ORDER BY instrument, until < current_date, number""",
    "food_code": """SELECT DISTINCT ON (instrument, until < current_date) code FROM food_cert.place
        WHERE tenant_id = 'maehia' ORDER BY instrument, until < current_date, number""",
    "arrived": """SELECT id FROM eoffice.letter WHERE tenant_id = 'maehia'
        AND state = 'arrived' ORDER BY id LIMIT 1""",
    "draft": """SELECT id FROM eoffice.letter WHERE tenant_id = 'maehia'
        AND state = 'draft' ORDER BY id LIMIT 1""",
    "letter": """SELECT DISTINCT ON (state) id FROM eoffice.letter WHERE tenant_id = 'maehia'
        AND state IN ('registered', 'routed', 'signed', 'closed') ORDER BY state, id""",
    "reserved": """SELECT year || '/' || number FROM eoffice.entry WHERE tenant_id = 'maehia'
        AND state = 'reserved' AND register = 'send' ORDER BY number LIMIT 1""",
    "household": """SELECT id FROM recycling.member WHERE tenant_id = 'khrueng'
        ORDER BY number LIMIT 1""",
    "my_sale": """SELECT t.id FROM recycling.ticket t JOIN recycling.member m ON m.id = t.member_id
        JOIN core.account a ON a.id = m.account WHERE t.tenant_id = 'khrueng'
        AND a.phone = '+66812345678' ORDER BY t.id DESC LIMIT 1""",
    "fetching": """SELECT id FROM recycling.call WHERE tenant_id = 'khrueng'
        AND state = 'accepted' LIMIT 1""",
    "load": """SELECT DISTINCT ON (state) id FROM recycling.load WHERE tenant_id = 'khrueng'
        ORDER BY state, id""",
    "odd_load": """SELECT id FROM recycling.load WHERE tenant_id = 'khrueng'
        AND state = 'questioned' LIMIT 1""",
    "lot": "SELECT id FROM recycling.lot WHERE tenant_id = 'khrueng' LIMIT 1",
    "agency": """SELECT id FROM eoffice.correspondent WHERE tenant_id = 'maehia'
        ORDER BY name LIMIT 1""",
    "loan": "SELECT id FROM eoffice.loan WHERE tenant_id = 'maehia' LIMIT 1",
    "handover": "SELECT id FROM eoffice.handover WHERE tenant_id = 'maehia' LIMIT 1",
    "disposal": "SELECT id FROM eoffice.disposal WHERE tenant_id = 'maehia' LIMIT 1",
    "hold": "SELECT id FROM eoffice.hold WHERE tenant_id = 'maehia' LIMIT 1",
    "order": "SELECT id FROM permits.building_order WHERE tenant_id = 'maehia' ORDER BY id",
    "stop": """SELECT id FROM permits.building_order WHERE tenant_id = 'maehia'
        AND kind = 'stop' AND state = 'open' AND served_on IS NULL LIMIT 1""",
    "food_order": """SELECT DISTINCT ON (kind) id FROM food_cert.premises_order
        WHERE tenant_id = 'maehia' AND state = 'open' ORDER BY kind, id""",
    "food_people": """SELECT DISTINCT '/desk/food/places/' || place_id || '/handlers'
        FROM food_cert.handler WHERE tenant_id = 'maehia'""",
    "food_person": """SELECT '/desk/food/places/' || place_id || '/handlers/' || id
        FROM food_cert.handler WHERE tenant_id = 'maehia' LIMIT 1""",
    "my_food_people": f"SELECT '/my/food/' || h.place_id || '/handlers' {MY_HANDLERS}",
    "my_food_person": f"SELECT '/my/food/' || h.place_id || '/handlers/' || h.id {MY_HANDLERS}",
    "incident": """SELECT DISTINCT ON (state) id FROM incidents.report
        WHERE tenant_id = 'maehia' ORDER BY state, code""",
    "incident_code": """SELECT DISTINCT ON (state) code FROM incidents.report
        WHERE tenant_id = 'maehia' AND state <> 'merged' ORDER BY state, code""",
    "incident_track": """SELECT DISTINCT ON (r.state) v.track FROM incidents.voice v
        JOIN incidents.report r ON r.tenant_id = v.tenant_id AND r.id = v.report_id
        WHERE v.tenant_id = 'maehia' ORDER BY r.state, r.code""",
    "repair": """SELECT id FROM incidents.report WHERE tenant_id = 'maehia'
        AND state = 'assigned' LIMIT 1""",
    "pole": "SELECT id FROM incidents.asset WHERE tenant_id = 'maehia' ORDER BY code LIMIT 1",
    "pole_file": """SELECT DISTINCT ON (state) id FROM incidents.imported
        WHERE tenant_id = 'maehia' ORDER BY state, id""",
    "notice": """SELECT m.id FROM core.message m JOIN core.account a ON a.id = m.account
        WHERE m.tenant_id = 'maehia' AND channel = 'inbox' AND a.phone = '+66812345678' LIMIT 1""",
    "bill": f"SELECT code {EACH_BILL}",
    "any_bill": f"SELECT id {EACH_BILL}",
    "bill_of_citizen": """SELECT b.code FROM treasury.bill b
        JOIN treasury.payer p ON p.id = b.payer_id
        WHERE b.tenant_id = 'maehia' AND p.account IS NOT NULL AND b.state = 'settled' LIMIT 1""",
    "debtor": """SELECT payer_id FROM treasury.bill WHERE tenant_id = 'maehia'
        AND state = 'open' AND due_on < current_date ORDER BY id LIMIT 1""",
    "owed_bill": """SELECT id FROM treasury.bill WHERE tenant_id = 'maehia'
        AND state = 'open' ORDER BY id LIMIT 1""",
    "free_bill": """SELECT b.id FROM treasury.bill b WHERE tenant_id = 'maehia' AND state = 'open'
        AND NOT EXISTS (SELECT 1 FROM treasury.agreed_bill g WHERE g.bill_id = b.id) LIMIT 1""",
    "paid_bill": """SELECT id FROM treasury.bill WHERE tenant_id = 'maehia'
        AND state = 'settled' ORDER BY id LIMIT 1""",
    "receipt": """SELECT DISTINCT ON (cancelled_at IS NULL) id FROM treasury.receipt
        WHERE tenant_id = 'maehia' ORDER BY cancelled_at IS NULL, id""",
}

OVERDUE = """SELECT ref1 FROM treasury.bill WHERE tenant_id = 'maehia'
  AND state = 'open' AND due_on < current_date ORDER BY id LIMIT 1"""


async def prepared(contexts: Mapping[str, BrowserContext], town: Any) -> dict[str, list[str]]:
    """Return what the names in the way stand for."""
    pages = {who: await context.new_page() for who, context in contexts.items()}
    made = {
        "apply": await applied(pages["citizen"]),
        **await booked(pages["stranger"]),
        "ticket": await queued(pages["registry"]),
        "own": await declared(pages["administrator"]),
        "section": SECTIONS,
        "invited": await invited(pages["administrator"]),
        "kept": await returned(pages["returning"]),
        "bank_file": await imported(pages["treasury"]),
        "service": ["oss.general", "oss.old-age", "waste_fees.change?point=00001"],
        "till": await closed_till(
            pages["director"], pages["treasury"], (await town.rows(OVERDUE))[0]["ref1"]
        ),
    }
    made["site"] = [str(await waiting_site(town))]
    made["inspection"] = [await inspected(pages["officer"], made["site"][0])]
    made["kitchen"] = [str(await waiting_kitchen(town))]
    made["kitchen_record"] = [await inspected_kitchen(pages["officer"], made["kitchen"][0])]
    await behind(town, owned_kitchen)
    await behind(town, flooded)
    made["submission"] = [await submitted(pages["officer@dga"])]
    made["households_file"] = [await listed(pages["officer"])]
    made["old_letter"] = [str(await behind(town, old_letters))]
    made["taking"] = await collected(pages["treasury"])
    made["carrier"] = await carried(pages["officer@khrueng"], town)
    await behind(town, seen, "dga")
    made["announcement"] = [await announced(pages["administrator@dga"])]
    made["support"] = await helped(pages["administrator@dga"], pages["administrator"], town)
    await asked_for_codes(pages)
    made["approved"] = [approved(town)]
    # The permits of the demonstration are entered into the register in the background.
    await town.work()
    for name, query in KNOWN.items():
        made[name] = [str(row[0]) for row in await town.rows(query)]
    for page in pages.values():
        await page.close()
    assert [name for name, values in made.items() if not values] == []
    assert len(made["case"]) >= len(Status) - 2
    return made


def approved(town: Any) -> str:
    """Let the office have a catalog with one plugin, for which it may decide; return its name."""
    data = Path(town.environment["THONGTHIN_DATA"])
    keys = data / "keepers"
    keys.mkdir()
    for who in PEOPLE:
        make_key(keys / who, who, PHRASE)
    keepers = Keepers(data / "repository", Repository(data / "repository"), keys)
    keepers.begin()
    entry = keepers.enter(make_wheel())
    catalog = Catalog(data)
    policy = catalog.add(keepers.root, "")
    catalog.take_bundle(keepers.bundle(data / "bundle.zip"))
    keepers.repository.set_state(
        entry.plugin, entry.version, "stopped", Text("ข้อมูลรั่ว", "It leaks"), keepers.now
    )
    write_policy(data, replace(policy, deciders=("maehia",)))
    return entry.plugin


async def applied(page: Page) -> list[str]:
    """Begin a request and leave it before it is filed; return the addresses of its pages."""
    await filed(page)
    await page.goto("/services/oss.general")
    await press(page, "เริ่มยื่นเรื่อง")
    found = []
    while True:
        found.append(page.url)
        if await page.get_by_role("button", name="ยื่นเรื่อง", exact=True).count():
            return found
        await fill_in(page)
        await press(page, "บันทึกและไปต่อ")


async def booked(page: Page) -> dict[str, list[str]]:
    """Book a visit; return the addresses met on the way."""
    await page.goto("/appointments")
    await page.locator("a[href*='day=']").last.click()
    await page.wait_for_url("**day=*")
    day = page.url
    await page.get_by_text("08.30 น.").click()
    await page.fill("#name", "นางสาววิภาดา แสงคำ")
    await page.fill("#phone", a_phone())
    await press(page, "นัดเวลานี้")
    return {"day": [day], "appointment": [page.url.partition("?")[0]]}


async def carried(page: Page, town: Any) -> list[str]:
    """Weigh for a household of the waste bank; return the account of who carries it now."""
    [house] = await town.rows(KNOWN["household"])
    await page.goto(f"/desk/recycling/members/{house['id']}/weigh")
    await page.fill("#q_copper1", "1.5")
    await press(page, "ออกบัตรชั่ง")
    [last] = await town.rows("SELECT collector FROM recycling.ticket ORDER BY id DESC LIMIT 1")
    return [str(last["collector"])]


async def announced(operator: Page) -> str:
    """Announce something to everybody; return the id."""
    await operator.goto("/desk/operator/announcements/new")
    for name in ("title", "body"):
        await operator.fill(f"#{name}_th", "ปรับปรุงระบบคืนวันเสาร์")
        await operator.fill(f"#{name}_en", "Maintenance on Saturday night")
    await press(operator, "ส่งประกาศ")
    return operator.url.rpartition("/")[2].partition("?")[0]


async def helped(operator: Page, office: Page, town: Any) -> list[str]:
    """Ask twice for support access; the first is consented to. Return the ids."""
    found = []
    for why in ("ใบเสร็จพิมพ์ไม่ออก", "รายงานไม่ตรง"):
        await operator.goto("/desk/operator/tenants/maehia/support")
        await operator.fill("#why", why)
        await operator.select_option("#role", "treasury")
        await operator.select_option("#minutes", "1440")
        await press(operator, "ส่งคำขอ")
        found.append(operator.url.rpartition("/")[2].partition("?")[0])
    await town.work()
    await office.goto(f"/desk/support/{found[0]}")
    await press(office, "ยินยอม")
    await town.work()
    return found


async def queued(page: Page) -> list[str]:
    """Give out a ticket and return the address of its page."""
    await page.goto("/desk/queue")
    await press(page, "ปรึกษาก่อนยื่นขออนุญาต")
    return [page.url]


async def imported(page: Page) -> list[str]:
    """Import a bank's file, one that is wrong, look at one; return where each is shown."""
    lines = [paid("CUSTOMER7", 6000), paid("016900012349", 12550, at=60)]
    found = []
    for name, data, act in (
        ("20261120.txt", a_file(lines), "นำเข้าไฟล์"),
        ("wrong.txt", a_file(lines)[:-300], "นำเข้าไฟล์"),
        ("20261121.txt", a_file(lines, name="LOOK"), "ตรวจก่อน ยังไม่ลงบัญชี"),
    ):
        await page.goto("/desk/bank")
        file: Any = {"name": name, "mimeType": "text/plain", "buffer": data}
        await page.set_input_files("#file", file)
        await press(page, act)
        found.append(page.url)
    return found


async def declared(page: Page) -> list[str]:
    """Begin a service of the office's own, from one there is; return where it is made."""
    await page.goto("/desk/services/new")
    await page.fill("#title_th", "ขอใช้สนามเทนนิส")
    await page.fill("#title_en", "Use of the tennis court")
    await page.select_option("#source", index=1)
    await press(page, "สร้างร่าง")
    return [page.url.rpartition("/")[0]]


async def invited(page: Page) -> list[str]:
    """Make the link by which an officer sets the password, and return it."""
    await page.goto("/desk/people")
    await page.locator("main a[href^='/desk/people/']:not([href$='/new'])").last.click()
    await press(page, "ออกลิงก์ตั้งรหัสผ่าน")
    return [(await page.locator("textarea").input_value()).strip()]


async def returned(page: Page) -> list[str]:
    """Send a form after the session is over and sign in again; return where it is kept."""
    await sign_in(page, OTHER)
    await page.goto("/account")
    await page.context.clear_cookies(name=SESSION)
    await press(page, "บันทึกภาษา")
    await give_password(page, OTHER)
    return [page.url]


async def closed_till(director: Page, collector: Page, bill: str) -> list[str]:
    """Take a part of a bill by cheque, close the till, and open another; return the closed one."""
    await director.goto("/desk/treasury/tills")
    await director.fill("#code", "2")
    await director.fill("#name", "เคาน์เตอร์ 2")
    await press(director, "เพิ่มช่อง")
    await collector.goto("/desk/till")
    if not await collector.locator("#count").count():
        await press(collector, "เปิดช่องรับเงิน")
    await collector.goto(f"/desk/till/cheque?bill={bill}")
    cheque = {"amount": "50", "number": "00123456", "bank": "ธนาคารกรุงไทย", "dated.day": "1"}
    for name, text in cheque.items():
        await collector.fill(f"[id='{name}']", text)
    year = await collector.evaluate("new Date(Date.now() - 864e5 * 40).getFullYear() + 543")
    month = await collector.evaluate("new Date(Date.now() - 864e5 * 40).getMonth() + 1")
    await collector.select_option("[id='dated.month']", str(month))
    await collector.fill("[id='dated.year']", str(year))
    await press(collector, "รับเช็คและออกใบเสร็จ")
    await collector.goto("/desk/till")
    await collector.fill("#why", "เงินทอนหาย")
    await press(collector, "ปิดช่องและนำส่งเงิน")
    closed = collector.url
    await collector.goto("/desk/till")
    await collector.select_option("#till", "2")
    await press(collector, "เปิดช่องรับเงิน")
    return [closed]


async def collected(page: Page) -> list[str]:
    """Take cash at the first house of a round that owes something, with change."""
    await page.goto("/desk/waste/rounds?route=สาย 1")
    await page.goto(await page.locator("[data-bill] h3 a").first.get_attribute("href") or "")
    await page.fill("#tendered", "10000")
    await press(page, "รับเงินแล้ว")
    return [page.url]


async def waiting_site(town: Any) -> UUID:
    """File a request to build and bring it to its inspection."""
    return await behind(town, a_site)


async def waiting_kitchen(town: Any) -> UUID:
    """Enter a place where food is sold, which nobody has inspected."""
    return await behind(town, a_place)


async def owned_kitchen(ctx: Context) -> UUID:
    """Enter a place that a citizen runs, with somebody who works there."""
    async with db.transaction(ctx) as connection:
        account = await connection.fetchval(
            "SELECT id FROM core.account WHERE tenant_id = $1 AND phone = $2",
            ctx.tenant.id,
            f"+66{CITIZEN[1:]}",
        )
    place = await a_place(ctx, account=account)
    card = {"organiser": "เทศบาลเมืองแม่เหียะ", "card": "", "trained_on": ctx.today}
    await handlers.add_handler(
        ctx, place, key=uuid4(), name="นางบัวผัน ใจยา", role="handler", card=card
    )
    return place


async def old_letters(ctx: Context) -> UUID:
    """Deal with letters of long ago: lent, handed over, on a list to destroy; return one held."""
    held = await posts.held_posts(ctx)
    hall = TownHall(ctx, {one.post.key: one.holders[0][0] for one in held if one.holders})
    subjects = ("ขุดลอกคลองแม่เหียะ", "ซ่อมถนนเชื่อมหมู่บ้าน", "แจ้งวันหยุดราชการ", "รายงานการประชุม")
    letters = [await closed(hall, "2010-03-01 09:00", subject=subject) for subject in subjects]
    registry = await hall.sits("registry")
    due = ctx.today + timedelta(days=7)
    borrowing = lending.Borrowing(
        due_on=due,
        purpose="ตรวจสอบแนวเขต",
        agency="อำเภอหางดง",
        name="นายสมชาย ใจดี",
        post="ปลัดอำเภอ",
    )
    await lending.lend(registry, letters[1], borrowing)
    await storing.hand_over(registry, "clerk", letters[2:3])
    await disposing.draw(registry, "destroy")
    await set_figure(
        await hall.sits("clerk"),
        BOOK,
        "keep.ordinary",
        permission=SETTINGS,
        value="12",
        law="หนังสือสั่งการ",
        why="ตามแบบใหม่",
        since=due,
        revision=0,
    )
    await holds.hold(registry, letters[0], ordered_by="ศาลปกครองเชียงใหม่", why="คดี 1/2569")
    return letters[0]


async def behind(
    town: Any, make: Callable[[Context], Awaitable[Made]], tenant_id: str = "maehia"
) -> Made:
    """Make something by the services that no page makes in one go."""
    runtime = make_runtime(read_settings({"THONGTHIN_SECRET": "ab" * 32}), town.database, find())
    await db.open_pool()
    tenant = await runtime.directory.get(tenant_id)
    assert tenant is not None
    made = await make(runtime.context(tenant, now=datetime.now(UTC)))
    await runtime.host.quarantine.settle()
    await db.close_pool()
    return made


async def seen(ctx: Context) -> None:
    """Look at all offices, as the operator's jobs do at night."""
    directory = Directory(ctx.settings.base_domain, ctx.host.plugins, ctx.host.end_tasks)
    for look in (watch, measure, gather):
        await look(ctx, directory)


async def submitted(officer: Page) -> str:
    """Register a publisher and hand in a plugin, and return its submission."""
    await officer.goto("/desk/curation/publisher")
    facts = {"code": "acme", "title": "บริษัท แอคมี จำกัด", "email": "it@acme.example"}
    for name, text in facts.items():
        await officer.fill(f"#{name}", text)
    await press(officer, "ลงทะเบียน")
    name, wheel = make_wheel()
    files = {"wheel": (name, wheel), "source": ("library.zip", source_of(wheel))}
    for control, (called, data) in files.items():
        sent = FilePayload(name=called, mimeType="application/zip", buffer=data)
        await officer.set_input_files(f"#{control}", sent)
    for question, answer in ANSWERS.items():
        if question in ("data", "network"):
            code = answer[0] if isinstance(answer, list) else answer
            await officer.check(f'[name="{question}"][value="{code}"]')
        elif question == "rights":
            await officer.check("#rights")
        else:
            await officer.fill(f"#{question}", str(answer))
    await press(officer, "ส่งเข้าตรวจ")
    return officer.url.rpartition("/")[2]


async def flooded(ctx: Context) -> UUID:
    """Let the flood of the demonstration come over this office too, and a weight change."""
    await demo.flood(ctx)
    await set_figure(
        an_officer(ctx),
        WEIGHTS,
        "weight.elderly",
        permission=FIGURES,
        value="0.4",
        law="",
        why="ประชุมศูนย์บัญชาการ",
        since=ctx.today + timedelta(days=7),
        revision=0,
    )
    [event, *_] = await read_events(ctx)
    id: UUID = event["id"]
    return id


async def listed(page: Page) -> str:
    """Look into a list of households with a good row and a bad one; return its id."""
    await page.goto("/desk/disaster/import")
    rows = "หัวหน้าครัวเรือน,บ้านเลขที่,ชุมชน,สมาชิก\nนางแมะ,900 ถ.วัด,ริมน้ำ,3\nนายดี,,ริมน้ำ,2\n"
    file: Any = {"name": "ครัวเรือน.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    await page.set_input_files("#file", file)
    await press(page, "ตรวจไฟล์")
    return page.url.rpartition("/")[2]


async def inspected(page: Page, case: str) -> str:
    """Record the inspection of a site, with a photo; return where it is shown."""
    await page.goto(f"/desk/permits/inspect/{case}")
    known = {"position": "18.74125, 98.94570", "measured_front": "2.10", "remarks": "ล้ำจากแบบ"}
    for name, text in known.items():
        await page.fill(f"#{name}", text)
    for name, answer in {"encroaches": "yes", "consent": "no", "drains": "yes"}.items():
        await page.check(f"[name={name}][value={answer}]")
    await page.check("[name=result][value=differs]")
    await page.set_input_files("#photo_front", photo())
    await press(page, "บันทึกการตรวจ")
    return page.url


async def inspected_kitchen(page: Page, place: str) -> str:
    """Record the inspection of a place, with what failed and a photo; return where it is shown."""
    await page.goto(f"/desk/food/inspect/{place}")
    await page.evaluate("document.querySelectorAll('[value=pass]').forEach((one) => one.click())")
    await page.check("[name='item_2.4'][value=fail]")
    await page.fill("[id='told_2.4']", "จัดหาฝาครอบอาหาร")
    await page.set_input_files("[id='photo_2.4']", photo())
    await press(page, "บันทึกการตรวจ")
    return page.url


async def asked_for_codes(pages: Mapping[str, Page]) -> None:
    """Leave a one-time code unused wherever one is asked for."""
    await pages["entering"].goto("/sign-in")
    await give_password(pages["entering"], "treasury")
    page = pages["forgetful"]
    await page.goto("/forgot")
    await page.fill("#who", CITIZEN)
    await press(page, "รับรหัส")
    page = pages["newcomer"]
    await page.goto("/register")
    for name, text in {"first_name": "บัวผัน", "last_name": "ใจยา", "phone": "0811112222"}.items():
        await page.fill(f"#{name}", text)
    await page.fill("#password", PASSWORD)
    await press(page, "ลงทะเบียน")
    page = pages["citizen"]
    await page.goto("/account/contact?way=email")
    await page.fill("#email", "wiphada@example.com")
    await page.fill("#current", PASSWORD)
    await press(page, "รับรหัสยืนยัน")
