from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import httpx
import pytest

from core.context import Context
from core.discovery import Found
from core.hooks import hookimpl
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session
from core.manifest import Manifest
from core.text import Text

MakePlugin = Callable[..., Found]
Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def a_plugin() -> MakePlugin:
    """Make a plugin of hook implementations: ``a_plugin("parks", on_plugin_switched=…)``."""

    def make(name: str, *, manifest: dict[str, Any] | None = None, **hooks: Any) -> Found:
        module = ModuleType(name)
        title = Text(name, name)
        module.MANIFEST = Manifest(name=name, title=title, **(manifest or {}))  # type: ignore[attr-defined]
        for hook, function in hooks.items():
            function.__name__ = hook
            setattr(module, hook, hookimpl(function))
        return Found(name, module)

    return make


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
