"""Two plugins with figures of law: parks with every kind of them, pools with a code of parks."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core import db
from core.api import Manifest, Text, hookimpl
from core.context import EVERYWHERE, Actor, Context
from core.discovery import Found, find
from core.identity import accounts, holders, roles, sessions
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from kit.law import Rulebook, figures_router, read_rulebook
from kit.law.reading import get_figure
from kit.law.setting import set_figure
from tests.conftest import app_of

PARKS = "parks.figures"
LAW = "กฎกระทรวงสวนสาธารณะ ข้อ 1"
# Code, unit, value, since, whether it was read.
FIGURES = (
    ("path.width", "m", "1.50", "2000-01-01", False),
    ("visit.days", "days", "30", "2000-01-01", True),
    ("visit.days", "days", "15", "2027-01-01", True),
    ("fee.stall", "baht", "2000", "2010-01-01", True),
    ("ceiling.stall", "baht", "10000", "2010-01-01", True),
    ("keeper.licence", "pattern", "(ก|ข)[0-9]{1,6}", "2010-01-01", False),
    ("form.stall", "form", "สว.1", "2010-01-01", True),
    ("trees.kept", "rule", "yes", "2010-01-01", True),
    ("sane.width", "m", "50", "2010-01-01", True),
)

Figures = tuple[tuple[str, str, str, str, bool], ...]
MakeBook = Callable[..., Rulebook]
Put = Callable[..., Any]


def written(folder: Path, figures: Figures, **titles: str) -> Path:
    """Write the files of a rulebook.

    :param titles: units by code, where they are not those of the figures.
    """
    entries = [
        {
            "code": code,
            "since": since,
            "value": value,
            "law": "" if code.startswith("sane.") else LAW,
            "source": "read" if read else "unverified: heard",
            "verified": read,
        }
        for code, _, value, since, read in figures
    ]
    units = titles or {code: unit for code, unit, *_ in figures}
    words = {code: {"th": f"เกณฑ์ {code}", "en": f"Figure {code}"} for code in units}
    named = [{"code": code, "unit": units[code], "title": words[code]} for code in units]
    groups = [{"code": "all", "title": {"th": "ทั้งหมด", "en": "All"}, "figures": named}]
    for name, what in (("figures", {"entries": entries}), ("titles", {"groups": groups})):
        (folder / f"{name}.json").write_text(json.dumps({"about": "", **what}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return read_rulebook("parks", written(tmp_path_factory.mktemp("parks"), FIGURES), ["figures"])


@pytest.fixture(scope="session")
def pools(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = written(tmp_path_factory.mktemp("pools"), FIGURES[:1])
    return read_rulebook("pools", folder, ["figures"])


def a_plugin(book: Rulebook) -> Found:
    module, permission = ModuleType(book.plugin), f"{book.plugin}.figures"
    title = Text(f"เกณฑ์ {book.plugin}", f"Figures of {book.plugin}")
    intro = Text("ใช้ตรวจคำขอ", "Requests are checked by them.")
    router = figures_router(book, permission=permission, title=title, intro=intro)
    facts: Any = {
        "MANIFEST": Manifest(name=book.plugin, title=title, permissions={permission: title}),
        "register_routes": hookimpl(lambda: [router]),
    }
    facts["register_routes"].__name__ = "register_routes"
    vars(module).update(facts)
    return Found(book.plugin, module)


@pytest.fixture
async def runtime(
    database: str, settings: Settings, book: Rulebook, pools: Rulebook
) -> AsyncIterator[Runtime]:
    made = make_runtime(settings, database, [*find(["kit"]), a_plugin(book), a_plugin(pools)])
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()


def an_officer(ctx: Context, name: str = "มานพ ศรีสุข", right: str = PARKS) -> Context:
    actor = Actor(kind="officer", id=uuid4(), name=name, permissions={right: EVERYWHERE})
    return replace(ctx, actor=actor)


@pytest.fixture
def officer(ctx: Context) -> Context:
    return an_officer(ctx)


@pytest.fixture
def put(officer: Context, book: Rulebook) -> Put:
    """Set a figure: of now where no revision is named, from today where no day is."""

    async def put(
        value: str, *, code: str = "path.width", ctx: Context = officer, **more: Any
    ) -> None:
        known = await get_figure(ctx, book, code)
        facts: dict[str, Any] = {"law": LAW, "why": "อ่านตัวบทแล้ว", "since": ctx.today}
        facts |= {"revision": known.revision, "permission": PARKS} | more
        await set_figure(ctx, book, code, value=value, **facts)

    return put


async def rows(ctx: Context, query: str, *values: object) -> list[Any]:
    async with db.transaction(ctx) as connection:
        return list(await connection.fetch(query, *values))


@pytest.fixture
async def desk(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """An officer who may set the figures of parks, at a browser without scripts."""
    here, app = runtime.context(ctx.tenant), app_of(runtime)
    account = await accounts.register_officer(
        here, post="คนสวน", phone="0812345672", first_name="จันทร์เพ็ญ", last_name="ทองดี"
    )
    await roles.create_role(here, code="park", title=Text("สวน", "Park"), permissions=[PARKS])
    await holders.grant_role(here, account=account, role="park")
    opened = await sessions.open_session(
        here, account, "officer", browser=sessions.Browser(), how="test"
    )
    transport: Any = httpx.ASGITransport(app)  # its message is narrower
    async with httpx.AsyncClient(
        transport=transport, base_url="http://maehia.localhost", timeout=60
    ) as client:
        client.cookies.set(sessions.COOKIE, opened.token)
        page = await client.get("/track")
        token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
        client.headers["X-CSRFToken"] = token
        yield client
