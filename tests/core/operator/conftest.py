import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from core import jobs
from core.context import Actor, Context
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session
from core.runtime import Runtime
from core.settings import Settings, read_settings
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant
from core.worker import Worker
from tests.conftest import NOW, app_of

Carry = Callable[[], Awaitable[None]]


class Desk:
    """A person at a browser without scripts, who sends forms as one does."""

    def __init__(self, browser: httpx.AsyncClient, account: UUID, name: str) -> None:
        self.browser, self.account, self.name = browser, account, name

    async def see(self, path: str) -> str:
        answer = await self.browser.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:3000]}"
        return words(answer)

    async def send(self, path: str, data: Mapping[str, object] | None = None) -> httpx.Response:
        if "csrf" not in self.browser.cookies:
            await self.browser.get("/account")
        fields = {"_csrf_token": self.browser.cookies.get("csrf", ""), **(data or {})}
        return await self.browser.post(path, data=fields)


def words(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.text))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = str(tmp_path / "data")
    given = {"THONGTHIN_DATA": data, "THONGTHIN_SECRET": "ab" * 32, "THONGTHIN_OPERATOR": "dga"}
    return read_settings(given)


@pytest.fixture
async def operator(runtime: Runtime, ctx: Context) -> Context:
    """The system in the operator's tenant."""
    tenant = new_tenant(
        "dga", name="สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)", name_en="DGA", place="กรุงเทพมหานคร"
    )
    await create_tenant(runtime.context(tenant, now=NOW))
    founded = await runtime.directory.get("dga")
    assert founded is not None
    return runtime.context(founded, now=NOW)


@pytest.fixture
async def at_desk(
    runtime: Runtime, operator: Context
) -> AsyncIterator[Callable[..., Awaitable[Desk]]]:
    """Sign a new officer in at a browser: ``await at_desk(ctx, "administrator", "สมศรี")``."""
    await runtime.open()
    opened: list[httpx.AsyncClient] = []

    async def sit(where: Context, role: str | None, name: str) -> Desk:
        account = await accounts.register_officer(
            where,
            first_name=name,
            last_name="ใจดี",
            email=f"p{len(opened)}@{where.tenant.id}.example",
            post="เจ้าหน้าที่",
        )
        if role:
            await holders.grant_role(where, account=account, role=role)
        now = replace(where, now=datetime.now(UTC))
        session = await open_session(now, account, "officer", browser=Browser(), how="test")
        desk = Desk(at(runtime, where.tenant.id), account, name)
        desk.browser.cookies.set("session", session.token, domain=_host(where), path="/")
        opened.append(desk.browser)
        return desk

    yield sit
    for one in opened:
        await one.aclose()
    await runtime.close()


def at(runtime: Runtime, tenant: str) -> httpx.AsyncClient:
    """Return a browser at a tenant in which nobody is signed in."""
    transport = httpx.ASGITransport(app_of(runtime))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{tenant}.localhost")


def _host(where: Context) -> str:
    return f"{where.tenant.id}.localhost"


@pytest.fixture
def carry(runtime: Runtime, database: str) -> Carry:
    """Do what waits in the background, and what that leaves, as the worker does."""

    async def work() -> None:
        app = Worker(runtime, database).app
        async with app.open_async():
            for _ in range(4):
                await app.run_worker_async(
                    queues=[jobs.CORE], wait=False, install_signal_handlers=False
                )

    return work


def person(ctx: Context, desk: Desk) -> Context:
    """Return the context in which the person of a desk acts, as of now."""
    actor = Actor(
        kind="officer",
        id=desk.account,
        name=desk.name,
        permissions={"core.operator": None, "core.support": None, "core.people": None},
    )
    return replace(ctx, actor=actor, now=datetime.now(UTC))
