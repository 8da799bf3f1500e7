"""Write all that is of a municipality into one file, while its office works.

A tar archive as that of a backup: first what it says of itself and the locked secret, then a part
for each table, then the files, at the end the SHA-256 of every part and of the whole. Rows are as
they were at one moment; files, which only grow, may be further.
"""

import contextlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import asyncpg
import msgspec

from core import audit, db
from core.audit import heads
from core.audit.chain import Head
from core.audit.sealing import seal
from core.backup import archive
from core.backup.manifest import BackupFailed
from core.context import Context
from core.demonstration import mark_of
from core.handover import trail
from core.handover.files import list_files
from core.handover.lines import Tally, read_rows
from core.handover.manifest import (
    FILES,
    MANIFEST,
    SECRET,
    TABLES,
    HandoverRefused,
    Holiday,
    Manifest,
    Part,
    Rows,
    content_of,
)
from core.handover.rows import ENTRIES, HEAD, Table, connect, find_tables
from core.handover.secret import check_passphrase, lock
from core.keys import Keys
from core.runtime import Runtime
from core.text import Text

_MIGRATIONS = "SELECT app_name, name FROM public.migration ORDER BY app_name, name"
_HOLIDAYS = 'SELECT "on", name_th, name_en FROM core.holiday ORDER BY 1'
_KNOWN_BY = "SELECT code, hosts FROM core.tenant WHERE id = $1"
_SECRET = "SELECT secret FROM core.tenant_secret WHERE tenant_id = $1"  # noqa: S105 - a query

_NOT_INSTALLED = Text(
    "มีข้อมูลของโมดูล {name} แต่ไม่ได้ติดตั้งโมดูลนี้แล้ว ติดตั้งกลับก่อน หรือลบข้อมูลด้วย thongthin plugin remove",
    "There are rows of the module {name}, which is not installed any more. Install it again, or "
    "remove its tables first: thongthin plugin remove.",
)
_HEADS = Text(
    "ไฟล์ {path} ถูกแก้ไขหรือเสียหาย ตรวจด้วย thongthin audit verify แล้วย้ายไฟล์นี้ไปเก็บเป็นหลักฐานก่อน",
    "{path} was edited or is damaged. Look at it with 'thongthin audit verify', and keep it "
    "elsewhere as evidence first.",
)
_ALTERED = Text(
    "ไฟล์ {name} ในที่เก็บไม่ตรงกับที่เคยเก็บไว้ นำไฟล์นี้กลับมาจากข้อมูลสำรอง แล้วส่งออกใหม่",
    "The file {name} of the store is not what was kept. Bring it back from a backup and export "
    "again.",
)
_NOT_WRITTEN = Text("เขียนไฟล์ส่งออกไม่สำเร็จ: {problem}", "The export cannot be written: {problem}")


async def export_tenant(
    runtime: Runtime, ctx: Context, target: Path, *, passphrase: str, by: str
) -> Manifest:
    """Write the municipality of ``ctx`` into a file that is not there yet.

    :param passphrase: locks its secret; who imports it needs the same.
    :param by: who does it, for the audit trail.
    :raises HandoverRefused: saying why; there is no file then.
    """
    check_passphrase(passphrase)
    await seal(ctx.tenant.id, runtime.keys, ctx.settings.data, now=ctx.now)
    try:
        with archive.written(target) as writer:
            manifest = await _write(runtime, ctx, writer, target.parent, passphrase)
            # The moment of the rows is past: this entry is in none of them.
            async with db.transaction(ctx):
                await audit.record(
                    ctx, trail.EXPORTED, f"tenant/{ctx.tenant.id}", by=by, content=manifest.content
                )
        _check(target)
    except (BackupFailed, OSError) as problem:
        raise HandoverRefused(_NOT_WRITTEN.format(problem=problem)) from problem
    return manifest


def _check(target: Path) -> None:
    """Read what was written; what is not whole does not stay.

    :raises BackupFailed: it is not whole.
    """
    try:
        archive.check_whole(target)
    except BaseException:
        target.unlink()
        raise


async def _write(
    runtime: Runtime, ctx: Context, writer: archive.Writer, beside: Path, passphrase: str
) -> Manifest:
    store = ctx.settings.data / "files" / ctx.tenant.id
    async with contextlib.AsyncExitStack() as held:
        folder = Path(
            held.enter_context(tempfile.TemporaryDirectory(prefix=".thongthin-", dir=beside))
        )
        connection = await connect(runtime.database_url)
        held.push_async_callback(connection.close)
        manifest, secret = await _take_rows(runtime, ctx, connection, folder)
        written = msgspec.json.encode(manifest)
        writer.add(MANIFEST, written)
        writer.add(SECRET, lock(secret, passphrase, written))
        for name in manifest.tables:
            writer.add_file(f"{TABLES}/{name}.jsonl", folder / name)
        _add_files(writer, store, folder / FILES)
    return manifest


def _add_files(writer: archive.Writer, store: Path, names: Path) -> None:
    """Add the files that were listed; what has come since is of no row that was taken."""
    with names.open() as listed:
        for digest in map(str.strip, listed):
            path = store / digest[:2] / digest
            if writer.add_file(f"{FILES}/{digest[:2]}/{digest}", path) != digest:
                raise HandoverRefused(_ALTERED.format(name=path))


async def _take_rows(
    runtime: Runtime, ctx: Context, connection: asyncpg.Connection, folder: Path
) -> tuple[Manifest, bytes]:
    """Write the rows into ``folder``, and return what there is, and the secret."""
    tenant, data = ctx.tenant.id, ctx.settings.data
    kept = _kept(data, tenant)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        tables, _ = await find_tables(connection)
        secret = runtime.keys.secret_of_tenant(tenant, await connection.fetchval(_SECRET, tenant))
        sealing = trail.Sealing(Keys(secret), await _head(connection, tables, tenant), ctx.now)
        taken: dict[str, Rows] = {}
        # The end of the trail after its entries.
        for table in sorted(tables, key=lambda one: one.name == HEAD):
            if await table.holds(connection, tenant):
                taken[table.name] = await _take(connection, table, tenant, folder, sealing)
        parts = await _parts(runtime, ctx, connection, taken)
        known_by = await connection.fetchrow(_KNOWN_BY, tenant)
        holidays = [Holiday(**row) for row in await connection.fetch(_HOLIDAYS)]
        demonstration = await mark_of(connection) is not None
    finding = None
    if ENTRIES in taken:
        rows = read_rows(folder / ENTRIES)
        finding = trail.check(Keys(secret), rows, head=sealing.head, kept=kept, now=ctx.now)
    files = list_files(data / "files" / tenant, folder / FILES)
    manifest = Manifest(
        tenant=tenant,
        name=ctx.tenant.name.th,
        code=known_by["code"],
        origin=ctx.origin,
        hosts=known_by["hosts"],
        at=ctx.now,
        demonstration=demonstration,
        on=sorted(_on(ctx)),
        parts=parts,
        tables=taken,
        files=files,
        holidays=holidays,
        content=content_of(taken, files),
        kept=kept,
        finding=str(finding) if finding else None,
    )
    return manifest, secret


def _kept(data: Path, tenant: str) -> Head | None:
    """Return the last end of the trail that was kept outside the database.

    :raises HandoverRefused: somebody wrote into the file.
    """
    try:
        return heads.last(data, tenant)
    except heads.HeadFileDamaged as problem:
        raise HandoverRefused(_HEADS.format(path=problem)) from problem


async def _head(
    connection: asyncpg.Connection, tables: Sequence[Table], tenant: str
) -> Head | None:
    [table] = [one for one in tables if one.name == HEAD]
    names = [one.name for one in table.columns]
    async for row in table.read(connection, tenant):
        return trail.head_of(dict(zip(names, row, strict=True)))
    return None


async def _take(
    connection: asyncpg.Connection, table: Table, tenant: str, folder: Path, sealing: trail.Sealing
) -> Rows:
    names = [one.name for one in table.columns]
    tally = Tally(table.name, {one.name: one.type for one in table.columns})
    change = {ENTRIES: sealing.seal, HEAD: sealing.end}.get(table.name)
    with (folder / table.name).open("xb") as file:
        file.write(tally.header)
        async for row in table.read(connection, tenant):
            if change is not None:
                values = dict(zip(names, row, strict=True))
                change(values)
                row = list(values.values())
            file.write(tally.add(row))
    return tally.done()


async def _parts(
    runtime: Runtime, ctx: Context, connection: asyncpg.Connection, taken: Mapping[str, Rows]
) -> Mapping[str, Part]:
    """Return the floors and plugins that rows belong to or that are switched on.

    :raises HandoverRefused: rows are of one that is not installed any more.
    """
    ran: dict[str, list[str]] = {}
    for row in await connection.fetch(_MIGRATIONS):
        ran.setdefault(row["app_name"], []).append(row["name"])
    schemas = {name.partition(".")[0] for name in taken} - {"procrastinate"}
    versions = {"core": "", **{one.name: one.version for one in runtime.host.plugins.values()}}
    gone = sorted(schemas - versions.keys())
    if gone:
        raise HandoverRefused(*(_NOT_INSTALLED.format(name=name) for name in gone))
    needed = schemas | (_on(ctx) & versions.keys())
    return {
        name: Part(version=versions[name], migrations=ran.get(name, ())) for name in sorted(needed)
    }


def _on(ctx: Context) -> frozenset[str]:
    return ctx.tenant.plugins | ctx.tenant.quarantined
