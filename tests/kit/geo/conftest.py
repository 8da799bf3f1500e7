"""The municipalities whose areas come with the platform, and a site that shows their maps."""

from collections.abc import Callable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from playwright.sync_api import Browser, sync_playwright

from core.api import Language, Tenant, Text
from kit.geo import Area, area_of
from tests.answering import answering
from tools.chromium import CHROMIUM, FLAGS

NAMES = {
    "khrueng": Text("เทศบาลตำบลครึ่ง", "Khrueng Subdistrict Municipality"),
    "maehia": Text("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality"),
    "yala": Text("เทศบาลนครยะลา", "Yala City Municipality"),
}

PAGE = """{% from "geo/pin.html" import pin with context -%}
{% from "geo/place.html" import place with context -%}
{% from "geo/plot.html" import plot with context -%}
<!doctype html><html lang="{{ lang }}" data-theme="{{ theme }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Map</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/core/face.css"></head><body>
<main class="wrap main stack-l">
<h1>{{ t("ที่ตั้ง", "Place") }}</h1>
{% if look %}{{ place(drawing, t("แผนที่", "Map"), value) }}
{% elif land %}<form class="stack-l"><input id="spot" aria-label="spot">
{{ plot("land", t("แปลงที่ดิน", "Land"), drawing, value, none, error, measured=measured,
around="spot", places=places) }}</form>
{% else %}<form class="stack-l">{{ pin("pin", t("ปักหมุด", "Place the pin"), drawing, value,
t("แตะแผนที่", "Tap the map"), error, places=places, suggested=suggested) }}</form>{% endif %}
</main></body></html>"""

SERVED = {"core": Path("core/http/static"), "geo": Path("kit/geo/static"), "assets": Path("assets")}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = "default-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'none'"
TILE = b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'


def _municipality(id: str, **settings: str) -> Tenant:
    name = NAMES.get(id, Text("เทศบาลใหม่", "New Municipality"))
    return Tenant(
        id=id, kind="เทศบาลเมือง", name=name, place=name, address=name, settings={"geo": settings}
    )


def _shipped(id: str) -> Area:
    area = area_of(_municipality(id))
    assert area is not None
    return area


@pytest.fixture(scope="session")
def municipality() -> Callable[..., Tenant]:
    return _municipality


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], Area]:
    return _shipped


@cache
def _environment() -> Environment:
    loader = PrefixLoader(
        {
            "core": FileSystemLoader("core/http/templates"),
            "geo": FileSystemLoader("kit/geo/templates"),
            "test": DictLoader({"page.html": PAGE}),
        }
    )
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = lambda name: f"/{name}"
    return environment


def _render(language: Language = "th", **values: Any) -> str:
    shared: dict[str, Any] = {
        "value": "",
        "error": None,
        "look": False,
        "land": False,
        "measured": "",
        "suggested": "",
        "places": (),
        "theme": "light",
        "lang": language,
    }
    words = {"t": lambda th, en: Text(th, en).to(language)}
    return _environment().get_template("test/page.html").render(shared | words | values)


@pytest.fixture(scope="session")
def render() -> Callable[..., str]:
    return _render


class Site:
    """One page at a time, its static files, and tiles; remembers which tiles were fetched."""

    def __init__(self) -> None:
        self.page = ""
        self.tiles: list[str] = []
        self.url = ""

    def answer(self, path: str) -> tuple[str, bytes]:
        home, _, name = path[1:].partition("/")
        if not home:
            return "text/html; charset=utf-8", self.page.encode()
        if home == "tiles":
            self.tiles.append(name)
            return TYPES[".svg"], TILE
        file = SERVED[home] / name
        return TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()


@pytest.fixture
def site() -> Iterator[Site]:
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = told.answer(self.path)
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-security-policy", POLICY)
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
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()
