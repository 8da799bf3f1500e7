import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from core.api import Context, Text
from core.context import EVERYWHERE, Actor
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from kit.treasury.service import billing, charging
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due, Who
from tests.conftest import app_of
from tests.phones import a_phone

TOKEN = re.compile(r'name="_csrf_token" value="([^"]+)"')


class Browser:
    """An officer at a browser without scripts."""

    def __init__(self, client: httpx.AsyncClient, account: UUID) -> None:
        self.client, self.account = client, account

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return answer.text

    async def send(self, path: str, at: str, status: int = 200, **form: str) -> str:
        """Send a form that the page ``at`` shows, and return the page that follows."""
        token = TOKEN.findall(await self.get(at))[0]
        answer = await self.client.post(path, data={"_csrf_token": token} | form)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.text


@pytest.fixture
async def browser_of(
    runtime: Runtime, ctx: Context
) -> AsyncIterator[Callable[..., Awaitable[Browser]]]:
    """Sign an officer of a role in, each at a browser of their own."""
    application = app_of(runtime)
    opened: list[httpx.AsyncClient] = []

    async def of(role: str) -> Browser:
        here = runtime.context(ctx.tenant)
        phone = a_phone()
        account = await accounts.register_officer(
            here, post="เจ้าพนักงาน", phone=phone, first_name="อรทัย", last_name=role
        )
        await holders.grant_role(here, account=account, role=role)
        session = await sessions.open_session(
            here, account, "officer", browser=sessions.Browser(), how="test"
        )
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(application),
            base_url="http://maehia.localhost",
            follow_redirects=True,
        )
        client.cookies.set("session", session.token)
        opened.append(client)
        return Browser(client, account)

    yield of
    for client in opened:
        await client.aclose()


@pytest.fixture
def today(runtime: Runtime, ctx: Context) -> Context:
    """The system at this moment, as the pages know it."""
    return runtime.context(ctx.tenant)


@pytest.fixture
def acting(today: Context) -> Callable[..., Context]:
    """Act as the officer of a browser, without it."""

    def acting(browser: Browser, *rights: str) -> Context:
        held = {f"treasury.{right}": EVERYWHERE for right in rights}
        actor = Actor(kind="officer", id=browser.account, name="อรทัย", permissions=held)
        return replace(today, actor=actor)

    return acting


@pytest.fixture
def bill(today: Context) -> Callable[..., Awaitable[Asked]]:
    async def bill(amount: int, *, name: str = "นายสมชาย ใจดี", due_on: date | None = None) -> Asked:
        mark = str(uuid4())
        who = Who(source="waste_fees", subject=f"point/{mark}", name=name)
        payer = await charging.keep_payer(today, who)
        due = Due(
            reference=mark,
            revenue="waste_fees.collect",
            title=Text("ค่าเก็บขนมูลฝอย", "Waste collection"),
            amount=amount,
            due_on=due_on or today.today + timedelta(30),
        )
        raised = await charging.raise_charges(today, source="waste_fees", payer=payer, dues=[due])
        return await billing.make_bill(
            today,
            source="waste_fees",
            subject=f"point/{mark}",
            kind="01",
            title=due.title,
            charges=list(raised.values()),
            due_on=due.due_on,
        )

    return bill
