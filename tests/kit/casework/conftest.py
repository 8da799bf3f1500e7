from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from core.api import Text
from core.context import EVERYWHERE, Actor, Context
from core.http.app import create_app
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime
from kit.casework import Applying, Document, Outcome, Post, Service, Step
from kit.forms import Line, ThaiID
from kit.thai import WorkingDays

POSTS = [post for post in Post if post is not Post.APPLICANT]


@pytest.fixture
def service() -> Service:
    return Service(
        code="oss.try",
        title=Text("ขอทดลอง", "Try"),
        summary=Text("ทดลอง", "Try it"),
        law=("พ.ร.บ.ทดลอง พ.ศ. 2569",),
        unit="works",
        applying=Applying.IDENTIFIED,
        form=(
            Line("subject", Text("เรื่อง", "Subject"), longest=100),
            ThaiID("witness", Text("เลขประจำตัวพยาน", "Witness's ID"), required=False),
        ),
        subject="subject",
        documents=(Document("deed", Text("โฉนด", "Deed")),),
        steps=(
            Step(
                "look", Text("ตรวจสถานที่", "Look"), Post.INSPECTOR, WorkingDays(2), "site_inspection"
            ),
            Step("think", Text("เสนอความเห็น", "Opinion"), Post.HEAD, WorkingDays(2)),
            Step(
                "sign",
                Text("ลงนาม", "Sign"),
                Post.MAYOR,
                WorkingDays(1),
                ends=(Outcome.APPROVED, Outcome.REFUSED),
            ),
        ),
        within=WorkingDays(7),
        extensions=(WorkingDays(7),),
    )


def an_officer(ctx: Context, *posts: str, name: str = "อรทัย มั่นคง") -> Context:
    held = {f"casework.as_{post}": EVERYWHERE for post in posts}
    held |= {"casework.read": EVERYWHERE, "casework.assign": EVERYWHERE}
    actor = Actor(kind="officer", id=uuid4(), name=name, post="เจ้าพนักงานธุรการ", permissions=held)
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    """An officer who sits at every desk."""
    return an_officer(ctx, *POSTS)


@pytest.fixture
def days_later(officer: Context) -> Callable[[int], Context]:
    return lambda days: replace(officer, now=officer.now + timedelta(days=days))


@pytest.fixture
async def browser(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(runtime))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", follow_redirects=True
    ) as client:
        yield client


@pytest.fixture
def sign_in(browser: httpx.AsyncClient, ctx: Context) -> Callable[..., Awaitable[None]]:
    """Let the browser be an officer who holds some permissions everywhere."""

    async def sign_in(*permissions: str) -> None:
        now = replace(ctx, now=datetime.now(UTC))
        account = await accounts.register_officer(
            now, post="นายกเทศมนตรี", first_name="วิชัย", last_name="บุญมา", phone="0811111111"
        )
        title = Text("ทดลอง", "Trial")
        await roles.create_role(now, code="trial", title=title, permissions=list(permissions))
        await holders.grant_role(now, account=account, role="trial")
        opened = await sessions.open_session(
            now, account, "officer", browser=sessions.Browser(), how="password"
        )
        browser.cookies.set(sessions.COOKIE, opened.token)

    return sign_in


@pytest.fixture
def post(browser: httpx.AsyncClient) -> Callable[..., Awaitable[httpx.Response]]:
    """Send the form that a page shows."""

    async def post(page: httpx.Response, path: str, **form: str) -> httpx.Response:
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        return await browser.post(path, data={"_csrf_token": token} | form)

    return post
