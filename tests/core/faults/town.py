"""One served application with the plugin in it, and a municipality for every hook."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from core import db
from core.context import Context
from core.identity import accounts, holders, sessions
from core.runtime import Runtime
from core.tenants.service import create_tenant
from core.worker import Worker
from kit.documents import papers_of
from tests.conftest import a_tenant
from tests.core.commands.office import end_a_case
from tests.core.faults.faulty import TITLE

RESTS = f"พักโมดูล “{TITLE.th}” ไว้ชั่วคราว"


@dataclass
class Place:
    """A municipality where the plugin is on.

    :ivar browser: of its administrator, signed in.
    :ivar case: id, number and track of a case that has ended in its papers, and a paper's code.
    """

    runtime: Runtime
    id: str
    browser: httpx.AsyncClient
    case: Mapping[str, str]
    treasurer: UUID = field(default_factory=uuid4)
    till_open: bool = False

    async def now(self) -> Context:
        """The system there at this moment."""
        tenant = await self.runtime.directory.get(self.id)
        assert tenant is not None
        return self.runtime.context(tenant)

    async def cause(self) -> str | None:
        """Return why the plugin rests, as the page of modules says; None where it does not."""
        page = await self.browser.get("/desk/modules")
        assert page.status_code == httpx.codes.OK
        return page.text.partition(RESTS)[2].partition("</section>")[0] or None

    async def resume(self) -> None:
        """Press the button that lets it work again; what waits for it is forgotten."""
        async with db.transaction(await self.now()) as connection:
            await connection.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
        await self.post("/desk/modules/faulty/switch", on="yes")

    async def post(self, path: str, **form: str) -> httpx.Response:
        """Send a form as a browser does."""
        answer = await self.browser.post(path, data=form)
        assert answer.status_code < httpx.codes.BAD_REQUEST, answer.text[-2000:]
        return answer


@dataclass
class Town:
    """The application, its worker, and the municipalities that were founded so far."""

    runtime: Runtime
    app: Any
    places: dict[str, Place] = field(default_factory=dict)

    async def at(self, name: str) -> Place:
        """Return the municipality of a hook, or another."""
        id = name.replace("_", "-")[:30]
        if id not in self.places:
            self.places[id] = await self._found(id)
        return self.places[id]

    async def _found(self, id: str) -> Place:
        names = [name for name, one in self.runtime.host.plugins.items() if not one.fixed]
        tenant = a_tenant(id, f"เทศบาลเมือง {id}", "อำเภอเมือง")
        await create_tenant(self.runtime.context(tenant), plugins=names)
        founded = await self.runtime.directory.get(id)
        assert founded is not None
        ctx = self.runtime.context(founded)
        case = await end_a_case(replace(ctx, now=datetime.now(UTC)))
        papers = await papers_of(ctx, f"case/{case['id']}")
        async with db.transaction(ctx) as connection:
            code = await connection.fetchval(
                "SELECT code FROM documents.paper WHERE id = $1", papers[0]["id"]
            )
        return Place(self.runtime, id, await self._administrator(ctx), case | {"code": code})

    async def _administrator(self, ctx: Context) -> httpx.AsyncClient:
        account = await accounts.register_officer(
            ctx, first_name="สมศรี", last_name="ใจดี", phone="0812345678", post="ผู้ดูแลระบบ"
        )
        for role in ("administrator", "registry"):
            await holders.grant_role(ctx, account=account, role=role)
        opened = await sessions.open_session(
            ctx, account, "officer", browser=sessions.Browser(), how="test"
        )
        browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=f"http://{ctx.tenant.id}.localhost"
        )
        browser.cookies.set(sessions.COOKIE, opened.token)
        page = await browser.get("/track")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        browser.headers["X-CSRFToken"] = token
        return browser


@contextlib.asynccontextmanager
async def working(runtime: Runtime, app: Any) -> AsyncIterator[Town]:
    """Serve, with a worker at work beside it in the same process."""
    await runtime.open()
    town = Town(runtime, app)
    worker = asyncio.create_task(Worker(runtime, runtime.database_url).work())
    try:
        yield town
    finally:
        for place in town.places.values():
            await place.browser.aclose()
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker
        await runtime.close()


def busy() -> int:
    """Return how many connections of the pool are taken."""
    pool: Any = db.engine.pool
    taken: int = pool.get_size() - pool.get_idle_size()
    return taken
