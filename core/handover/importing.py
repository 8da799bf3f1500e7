"""Bring a municipality into this installation: whole, or not at all.

All of the file is read, checked and unpacked before anything is written. Then rows and files come
in one transaction, at whose end everything is read from the database again and compared with
what the file says. Whoever is killed in the middle leaves a folder that the next attempt clears.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg

from core import db, inserts
from core.audit.sealing import seal
from core.audit.service import ENTRIES, make_entry
from core.demonstration import DONE, set_mark
from core.handover import reading, trail
from core.handover.files import files_in
from core.handover.fitting import MOVE, misfits
from core.handover.lines import Tally, for_copy, read_rows
from core.handover.manifest import FILES, HandoverRefused, Manifest
from core.handover.rows import Table, connect, find_tables
from core.handover.secret import unlock
from core.keys import Keys
from core.runtime import Runtime
from core.tenants.directory import CHANNEL, EVERY
from core.tenants.tenant import Tenant
from core.text import Text

_HOLD = "SELECT pg_try_advisory_lock(hashtext('thongthin.import'), hashtext($1))"
# Years that are in the calendar here stay as they are.
_HOLIDAYS = """
INSERT INTO core.holiday ("on", name_th, name_en)
SELECT day."on", day.name_th, day.name_en
FROM unnest($1::date[], $2::text[], $3::text[]) AS day ("on", name_th, name_en)
WHERE NOT EXISTS (SELECT FROM core.holiday AS known
  WHERE extract(year FROM known."on") = extract(year FROM day."on"))
"""
_SECRET = "INSERT INTO core.tenant_secret (tenant_id, secret) VALUES ($1, $2)"  # noqa: S105

_AT_IT = Text(
    "กำลังมีการนำเข้าหน่วยงานนี้อยู่ รอให้เสร็จก่อน",
    "This municipality is being imported at this moment. Wait until that has ended.",
)
_NOT_TAKEN = Text(
    "ฐานข้อมูลไม่รับข้อมูลนี้ ({problem}) ดูด้วย thongthin tenant list ว่าไม่มีหน่วยงานนี้ "
    "ตรวจว่าทั้งสองระบบเป็นรุ่นเดียวกัน แล้วส่งออกและนำเข้าใหม่",
    "The database does not take it ({problem}). See with 'thongthin tenant list' that it is not "
    "there, and that both installations are of the same release; then export and import again.",
)
_NOT_WRITTEN = Text(
    "เขียนดิสก์ไม่สำเร็จ ({problem}) ไม่มีสิ่งใดค้างอยู่ ตรวจเนื้อที่และสิทธิของ {path} แล้วนำเข้าใหม่",
    "The disk does not take it ({problem}); nothing of it is left. Look at the room and the rights "
    "of {path} and import again.",
)
_DIFFERS = Text(
    "ข้อมูลของ {name} ในฐานข้อมูลไม่ตรงกับไฟล์ ไม่มีสิ่งใดถูกเขียน แจ้งผู้พัฒนาระบบ",
    "The rows of {name} in the database are not those of the file; nothing was written. Tell the "
    "developers.",
)


async def import_tenant(
    runtime: Runtime, source: Path, *, passphrase: str, by: str, now: datetime
) -> Manifest:
    """Import a municipality from what :func:`core.handover.exporting.export_tenant` wrote.

    :param by: who does it, for the audit trail.
    :raises HandoverRefused: saying all that speaks against it; nothing was written.
    """
    beginning = reading.read_beginning(source)
    manifest = beginning.manifest
    secret = unlock(beginning.locked, passphrase, beginning.written)
    async with contextlib.AsyncExitStack() as held:
        connection = await connect(runtime.database_url)
        held.push_async_callback(connection.close)
        if not await connection.fetchval(_HOLD, manifest.tenant):
            raise HandoverRefused(_AT_IT)
        tables, _ = await find_tables(connection)
        size = os.stat(source).st_size
        reasons = await misfits(runtime, connection, tables, manifest, size)
        if reasons:
            raise HandoverRefused(*reasons)
        data = runtime.settings.data
        try:
            staging = held.enter_context(_staging(data, manifest.tenant))
            reading.unpack(source, staging, beginning, Keys(secret))
            coming = _Coming(runtime, connection, manifest, tables, staging)
            await coming.bring_in(secret, by, now)
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
            raise HandoverRefused(_NOT_TAKEN.format(problem=problem)) from problem
        except OSError as problem:
            raise HandoverRefused(_NOT_WRITTEN.format(problem=problem, path=data)) from problem
    # It is there; without a seal of ours the worker's follows.
    with contextlib.suppress(*db.AWAY):
        await seal(manifest.tenant, runtime.keys, runtime.settings.data, now=now)
    return manifest


@contextlib.contextmanager
def _staging(data: Path, tenant: str) -> Iterator[Path]:
    """Give an empty folder, on the disk on which the files will be, and remove it afterwards."""
    folder = data / f".importing-{tenant}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class _Coming:
    """A municipality whose parts are checked and unpacked."""

    runtime: Runtime
    connection: asyncpg.Connection
    manifest: Manifest
    tables: Sequence[Table]
    staging: Path

    async def bring_in(self, secret: bytes, by: str, now: datetime) -> None:
        """Write all of it, in one transaction."""
        tenant = self.manifest.tenant
        locked = self.runtime.keys.lock_secret(tenant, secret)
        async with self.connection.transaction():
            if self.manifest.demonstration:
                await set_mark(self.connection, DONE)
            for table in self.tables:
                if table.name in self.manifest.tables:
                    await self._copy(table)
            await self.connection.execute(_SECRET, tenant, locked)
            await self._fill_calendar()
            await self._compare()
            with self._files_in_place():
                await self._record(locked, by, now)
                await self.connection.execute("SELECT pg_notify($1, $2)", CHANNEL, tenant)

    async def _copy(self, table: Table) -> None:
        schema, _, name = table.name.partition(".")
        rows = read_rows(reading.place_of(self.staging, table.name))
        names = next(rows)
        await self.connection.copy_to_table(
            name, schema_name=schema, columns=names, source=for_copy(rows)
        )

    async def _fill_calendar(self) -> None:
        days = self.manifest.holidays
        columns = ([getattr(one, name) for one in days] for name in ("on", "name_th", "name_en"))
        await self.connection.execute(_HOLIDAYS, *columns)
        await self.connection.execute("SELECT pg_notify($1, $2)", CHANNEL, EVERY)

    async def _compare(self) -> None:
        """Read every row again.

        :raises HandoverRefused: one is not as it stands in the file.
        """
        for table in self.tables:
            if (told := self.manifest.tables.get(table.name)) is None:
                continue
            tally = Tally(table.name, told.columns)
            async for row in table.read(self.connection, self.manifest.tenant):
                tally.add(row)
            if tally.done() != told:
                raise HandoverRefused(_DIFFERS.format(name=table.name))

    @contextlib.contextmanager
    def _files_in_place(self) -> Iterator[None]:
        """Put the files where they belong, and take them away again when something fails.

        :raises HandoverRefused: files of this municipality lie there that are not in the export.
        """
        store, ours = self.runtime.settings.data / "files", self.staging / FILES
        place = store / self.manifest.tenant
        if any(not (ours / one.parent.name / one.name).exists() for one in files_in(place)):
            raise HandoverRefused(MOVE.format(path=place))
        # What else there is was left by an attempt that was killed.
        shutil.rmtree(place, ignore_errors=True)
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            if ours.exists():
                for path in files_in(ours):
                    path.chmod(0o400)
                ours.rename(place)
                os.sync()
            yield
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    async def _record(self, locked: bytes, by: str, now: datetime) -> None:
        manifest = self.manifest
        name = Text(manifest.name, manifest.tenant)
        tenant = Tenant(
            id=manifest.tenant, kind="", name=name, place=name, address=name, secret=locked
        )
        entry = make_entry(
            self.runtime.context(tenant, now=now),
            trail.IMPORTED,
            f"tenant/{manifest.tenant}",
            by=by,
            content=manifest.content,
            origin=manifest.origin,
        )
        for statement, values in inserts.statements([(ENTRIES, ENTRIES.values(entry))]):
            await self.connection.execute(statement, *values)
