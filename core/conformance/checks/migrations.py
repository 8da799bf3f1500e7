"""Checks of migrations: up, down and up again, and what they make."""

import contextlib
import io
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.conf.apps import AppConfig

from core import db
from core.conformance.check import Level, Shelf
from core.conformance.subject import Subject
from core.conformance.trial import Trial
from core.text import Text

SHELF = Shelf()

_BANNED = re.compile(
    r"CREATE TRIGGER|\bSERIAL\b|BIGSERIAL|nextval|CREATE SEQUENCE|GENERATED [A-Z ]+ AS IDENTITY"
    r"|ON DELETE SET NULL|ON UPDATE CASCADE|CREATE EXTENSION"
    # It goes by no policy, so it has to name the municipality itself.
    r"|SECURITY DEFINER(?!.{0,400}thongthin\.tenant)",
    re.IGNORECASE | re.DOTALL,
)
_COLUMNS = """
SELECT relation.relname || '.' || field.attname AS place,
  format_type(field.atttypid, field.atttypmod) || CASE WHEN field.attnotnull THEN ' NOT NULL'
  ELSE '' END AS kind
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
JOIN pg_attribute AS field ON field.attrelid = relation.oid
WHERE space.nspname = $1 AND relation.relkind IN ('r', 'p', 'v', 'i') AND field.attnum > 0
AND NOT field.attisdropped ORDER BY 1
"""


@SHELF.check(
    "migrations.plain",
    Level.BRONZE,
    Text("ไม่ใช้ทริกเกอร์ ลำดับเลข หรือการอ้างหลวม", "No trigger, sequence, extension or loose reference"),
    Text("ทำในโค้ดแทน และใช้ numbers ออกเลข", "Do it in code; draw numbers by numbers."),
)
def plain(subject: Subject) -> Iterator[str]:
    """Migrations keep to what every database of the platform can do."""
    for place, found in subject.search(_BANNED, subject.migrations):
        yield f"{place}: {found}"


@SHELF.check(
    "migrations.up",
    Level.BRONZE,
    Text("สร้างตารางในฐานข้อมูลว่างได้", "Its tables are made in an empty database"),
    Text("แก้ไฟล์ใน piccolo_migrations ตามข้อผิดพลาด", "Mend the migration by the error that is told."),
)
async def up(trial: Trial) -> AsyncIterator[str]:
    """Every migration ran."""
    if trial.unmigrated is not None:
        yield f"{type(trial.unmigrated).__name__}: {trial.unmigrated}"


@SHELF.check(
    "migrations.back",
    Level.SILVER,
    Text("ถอยกลับแล้วสร้างใหม่ได้เหมือนเดิม", "They go down, and up again to the same"),
    Text("เขียน DOWN ให้ลบทุกอย่างที่ UP สร้าง", "Have DOWN undo all that UP makes."),
)
async def back(trial: Trial) -> AsyncIterator[str]:
    """Down leaves nothing; up again makes what was there."""
    app = trial.subject.given("register_tables")
    if app is None:
        return
    async with trial.aside() as url:
        before = await _columns(url, trial.name)
        problem = await _run(url, app, down=True)
        if problem is not None:
            yield f"down: {type(problem).__name__}: {problem}"
            return
        left = await _columns(url, trial.name)
        if left:
            yield f"down leaves {', '.join(sorted({one.partition('.')[0] for one in left}))}"
        problem = await _run(url, app, down=False)
        if problem is not None:
            yield f"up again: {type(problem).__name__}: {problem}"
            return
        for place, kind in (await _columns(url, trial.name)).items() ^ before.items():
            yield f"after down and up {place} ({kind}) is not as it was"


@SHELF.check(
    "migrations.tables",
    Level.SILVER,
    Text("ตารางในโค้ดตรงกับฐานข้อมูล", "Tables in code are as in the database"),
    Text("แก้คอลัมน์ใน tables หรือเพิ่ม migration", "Mend the columns in tables, or add a migration."),
)
async def tables(trial: Trial) -> AsyncIterator[str]:
    """What the code says of columns is what the migrations made."""
    app = trial.subject.given("register_tables")
    if app is None:
        return
    found = await _columns(trial.url, trial.name)
    for table in app.table_classes:
        name = table._meta.tablename
        told = {f"{name}.{one._meta.db_column_name}" for one in table._meta.columns}
        made = {place for place in found if place.startswith(f"{name}.")}
        for place in sorted(told - made):
            yield f"{place} is in the code and not in the database"
        for place in sorted(made - told):
            yield f"{place} is in the database and not in the code"


async def _columns(url: str, schema: str) -> Mapping[str, str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(_COLUMNS, schema)
    finally:
        await connection.close()
    return {row["place"]: row["kind"] for row in rows}


async def _run(url: str, app: AppConfig, *, down: bool) -> Exception | None:
    """Run all migrations of a plugin, and return what went wrong."""
    modules: Mapping[str, Any] = ForwardsMigrationManager(app.app_name).get_migration_modules(
        app.resolved_migrations_folder_path
    )
    before, pool = db.engine.config, db.engine.pool
    db.configure(url, as_owner=True)
    db.engine.pool = None
    try:
        for name in sorted(modules, reverse=down):
            async with db.across_tenants():
                manager = await modules[name].forwards()
                with contextlib.redirect_stdout(io.StringIO()):
                    await manager.run(backwards=down)
    except Exception as problem:
        return problem
    finally:
        db.engine.config, db.engine.pool = before, pool
    return None
