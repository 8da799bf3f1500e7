from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfWriter

from core.context import Context
from core.db import transaction
from core.discovery import find
from core.host import Host
from core.identity import accounts, acting, holders, sessions
from core.runtime import Runtime
from kit.documents import inspect_async
from kit.documents.rendering import Press
from kit.thai import BANGKOK
from plugins.eoffice.service import arrivals, receiving
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.registers import Drawn
from tests.conftest import app_of
from tests.kit.documents.conftest import text_of

__all__ = ["press", "text_of"]

# Role, unit (empty: the whole office), first name, last name, post.
STAFF = (
    ("registry", "", "อรทัย", "มั่นคง", "เจ้าพนักงานธุรการ"),
    ("officer", "works", "สุภาพร", "ใจดี", "นายช่างโยธา"),
    ("head", "works", "ประเสริฐ", "วงศ์ใหญ่", "หัวหน้าฝ่ายการโยธา"),
    ("director", "works", "มานพ", "ศรีสุข", "ผู้อำนวยการกองช่าง"),
    ("deputy_clerk", "", "วิไล", "แก้วใส", "รองปลัดเทศบาล"),
    ("clerk", "", "กัลยา", "พรหมมา", "ปลัดเทศบาล"),
    ("mayor", "", "ธนวัฒน์", "ยอดเมือง", "นายกเทศมนตรี"),
)


@dataclass
class TownHall:
    """The officers of a municipality, each at their desk."""

    ctx: Context
    accounts: dict[str, UUID]

    async def sits(self, who: str, on: Context | None = None) -> Context:
        """Return the context of an officer with what they may do on that day."""
        here = on or self.ctx
        opened = await sessions.open_session(
            here, self.accounts[who], "officer", browser=sessions.Browser(), how="password"
        )
        return await sessions.resume(here, opened.token)

    async def let_act(self, who: str, role: str, post: str, until: date | None = None) -> UUID:
        """Appoint somebody to replace the holder of a post, from today on."""
        order = acting.Order(
            actor=self.accounts[who],
            role=role,
            post=post,
            mode="replacing",
            order_no="412/2569",
            order_on=self.ctx.today,
            from_on=self.ctx.today,
            to_on=until,
        )
        return await acting.appoint_acting(self.ctx, order)


@pytest.fixture
async def hall(ctx: Context) -> TownHall:
    return await staffed(ctx)


async def staffed(ctx: Context) -> TownHall:
    found = {}
    for number, (role, unit, first, last, post) in enumerate(STAFF):
        found[role] = await accounts.register_officer(
            ctx,
            first_name=first,
            last_name=last,
            post=post,
            email=f"{role}@{ctx.tenant.id}.example",
            phone=f"08120000{number:02}",
        )
        await holders.grant_role(ctx, account=found[role], role=role, unit=unit or None)
    return TownHall(ctx, found)


@asynccontextmanager
async def at_desk(runtime: Runtime, office: TownHall, who: str) -> AsyncIterator[httpx.AsyncClient]:
    """Give the browser of an officer who has signed in."""
    transport = httpx.ASGITransport(app_of(runtime))
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{office.ctx.tenant.id}.localhost", timeout=60
    ) as client:
        opened = await sessions.open_session(
            office.ctx,
            office.accounts[who],
            "officer",
            browser=sessions.Browser(),
            how="password",
        )
        client.cookies.set(sessions.COOKIE, opened.token)
        page = await client.get("/desk/eoffice")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client


def at(ctx: Context, moment: str) -> Context:
    """Return the context at a moment in Bangkok, e.g. ``2026-12-31 23:59``."""
    return replace(ctx, now=datetime.fromisoformat(moment).replace(tzinfo=BANGKOK))


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


def a_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def a_head(**more: Any) -> Head:
    facts: dict[str, Any] = {
        "number": "ชม 0023.3/ว 812",
        "dated_on": date(2026, 11, 18),
        "sender": "จังหวัดเชียงใหม่",
        "recipient": "นายกเทศมนตรีเมืองแม่เหียะ",
        "subject": "ขอเชิญประชุมแก้ไขปัญหาน้ำท่วม",
        "first": "clerk",
    }
    return Head(**{**facts, **more})


async def arrived(registry: Context, raw: bytes | None = None) -> UUID:
    return await arrivals.take_in(registry, [await inspect_async(raw or a_pdf(), "หนังสือ.pdf")])


async def registered(registry: Context, **more: Any) -> tuple[UUID, Drawn]:
    letter = await arrived(registry)
    return letter, await receiving.register(registry, letter, a_head(**more))


@pytest.fixture(scope="session")
def press() -> Press:
    """Return what prints the papers of every plugin."""
    homes = dict(Host(find()).gathered("register_papers"))
    return Press(Path(__file__).parents[3] / "assets" / "fonts", homes)
