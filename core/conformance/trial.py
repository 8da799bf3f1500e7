"""A running installation with the plugin: two municipalities, people, and who opens pages."""

import contextlib
import secrets
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import msgspec

from core import db, embedded, events
from core.commands import demo_people
from core.conformance.browsing import Browsing
from core.conformance.neighbour import failing_neighbour
from core.conformance.subject import Subject
from core.conformance.watching import Watched
from core.context import Context
from core.http.app import create_app, make_pages
from core.leaving.exporting import TABLES, rows_of
from core.migrations import migrate
from core.registry import apps
from core.runtime import Runtime, make_runtime
from core.settings import read_settings
from core.statements import make_pool
from core.tenants.calendar import fill_holidays
from core.tenants.founding import new_tenant
from core.tenants.service import create_tenant, switch_plugin
from core.text import Text

CONNECTIONS = 10
# A server of whose rows nothing is to be kept.
_UNSAFE = ("-c", "fsync=off", "-c", "full_page_writes=off")
_OFFICES = (
    ("maehia", Text("เทศบาลเมืองแม่เหียะ", "Mae Hia Town Municipality"), "500109"),
    ("yala", Text("เทศบาลนครยะลา", "Yala City Municipality"), "950101"),
)
# Its triggers find their tables by it.
_JOBS = {"search_path": "procrastinate"}
_TELL = "SELECT id, args FROM procrastinate.procrastinate_jobs WHERE task_name = $1 ORDER BY id"
_TELLING = 6  # letters of a word by which a row is known


class TrialFailed(RuntimeError):
    """The plugin cannot be tried; the sentence says why."""


@dataclass
class Trial:
    """An installation in which the plugin is tried.

    :ivar cluster: address of the server, as its owner.
    :ivar url: of the database's owner.
    :ivar baseline: all pages of the second municipality, before there was anything in the first.
    :ivar here: the system in the municipality where the plugin's demonstration is.
    :ivar there: in another one, where the plugin is on and empty.
    :ivar unmigrated: why its tables could not be made; None when they were.
    :ivar stopped: why it cannot be tried further; None when it can.
    :ivar seeding: why its demonstration could not be made; None when it was, or it has none.
    """

    subject: Subject
    cluster: str
    template: str | None
    url: str
    runtime: Runtime
    unmigrated: BaseException | None
    here: Context = field(init=False)
    there: Context = field(init=False)
    browsing: Browsing = field(init=False)
    stopped: str | None = None
    seeding: BaseException | None = None
    baseline: str = ""

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.subject.name

    async def renewed(self, ctx: Context) -> Context:
        """Return a context with its municipality as it stands now."""
        self.runtime.directory.forget(ctx.tenant.id)
        tenant = await self.runtime.directory.get(ctx.tenant.id)
        if tenant is None:
            raise TrialFailed(f"the municipality {ctx.tenant.id} is gone")
        return self.runtime.context(tenant, actor=ctx.actor)

    async def rows(self) -> Mapping[str, Sequence[str]]:
        """Return all rows of the plugin as JSON, by table, for comparing."""
        connection = await asyncpg.connect(self.url)
        try:
            async with connection.transaction(readonly=True):
                names = [table["name"] for table in await connection.fetch(TABLES, self.name)]
                return {
                    name: [row async for row in rows_of(connection, self.name, name, None)]
                    for name in names
                }
        finally:
            await connection.close()

    def words_of_here(self, rows: Mapping[str, Sequence[str]]) -> set[str]:
        """Return words of the first municipality's rows by which they are known on a page."""
        words: dict[bool, set[str]] = {True: set(), False: set()}
        for row in (msgspec.json.decode(one) for some in rows.values() for one in some):
            texts = {one for one in row.values() if isinstance(one, str) and len(one) >= _TELLING}
            words[row.get("tenant_id") == self.here.tenant.id] |= texts
        return {one for one in words[True] - words[False] if one not in self.baseline}

    @contextlib.asynccontextmanager
    async def aside(self) -> AsyncIterator[str]:
        """Make another database with all tables, and give its address."""
        async with _database(self.cluster, self.template) as url:
            pool, db.engine.pool = db.engine.pool, None
            try:
                await migrate(url, apps(self.runtime.host))
            finally:
                db.engine.pool = pool
            yield url

    def reversed(self) -> Runtime:
        """Return the same installation with its plugins in another order."""
        known = [*self.subject.found, failing_neighbour(self.subject.host.budgets)]
        return make_runtime(self.runtime.settings, self.url, known[::-1])

    async def switch(self, *, on: bool, plugin: str | None = None) -> None:
        """Switch the plugin, or another one, in the first municipality."""
        ctx = await self.renewed(self.here)
        await switch_plugin(ctx, plugin=plugin or self.name, on=on)
        self.here = await self.renewed(self.here)

    async def deliver(self, *, keep: bool = False) -> Sequence[BaseException]:
        """Deliver the events that wait, to this plugin, and return what it raised.

        :param keep: they wait still, for another delivery.
        """
        connection = await asyncpg.connect(self.url, server_settings=_JOBS)
        try:
            waiting = await connection.fetch(_TELL, events.DELIVER)
            problems = [
                problem
                for row in waiting
                for problem in await self._deliver(msgspec.json.decode(row["args"]))
            ]
            done = [] if keep else [row["id"] for row in waiting]
            await connection.execute("DELETE FROM procrastinate_jobs WHERE id = ANY($1)", done)
        finally:
            await connection.close()
        return problems

    async def _deliver(self, told: dict[str, Any]) -> Sequence[BaseException]:
        ctx = self.here if told.pop("tenant") == self.here.tenant.id else self.there
        if told.get("plugin") not in (None, self.name):
            return ()
        try:
            await events.deliver(await self.renewed(ctx), **{**told, "plugin": self.name})
        except Exception as problem:
            return (problem,)
        return ()

    async def tell(self, hook: str, event: UUID, **facts: Any) -> None:
        """Tell the plugin of an event.

        :raises Exception: what it raises.
        """
        answers = await self.here.host.ask(
            await self.renewed(self.here), hook, only=self.name, event=event, **facts
        )
        for answer in answers:
            if answer.problem is not None:
                raise answer.problem


@contextlib.asynccontextmanager
async def on_trial(
    subject: Subject, *, cluster: str | None = None, template: str | None = None
) -> AsyncIterator[Trial]:
    """Give a running installation with the plugin.

    :param cluster: address of a server, as its owner; None starts one.
    :param template: name of a database there that holds the core's and the kit's tables.
    :raises TrialFailed: the plugin is not taken by the host.
    """
    if subject.refused:
        raise TrialFailed(f"the host refuses it: {subject.refused}")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as server:
        url = cluster or server.enter_context(
            embedded.running(Path(folder) / "database", options=_UNSAFE)
        )
        settings = read_settings(
            {
                "THONGTHIN_DATA": str(Path(folder) / "data"),
                "THONGTHIN_SECRET": secrets.token_hex(32),
                "THONGTHIN_DEMO": "1",
            }
        )
        async with _database(url, template) as database:
            runtime = make_runtime(
                settings, database, [*subject.found, failing_neighbour(subject.host.budgets)]
            )
            failed = await migrate(database, apps(runtime.host))
            trial = Trial(subject, url, template, database, runtime, failed.get(subject.name))
            async with _running(trial):
                yield trial


@contextlib.asynccontextmanager
async def _database(url: str, template: str | None) -> AsyncIterator[str]:
    """Make a database for this trial alone, and give its address."""
    name = f"trial_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(url)
    try:
        like = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
        await connection.execute(f"CREATE DATABASE {name}{like}")
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def _running(trial: Trial) -> AsyncIterator[None]:
    db.engine.pool = await make_pool(db.engine.config, CONNECTIONS, Watched)
    await trial.runtime.open()
    try:
        refusal = trial.runtime.host.refused.get(trial.name)
        trial.stopped = refusal.reason if refusal else None
        if trial.stopped is None:
            await _settle(trial)
        yield
    finally:
        await trial.runtime.close()


async def _settle(trial: Trial) -> None:
    """Found the municipalities, look at the pages of the second, and fill the first."""
    runtime, subject = trial.runtime, trial.subject
    trial.here, trial.there = [await _founded(trial, *one) for one in _OFFICES]
    pages = make_pages(runtime.host, runtime.settings)
    trial.browsing = Browsing(subject, create_app(runtime, pages))
    for ctx in (trial.here, trial.there):
        await trial.browsing.sign_in(ctx)
    await trial.deliver()
    before = await trial.browsing.walk(trial.there, anew=True)
    trial.baseline = "".join(page.body.decode(errors="replace") for page in before)
    for answer in await runtime.host.ask(trial.here, "seed_demo", only=subject.name):
        trial.seeding = answer.problem


async def _founded(trial: Trial, id: str, name: Text, subdistrict: str) -> Context:
    runtime = trial.runtime
    tenant = new_tenant(
        id,
        name=name.th,
        name_en=name.en,
        address=Text("สำนักงาน", "Office"),
        subdistricts=(subdistrict,),
    )
    ctx = runtime.context(tenant)
    switched = [one.name for one in trial.subject.found if not runtime.host.plugins[one.name].fixed]
    await create_tenant(ctx, plugins=switched)
    await fill_holidays(ctx)
    ctx = await trial.renewed(ctx)
    await demo_people.fill(ctx)
    return ctx
