"""A database of its own for every test, and people to act in it.

One cluster serves the whole run: the embedded one, or the server that
``THONGTHIN_TEST_DATABASE_URL`` names. A template is migrated once; each test
gets a copy.
"""

import contextlib
import gc
import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import hypothesis
import pytest

from core import db, embedded
from core.context import SYSTEM, Context
from core.discovery import find
from core.host import Host
from core.http.app import create_app, make_pages
from core.identity import accounts, holders
from core.identity.sessions import Browser, open_session
from core.migrations import migrate
from core.registry import apps
from core.runtime import Runtime, make_runtime
from core.settings import Settings, read_settings
from core.tenants.service import create_tenant
from core.tenants.tenant import Tenant, Unit
from core.text import Text
from tools.chromium import CHROMIUM, WHOLE
from tools.memory import folder_in_memory

# How fast something is says `make bench`; a busy machine breaks no rule.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

Post = Callable[..., Awaitable[httpx.Response]]

# A Friday, 10:42 in Bangkok.
NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)


# Servers are not on everybody's path.
HERE = Path(__file__).parent
PLACES = f"{os.environ['PATH']}:/usr/sbin"
# Programs that some tests need beside Python, and the fixtures that these tests are known by.
PROGRAMS = {
    "chromium-headless-shell": (CHROMIUM, {"browser", "chromium"}),
    "chromium": (WHOLE, {"whole_chromium"}),
    "curl": (shutil.which("curl"), {"curl"}),
    "dovecot": (shutil.which("dovecot", path=PLACES), {"dovecot_program"}),
}
_left_out: dict[str, Any] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _take_turns(items)
    for program, (path, fixtures) in PROGRAMS.items():
        if path is None:
            needy = [item for item in items if fixtures & set(getattr(item, "fixturenames", ()))]
            items[:] = [item for item in items if item not in needy]
            config.hook.pytest_deselected(items=needy)
            # A process that works for another one tells it by its output.
            getattr(config, "workeroutput", _left_out)[f"without {program}"] = len(needy)


def _take_turns(items: list[pytest.Item]) -> None:
    """Let files of browsers, which compute, and of commands, which wait, go first and in turn."""
    places: dict[Path, int] = {}
    counted = Counter[Path]()
    for item in items:
        if item.path not in places:
            places[item.path] = counted[item.path.parent]
            counted[item.path.parent] += 1
    first = [HERE / "browser", HERE / "core" / "commands", HERE / "docs"]
    items.sort(key=lambda one: (0, places[one.path]) if one.path.parent in first else (1, 0))


def pytest_collection_finish() -> None:
    # What is there by now lasts as long as the run: what is thrown away later is found faster.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _left_out.update(getattr(node, "workeroutput", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for program in PROGRAMS:
        if count := _left_out.get(f"without {program}"):
            terminalreporter.write_line(
                f"NOT RUN: {count} tests, because there is no {program} here", red=True
            )


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    given = os.environ.get("THONGTHIN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    told = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")
    options = [word for one in (*told, "max_connections=200") for word in ("-c", one)]
    # Not below the folder of pytest, which every run closes to all other users anew.
    with (
        tempfile.TemporaryDirectory(dir=folder_in_memory()) as folder,
        embedded.running(Path(folder), options=options) as url,
    ):
        yield url


def named(url: str, database: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{database}"))


@pytest.fixture(scope="session")
async def template(server: str, anyio_backend: str) -> AsyncIterator[str]:
    name = f"template_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    failed = await migrate(named(server, name), apps(Host(find())))
    assert failed == {}
    yield name
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture(scope="session")
async def town_template(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """A database in which the office of :func:`ctx` is founded, which takes longer than a copy."""
    async with _copy(server, template) as url:
        runtime = make_runtime(_settings(tmp_path_factory.mktemp("town")), url)
        await db.open_pool()
        await _founded(runtime, MAEHIA)
        await runtime.host.quarantine.settle()
        await db.close_pool()
        yield urlsplit(url).path.removeprefix("/")


@contextlib.asynccontextmanager
async def _copy(server: str, template: str) -> AsyncIterator[str]:
    name = f"test_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield named(server, name)
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def database(
    request: pytest.FixtureRequest, server: str, template: str, town_template: str
) -> AsyncIterator[str]:
    # Where a test has settings or plugins of its own, the office is founded with them.
    own = any(
        len(request._fixturemanager.getfixturedefs(name, request.node) or ()) > 1
        for name in ("settings", "runtime", "ctx")
    )
    founded = "ctx" in request.fixturenames and not own
    async with _copy(server, town_template if founded else template) as url:
        yield url


def _settings(folder: Path) -> Settings:
    return read_settings({"THONGTHIN_DATA": str(folder / "data"), "THONGTHIN_SECRET": "ab" * 32})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


@pytest.fixture
async def runtime(database: str, settings: Settings) -> AsyncIterator[Runtime]:
    made = make_runtime(settings, database)
    await db.open_pool()
    yield made
    await made.host.quarantine.settle()
    await db.close_pool()


def a_tenant(id: str, name: str, place: str) -> Tenant:
    return Tenant(
        id=id,
        kind="เทศบาลเมือง",
        name=Text(name, f"{id.title()} Municipality"),
        place=Text(place, place),
        address=Text(f"สำนักงาน{name}", f"Office of {id.title()}"),
        units={
            "clerk": Unit(
                id="clerk", name=Text("สำนักปลัดเทศบาล", "Office of the Clerk"), kind="สำนัก"
            ),
            "works": Unit(id="works", name=Text("กองช่าง", "Works Division"), kind="กอง"),
        },
    )


MAEHIA = a_tenant("maehia", "เทศบาลเมืองแม่เหียะ", "อำเภอเมืองเชียงใหม่")


@pytest.fixture
async def ctx(runtime: Runtime) -> Context:
    """The system in แม่เหียะ, at 10:42 on Friday 20 November 2026; every plugin is switched on."""
    return await _founded(runtime, MAEHIA)


@pytest.fixture
async def other(runtime: Runtime, ctx: Context) -> Context:
    """The system in another municipality of the same installation."""
    return await _founded(runtime, a_tenant("yala", "เทศบาลนครยะลา", "อำเภอเมืองยะลา"))


async def _founded(runtime: Runtime, tenant: Tenant) -> Context:
    founded = await runtime.directory.get(tenant.id)
    if founded is None:
        ctx = runtime.context(tenant, now=NOW)
        switched = [name for name, manifest in runtime.host.plugins.items() if not manifest.fixed]
        await create_tenant(ctx, plugins=switched)
        founded = await runtime.directory.get(tenant.id)
    assert founded is not None
    return runtime.context(founded, now=NOW, actor=SYSTEM)


_PAGES: dict[tuple[Any, ...], Any] = {}


def app_of(runtime: Runtime) -> Any:
    """Return the application over a test's own database; the pages are made once for many tests."""
    key = (runtime.settings.assets, *sorted(runtime.host.plugins))
    if key not in _PAGES:
        _PAGES[key] = make_pages(runtime.host, runtime.settings)
    return create_app(runtime, _PAGES[key])


@pytest.fixture
async def client(runtime: Runtime, ctx: Context) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts at แม่เหียะ, which follows no redirects by itself."""
    transport = httpx.ASGITransport(app_of(runtime))
    await runtime.open()
    async with httpx.AsyncClient(transport=transport, base_url="http://maehia.localhost") as made:
        yield made
    await runtime.close()


@pytest.fixture
async def administrator(client: httpx.AsyncClient, ctx: Context) -> httpx.AsyncClient:
    """A browser in which an administrator is signed in."""
    account = await accounts.register_officer(
        ctx, first_name="สมศรี", last_name="ใจดี", email="s@maehia.example", post="ผู้ดูแลระบบ"
    )
    await holders.grant_role(ctx, account=account, role="administrator")
    now = replace(ctx, now=datetime.now(UTC))
    opened = await open_session(now, account, "officer", browser=Browser(), how="test")
    client.cookies.set("session", opened.token, domain="maehia.localhost", path="/")
    return client


@pytest.fixture
def post(administrator: httpx.AsyncClient) -> Post:
    """Send a form as a browser does: from a page that was opened before."""

    async def send(path: str, data: dict[str, object], **more: object) -> httpx.Response:
        if "csrf" not in administrator.cookies:
            await administrator.get("/desk/office")
        fields = {"_csrf_token": administrator.cookies["csrf"], **data}
        return await administrator.post(path, data=fields, **more)  # type: ignore[arg-type]

    return send
