from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from core import db
from core.context import Context
from core.discovery import Found, find
from core.runtime import make_runtime
from core.settings import Settings
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant
from core.text import Text
from core.ui import Card, FrontPage
from tests.conftest import app_of

Visit = Callable[..., Awaitable[str]]

BENCH = Card(Text("ม้านั่ง", "Bench"), Text("ซ่อม", "Mend"), "/parks", Text("ไป", "Go"), sign="pin")


async def cards_for_home(ctx: Context, area: str) -> list[Card]:
    return [BENCH]


@pytest.fixture
async def visit(database: str, settings: Settings) -> AsyncIterator[Visit]:
    """Open the start page of a municipality that has these plugins beside the kit."""
    parts = [one for one in find() if str(one.module).startswith("kit.")]

    async def visit(*plugins: Found) -> str:
        runtime = make_runtime(settings, database, [*parts, *plugins])
        await db.open_pool()
        tenant = new_tenant("khrueng", name="เทศบาลตำบลครึ่ง", name_en="Khrueng")
        await create_tenant(runtime.context(tenant), plugins=[one.name for one in plugins])
        app = app_of(runtime)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://khrueng.localhost"
        ) as client:
            page = await client.get("/")
        await runtime.host.quarantine.settle()
        assert page.status_code == 200
        return page.text

    yield visit
    await db.close_pool()


def front(template: str, **values: Any) -> Callable[..., Awaitable[FrontPage]]:
    async def page_for_home(ctx: Context) -> FrontPage:
        return FrontPage(template, values)

    return page_for_home


async def test_without_a_front_page_the_cores_own_has_a_door_for_each_card(
    visit: Visit, a_plugin: Callable[..., Found]
) -> None:
    page = await visit(a_plugin("parks", cards_for_home=cards_for_home))

    assert "วันนี้มาติดต่อเรื่องอะไร" in page
    assert '<a href="/parks">' in page
    assert "#i-pin" in page


async def test_a_plugins_front_page_stands_in_the_place_of_the_cores(
    visit: Visit, a_plugin: Callable[..., Found]
) -> None:
    values = {"status": 200, "sentence": "of trees", "problems": {}}
    page = await visit(a_plugin("trees", page_for_home=front("core/error.html", **values)))

    assert '<h2 id="problem-title">of trees</h2>' in page
    assert "วันนี้มาติดต่อเรื่องอะไร" not in page


async def test_of_two_front_pages_the_first_by_name_is_taken_whatever_the_order(
    visit: Visit, a_plugin: Callable[..., Found]
) -> None:
    values = {"status": 200, "problems": {}}
    page = await visit(
        a_plugin("trees", page_for_home=front("core/error.html", sentence="of trees", **values)),
        a_plugin("parks", page_for_home=front("core/error.html", sentence="of parks", **values)),
    )

    assert "of parks" in page
    assert "of trees" not in page


@pytest.mark.parametrize("broken", ["core/error.html", "parks/missing.html"])
async def test_a_front_page_that_cannot_be_shown_leaves_the_cores_own_with_a_notice(
    visit: Visit, a_plugin: Callable[..., Found], broken: str
) -> None:
    page = await visit(
        a_plugin("parks", cards_for_home=cards_for_home, page_for_home=front(broken))
    )

    assert "วันนี้มาติดต่อเรื่องอะไร" in page
    assert '<a href="/parks">' in page
    assert "ส่วนนี้ยังไม่พร้อม" in page


async def test_a_front_page_that_is_refused_leaves_the_cores_own_with_a_notice(
    visit: Visit, a_plugin: Callable[..., Found]
) -> None:
    async def page_for_home(ctx: Context) -> FrontPage:
        raise OSError("no line")

    page = await visit(a_plugin("parks", page_for_home=page_for_home))

    assert "วันนี้มาติดต่อเรื่องอะไร" in page
    assert "ส่วนนี้ยังไม่พร้อม" in page
