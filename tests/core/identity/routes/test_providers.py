from collections.abc import AsyncIterator, Sequence
from types import ModuleType
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Request, Router, get
from litestar.params import FromPath
from litestar.response import Redirect

from core import db
from core.api import Ctx, Manifest, NavItem, Text, hookimpl, providers, public
from core.context import Context
from core.discovery import Found, find
from core.identity import accounts
from core.runtime import make_runtime
from core.settings import Settings
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant
from tests.conftest import app_of


@get("/badge/come/{account:uuid}", guards=[public])
async def come(request: Request[Any, Any, Any], ctx: Ctx, account: FromPath[UUID]) -> Redirect:
    return await providers.let_in(request, ctx, account=account, how="badge", to="/account")


@get("/badge/factor", guards=[public])
async def factor(request: Request[Any, Any, Any], ctx: Ctx) -> Redirect:
    if await providers.waiting_account(request, ctx) is None:
        return Redirect("/sign-in", status_code=303)
    return await providers.pass_factor(request, ctx, how="badge", to="/account")


def a_badge() -> Found:
    @hookimpl
    def register_routes() -> Sequence[Router]:
        return [Router("/", route_handlers=[come, factor])]

    @hookimpl
    async def ways_to_sign_in(ctx: Context, next: str) -> Sequence[NavItem]:
        return [NavItem(Text("แตะบัตร", "Tap the badge"), f"/badge?next={next}")]

    @hookimpl
    async def further_factors(ctx: Context) -> Sequence[NavItem]:
        return [NavItem(Text("ใช้บัตรแทนรหัส", "Use the badge"), "/badge/factor")]

    module = ModuleType("badge")
    title = Text("บัตร", "Badge")
    vars(module).update(
        MANIFEST=Manifest(name="badge", title=title, permissions={}),
        register_routes=register_routes,
        ways_to_sign_in=ways_to_sign_in,
        further_factors=further_factors,
    )
    return Found("badge", module)


@pytest.fixture
async def office(database: str, settings: Settings) -> AsyncIterator[tuple[Any, Context]]:
    """A browser at a municipality that has the badge's plugin, and the system there."""
    kit = [one for one in find() if str(one.module).startswith("kit.")]
    runtime = make_runtime(settings, database, [*kit, a_badge()])
    await db.open_pool()
    tenant = new_tenant("khrueng", name="เทศบาลตำบลครึ่ง", name_en="Khrueng")
    await create_tenant(runtime.context(tenant), plugins=["badge"])
    founded = await runtime.directory.get("khrueng")
    assert founded is not None
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://khrueng.localhost") as made:
        yield made, runtime.context(founded)
    await db.close_pool()


async def test_the_sign_in_page_shows_the_ways_of_plugins(office: Any) -> None:
    browser, _ = office

    page = await browser.get("/sign-in?next=/desk")

    assert 'href="/badge?next=/desk"' in page.text
    assert "แตะบัตร" in page.text


async def test_a_provider_lets_in_whom_it_knows(office: Any) -> None:
    browser, ctx = office
    account = await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="1234545678781"
    )

    answer = await browser.get(f"/badge/come/{account}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "คำ ดี" in (await browser.get("/account")).text


async def test_a_second_factor_stands_in_for_the_code(office: Any, password: str) -> None:
    browser, ctx = office
    await accounts.register_officer(
        ctx,
        first_name="สมชาย",
        last_name="ตั้งใจ",
        email="s@khrueng.example",
        post="นิติกร",
        password=password,
    )
    assert (await browser.get("/badge/factor")).headers["location"] == "/sign-in"
    await browser.get("/sign-in")
    await browser.post(
        "/sign-in",
        data={
            "who": "s@khrueng.example",
            "password": password,
            "_csrf_token": browser.cookies["csrf"],
        },
    )
    assert 'href="/badge/factor"' in (await browser.get("/sign-in/code")).text

    answer = await browser.get("/badge/factor")

    assert answer.headers["location"] == "/account"
    assert "สมชาย ตั้งใจ" in (await browser.get("/account")).text
