"""What a plugin leaves of its records: checks of ``thongthin plugin check``."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from core.api import Check, Level, Text, Trial, transaction

_VIEW = """
SELECT field.attname AS name, format_type(field.atttypid, NULL) AS kind
FROM pg_class AS relation JOIN pg_namespace AS space ON space.oid = relation.relnamespace
JOIN pg_attribute AS field ON field.attrelid = relation.oid
WHERE space.nspname = $1 AND relation.relname = 'records' AND relation.relkind = 'v'
AND field.attnum > 0
"""
# What ``kit.documents.kept`` reads; of those without a type any text will do.
_COLUMNS: Mapping[str, str] = {
    "tenant_id": "",
    "id": "uuid",
    "title": "",
    "number": "",
    "dated_on": "date",
    "sender": "",
    "recipient": "",
    "entered": "text[]",
    "accounts": "uuid[]",
    "secret": "boolean",
    "allowed": "",
    "unit": "",
    "posts": "text[]",
    "files": "jsonb",
    "notes": "jsonb",
}
_READ = "SELECT count(*) FROM {plugin}.records WHERE tenant_id = $1"


async def _columns(trial: Trial) -> Mapping[str, str]:
    async with transaction(trial.here) as connection:
        rows: Any = await connection.fetch(_VIEW, trial.name)
    return {row["name"]: row["kind"] for row in rows}


async def _kept(trial: Trial) -> AsyncIterator[str]:
    if await trial.rows() and not await _columns(trial):
        yield f"there is no view {trial.name}.records"


async def _readable(trial: Trial) -> AsyncIterator[str]:
    found = await _columns(trial)
    for name, kind in _COLUMNS.items() if found else ():
        if name not in found:
            yield f"{trial.name}.records has no {name}"
        elif kind and found[name] != kind:
            yield f"{trial.name}.records.{name} is {found[name]}, not {kind}"
    if found:
        await trial.switch(on=False)
        try:
            async with transaction(trial.here) as connection:
                await connection.fetchval(_READ.format(plugin=trial.name), trial.here.tenant.id)
        finally:
            await trial.switch(on=True)


CHECKS: tuple[Check, ...] = (
    Check(
        id="records.readable",
        level=Level.SILVER,
        title=Text("ระเบียนที่ทิ้งไว้อ่านได้เมื่อปิด", "Records that it leaves are read while it is off"),
        mend=Text(
            "ให้ view <ชื่อ>.records มีคอลัมน์ตาม kit/documents/kept.py และ GRANT ให้ระบบ",
            "Give the view <name>.records the columns of kit/documents/kept.py, and grant it.",
        ),
        look=_readable,
    ),
    Check(
        id="records.kept",
        level=Level.PLATINUM,
        title=Text("มีระเบียนให้อ่านเมื่อปิดปลั๊กอิน", "Its records can be read while it is off"),
        mend=Text(
            "สร้าง view <ชื่อ>.records ตาม kit/documents/kept.py",
            "Lay a view <name>.records over its rows, see kit/documents/kept.py.",
        ),
        look=_kept,
    ),
)
