from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from uuid import UUID

import httpx
import pytest

from core.context import Context
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session

Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def post(client: httpx.AsyncClient) -> Post:
    """Send a form as a browser does: from a page that was opened before."""

    async def send(
        path: str, data: dict[str, object] | None = None, **more: object
    ) -> httpx.Response:
        if "csrf" not in client.cookies:
            await client.get("/sign-in")
        fields = {"_csrf_token": client.cookies["csrf"], **(data or {})}
        return await client.post(path, data=fields, **more)  # type: ignore[arg-type]

    return send


@pytest.fixture
def here(ctx: Context) -> Context:
    """The municipality at this moment, which is what requests see."""
    return replace(ctx, now=datetime.now(UTC))


@pytest.fixture
def enter(client: httpx.AsyncClient, here: Context) -> Callable[[UUID], Awaitable[str]]:
    """Sign somebody in, in this browser."""

    async def sign_in(account: UUID) -> str:
        row = await accounts.get(here, account)
        opened = await open_session(here, account, row["kind"], browser=Browser(), how="test")
        client.cookies.set("session", opened.token, domain="maehia.localhost", path="/")
        return opened.token

    return sign_in


@pytest.fixture
async def administrator(ctx: Context, officer: UUID) -> UUID:
    await holders.grant_role(ctx, account=officer, role="administrator")
    return officer


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: list[tuple[str, str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "next" in given.get("class", "").split()
            self.action = given["action"] if self.inside else self.action
        if tag == "input" and self.inside:
            self.fields.append((given["name"], given["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


@pytest.fixture
def fields() -> Callable[[str], tuple[str, list[tuple[str, str]]]]:
    """Where the foremost form of a page is sent, and what it holds."""

    def read(page: str) -> tuple[str, list[tuple[str, str]]]:
        form = _Form()
        form.feed(page)
        return form.action, form.fields

    return read
