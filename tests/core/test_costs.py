from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as some
from litestar import Router, get
from litestar.params import FromPath

from core import db
from core.context import Context
from core.costs import LATEST, Cost, Costs
from core.discovery import Found
from core.errors import NotFound
from core.http.guards import public
from core.modules.failures import Failures, of_the_day
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.text import Text
from tests.conftest import app_of

MakePlugin = Callable[..., Found]


@given(some.lists(some.floats(0, 10), min_size=1, max_size=2 * LATEST))
def test_the_mean_is_of_all_calls_and_the_slow_one_bounds_95_of_100_of_the_latest(
    spent: list[float],
) -> None:
    cost = Cost("links_for_navigation")
    for seconds in spent:
        cost.note(seconds, failed=False)

    assert cost.mean == pytest.approx(sum(spent) / len(spent))
    latest = spent[-LATEST:]
    assert cost.slow in latest
    assert sum(one <= cost.slow for one in latest) >= 0.95 * len(latest)
    assert sum(one < cost.slow for one in latest) < 0.95 * len(latest)


def test_the_dearest_comes_first_and_each_plugin_has_its_own() -> None:
    costs = Costs()
    costs.note("parks", "cheap", 0.1, failed=False)
    costs.note("parks", "dear", 0.1, failed=True)
    costs.note("parks", "dear", 0.1, failed=False)
    costs.note("trees", "cheap", 5, failed=False)

    assert [(one.where, one.calls, one.failed) for one in costs.of("parks")] == [
        ("dear", 2, 1),
        ("cheap", 1, 0),
    ]


@pytest.fixture
async def parks(
    ctx: Context, settings: Settings, database: str, a_plugin: MakePlugin
) -> AsyncIterator[tuple[Runtime, httpx.AsyncClient]]:
    """แม่เหียะ with a plugin whose pages answer, refuse or break."""

    @get("/{what:str}", guards=[public])
    async def show(what: FromPath[str]) -> str:
        if what == "refuse":
            raise NotFound(Text("ไม่มี", "None"))
        if what == "break":
            raise RuntimeError("on purpose")
        return "parks"

    found = a_plugin(
        "parks",
        manifest={"fixed": True},
        register_routes=lambda: [Router("/parks", route_handlers=[show])],
    )
    runtime = make_runtime(settings, database, [found])
    transport = httpx.ASGITransport(app_of(runtime))
    await db.open_pool()
    async with httpx.AsyncClient(transport=transport, base_url="http://maehia.localhost") as made:
        yield runtime, made
    await runtime.host.quarantine.settle()


async def test_pages_are_counted_by_their_pattern_and_only_what_breaks_is_a_failure(
    parks: tuple[Runtime, httpx.AsyncClient], ctx: Context
) -> None:
    runtime, browser = parks

    for what in ("a", "b", "refuse", "break"):
        await browser.get(f"/parks/{what}")
    await runtime.host.quarantine.settle()

    costs = {one.where: one for one in runtime.host.costs.of("parks")}
    assert (costs["/parks/{what}"].calls, costs["/parks/{what}"].failed) == (4, 1)
    now = replace(ctx, now=datetime.now(UTC))
    assert await of_the_day(now) == {"parks": Failures(1, "/parks/{what}: answered 500")}
