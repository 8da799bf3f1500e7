from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core.context import EVERYWHERE, Actor, Context
from core.db import transaction
from core.runtime import Runtime
from core.text import Text
from plugins.permits.rules.library import What
from plugins.permits.rules.plans import Plan
from plugins.permits.service import files, library
from plugins.permits.service.rights import PERMISSIONS
from tests.desks import signed_in

HOME = "/desk/permits/plans"


def a_plan(code: str = "dpt-120", **more: Any) -> Plan:
    """A house of one storey with 120 square metres, where nothing else is said."""
    facts: dict[str, Any] = {
        "title": Text("บ้านชั้นเดียว", "House of one storey"),
        "source": Text("กองช่าง", "Works Division"),
        "storeys": 1,
        "area": Decimal(120),
        "footprint": Decimal(120),
        "height": Decimal(5),
        "width": Decimal(12),
        "depth": Decimal(10),
    }
    return Plan(code=code, **facts | more)


def a_pdf(pages: int = 1, script: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if script:
        act = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(script)}
        action = DictionaryObject({NameObject(name): value for name, value in act.items()})
        writer.root_object[NameObject("/OpenAction")] = action
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def a_picture(kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(out, kind)
    return out.getvalue()


def an_officer(ctx: Context, name: str = "มานพ ศรีสุข", *rights: str) -> Context:
    held = dict.fromkeys(rights or PERMISSIONS, EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name=name, permissions=held)
    return replace(ctx, actor=actor)


async def the_files(ctx: Context) -> dict[What, UUID]:
    """Keep drawings of two pages and calculations of one."""
    drawings = await files.keep(ctx, "drawings", "แบบ.pdf", a_pdf(2))
    calculations = await files.keep(ctx, "calculations", "รายการ.pdf", a_pdf())
    return {"drawings": drawings.id, "calculations": calculations.id}


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


@pytest.fixture
def now(ctx: Context) -> Context:
    """An officer today, as the pages see it."""
    return replace(an_officer(ctx), now=datetime.now(UTC))


async def add_plan(ctx: Context, plan: Plan, from_on: date | None = None) -> Plan:
    kept = await the_files(ctx)
    await library.add_plan(ctx, plan, from_on=from_on or ctx.today, files=kept, why="บันทึกที่ 1")
    return plan


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer who cares for the library, at a browser without scripts."""
    async with signed_in(runtime, ctx, list(PERMISSIONS), f"{HOME}/new") as client:
        yield client
