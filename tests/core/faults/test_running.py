"""Each hook of the running site goes wrong in each way: its part is missing, and it rests."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import httpx
import pytest

from core.discovery import find
from core.runtime import make_runtime
from core.settings import Settings
from tests.conftest import app_of
from tests.core.faults import faulty
from tests.core.faults.asking import ASKED, IN_THE_DEMO, SAYS_SO
from tests.core.faults.cells import ALL, AT_START, BUDGETS, HOST, RUNNING, spread
from tests.core.faults.faulty import FAULTS, HANGS, NAME, ORDERS, PART, RAISES
from tests.core.faults.starting import PAGES
from tests.core.faults.town import Place, Town, busy, working

WITHIN = 10.0  # seconds in which it rests, once its budget is over where that is longer
MISSING = "ส่วนนี้ยังไม่พร้อม ส่วนอื่นใช้ได้ตามปกติ"
SLOW = sorted(hook for hook in ASKED if (BUDGETS.get(hook) or 0) > 1)
# The worker delivers twelve events at the same time, and each plugin that rests has failed thrice.
BATCHES = [SLOW[at : at + 4] for at in range(0, len(SLOW), 4)]
# Those that take long to hang are tried together.
CELLS = [
    (hook, fault if hook not in SLOW or fault != HANGS else RAISES)
    for hook, fault in spread([hook for hook in RUNNING if hook != IN_THE_DEMO])
    if hook in ASKED and not (ALL and hook in SLOW and fault == HANGS)
]


@pytest.fixture(scope="module")
async def town(
    database: str, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Town]:
    plugin = faulty.make_plugin(HOST, tmp_path_factory.mktemp("folder"))
    runtime = make_runtime(settings, database, [*find(), plugin])
    assert runtime.host.refused == {}
    async with working(runtime, app_of(runtime)) as town:
        yield town


@pytest.fixture(autouse=True)
def at_peace() -> None:
    ORDERS.clear()
    faulty.KEPT.clear()


async def until(true: Callable[[], Awaitable[object]], within: float) -> None:
    ended = time.monotonic() + within
    while not await true():
        assert time.monotonic() < ended, "it did not happen in time"
        await asyncio.sleep(0.05)


def test_it_is_known_how_every_hook_is_asked() -> None:
    assert {*ASKED, *AT_START, IN_THE_DEMO} == HOST.hooks


def test_the_plugin_implements_every_hook(town: Town) -> None:
    assert {hook for hook in HOST.hooks if NAME in town.runtime.host.listeners(hook)} == HOST.hooks


def test_each_hook_and_each_fault_is_tried_at_least_once() -> None:
    hanging = {(hook, HANGS) for batch in (BATCHES if ALL else BATCHES[:1]) for hook in batch}
    tried = {*CELLS} | hanging

    assert {hook for hook, _ in tried} == {*ASKED}
    assert {fault for _, fault in tried} == {*FAULTS}
    assert not ALL or len(tried) == len(ASKED) * len(FAULTS)


async def go_wrong(place: Place, hook: str, fault: str) -> str:
    """Ask until the plugin rests, and return the cause that the administrator is told."""
    ORDERS[place.id, hook] = fault
    answers: list[httpx.Response] = []

    async def ask() -> None:
        answer = await ASKED[hook](place)
        if isinstance(answer, httpx.Response):
            answers.append(answer)

    async def rests() -> bool:
        if hook not in SLOW:
            await ask()
        return await place.cause() is not None

    if hook in SLOW:
        for _ in range(3):
            await ask()
    wait = (BUDGETS[hook] or 0) if hook in SLOW and fault == HANGS else 0
    await until(rests, WITHIN + wait)
    ORDERS.pop((place.id, hook))
    taken = httpx.codes.SERVICE_UNAVAILABLE if hook == "examine_request" else httpx.codes.OK
    assert {one.status_code for one in answers[:2]} <= {taken, httpx.codes.SEE_OTHER}
    if hook in SAYS_SO:
        assert MISSING in answers[0].text
    return await place.cause() or ""


async def at_work(town: Town, hook: str) -> Place:
    """Return the municipality of a hook, where the plugin works again whatever was before."""
    place = await town.at(hook)
    await place.resume()

    async def shown() -> bool:
        return PART in (await place.browser.get("/track")).text

    await until(shown, 5)
    return place


async def look_around(place: Place, *, part: bool) -> None:
    """Hold that all pages are served, with the plugin's part or without."""
    for path in (*PAGES, "/desk/modules", f"/t/{place.case['track']}"):
        page = await place.browser.get(path)
        assert page.status_code == httpx.codes.OK, (path, page.text[-500:])
        assert (PART in page.text) == part, path


@pytest.mark.parametrize(("hook", "fault"), CELLS, ids=lambda one: one)
async def test_a_hook_that_goes_wrong_costs_its_own_part_where_it_failed_and_nothing_elsewhere(
    hook: str, fault: str, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    place, elsewhere = await at_work(town, hook), await town.at("elsewhere")
    cause = await go_wrong(place, hook, fault)

    assert f"{hook}: " in cause
    blamed = [line for line in caplog.messages if " failed for " in line]
    mine = [line for line in blamed if line.startswith(f"plugin {NAME} failed for {place.id}: ")]
    assert mine
    # On a machine that is busy otherwise anybody may run out of time.
    assert [line for line in blamed if line not in mine and "TimeoutError" not in line] == []
    await look_around(place, part=False)
    await look_around(elsewhere, part=True)
    assert await elsewhere.cause() is None
    await until(given_back, 5)


async def given_back() -> bool:
    return busy() == 0


@pytest.mark.parametrize("hooks", BATCHES if ALL else BATCHES[:1], ids=" ".join)
async def test_hooks_of_the_worker_that_hang_are_put_to_rest_when_their_time_is_over(
    hooks: Sequence[str], town: Town
) -> None:
    places = [await at_work(town, hook) for hook in hooks]
    elsewhere = await town.at("elsewhere")
    await look_around(elsewhere, part=True)
    wrong = (go_wrong(place, hook, HANGS) for place, hook in zip(places, hooks, strict=True))
    causes = await asyncio.gather(*wrong)

    for hook, cause in zip(hooks, causes, strict=True):
        assert f"{hook}: TimeoutError" in cause
    await look_around(elsewhere, part=True)
    assert await elsewhere.cause() is None
