"""A plugin whose cases need a visit to the counter, beside all that ship."""

import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core import db, jobs
from core.api import Text, hookimpl
from core.context import EVERYWHERE, Actor, Context
from core.discovery import Found, find
from core.identity import accounts, holders, sessions
from core.manifest import Manifest
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.worker import Worker
from kit.casework import (
    Applicant,
    Applying,
    CaseVisit,
    Filed,
    Outcome,
    Post,
    Service,
    Step,
    file_case,
)
from kit.casework.service import handling
from kit.thai import WorkingDays
from tests.conftest import app_of
from tests.phones import a_phone

SERVICE = Service(
    code="kiosk.permit",
    title=Text("ขออนุญาตตั้งซุ้ม", "Permit for a kiosk"),
    summary=Text("ตั้งซุ้มขายของ", "To set up a kiosk"),
    unit="works",
    applying=Applying.ANYBODY,
    steps=(
        Step("look", Text("ตรวจแบบ", "Look at the plan"), Post.OFFICER, WorkingDays(2)),
        Step("meet", Text("นัดผู้ยื่น", "See the applicant"), Post.OFFICER, WorkingDays(5)),
        Step(
            "sign",
            Text("ลงนาม", "Sign"),
            Post.MAYOR,
            WorkingDays(1),
            ends=(Outcome.APPROVED, Outcome.REFUSED),
        ),
    ),
    within=WorkingDays(10),
)
SIGNING = CaseVisit(
    code="kiosk.signing",
    title=Text("ลงนามและรับใบอนุญาตซุ้ม", "Sign and take the permit for the kiosk"),
    service="kiosk.permit",
    steps=("meet",),
    bring=(Text("บัตรประจำตัวประชาชนตัวจริง", "Your ID card"),),
)
NAME, PHONE = "นายสมชาย ใจดี", "+66812345678"

File = Callable[..., Awaitable[Filed]]
SignIn = Callable[[str], Awaitable[httpx.AsyncClient]]


@dataclass(frozen=True)
class Heard:
    event: UUID
    case: UUID
    state: str
    starts_at: datetime
    minutes: int
    code: str
    at: datetime


@pytest.fixture
def heard() -> list[Heard]:
    """What the plugin was told of visits."""
    return []


@pytest.fixture
def kiosk(heard: list[Heard]) -> Found:
    module: Any = ModuleType("kiosk")
    module.MANIFEST = Manifest(name="kiosk", title=Text("ซุ้ม", "Kiosks"))

    @hookimpl
    def register_services() -> Sequence[Service]:
        return (SERVICE,)

    @hookimpl
    async def visits_for_cases(ctx: Context) -> Sequence[CaseVisit]:
        return (SIGNING,)

    @hookimpl
    async def on_visit_changed(
        event: UUID,
        case: UUID,
        state: str,
        starts_at: datetime,
        minutes: int,
        code: str,
        at: datetime,
    ) -> None:
        heard.append(Heard(event, case, state, starts_at, minutes, code, at))

    for hook in (register_services, visits_for_cases, on_visit_changed):
        setattr(module, hook.__name__, hook)
    return Found("kiosk", module)


@pytest.fixture
async def runtime(database: str, settings: Settings, kiosk: Found) -> AsyncIterator[Runtime]:
    made = make_runtime(settings, database, [*find(), kiosk])
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()


@pytest.fixture
def work(runtime: Runtime, database: str) -> Callable[[], Awaitable[None]]:
    """Work off what waits for the background, as the worker of an installation does."""

    async def work() -> None:
        app = Worker(runtime, database).app
        async with app.open_async():
            await app.run_worker_async(
                queues=[jobs.CORE], wait=False, install_signal_handlers=False
            )

    return work


def said(page: httpx.Response) -> str:
    """The words of a page, without its marks."""
    return html.unescape(re.sub("<[^>]+>", "", page.text))


def an_officer(ctx: Context) -> Context:
    posts = ["registry", "officer", "mayor"]
    held = {f"casework.as_{post}": EVERYWHERE for post in posts} | {"casework.read": EVERYWHERE}
    actor = Actor(kind="officer", id=uuid4(), name="อรทัย มั่นคง", post="นายช่าง", permissions=held)
    return replace(ctx, actor=actor)


async def go_on(ctx: Context, case: UUID, *, steps: int) -> None:
    """Find a case complete and pass it on: 1 is the first step, 2 the one of the visit."""
    officer = an_officer(ctx)
    if steps:
        await handling.accept(officer, case, revision=1)
    for revision in range(2, steps + 1):
        await handling.forward(officer, case, opinion="", revision=revision)


@pytest.fixture
def file(now: Context) -> File:
    """File a case and carry it to a step: ``file(2)`` stands where a visit can be booked."""

    async def file(
        steps: int = 2,
        *,
        ctx: Context = now,
        service: Service = SERVICE,
        name: str = NAME,
        phone: str | None = PHONE,
    ) -> Filed:
        filed = await file_case(
            ctx,
            service=service,
            applicant=Applicant(name=name, phone=phone),
            answers={},
            key=str(uuid4()),
        )
        await go_on(ctx, filed.id, steps=steps)
        return filed

    return file


@pytest.fixture
async def sign_in(runtime: Runtime, now: Context) -> AsyncIterator[SignIn]:
    """Open the browser of an officer of a role: ``sign_in("registry")`` sits at the counter."""
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    opened = []

    async def sign_in(role: str) -> httpx.AsyncClient:
        phone = a_phone()
        account = await accounts.register_officer(
            now, post="เจ้าพนักงานธุรการ", phone=phone, first_name="อรทัย", last_name="มั่นคง"
        )
        await holders.grant_role(now, account=account, role=role)
        session = await sessions.open_session(
            now, account, "officer", browser=sessions.Browser(), how="test"
        )
        client = httpx.AsyncClient(transport=transport, base_url="http://maehia.localhost")
        opened.append(client)
        client.cookies.set(sessions.COOKIE, session.token)
        page = await client.get("/track")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        return client

    yield sign_in
    for client in opened:
        await client.aclose()
