"""A plugin goes wrong before it is served, in each way: it is refused, and the site is served."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from piccolo.conf.apps import AppConfig

from core.discovery import Found, find
from core.host import LONGEST_START
from core.settings import Settings
from core.tenants import calendar
from tests.core.faults import starting, values
from tests.core.faults.cells import ALL, AT_START, HOST, spread
from tests.core.faults.faulty import (
    BLOCKS,
    EVERYWHERE,
    FAULTS,
    HUGE,
    NAME,
    ORDERS,
    PART,
    WITHIN,
    make_plugin,
)
from tests.core.faults.starting import PAGES, Started, put_together, served

Put = Callable[..., Started]

# A plain function that hangs holds the loop: that is one fault. What register_holidays gives is a
# function, whose days are looked at when they are wanted.
FAULTS_AT_START = [fault for fault in FAULTS if fault != BLOCKS]
CELLS = [cell for cell in spread(AT_START, FAULTS_AT_START) if cell != ("register_holidays", HUGE)]
OF_PAGES = ("register_routes", "register_filters")
IMPORTS = {
    "raises": "raise ImportError('on purpose')",
    "is no Python": "def (",
    "asks for the end of the process": "raise SystemExit(3)",
}
if ALL:
    IMPORTS["hangs"] = "import time; time.sleep(600)"
BENCH = "CREATE TABLE faulty.bench (tenant_id varchar(32) NOT NULL, id uuid NOT NULL);"
# By what it does: the migration, and what the reason says.
MIGRATIONS = {
    "raises": ({"does": "raise RuntimeError('on purpose')"}, "could not be made: on purpose"),
    "is no SQL": ({"up": "CREATE TABL"}, "could not be made: syntax error"),
    "asks for the end of the process": ({"does": "raise SystemExit(3)"}, "could not be made: 3"),
    "cannot be imported": ({"source": "def ("}, "could not be made: invalid syntax"),
    "leaves rows open": ({"up": BENCH}, "without row-level security in bench"),
}


@pytest.fixture
def put(settings: Settings, database: str, folder: Path) -> Put:
    """Put a process together with the plugin, or another in its place, beside all that ship."""

    def put(plugin: Found | None = None, *, anew: bool = False) -> Started:
        found = [*find(), plugin or make_plugin(HOST, folder)]
        return put_together(settings, database, found, anew=anew)

    return put


@pytest.fixture
async def unmigrated(database: str) -> AsyncIterator[None]:
    """Take away in the end what migrations of the plugin have made."""
    yield
    owner = await asyncpg.connect(database)
    await owner.execute("DROP SCHEMA IF EXISTS faulty CASCADE")
    await owner.execute("DELETE FROM public.migration WHERE app_name = 'faulty'")
    await owner.close()


async def look_at_all_pages(process: Started, *, migrated: bool = False) -> None:
    async with served(process, migrated=migrated) as browser:
        answers = {path: await browser.get(path) for path in PAGES}
        own = await browser.get("/faulty")
    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(PAGES, 200)
    assert [path for path, one in answers.items() if PART in one.text] == []
    assert own.status_code == 404


def assert_refused(process: Started, caplog: pytest.LogCaptureFixture, why: str) -> None:
    """Hold that the plugin alone is refused, by name and reason, and nothing of it is left."""
    assert process.host.refused.keys() == {NAME}
    assert why in process.host.refused[NAME].reason
    logged = [one.getMessage() for when in ("setup", "call") for one in caplog.get_records(when)]
    assert any(line.startswith(f"plugin refused: {NAME}: ") for line in logged)
    assert [hook for hook in HOST.hooks if NAME in process.host.listeners(hook)] == []
    given = [one for hook in AT_START for one, _ in process.host.gathered(hook)]
    assert NAME not in given


@pytest.fixture
def started(request: pytest.FixtureRequest, put: Put) -> Started:
    """Start while the plugin goes wrong in one hook, before any loop runs, as a process does."""
    ORDERS[EVERYWHERE, request.param[0]] = request.param[1]
    began = time.monotonic()
    process = put(anew=request.param[0] in OF_PAGES)
    assert time.monotonic() - began < 4 * LONGEST_START
    return process


@pytest.mark.parametrize("started", CELLS, indirect=True, ids=" ".join)
async def test_a_hook_of_the_start_that_goes_wrong_costs_its_plugin_and_nothing_else(
    started: Started, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    await look_at_all_pages(started)

    hook, fault = request.node.callspec.params["started"]
    foreign = (hook, fault) == ("register_tables", WITHIN)
    assert_refused(started, caplog, "its tables are called None" if foreign else f"{hook}: ")


async def test_a_plugin_that_does_right_is_shown(put: Put) -> None:
    process = put()
    async with served(process) as browser:
        front, own = await browser.get("/"), await browser.get("/faulty")

    assert process.host.refused == {}
    assert (PART in front.text, own.text) == (True, PART)


@pytest.fixture
def imported(request: pytest.FixtureRequest, put: Put, folder: Path) -> Iterator[Started]:
    name = f"faulty_{len(request.param)}"
    (folder / f"{name}.py").write_text(IMPORTS[request.param], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        yield put(Found(NAME, name))


@pytest.mark.parametrize("imported", IMPORTS, indirect=True)
async def test_a_plugin_that_cannot_be_imported_costs_nobody_anything(
    imported: Started, caplog: pytest.LogCaptureFixture
) -> None:
    await look_at_all_pages(imported)

    assert_refused(imported, caplog, "cannot be imported: ")


@pytest.mark.usefixtures("unmigrated")
@pytest.mark.parametrize("what", MIGRATIONS)
async def test_a_migration_that_goes_wrong_costs_its_plugin_and_nothing_else(
    what: str, put: Put, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    migration, why = MIGRATIONS[what]
    starting.write_migration(folder, 1, **migration)
    process = put()
    await look_at_all_pages(process, migrated=True)

    assert_refused(process, caplog, why)
    # The processes that serve, which have not seen it fail.
    other = put()
    await look_at_all_pages(other)
    assert_refused(other, caplog, why if what == "leaves rows open" else "its ")


@pytest.mark.usefixtures("unmigrated")
async def test_a_plugin_whose_second_migration_fails_is_not_served_on_its_first(
    put: Put, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = f"{BENCH} SELECT core.keep_within_tenant('faulty.bench');"
    starting.write_migration(folder, 1, up=kept)
    starting.write_migration(folder, 2, up="SELECT * FROM faulty.nothing")
    process = put()
    await look_at_all_pages(process, migrated=True)

    assert_refused(process, caplog, 'could not be made: relation "faulty.nothing" does not exist')
    other = put()
    await look_at_all_pages(other)
    assert_refused(other, caplog, "migrations to run are 2026-11-20T01:00:00:000002")


@pytest.mark.parametrize("called", ["core", "oss"])
async def test_a_plugin_whose_tables_bear_the_name_of_another_is_refused_alone(
    called: str, put: Put, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plugin = make_plugin(HOST, folder)
    module: Any = plugin.module
    config = AppConfig(app_name=called, migrations_folder_path=str(folder))
    module.register_tables = given(config, module.register_tables)
    process = put(plugin)
    await look_at_all_pages(process)

    assert_refused(process, caplog, f"its tables are called {called!r} and not by its name")


def given(value: object, hook: Callable[[], object]) -> Callable[[], object]:
    """Return a hook that gives another value."""

    def give() -> object:
        return value

    give.__dict__ |= hook.__dict__
    return give


@pytest.fixture
async def no_holidays(database: str) -> None:
    owner = await asyncpg.connect(database)
    await owner.execute("DELETE FROM core.holiday")
    await owner.close()


def fail(_year: int) -> object:
    raise RuntimeError("on purpose")


def hang(_year: int) -> None:
    time.sleep(600)


# What the function does that register_holidays gives.
FUNCTIONS: dict[str, Callable[[int], object]] = {
    "raises": fail,
    "returns another type": lambda _: ["new year"],
    "returns a huge result": values.far_too_much(Callable[[int], object]),
}


if ALL:
    FUNCTIONS["hangs"] = hang


@pytest.mark.usefixtures("no_holidays")
@pytest.mark.parametrize("what", FUNCTIONS)
async def test_a_municipality_is_founded_though_a_plugin_does_not_know_the_holidays(
    what: str, put: Put, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    plugin = make_plugin(HOST, folder)
    module: Any = plugin.module
    module.register_holidays = given(FUNCTIONS[what], module.register_holidays)
    process = put(plugin)
    async with served(process):
        tenant = await process.runtime.directory.get("maehia")
        assert tenant is not None
        ctx = process.runtime.context(tenant)
        await calendar.fill_holidays(ctx)
        days = await calendar.days_of_year(ctx, ctx.today.year)

    assert len(days) > 10
    failed = "plugin faulty failed in register_holidays"
    assert any(line.startswith(failed) for line in caplog.messages)
