"""Checks of rows: whose they are, who sees them, and in which types facts are kept."""

import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from core import db
from core.checks import find_open_tables
from core.conformance.check import Level, Shelf
from core.conformance.trial import Trial
from core.personal import holds_citizen_number
from core.text import Text

SHELF = Shelf()

_UNBOUND = """
SELECT relation.relname AS name FROM pg_class AS relation
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
WHERE space.nspname = $1 AND relation.relkind IN ('r', 'p') AND NOT EXISTS (
  SELECT FROM pg_attribute AS field WHERE field.attrelid = relation.oid
  AND field.attname = 'tenant_id' AND field.attnotnull)
ORDER BY 1
"""
_KEYS = """
SELECT relation.relname AS name, key.relname AS key, field.attname AS first
FROM pg_index AS index JOIN pg_class AS relation ON relation.oid = index.indrelid
JOIN pg_class AS key ON key.oid = index.indexrelid
JOIN pg_namespace AS space ON space.oid = relation.relnamespace
LEFT JOIN pg_attribute AS field ON field.attrelid = relation.oid AND field.attnum = index.indkey[0]
WHERE space.nspname = $1 AND index.indisunique
AND field.attname IS DISTINCT FROM 'tenant_id' ORDER BY 1, 2
"""
_FACTS = """
SELECT table_name AS name, column_name AS column, data_type AS kind
FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1, 2
"""
_SEEN = 'SELECT count(*) FROM {plugin}."{table}"'
_MONEY = re.compile(r"(^|_)(amount|fee|price|total|paid|owed|satang|baht)(_|$)")
_INEXACT = frozenset({"real", "double precision", "money", "numeric"})
# Of a thing that is no text these hold no number of a citizen.
_LONG = 13


@SHELF.check(
    "rows.policy",
    Level.BRONZE,
    Text("ทุกตารางมีนโยบายแยกหน่วยงาน", "Every table has the policy between municipalities"),
    Text(
        "จบการสร้างตารางด้วย SELECT core.keep_within_tenant('…')",
        "End the making of a table with SELECT core.keep_within_tenant('…').",
    ),
)
async def policy(trial: Trial) -> AsyncIterator[str]:
    """Row-level security binds every table and view."""
    connection = await asyncpg.connect(trial.url)
    try:
        for names in (await find_open_tables(connection, [trial.name])).values():
            for name in names:
                yield f"{trial.name}.{name} shows the rows of all municipalities"
        for row in await connection.fetch(_UNBOUND, trial.name):
            yield f"{trial.name}.{row['name']} has no tenant_id that must be given"
    finally:
        await connection.close()


@SHELF.check(
    "rows.key",
    Level.BRONZE,
    Text("กุญแจทุกตัวขึ้นต้นด้วยหน่วยงาน", "Every key begins with the municipality"),
    Text(
        "ขึ้นต้น PRIMARY KEY และ UNIQUE ด้วย tenant_id",
        "Begin PRIMARY KEY and UNIQUE with tenant_id.",
    ),
)
async def key(trial: Trial) -> AsyncIterator[str]:
    """Primary keys and unique constraints begin with the municipality."""
    for row in await _asked(trial, _KEYS):
        yield f"{row['key']} of {row['name']} begins with {row['first'] or 'an expression'}"


@SHELF.check(
    "rows.money",
    Level.SILVER,
    Text("จำนวนเงินเป็นสตางค์เลขจำนวนเต็ม", "Money is whole satang"),
    Text("ใช้ bigint เป็นสตางค์", "Keep satang in a bigint."),
)
async def money(trial: Trial) -> AsyncIterator[str]:
    """No amount is kept as a fraction."""
    for row in await _asked(trial, _FACTS):
        if _MONEY.search(row["column"]) and row["kind"] in _INEXACT:
            yield f"{row['name']}.{row['column']} is {row['kind']}"


@SHELF.check(
    "rows.moments",
    Level.SILVER,
    Text("เวลาเป็น timestamptz และลงท้าย _at", "Moments are timestamptz and end with _at"),
    Text(
        "เวลาใช้ timestamptz ชื่อลงท้าย _at วันใช้ date ชื่อลงท้าย _on หรือ _by",
        "Use timestamptz for moments (_at), date for days (_on, _by).",
    ),
)
async def moments(trial: Trial) -> AsyncIterator[str]:
    """Moments know their zone, and names tell moments from days."""
    for row in await _asked(trial, _FACTS):
        place, kind = f"{row['name']}.{row['column']}", row["kind"]
        if kind.startswith(("timestamp without", "time without")):
            yield f"{place} is {kind}"
        if row["column"].endswith("_at") and kind in ("date", "text", "character varying"):
            yield f"{place} is {kind}"
        if row["column"].endswith("_on") and kind.startswith("timestamp"):
            yield f"{place} is {kind}"


@SHELF.check(
    "rows.apart",
    Level.BRONZE,
    Text("หน่วยงานหนึ่งไม่เห็นแถวของอีกหน่วยงาน", "No municipality sees the rows of another"),
    Text(
        "อย่าเก็บแถวไว้ในตัวแปรของโมดูล และอ่านใน transaction(ctx) เสมอ",
        "Keep no rows in variables of a module, and read them within transaction(ctx).",
    ),
)
async def apart(trial: Trial) -> AsyncIterator[str]:
    """What is in one municipality is neither in the rows nor on the pages of another."""
    here, there = await trial.rows(), trial.there
    for table, rows in here.items():
        mine = sum(f'"tenant_id": "{there.tenant.id}"' in row for row in rows)
        async with db.transaction(there) as connection:
            statement = _SEEN.format(plugin=trial.name, table=table)
            seen = await connection.fetchval(statement)
        if seen != mine:
            yield f"{there.tenant.id} sees {seen} rows of {table}, and has {mine}"
    words = trial.words_of_here(here)
    await trial.browsing.walk(trial.here, anew=True)
    for page in await trial.browsing.walk(there, anew=True):
        body = page.body.decode(errors="replace")
        for word in sorted(word for word in words if word in body)[:3]:
            yield f"{page.told} of {there.tenant.id} shows {word!r} of {trial.here.tenant.id}"


@SHELF.check(
    "rows.personal",
    Level.GOLD,
    Text("เลขประจำตัวประชาชนไม่อยู่ในแถวแบบเปิดอ่านได้", "No citizen's number lies open in its rows"),
    Text(
        "เข้ารหัสด้วย ctx.keys หรืออ่านจากเรื่องเมื่อใช้", "Encrypt it by ctx.keys, or read it from the case."
    ),
)
async def personal(trial: Trial) -> AsyncIterator[str]:
    """No row holds the number of a citizen in plain letters."""
    for table, rows in (await trial.rows()).items():
        if any(holds_citizen_number(row) for row in rows if len(row) > _LONG):
            yield f"{trial.name}.{table} holds a citizen's number"


async def _asked(trial: Trial, statement: str) -> Any:
    connection = await asyncpg.connect(trial.url)
    try:
        return await connection.fetch(statement, trial.name)
    finally:
        await connection.close()
