"""Every page that a person can open, opened by whom it is for, looked at in both languages,
at both ends of the widths, by day and by night."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from playwright.async_api import Browser, BrowserContext, Page

from core.http.app import create_app
from core.http.shell import LANGUAGE_COOKIE
from core.runtime import make_runtime
from core.settings import read_settings
from tests.browser.walk import NO_PAGE, WAY, Stop, everybody, person_of, stops, tenant_of

AXE, LOOK = Path("assets/test/axe.min.js"), Path("tests/browser/look.js")
OPENED = 360  # px
WIDTHS = (320, 360, 1280)
PART = "fetch(location.href, {headers: {'HX-Request': 'true'}}).then(({status}) => status)"
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
    page = await context.new_page()
    for script in (AXE, LOOK):
        await page.add_init_script(path=script)
    now: list[str] = []
    page.on("pageerror", lambda error: now.append(str(error)))
    page.on("console", lambda said: now.append(said.text) if said.type == "error" else None)
    files = await weighing(page) if any(of_citizens(one) for one in seen) else {}
    for one in seen:
        files.clear()
        await speak(context, "th", home)
        await look(page, one)
        one.weight = sum(files.values())
        await examine(page, one, drawn)
        await fit(page, one, "th")
        await speak(context, "en", home)
        one.status["en"], one.strange["en"] = await page.evaluate("found.english()")
        await fit(page, one, "en")
        one.complaints += [text for text in now if "404" not in text]
        now.clear()
    if seen:
        await speak(context, "th", home)
        links = sorted({link for one in seen for link in one.menu})
        seen[0].refused += [link for link in links if await status_of(page, link) != 200]
    await page.close()


async def speak(context: BrowserContext, language: str, home: str) -> None:
    await context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": home}])


def of_citizens(seen: Seen) -> bool:
    return person_of(seen.stop.who) in CITIZENS


async def status_of(page: Page, path: str) -> int:
    answer = await page.goto(path)
    return answer.status if answer else 0


async def weighing(page: Page) -> dict[str, int]:
    """Return what is filled with the bytes of each file that the page loads.

    Nothing is remembered from the page before, so each weighs what a first visit weighs.
    """
    files: dict[str, int] = {}
    wire = await page.context.new_cdp_session(page)
    wire.on("Network.responseReceived", lambda one: begin(one, files))
    wire.on("Network.loadingFinished", lambda one: weigh(one, files))
    await wire.send("Network.enable")
    await wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return files


def begin(answer: Any, files: dict[str, int]) -> None:
    """Count the file from after its head on; photographs are not counted."""
    if answer["type"] != "Image" or "svg" in answer["response"]["mimeType"]:
        files[answer["requestId"]] = -int(answer["response"]["encodedDataLength"])


def weigh(loaded: Any, files: dict[str, int]) -> None:
    if loaded["requestId"] in files:
        files[loaded["requestId"]] += int(loaded["encodedDataLength"])


async def look(page: Page, seen: Seen) -> None:
    """Open the Thai page on a phone."""
    await page.set_viewport_size({"width": OPENED, "height": 740})
    answer = await page.goto(seen.stop.path, wait_until="load")
    assert answer is not None
    seen.status["th"] = answer.status
    seen.menu, seen.strange["th"] = await page.evaluate("found.thai()")


async def examine(page: Page, seen: Seen, drawn: set[str]) -> None:
    """Examine the page by day, and its colours by night.

    :param drawn: the places of elements whose colours were looked at; more are added.
    """
    seen.part = await page.evaluate(PART)
    seen.faults = await page.evaluate("found.faults()")
    places = set(await page.evaluate("found.places()"))
    if places - drawn:
        drawn.update(places)
        for scheme in ("dark", "light"):
            await page.emulate_media(color_scheme=scheme)
            seen.faults += await page.evaluate("found.colours()")


async def fit(page: Page, seen: Seen, language: str) -> None:
    """Fit the page into each width."""
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 740})
        wide = await page.evaluate("document.documentElement.scrollWidth")
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


async def test_every_page_gives_htmx_its_part(walked: list[Seen]) -> None:
    """A block is rendered by itself: what its template imports at the top it does not know."""
    assert {str(one.stop): one.part for one in walked if one.part != one.status["th"]} == {}


async def test_every_link_of_the_menu_opens_for_whom_it_is_shown(walked: list[Seen]) -> None:
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
