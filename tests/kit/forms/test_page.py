import gzip
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from core.api import Text
from kit.forms import JSON, Form, Pin, Place, Plot, describe, read
from tests.answering import answering
from tools.chromium import CHROMIUM, FLAGS

Render = Callable[..., str]
Posted = dict[str, list[str]]

SERVED = {
    "core": Path("core/http/static"),
    "forms": Path("kit/forms/static"),
    "geo": Path("kit/geo/static"),
    "assets": Path("assets"),
}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
WORD = Text("คำ", "Word")
AXE = Path("assets/test/axe.min.js").read_text()


class Site:
    """One page under the strict policy; remembers what was posted to it."""

    def __init__(self) -> None:
        self.page = ""
        self.posted: Posted = {}
        self.url = ""


@pytest.fixture
def site(render: Render) -> Iterator[Site]:
    told = Site()
    told.page = render()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            home, _, name = self.path[1:].partition("/")
            if home == "favicon.ico":
                self.answer("image/png", b"")
                return
            file = SERVED.get(home, Path()) / name
            kind = TYPES.get(file.suffix, "font/woff2") if home else "text/html; charset=utf-8"
            self.answer(kind, file.read_bytes() if home else told.page.encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.posted = parse_qs(body.decode(), keep_blank_values=True)
            self.answer("text/plain", b"thank you")

        def answer(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", "default-src 'self'; img-src 'self' data:")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with answering(Handler) as address:
        told.url = f"{address}/"
        yield told


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser.new_context(viewport={"width": 360, "height": 740}), site)


@pytest.fixture
def bare(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser.new_context(java_script_enabled=False), site)


def opened(context: BrowserContext, site: Site) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(site.url)
    yield page
    context.close()
    assert wrong == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_every_link_of_the_summary_leads_to_its_control(
    page: Page, site: Site, render: Render, form: Form, place: Place
) -> None:
    wrong = {"on.day": ["1"], "home.house_no": ["1"], "reason": ["crime"], "seen": ["car"]}
    reading = read(form, wrong, place)
    site.page = render(typed=reading.typed, problems=reading.problems)
    page.goto(site.url)

    for control in reading.problems:
        page.click(f'#problem a[href="#{control}"]')
        assert focused(page) == control


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    width: int,
    theme: str,
    page: Page,
    site: Site,
    render: Render,
    form: Form,
    place: Place,
) -> None:
    reading = read(form, {"reason": ["crime"], "papers": ["a", "b", "c", "d"]}, place)
    site.page = render(typed=reading.typed, problems=reading.problems, theme=theme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_keyboard_goes_through_the_form_as_it_is_read(page: Page) -> None:
    page.focus("#reason")
    reached = ["reason"]
    while reached[-1] != "agree":
        page.keyboard.press("Tab")
        if (control := focused(page)) and control not in reached:
            reached.append(control)

    assert reached == [
        *("reason", "road", "deed", "story", "on.day", "on.month", "on.year", "area", "people"),
        *("worth", "bank", "spot.find", "spot", "land.find", "land"),
        *("citizen", "company", "phone", "mail"),
        *("home.house_no", "home.moo", "home.village", "home.soi", "home.road"),
        *("home.subdistrict", "papers", "news", "why_not", "agree"),
    ]


def test_a_field_hides_until_its_condition_holds(page: Page) -> None:
    seen, plate = page.locator("#seen"), page.locator("#plate")
    assert not seen.is_visible()

    page.check("input[name=reason][value=crime]")
    assert seen.is_visible()
    assert not plate.is_visible()

    page.check("input[name=seen][value=car]")
    assert plate.is_visible()

    page.check("input[name=reason][value=lost]")
    assert not seen.is_visible()
    assert not plate.is_visible()


def test_a_field_for_those_who_did_not_tick_hides_when_they_do(page: Page) -> None:
    assert page.locator("#why_not").is_visible()

    page.check("#news")

    assert not page.locator("#why_not").is_visible()


def test_the_place_elsewhere_is_asked_when_it_is_chosen(page: Page) -> None:
    elsewhere = page.locator('[id="home.elsewhere"]')
    assert not elsewhere.is_visible()

    page.select_option('[id="home.subdistrict"]', "other")

    assert elsewhere.is_visible()


def test_a_long_text_tells_how_much_room_is_left(page: Page) -> None:
    told = page.locator("[data-longest]")
    assert told.inner_text() == "เหลือ 100 ตัวอักษร"

    page.fill("#story", "ก" * 98)
    assert told.inner_text() == "เหลือ 2 ตัวอักษร"

    page.fill("#story", "ก" * 1_200)
    assert told.inner_text() == "เกินมา 1,100 ตัวอักษร"


def test_land_that_is_tapped_on_the_map_is_what_is_sent(
    page: Page, site: Site, form: Form, place: Place
) -> None:
    page.fill("#spot", "18.7412, 98.95")
    drawn = page.locator("geo-plot svg.m")
    box = drawn.bounding_box()
    assert box
    for across, down in ((0.3, 0.2), (0.7, 0.2), (0.7, 0.8), (0.3, 0.8)):
        drawn.click(position={"x": box["width"] * across, "y": box["height"] * down}, force=True)
    said = page.locator("geo-plot [data-measured]").inner_text().replace("\u00a0", " ")
    page.click("button.btn:has-text('บันทึกและไปต่อ')")

    reading = read(form, site.posted, place)
    assert not {"spot", "land"} & set(reading.problems)
    assert len(reading.values["land"]) == 4
    [land] = [one for one in describe(form, reading.values, "th") if one.name == "land"]
    assert land.text.partition(" รอบแปลง")[0] in said


def test_a_page_with_land_to_draw_is_light(site: Site, render: Render) -> None:
    fields = (Pin("spot", WORD), Plot("land", WORD, around="spot"))
    parts = [render(form=fields).encode()]
    for path in ("geo/pin.js", "geo/plot.js", "forms/forms.js", "core/face.css", "core/face.js"):
        home, _, name = path.partition("/")
        parts.append((SERVED[home] / name).read_bytes())
    parts += [path.read_bytes() for path in Path("core/http/static").glob("*.svg")]
    fonts = sum(path.stat().st_size for path in Path("assets").rglob("*.woff2"))

    assert 10_000 < fonts < 40_000
    assert sum(len(gzip.compress(part, 9)) for part in parts) + fonts < 60_000


def test_without_a_script_the_whole_form_can_be_filled_in_and_sent(
    bare: Page, site: Site, form: Form, place: Place, values: dict[str, JSON]
) -> None:
    bare.get_by_label("เกิดอาชญากรรม").check()
    bare.get_by_label("รถยนต์").check()
    bare.get_by_label("คน", exact=True).check()
    for control, text in {
        "plate": "กข 1234",
        "road": "หน้าตลาดสด",
        "deed": "0123",
        "story": "บรรทัดแรก\n\nบรรทัดสอง",
        "on.day": "1",
        "on.year": "2569",
        "area": "149.5",
        "people": "1200",
        "worth": "1250.25",
        "spot": "18.7412, 98.95",
        "land": "18.741, 98.9498\n18.7414, 98.9498\n18.7414, 98.9502\n18.741, 98.9502",
        "citizen": "1234545678781",
        "company": "0994000617721",
        "phone": "0812345678",
        "mail": "Somchai@example.com",
        "home.house_no": "88/12",
        "home.moo": "5",
        "home.road": "เชียงใหม่–หางดง",
        "why_not": "มีแล้ว",
    }.items():
        bare.fill(f'[id="{control}"]', text)
    bare.select_option('[id="on.month"]', label="พฤศจิกายน")
    bare.select_option("#bank", label="ธนาคาร 7")
    bare.get_by_label("ข้าพเจ้ายินยอม").check()
    bare.click("button.btn:has-text('บันทึกและไปต่อ')")

    reading = read(form, site.posted, place)

    assert list(reading.problems) == ["papers"]
    assert reading.values == {name: one for name, one in values.items() if name != "papers"}
