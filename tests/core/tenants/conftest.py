from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from core.context import Context
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session

Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def administrator(client: httpx.AsyncClient, ctx: Context) -> httpx.AsyncClient:
    """A browser in which an administrator is signed in."""
    account = await accounts.register_officer(
        ctx, first_name="สมศรี", last_name="ใจดี", email="s@maehia.example", post="ผู้ดูแลระบบ"
    )
    await holders.grant_role(ctx, account=account, role="administrator")
    now = replace(ctx, now=datetime.now(UTC))
    opened = await open_session(now, account, "officer", browser=Browser(), how="test")
    client.cookies.set("session", opened.token, domain="maehia.localhost", path="/")
    return client


@pytest.fixture
def post(administrator: httpx.AsyncClient) -> Post:
    """Send a form as a browser does: from a page that was opened before."""

    async def send(path: str, data: dict[str, object], **more: object) -> httpx.Response:
        if "csrf" not in administrator.cookies:
            await administrator.get("/desk/office")
        fields = {"_csrf_token": administrator.cookies["csrf"], **data}
        return await administrator.post(path, data=fields, **more)  # type: ignore[arg-type]

    return send
