from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx

from core import db
from core.context import Context
from core.identity import accounts
from core.runtime import Runtime
from tests.conftest import app_of


async def test_over_https_no_neighbour_can_set_our_cookies(
    runtime: Runtime, ctx: Context, password: str
) -> None:
    secure = replace(runtime, settings=replace(runtime.settings, public_url="https://{host}"))
    app = app_of(secure)
    transport = httpx.ASGITransport(app)
    await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="1234545678781", password=password
    )

    async with httpx.AsyncClient(
        transport=transport, base_url="https://maehia.localhost"
    ) as browser:
        await browser.get("/sign-in")
        answer = await browser.post(
            "/sign-in",
            data={
                "who": "1234545678781",
                "password": password,
                "_csrf_token": browser.cookies["__Host-csrf"],
            },
        )
        account = await browser.get("/account")

    given = answer.headers.get_list("set-cookie")
    assert [one.partition("=")[0] for one in given][:2] == ["__Host-session", "__Host-device"]
    for one in given:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(one.split("; "))
        assert "Domain" not in one
    assert account.status_code == 200


async def test_an_officers_session_ends_with_the_browser_and_a_citizens_lasts(
    runtime: Runtime, ctx: Context, officer: UUID, password: str, last_code: Any
) -> None:
    await accounts.register_citizen(
        ctx, first_name="คำ", last_name="ดี", national_id="1234545678781", password=password
    )
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)

    async def signed_in(who: str) -> str:
        async with httpx.AsyncClient(
            transport=transport, base_url="http://maehia.localhost"
        ) as browser:
            await browser.get("/sign-in")
            token = browser.cookies["csrf"]
            data = {"who": who, "password": password, "_csrf_token": token}
            answer = await browser.post("/sign-in", data=data)
            if answer.headers["location"] == "/sign-in/code":
                data = {"code": await last_code(ctx), "_csrf_token": token}
                answer = await browser.post("/sign-in/code", data=data)
        return next(
            one for one in answer.headers.get_list("set-cookie") if one.startswith("session=")
        )

    assert "Max-Age" not in await signed_in("somchai@maehia.example")
    assert "Max-Age=2592000" in await signed_in("1234545678781")
    async with db.transaction(ctx) as connection:
        assert await connection.fetchval("SELECT count(*) FROM core.session") == 2
