"""Every page that a person can open, opened by whom it is for, looked at in both languages,
at both ends of the widths, by day and by night."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar import Litestar
from playwright.async_api import Browser, BrowserContext, Page

from core.http.app import create_app
from core.http.shell import LANGUAGE_COOKIE
from core.runtime import make_runtime
from core.settings import read_settings
from tests.browser.walk import NO_PAGE, WAY, Stop, everybody, person_of, stops, tenant_of

AXE, LOOK = Path("assets/test/axe.min.js"), Path("tests/browser/look.js")
NARROWEST, OPENED, WIDEST = 320, 360, 1280  # px
AT_ONCE = 3  # people at their browsers
LIGHT = 60_000  # bytes of a citizen's page with all that it loads, compressed, without pictures
CITIZENS = {"stranger", "citizen", "forgetful", "newcomer", "returning"}
MISSING = {
    "/nothing-is-here",
    "/v/2222-2222-2222",
    "/b/2222-2222-2222",
    "/incidents/t?code=12",
}
BESIDE = {"/gallery"}  # pages for authors of plugins, which no citizen is led to


@dataclass
class Seen:
    """What was found on one page."""

    stop: Stop
    status: dict[str, int] = field(default_factory=dict)  # by language
    led: str = ""  # to which page instead
    part: int = 0  # the status of what htmx is given
    faults: list[str] = field(default_factory=list)  # of axe
    wide: list[str] = field(default_factory=list)
    weight: int = 0
    strange: dict[str, list[str]] = field(default_factory=dict)  # words, by language
    complaints: list[str] = field(default_factory=list)  # of the browser
    menu: list[str] = field(default_factory=list)  # where its main navigation leads
    refused: list[str] = field(default_factory=list)  # of those, what does not open


@pytest.fixture(scope="module")
async def walked(chromium: Browser, town: Any) -> AsyncIterator[list[Seen]]:
    async with AsyncExitStack() as stack:
        contexts = await everybody(stack, chromium, town)
        seen = [Seen(stop) for stop in await stops(contexts, town)]
        free = asyncio.Semaphore(AT_ONCE)
        # Each office can have colours of its own.
        drawn: dict[str, set[str]] = defaultdict(set)

        async def walk_in_turn(who: str) -> None:
            async with free:
                theirs = [one for one in seen if one.stop.who == who]
                home = tenant_of(who)
                await walk(contexts[who], theirs, town.url("/", home), drawn[home])

        await asyncio.gather(*(walk_in_turn(who) for who in contexts))
        yield seen


async def walk(context: BrowserContext, seen: list[Seen], home: str, drawn: set[str]) -> None:
    await context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "th", "url": home}])
    page = await context.new_page()
    for script in (AXE, LOOK):
        await page.add_init_script(path=script)
    now: list[str] = []
    page.on("pageerror", lambda error: now.append(str(error)))
    page.on("console", lambda said: now.append(said.text) if said.type == "error" else None)
    await widen(page, OPENED)
    for one in seen:
        await look(page, one, drawn)
        await fit(page, one)
        one.complaints += [text for text in now if "404" not in text]
        now.clear()
    if seen:
        links = sorted({link for one in seen for link in one.menu})
        opened = await page.evaluate("(links) => found.statuses(links)", links)
        seen[0].refused += [link for link, status in opened if status != 200]
    await page.close()


def of_citizens(seen: Seen) -> bool:
    return person_of(seen.stop.who) in CITIZENS


async def look(page: Page, seen: Seen, drawn: set[str]) -> None:
    """Open the Thai page on a phone and examine it by day, and its colours by night.

    :param drawn: the places of elements whose colours were looked at; more are added.
    """
    answer = await page.goto(seen.stop.path, wait_until="load")
    assert answer is not None
    seen.status["th"] = answer.status
    seen.led = answer.url if answer.request.redirected_from else ""
    found = await page.evaluate("found.thai()")
    seen.weight, seen.menu, seen.part = found["weight"], found["menu"], found["part"]
    seen.faults, seen.strange["th"] = found["faults"], found["strange"]
    note(seen, "th", found["wide"], OPENED)
    new = [place for place in found["places"] if place not in drawn]
    if new:
        drawn.update(new)
        for scheme in ("dark", "light"):
            await page.emulate_media(color_scheme=scheme)
            seen.faults += await page.evaluate("(places) => found.colours(places)", new)


async def fit(page: Page, seen: Seen) -> None:
    """Fit the page into each width, in Thai and then in English; at last it is a phone's."""
    for width in (NARROWEST, WIDEST):
        note(seen, "th", await widen(page, width), width)
    seen.status["en"], seen.strange["en"], wide = await page.evaluate(
        "(cookie) => found.english(cookie)", LANGUAGE_COOKIE
    )
    note(seen, "en", wide, WIDEST)
    for width in (NARROWEST, OPENED):
        note(seen, "en", await widen(page, width), width)


async def widen(page: Page, width: int) -> int:
    """Give the page a width, and return the one that it takes."""
    await page.set_viewport_size({"width": width, "height": 740})
    taken: int = await page.evaluate("window.found ? found.width() : 0")
    return taken


def note(seen: Seen, language: str, wide: int, width: int) -> None:
    if wide > width:
        seen.wide.append(f"{language} {wide} at {width}")


def routes() -> list[str]:
    settings = read_settings({"THONGTHIN_SECRET": "ab" * 32})
    shell: Any = create_app(make_runtime(settings, "postgresql://nobody"))
    app: Litestar = shell.application
    return sorted(
        route.path
        for route in app.routes
        if any("GET" in one.http_methods for one in getattr(route, "route_handlers", []))
    )


def test_every_page_is_on_the_way() -> None:
    pages = [path for path in routes() if path in WAY or not path.startswith(NO_PAGE)]

    assert sorted(WAY) == pages


async def test_every_page_opens(walked: list[Seen]) -> None:
    bad = {
        str(one.stop): one.status
        for one in walked
        if set(one.status.values()) != {404 if one.stop.path in MISSING else 200}
    }

    assert bad == {}


async def test_every_page_is_the_one_that_was_asked_for(walked: list[Seen]) -> None:
    """Or one below it, as the first of a desk is; never one for signing in."""
    led = {str(one.stop): one.led for one in walked if one.led}

    assert led
    assert {
        str(one.stop): one.led
        for one in walked
        if one.led and not urlsplit(one.led).path.startswith(one.stop.path)
    } == {}


async def test_every_page_gives_htmx_its_part(walked: list[Seen]) -> None:
    """A block is rendered by itself: what its template imports at the top it does not know."""
    assert {str(one.stop): one.part for one in walked if one.part != one.status["th"]} == {}


async def test_every_link_of_the_menu_opens_for_whom_it_is_shown(walked: list[Seen]) -> None:
    assert any(one.menu for one in walked)
    assert {one.stop.who: one.refused for one in walked if one.refused} == {}


async def test_no_page_is_refused_anything_by_its_own_policy(walked: list[Seen]) -> None:
    assert {str(one.stop): one.complaints for one in walked if one.complaints} == {}


async def test_axe_finds_nothing_on_any_page(walked: list[Seen]) -> None:
    assert {str(one.stop): one.faults for one in walked if one.faults} == {}


async def test_no_page_scrolls_sideways(walked: list[Seen]) -> None:
    assert {str(one.stop): one.wide for one in walked if one.wide} == {}


async def test_every_page_of_citizens_weighs_60_kilobytes_at_most(walked: list[Seen]) -> None:
    theirs = [one for one in walked if of_citizens(one) and one.stop.path not in BESIDE]
    heavy = {str(one.stop): one.weight for one in theirs if one.weight > LIGHT}

    assert heavy == {}
    assert all(one.weight > 20_000 for one in theirs), "what a page loads is not counted"


async def test_english_pages_say_in_thai_only_what_people_wrote(walked: list[Seen]) -> None:
    left = {str(one.stop): one.strange["en"] for one in walked}

    assert {stop: words for stop, words in left.items() if words} == {}


async def test_thai_pages_have_a_thai_title_and_one_thai_heading(walked: list[Seen]) -> None:
    odd = {str(one.stop): one.strange["th"] for one in walked}

    assert {stop: words for stop, words in odd.items() if words} == {}
