from collections.abc import AsyncIterator
from functools import partial
from types import ModuleType
from typing import Any

import httpx
import pytest
from litestar import Request, Response, Router, post

from core.api import (
    Context,
    Ctx,
    InvalidInput,
    Manifest,
    Text,
    hookimpl,
    numbers,
    public,
)
from core.discovery import Found, find
from core.runtime import make_runtime
from core.settings import Settings
from kit.offline import Answer, once, read_sending, reply
from tests.conftest import app_of


async def visit(ctx: Context, house: str) -> Answer:
    if not house:
        raise InvalidInput({"house": Text("กรอกเลขที่บ้าน", "Give the number of the house.")})
    number = await numbers.draw(ctx, "rounds")
    return Answer(f"/visits/{number}", Text(f"เลขที่ {number}", f"No. {number}"))


@post("/rounds", guards=[public])
async def record_visit(request: Request[Any, Any, Any], ctx: Ctx) -> Response[Any]:
    sending = await read_sending(request, ctx)
    house = str((await request.form()).get("house", ""))
    return reply(request, ctx, await once(ctx, sending, partial(visit, ctx, house)))


@post("/rounds/print", guards=[public])
async def print_sending(request: Request[Any, Any, Any], ctx: Ctx) -> dict[str, str]:
    sending = await read_sending(request, ctx)
    return {"key": sending.key, "fingerprint": sending.fingerprint.hex()}


@hookimpl
def register_routes() -> list[Router]:
    return [Router("/", route_handlers=[record_visit, print_sending])]


@pytest.fixture
async def http(
    ctx: Context, database: str, settings: Settings, anyio_backend: str
) -> AsyncIterator[httpx.AsyncClient]:
    rounds = ModuleType("rounds")
    rounds.MANIFEST = Manifest(name="rounds", title=Text("เดิน", "Rounds"), fixed=True)  # type: ignore[attr-defined]
    rounds.register_routes = register_routes  # type: ignore[attr-defined]
    runtime = make_runtime(settings, database, [*find(["kit"]), Found("rounds", rounds)])
    app = app_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", headers={"Accept": "text/html"}
    ) as client:
        token = (await client.get("/offline/token")).json()["token"]
        client.headers["X-CSRFToken"] = token
        yield client
