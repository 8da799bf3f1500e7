"""What pages show that come only after somebody did something: made by doing it in browsers."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from playwright.async_api import BrowserContext, Page

from core.commands.demo_people import PASSWORD
from core.identity.cookies import SESSION
from kit.casework.states import Status
from tests.browser.filing import filed, fill_in
from tests.browser.people import CITIZEN, give_password, press, sign_in

OTHER = "0898765432"  # phone of another citizen
SECTIONS = ["about", "questions", "documents", "steps", "limit", "result"]
KNOWN = {
    "case": """SELECT DISTINCT ON (status) id FROM casework."case" c
        WHERE tenant_id = 'maehia' ORDER BY status, number""",
    "track": """SELECT DISTINCT ON (status) track FROM casework."case" c
        WHERE tenant_id = 'maehia' ORDER BY status, number""",
    "running": """SELECT id FROM casework."case" WHERE tenant_id = 'maehia'
        AND status = 'considering' AND waits_for = 'officer' LIMIT 1""",
    "received": """SELECT id FROM casework."case" WHERE tenant_id = 'maehia'
        AND channel = 'counter' LIMIT 1""",
    "code": "SELECT code FROM documents.paper WHERE tenant_id = 'maehia' LIMIT 1",
    "paper": """SELECT '/desk/cases/' || substr(subject, 6) || '/papers/' || id
        FROM documents.paper WHERE tenant_id = 'maehia' AND subject LIKE 'case/%' LIMIT 1""",
    "officer": """SELECT id FROM core.account WHERE tenant_id = 'maehia'
        AND kind = 'officer' ORDER BY id LIMIT 1""",
    "notice": """SELECT m.id FROM core.message m JOIN core.account a ON a.id = m.account
        WHERE m.tenant_id = 'maehia' AND channel = 'inbox' AND a.phone = '+66812345678' LIMIT 1""",
}


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
        "service": ["oss.general", "oss.old-age"],
    }
    await asked_for_codes(pages)
    for name, query in KNOWN.items():
        made[name] = [str(row[0]) for row in await town.rows(query)]
    for page in pages.values():
        await page.close()
    assert [name for name, values in made.items() if not values] == []
    assert len(made["case"]) >= len(Status) - 2
    return made


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
    await page.fill("#phone", f"08{uuid4().int % 10**8:08}")
    await press(page, "นัดเวลานี้")
    return {"day": [day], "appointment": [page.url.partition("?")[0]]}


async def queued(page: Page) -> list[str]:
    """Give out a ticket and return the address of its page."""
    await page.goto("/desk/queue")
    await press(page, "ปรึกษาก่อนยื่นขออนุญาต")
    return [page.url]


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
