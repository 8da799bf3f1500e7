import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.context import EVERYWHERE, Actor, Context
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime
from core.text import Text
from kit.casework import Post
from tests.conftest import app_of
from tests.phones import a_phone

Opened = Callable[..., Awaitable["Visitor"]]

EVERY_DESK = [
    *(f"casework.as_{post}" for post in Post if post is not Post.APPLICANT),
    *("casework.read", "casework.assign", "oss.build"),
]


class Visitor:
    """A person with a browser that runs no script."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = httpx.Response(200)

    @property
    def text(self) -> str:
        """What the page says, without its markup."""
        kept = re.sub(r'<span class="nb">(.*?)</span>', r"\1", self.page.text)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", kept)).split())

    @property
    def path(self) -> str:
        return str(self.page.url.path)

    async def open(self, path: str) -> httpx.Response:
        self.page = await self.client.get(path, follow_redirects=True)
        return self.page

    async def send(self, path: str = "", **data: Any) -> httpx.Response:
        """Send a form of the open page, with the hidden revision that it holds."""
        revision = re.search(r'name="revision" value="(\d+)"', self.page.text)
        posted = {"revision": revision[1]} if revision else {}
        self.page = await self.client.post(
            path or str(self.page.url.raw_path, "ascii"), data=posted | data, follow_redirects=True
        )
        return self.page


@pytest.fixture
def maker(ctx: Context) -> Context:
    """An officer who may make services for every division."""
    return a_maker(ctx)


def a_maker(ctx: Context, name: str = "อรทัย มั่นคง", *units: str) -> Context:
    where = frozenset(units) if units else EVERYWHERE
    actor = Actor(kind="officer", id=uuid4(), name=name, permissions={"oss.build": where})
    return replace(ctx, actor=actor)


@pytest.fixture
def now(ctx: Context) -> Context:
    """The system at this very moment, as pages see it."""
    return replace(ctx, now=datetime.now(UTC))


@pytest.fixture
async def visit(runtime: Runtime, now: Context) -> AsyncIterator[Opened]:
    """Open a browser as a stranger, or as an officer who holds some permissions."""
    app = app_of(runtime)
    clients = []

    async def opened(
        *permissions: str,
        unit: str | None = None,
        host: str = "maehia",
        tenant: Context | None = None,
    ) -> Visitor:
        here = replace(tenant, now=now.now) if tenant else now
        transport = httpx.ASGITransport(app)
        client = httpx.AsyncClient(transport=transport, base_url=f"http://{host}.localhost")
        clients.append(client)
        if permissions:
            client.cookies.set(sessions.COOKIE, await _signed_in(here, permissions, unit))
        page = await client.get("/track")
        token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
        assert token is not None
        client.headers["X-CSRFToken"] = token[1]
        return Visitor(client)

    yield opened
    for client in clients:
        await client.aclose()


async def _signed_in(ctx: Context, permissions: tuple[str, ...], unit: str | None) -> str:
    account = await accounts.register_officer(
        ctx,
        post="เจ้าพนักงานธุรการ",
        first_name="อรทัย",
        last_name="มั่นคง",
        phone=a_phone(),
    )
    role = f"role_{uuid4().hex[:8]}"
    title = Text("บทบาททดสอบ", "A role")
    await roles.create_role(ctx, code=role, title=title, permissions=list(permissions))
    await holders.grant_role(ctx, account=account, role=role, unit=unit)
    opened = await sessions.open_session(
        ctx, account, "officer", browser=sessions.Browser(), how="password"
    )
    return opened.token


@pytest.fixture
async def officer(visit: Opened) -> Visitor:
    """An officer who makes services and sits at every desk."""
    return await visit(*EVERY_DESK)


@pytest.fixture
async def made(officer: Visitor) -> str:
    """The address of a service that the officer has made, with a fault in none of its parts."""
    await officer.open("/desk/services/new")
    await officer.send(title_th="ขอใช้สนามกีฬา", title_en="Use of the sports field", source="empty")
    home = officer.path.removesuffix("/about")
    await officer.send(
        title_th="ขอใช้สนามกีฬา",
        title_en="Use of the sports field",
        summary_th="จองสนามกีฬาของเทศบาล",
        summary_en="Book the sports field",
        topic="use",
        words="สนามฟุตบอล\nสนามกีฬา",
        law="พ.ร.บ.เทศบาล พ.ศ. 2496",
        unit="clerk",
        applying="contact",
    )
    await officer.open(f"{home}/questions/add?of=line")
    await officer.send(label_th="ใช้ทำอะไร", label_en="What for", required="yes", when="0")
    await officer.open(f"{home}/questions")
    await officer.send(do="subject", subject="f3")
    await officer.open(f"{home}/questions/add?of=choice")
    await officer.send(
        **{
            "label_th": "ใช้ช่วงใด",
            "label_en": "When",
            "required": "yes",
            "when": "0",
            "option.count": "3",
            "option.0.th": "กลางวัน",
            "option.0.en": "By day",
            "option.1.th": "กลางคืน",
            "option.1.en": "At night",
            "option.2.th": "",
            "option.2.en": "",
        }
    )
    await officer.open(f"{home}/result")
    await officer.send(
        **{
            "paper": "general",
            "paper_title_th": "หนังสืออนุญาตใช้สนาม",
            "paper_title_en": "Permit to use the field",
            "condition.count": "1",
            "condition.0.th": "รักษาความสะอาด",
            "condition.0.en": "Keep it clean",
            "fee_th": "ไม่เสียค่าธรรมเนียม",
            "fee_en": "No fee",
            "keep_years": "2",
        }
    )
    return home
