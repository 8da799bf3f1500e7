"""Every route is tried by a stranger, a citizen, another town's officer and a wrong role."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from core.context import Context
from core.identity import accounts, sessions
from core.identity.cookies import SESSION
from core.runtime import Runtime
from tests.conftest import app_of

# Served the same to everybody, by the framework or for machines.
OPEN = ("/static/", "/assets/", "/health", "/metrics", "/api/openapi", "/offline-worker")
SAMPLES = {"uuid": str(UUID(int=7)), "int": "1", "str": "x", "path": "x", "date": "2026-11-20"}


class Tried(NamedTuple):
    method: str
    path: str
    kind: str  # public, signed_in, officer, allow

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _unwrapped(guard: Any) -> Any:
    while hasattr(guard, "func"):
        guard = guard.func
    return guard


def _kind(given: list[Any]) -> str:
    functions = [_unwrapped(one) for one in given]
    names = ["allow" if hasattr(one, "permission") else one.__name__ for one in functions]
    known = [name for name in names if name in ("public", "signed_in", "officer", "allow")]
    return known[-1] if known else ""


def walk(app: Litestar) -> Iterator[Tried]:
    for route in app.routes:
        if route.path.startswith(OPEN) or route.path in ("/api", "/api/{path:str}"):
            continue
        path = "/" + "/".join(
            SAMPLES[part.type.__name__.lower()] if hasattr(part, "type") else str(part)
            for part in route.path_components
        )
        for handler in getattr(route, "route_handlers", []):
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                yield Tried(method, path, _kind(list(handler.resolve_guards())))


class People(NamedTuple):
    app: Any
    tokens: Mapping[str, str]

    async def try_as(self, who: str, tried: Tried) -> int:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://maehia.localhost"
        ) as client:
            page = await client.get("/track")
            token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
            if who in self.tokens:
                client.cookies.set(SESSION, self.tokens[who])
            answer = await client.request(tried.method, tried.path, headers={"X-CSRFToken": token})
            return answer.status_code


async def _token(ctx: Context, account: UUID, kind: sessions.Kind) -> str:
    browser = sessions.Browser()
    return (await sessions.open_session(ctx, account, kind, browser=browser, how="password")).token


@pytest.fixture
async def people(runtime: Runtime, ctx: Context, other: Context) -> People:
    now = runtime.context(ctx.tenant)
    elsewhere = runtime.context(other.tenant)
    name = {"first_name": "อรทัย", "last_name": "มั่นคง"}
    citizen = await accounts.register_citizen(now, phone="0812345671", verified=True, **name)
    weak = await accounts.register_officer(now, post="คนงาน", phone="0812345672", **name)
    foreign = await accounts.register_officer(elsewhere, post="คนงาน", phone="0812345673", **name)
    tokens = {
        "citizen": await _token(now, citizen, "citizen"),
        "weak": await _token(now, weak, "officer"),
        "foreign": await _token(elsewhere, foreign, "officer"),
    }
    return People(app_of(runtime), tokens)


async def test_every_route_says_who_may_open_it(people: People) -> None:
    bare = [str(one) for one in walk(people.app.application) if not one.kind]

    assert bare == []


async def test_every_route_refuses_whom_it_is_not_for(people: People) -> None:
    let_in = []
    for tried in walk(people.app.application):
        expected: dict[str, set[int]] = {}
        if tried.kind != "public":
            expected = {"stranger": {303, 401}, "foreign": {303, 401}}
        if tried.kind in ("officer", "allow"):
            expected["citizen"] = {403}
        if tried.kind == "allow":
            expected["weak"] = {403}
        for who, statuses in expected.items():
            status = await people.try_as(who, tried)
            if status not in statuses:
                let_in.append(f"{tried} as {who}: {status}")

    assert let_in == []


async def test_no_route_falls_over_when_it_is_tried(people: People) -> None:
    broken = []
    for tried in walk(people.app.application):
        for who in ("stranger", "citizen") if tried.kind == "public" else ("citizen",):
            status = await people.try_as(who, tried)
            if status >= 500:
                broken.append(f"{tried} as {who}: {status}")

    assert broken == []
