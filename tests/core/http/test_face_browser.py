from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup
from playwright.sync_api import Browser, Page, sync_playwright

from core.http.theme import palette, stylesheet
from tests.answering import answering
from tools.chromium import CHROMIUM, FLAGS

HTTP = Path("core/http")
AXE = Path("assets/test/axe.min.js")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

FORM = """{% extends "core/base.html" %}
{% block title %}Deed{% endblock %}
{% block main %}
{% from "core/parts/forms.html" import input with context %}
{% from "core/parts/inputs.html" import file, id_number, phone with context %}
{% from "core/parts/problems.html" import problem with context %}
{% from "core/parts/buttons.html" import button with context %}
<h1>Deed</h1>
{{ problem({"soi": "Write the soi"} if told else {}) }}
<form method="post" action="/form" hx-post="/form">
{{ input("deed", "Deed", help="Top right") }}{{ input("soi", "Soi", error="Old") }}
{{ id_number("citizen") }}{{ phone("phone") }}
{{ button("Send", key="F8") }}{{ button("Clear", "plain", type="reset", key="Esc") }}
</form>
<ul class="files">{{ file("a.jpg", "sending", "10%", 10) }}</ul>
{% endblock %}"""

DESK = """{% extends "core/desk.html" %}
{% block title %}Matters{% endblock %}
{% block main %}
{% from "core/parts/lists.html" import bulk, case, cases with context %}
<h1>Matters</h1><h2>All</h2>
<section class="card bare"><form class="ticks" method="post" action="/form">
{% call bulk() %}<button class="btn">Assign</button>{% endcall %}
{% call cases() %}{% for n in range(6) %}{{ case("M", "#", [n], pick=n) }}{% endfor %}{% endcall %}
</form></section>
{% endblock %}
{% block bars %}<aside class="bars" aria-label="Next"><div class="wrap fill">
<a class="btn" href="#main">Record</a></div></aside>{% endblock %}"""

OFFICER = {"name": "S. Jaidee", "initials": "SJ", "post": "Technician", "officer": True}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "/gallery": ("core/gallery.html", {}),
    "/gallery-en": ("core/gallery.html", {"lang": "en"}),
    "/gallery-dark": ("core/gallery.html", {"theme": "dark"}),
    "/home": ("core/home.html", {"cards": [], "missing": ["oss"], "toast": "Sent"}),
    "/saving": ("core/home.html", {"cards": [], "missing": [], "save_data": True}),
    "/desk": ("demo/desk.html", {"person": OFFICER}),
    "/form": ("demo/form.html", {"told": False}),
    "/keys": ("demo/keys.html", {"told": False, "person": OFFICER}),
    "/told": ("demo/form.html", {"told": True}),
    "/error": ("core/error.html", {"status": 404, "sentence": "None", "problems": {}}),
}


@cache
def environment() -> Environment:
    keys = FORM.replace("core/base.html", "core/desk.html")
    demo = DictLoader({"form.html": FORM, "keys.html": keys, "desk.html": DESK})
    made = Environment(
        loader=PrefixLoader({"core": FileSystemLoader(HTTP / "templates"), "demo": demo}),
        autoescape=True,
        undefined=StrictUndefined,
    )
    made.globals["asset"] = lambda name: f"/{name}"
    return made


def shared(path: str, values: dict[str, Any]) -> dict[str, Any]:
    lang = values.get("lang", "th")
    return {
        "t": lambda th, en: th if lang == "th" else en,
        "lang": lang,
        "site": {
            "name": "Mae Hia",
            "place": "Chiang Mai",
            "address": "50100",
            "hours": "08.30–16.30",
            "phone": "053-276-491",
            "logo": None,
            "theme_css": "/theme.css",
        },
        "nav": [{"title": "A", "href": "/a", "current": True, "count": 12}],
        "person": None,
        "theme": "auto",
        "save_data": False,
        "support": None,
        "bulletins": [],
        "csrf_input": Markup('<input type="hidden" name="_csrf_token" value="token">'),
        "csrf_token": "token",
        "toast": None,
        "path": path,
    } | values


class Site(BaseHTTPRequestHandler):
    """The pages above under the strictest policy; a post is refused as the shell refuses it."""

    def do_GET(self) -> None:
        if self.path in PAGES:
            template, values = PAGES[self.path]
            html = environment().get_template(template).render(shared(self.path, values))
            self.answer(200, "text/html; charset=utf-8", html.encode())
        elif self.path == "/theme.css":
            self.answer(200, "text/css", stylesheet(palette("#0E7A4B")).encode())
        else:
            kind = TYPES.get(Path(self.path).suffix, "font/woff2")
            folder = Path() if self.path.startswith("/assets/") else HTTP / "static"
            name = self.path.removeprefix("/core/").removeprefix("/")
            self.answer(200, kind, (folder / name).read_bytes())

    def do_POST(self) -> None:
        assert self.headers["X-CSRFToken"] == "token"
        problems = {"deed": "Give the deed in digits"}
        values = shared("/form", {"status": 422, "sentence": "1 thing", "problems": problems})
        html = render_block(environment(), "core/error.html", "problem", **values)
        self.answer(
            422, "text/html", html.encode(), {"HX-Retarget": "#problem", "HX-Reswap": "outerHTML"}
        )

    def answer(
        self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": "default-src 'self'",
        }
        for name, value in (headers | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output to the tests."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with answering(Site) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [text for text in complaints if "422" not in text] == []


LOOKS = [
    ("/gallery", 360, "light"),
    ("/gallery", 360, "dark"),
    ("/gallery", 1280, "light"),
    ("/gallery-en", 1280, "dark"),
    ("/home", 360, "dark"),
    ("/home", 1280, "light"),
    ("/desk", 360, "light"),
    ("/desk", 1280, "dark"),
    ("/told", 360, "dark"),
    ("/error", 360, "light"),
]


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_axe_finds_nothing(page: Page, path: str, width: int, scheme: Any) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    page.evaluate(AXE.read_text())

    found = page.evaluate("axe.run().then(({violations}) => violations)")
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(page: Page, path: str) -> None:
    page.goto(path)
    for width in (320, 360, 600, 768, 960, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_letters_twice_as_large_lose_nothing(page: Page) -> None:
    page.goto("/home")
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_every_target_can_be_hit(page: Page, path: str) -> None:
    page.goto(path)

    small = page.eval_on_selector_all(
        "button, summary, select, .in, .chk, .nav a, .util a, .btn",
        """all => all.filter((one) => one.checkVisibility()).map((one) => {
            const {width, height} = one.getBoundingClientRect();
            return width < 24 || height < 24 ? one.outerHTML : "";
        }).filter(Boolean)""",
    )
    assert small == []


def test_fonts_are_fetched_once_and_not_by_who_saves_data(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/home", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert sum("sarabun-400" in url for url in asked) == 1

    asked.clear()
    page.goto("/saving", wait_until="networkidle")
    assert not [url for url in asked if "woff2" in url]


def test_the_tenants_colours_reach_the_page_by_day_by_night_and_by_choice(page: Page) -> None:
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    page.emulate_media(color_scheme="light")
    page.goto("/home")
    assert page.evaluate(accent) == "#036039"

    page.emulate_media(color_scheme="dark")
    assert page.evaluate(accent) == "#7EC199"

    page.emulate_media(color_scheme="light")
    page.goto("/gallery-dark")
    assert page.evaluate(accent) == "#7EC199"


def test_a_refusal_takes_the_focus_leads_the_title_and_marks_its_fields(page: Page) -> None:
    page.goto("/form")
    page.click("text=Send")
    page.wait_for_selector("#problem.problem")

    assert page.evaluate("document.activeElement.id") == "problem"
    assert page.title().startswith("1 thing: Deed")
    assert page.locator("#deed-error").text_content() == "Give the deed in digits"
    assert page.get_attribute("#deed", "aria-invalid") == "true"
    assert page.locator(".field.bad").count() == 1
    assert page.get_attribute("#soi", "aria-invalid") is None

    page.click("#problem a")
    assert page.evaluate("document.activeElement.id") == "deed"


def test_a_page_that_comes_with_problems_has_the_focus_there(page: Page) -> None:
    page.goto("/told")

    assert page.evaluate("document.activeElement.id") == "problem"


@pytest.mark.parametrize(
    ("control", "typed", "shown"),
    [
        ("citizen", "1234567890121", "1-2345-67890-12-1"),
        ("citizen", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "1-2345-67890-12-1"),
        ("citizen", "1-2345-67890-12-1", "1-2345-67890-12-1"),
        ("citizen", "12345", "12345"),
        ("phone", "0812345678", "081-234-5678"),
        ("phone", "021234567", "02-123-4567"),
        ("phone", "053 276 491", "053-276-491"),
        ("phone", "1567", "1567"),
        ("deed", "1234567890121", "1234567890121"),
    ],
)
def test_numbers_get_their_hyphens_on_leaving(
    page: Page, control: str, typed: str, shown: str
) -> None:
    page.goto("/form")
    page.fill(f"#{control}", typed)
    page.press(f"#{control}", "Tab")

    assert page.input_value(f"#{control}") == shown


def test_a_key_presses_the_button_it_is_printed_on(page: Page) -> None:
    page.goto("/keys")
    page.fill("#deed", "12")
    page.press("#deed", "Escape")
    assert page.input_value("#deed") == ""

    page.press("#deed", "F8")
    page.wait_for_selector("#problem.problem")


def test_shift_and_a_tick_takes_all_between_and_the_bar_counts_them(page: Page) -> None:
    page.goto("/desk")
    assert not page.is_visible(".bulk")

    page.check(".chk >> nth=1")
    assert page.is_visible(".bulk")
    page.click(".chk >> nth=4", modifiers=["Shift"])

    ticked = page.eval_on_selector_all(".chk", "all => all.map((one) => one.checked)")
    assert ticked == [False, True, True, True, True, False]
    assert " 4 " in page.inner_text(".bulk b")

    page.click(".chk >> nth=1", modifiers=["Shift"])
    assert not page.is_visible(".bulk")


def test_the_row_of_a_file_says_how_far_it_is(page: Page) -> None:
    page.goto("/form")
    page.eval_on_selector(
        "[data-file]",
        """row => row.dispatchEvent(new CustomEvent("face:progress",
            {bubbles: true, detail: {percent: 62, words: "62%"}}))""",
    )
    assert page.evaluate("document.querySelector('[data-file] progress').value") == 62
    assert page.inner_text("[data-file] .words") == "62%"


def test_the_menu_of_the_person_opens_and_closes_when_one_looks_elsewhere(page: Page) -> None:
    page.goto("/desk")
    page.click(".me summary")
    assert page.is_visible(".me form")
    box = page.locator(".me > .card").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360

    page.mouse.click(20, 600)
    assert not page.is_visible(".me form")


def test_on_paper_only_the_content_stands(page: Page) -> None:
    page.goto("/desk")
    page.emulate_media(media="print", color_scheme="dark")

    assert not page.is_visible(".foot")
    assert not page.is_visible(".bars")
    assert page.is_visible("h1")
    white = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(white) == "rgb(255, 255, 255)"
