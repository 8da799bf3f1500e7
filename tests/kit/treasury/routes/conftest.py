import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import httpx
import pytest

from core.context import Context
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from core.text import Text
from kit.treasury.service import billing, charging, payee, tills
from kit.treasury.service.billing import Asked
from kit.treasury.service.charging import Due, Who
from tests.conftest import app_of
from tests.kit.treasury.service.people import with_rights

STALL = Text("ค่าเช่าแผงตลาด", "Rent of a stall")
CITIZEN = "0812345671"


class Person(NamedTuple):
    """Somebody at a browser without scripts, who follows where an answer leads."""

    client: httpx.AsyncClient
    account: UUID | None

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def send(self, page: httpx.Response, to: str, **form: str | list[str]) -> httpx.Response:
        """Send a form as the page that was read shows it."""
        found = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)
        assert found, page.text[:2000]
        return await self.client.post(to, data={"_csrf_token": found[1]} | form)


Enter = Callable[..., Awaitable[Person]]
Make = Callable[..., Awaitable[Asked]]
PayTo = Callable[..., Awaitable[None]]


@pytest.fixture
def now(ctx: Context) -> Context:
    """The system at this very moment, as pages see it."""
    return replace(ctx, now=datetime.now(UTC))


@pytest.fixture
async def cashier(now: Context) -> Context:
    """A collector who has opened till 1."""
    made = with_rights(now, "collect", "read")
    await tills.open_till(made, "1")
    return made


@pytest.fixture
def director(now: Context) -> Context:
    return with_rights(now, "cancel", "adjust", "read", name="วิชัย การคลัง")


@pytest.fixture
async def enter(runtime: Runtime, now: Context) -> AsyncIterator[Enter]:
    """Open a browser as a stranger, a citizen, or an officer of a role."""
    application = app_of(runtime)
    transport = httpx.ASGITransport(application)
    opened = []

    async def enter(who: str = "stranger", phone: str = CITIZEN) -> Person:
        client = httpx.AsyncClient(
            transport=transport, base_url="http://maehia.localhost", follow_redirects=True
        )
        opened.append(client)
        account = await _account(now, who, phone)
        if account:
            kind: sessions.Kind = "citizen" if who == "citizen" else "officer"
            session = await sessions.open_session(
                now, account, kind, browser=sessions.Browser(), how="test"
            )
            client.cookies.set(sessions.COOKIE, session.token)
        return Person(client, account)

    yield enter
    for client in opened:
        await client.aclose()


async def _account(now: Context, who: str, phone: str) -> UUID | None:
    name = {"first_name": "วิภาดา", "last_name": "แสงคำ"}
    if who == "stranger":
        return None
    if who == "citizen":
        return await accounts.register_citizen(now, phone=phone, verified=True, **name)
    account = await accounts.register_officer(
        now, post="เจ้าพนักงาน", email=f"{who}@maehia.example", **name
    )
    await holders.grant_role(now, account=account, role=who)
    return account


@pytest.fixture
def pay_to(runtime: Runtime, now: Context) -> PayTo:
    """Set where the office's money goes; this process knows it at once."""

    async def pay_to(**known: str) -> None:
        await payee.set_payee(now, known)
        runtime.directory.forget()

    return pay_to


@pytest.fixture
def make(now: Context) -> Make:
    """Make a bill of some amounts in satang: ``make(6000, due=-3)`` was due three days ago."""

    async def make(
        *amounts: int,
        name: str = "นายสมชาย ใจดี",
        due: int = 20,
        account: UUID | None = None,
        mark: str = "one",
        ctx: Context = now,
    ) -> Asked:
        who = Who(
            source="market", subject=f"stall/{name}", name=name, address="88/12 หมู่ 5",
            account=account,
        )  # fmt: skip
        payer = await charging.keep_payer(ctx, who)
        due_on = ctx.today + timedelta(days=due)
        dues = [
            Due(
                reference=f"{name}/{mark}/{place}", revenue="treasury.other", title=STALL,
                amount=amount, due_on=due_on, period="257001",
            )
            for place, amount in enumerate(amounts)
        ]  # fmt: skip
        raised = await charging.raise_charges(ctx, source="market", payer=payer, dues=dues)
        return await billing.make_bill(
            ctx, source="market", subject="stall/1", kind="99", title=STALL,
            charges=[raised[one.reference] for one in dues], due_on=due_on, ref2="257001",
        )  # fmt: skip

    return make
