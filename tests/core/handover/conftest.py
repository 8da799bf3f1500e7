"""A municipality with something of everything, and an empty installation elsewhere."""

import contextlib
import hashlib
import io
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import pytest
from PIL import Image

from core import db, jobs, numbers
from core.context import EVERYWHERE, Actor, Context
from core.discovery import find
from core.handover.exporting import export_tenant
from core.handover.importing import import_tenant
from core.handover.manifest import Manifest
from core.identity import accounts, holders
from core.runtime import Runtime, make_runtime
from core.settings import Settings
from core.tenants.office import set_logo
from core.tenants.service import set_settings
from core.undelivered import service as undelivered
from kit.casework.applicant import Applicant
from kit.casework.service import handling
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.catalogue import get_offered
from kit.casework.service.filing import file_case
from kit.documents import Store
from tests.conftest import NOW, named

PASSPHRASE = "บันได แมว น้ำปลา รถไฟ"  # noqa: S105
CITIZEN = "1234545678781"


@pytest.fixture(autouse=True)
def guessed_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take no half second for each passphrase; commands run with what it costs in earnest."""
    monkeypatch.setattr("core.handover.secret._COST", 2**10)


@dataclass(frozen=True)
class Place:
    """An installation: what it is told, where its rows are, and which plugins it does not have."""

    settings: Settings
    url: str
    without: frozenset[str] = frozenset()

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[Runtime]:
        """Give a process of this installation; one runs at a time."""
        await db.close_pool()
        found = [one for one in find() if one.name not in self.without]
        runtime = make_runtime(self.settings, self.url, found)
        await db.open_pool()
        try:
            yield runtime
        finally:
            await runtime.host.quarantine.settle()
            await db.close_pool()

    async def export(self, path: Path, tenant: str = "maehia") -> Manifest:
        async with self.at_work() as runtime:
            found = await runtime.directory.get(tenant)
            assert found is not None
            ctx = runtime.context(found, now=NOW)
            return await export_tenant(runtime, ctx, path, passphrase=PASSPHRASE, by="somchai")

    async def take(self, path: Path, passphrase: str = PASSPHRASE) -> Manifest:
        async with self.at_work() as runtime:
            return await import_tenant(runtime, path, passphrase=passphrase, by="malee", now=NOW)

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        connection = await asyncpg.connect(self.url)
        try:
            return [tuple(row.values()) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    async def run(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def contents(self) -> object:
        """Return all that is in the database and in the folder of this installation."""
        connection = await asyncpg.connect(self.url)
        tables = await connection.fetch(
            "SELECT table_schema || '.\"' || table_name || '\"' FROM information_schema.tables "
            "WHERE table_schema !~ '^(pg_|information_schema)' ORDER BY 1"
        )
        rows = {
            name: await connection.fetch(f"SELECT one::text FROM {name} AS one ORDER BY 1")  # noqa: S608
            for (name,) in tables
        }
        await connection.close()
        files = {
            str(path.relative_to(self.settings.data)): path.read_bytes()
            for path in self.settings.data.rglob("*")
            if path.is_file()
        }
        return {name: some for name, some in rows.items() if some}, files


@pytest.fixture
async def here(ctx: Context, other: Context, settings: Settings, database: str) -> Place:
    """แม่เหียะ with something of everything, beside ยะลา."""
    await lived_in(ctx)
    await accounts.register_citizen(other, first_name="มาลี", last_name="แสงคำ", national_id=CITIZEN)
    return Place(settings, database)


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "green").save(out, "PNG")
    return out.getvalue()


async def lived_in(ctx: Context) -> None:
    citizen = await accounts.register_citizen(
        ctx, first_name="วิภาดา", last_name="แสงคำ", national_id=CITIZEN
    )
    officer = await accounts.register_officer(
        ctx, first_name="สมศรี", last_name="ใจดี", email="s@maehia.example", post="ผู้ดูแลระบบ"
    )
    await holders.grant_role(ctx, account=officer, role="administrator")
    await set_logo(ctx, a_picture())
    awkward = {"none": None, "text": "a\\b\t\r\n\u2028\"ท้อง'ถิ่น", "number": 1.50, "list": [1, None]}
    await set_settings(ctx, plugin="oss", settings=awkward)
    await undelivered.note(
        ctx, job="core.send_message", arguments=awkward, problem=ValueError("\\N")
    )
    Store(ctx.settings.data / "files").put(ctx.tenant.id, b"a picture of a tree")
    Store(ctx.settings.data / "files").put(ctx.tenant.id, b"")
    async with db.transaction(ctx):
        await numbers.draw_some(ctx, "test/2569", 41)
        for number in (1, 2):
            await jobs.defer(ctx, "core.send_message", lock="test", message=str(number))
    await end_a_case(ctx, citizen=str(citizen))


async def end_a_case(ctx: Context, *, citizen: str) -> str:
    """File a case and decide on it, so that there is a paper; return its code."""
    service = await get_offered(ctx, "oss.general")
    filed = await file_case(
        ctx,
        service=service,
        applicant=Applicant(name="วิภาดา แสงคำ", national_id=CITIZEN, phone="+66812345678"),
        answers={"subject": "ขอให้ติดกระจกโค้ง", "details": "ที่ทางแยกหน้าวัด"},
        key=f"test/{citizen}",
    )
    clerk = Actor(
        kind="system",
        name="อรทัย มั่นคง",
        post="เจ้าพนักงานธุรการ",
        permissions=dict.fromkeys(PERMISSIONS.values(), EVERYWHERE),
    )
    at = replace(ctx, actor=clerk)
    await handling.take_up(at, filed.id, revision=1)
    await handling.accept(at, filed.id, revision=2)
    await handling.forward(at, filed.id, opinion="เห็นควรอนุมัติ", revision=3)
    await handling.approve(at, filed.id, opinion="", revision=4)
    return filed.track


@pytest.fixture
async def there(
    server: str, template: str, settings: Settings, tmp_path: Path
) -> AsyncIterator[Place]:
    """An empty installation with a secret of its own."""
    name = f"there_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    own = hashlib.sha256(b"there").digest()
    data = tmp_path / "there"
    data.mkdir()
    yield Place(replace(settings, secret_keys=own, data=data), named(server, name))
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def exported(here: Place, tmp_path: Path) -> Path:
    """The export of แม่เหียะ."""
    path = tmp_path / "maehia.tar"
    await here.export(path)
    return path
