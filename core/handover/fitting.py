"""Whether a municipality can come into this installation: all that speaks against it, in words."""

import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path

import asyncpg

from core.audit import heads
from core.demonstration import mark_of
from core.handover.manifest import Manifest, Part
from core.handover.rows import TENANT, Table
from core.runtime import Runtime
from core.text import Text

_MIGRATIONS = "SELECT name FROM public.migration WHERE app_name = $1"
_OTHERS = "SELECT id, code, hosts FROM core.tenant"

_THERE = Text(
    "มีหน่วยงานรหัส {tenant} ในระบบนี้แล้ว นำเข้าได้เฉพาะในระบบที่ยังไม่มีหน่วยงานนี้",
    "There is a municipality {tenant} here already. It can be imported only where there is none of "
    "this id.",
)
_LEFT = Text(
    "มีข้อมูลเก่าของ {tenant} ค้างอยู่ใน {names} ลบออกก่อนแล้วนำเข้าใหม่",
    "Rows of {tenant} from an earlier time lie in {names}. Remove them and import again.",
)
MOVE = Text(
    "มี {path} ของหน่วยงานนี้ค้างอยู่จากครั้งก่อน ย้ายออกไปเก็บที่อื่นก่อนแล้วนำเข้าใหม่",
    "{path} is there from an earlier time. Move it elsewhere and import again.",
)
_MISSING = Text(
    "ไม่มีโมดูล {name} รุ่น {version} ที่ใช้งานได้ในระบบนี้ ติดตั้ง สั่ง thongthin migrate แล้วนำเข้าใหม่ "
    "ถ้าติดตั้งแล้วให้ดูเหตุผลด้วย thongthin check",
    "There is no module {name} {version} at work here. Install it, run: thongthin migrate, and "
    "import again. If it is installed, 'thongthin check' says why it is not served.",
)
_VERSION = Text(
    "โมดูล {name} ที่นี่เป็นรุ่น {here} แต่ข้อมูลมาจากรุ่น {there} ทำให้ทั้งสองระบบเป็นรุ่นเดียวกัน แล้วส่งออกใหม่",
    "The module {name} is {here} here, and the rows are of {there}. Bring both installations to "
    "the same version and export again.",
)
_BEHIND = Text(
    "ตารางของ {name} ในระบบนี้เก่ากว่าข้อมูล สั่ง thongthin migrate หรือปรับรุ่น แล้วนำเข้าใหม่",
    "The tables of {name} are older here than the rows. Run: thongthin migrate, or bring this "
    "installation up to date, and import again.",
)
_AHEAD = Text(
    "ตารางของ {name} ในระบบนี้ใหม่กว่าข้อมูล ปรับรุ่นระบบต้นทางให้ตรงกันแล้วส่งออกใหม่",
    "The tables of {name} are newer here than the rows. Bring the other installation up to date "
    "and export again.",
)
_COLUMNS = Text(
    "ตาราง {name} ในระบบนี้มีคอลัมน์ไม่ตรงกับข้อมูล ตรวจว่าทั้งสองระบบเป็นรุ่นเดียวกัน แล้วส่งออกใหม่",
    "The table {name} has other columns here than the rows. See that both installations are of the "
    "same release, and export again.",
)
_HOST = Text(
    "ที่อยู่ {host} เป็นของหน่วยงาน {other} ในระบบนี้ ถอนที่อยู่นี้ออกจากหน่วยงานใดหน่วยงานหนึ่งก่อน",
    "The address {host} belongs to {other} here. Take it from one of the two first.",
)
_CODE = Text(
    "รหัส อปท. {code} เป็นของหน่วยงาน {other} ในระบบนี้แล้ว ถ้าเป็นหน่วยงานเดียวกันไม่ต้องนำเข้า "
    "ถ้าไม่ใช่ให้แก้รหัสที่ผิดก่อนแล้วส่งออกใหม่",
    "The code {code} of the DLA is that of {other} here. If both are the same office, it is here "
    "already; else put right the code that is wrong, and export again.",
)
_DEMONSTRATION = Text(
    "ข้อมูลสาธิตนำเข้าได้เฉพาะในระบบสาธิตหรือระบบที่ยังว่าง และระบบสาธิตรับข้อมูลจริงไม่ได้ "
    "เพราะรหัสผ่านของระบบสาธิตเป็นที่รู้กันทั่วไป",
    "A demonstration, whose passwords everybody knows, is imported only into a demonstration or an "
    "empty installation, and no real office into a demonstration.",
)
_SPACE = Text(
    "เนื้อที่ดิสก์ไม่พอ ต้องว่างอย่างน้อย {needed} เมกะไบต์ใน {path}",
    "The disk is too full: {needed} MB must be free in {path}.",
)


async def misfits(
    runtime: Runtime,
    connection: asyncpg.Connection,
    tables: Sequence[Table],
    manifest: Manifest,
    size: int,
) -> list[Text]:
    """Return all that speaks against an import; nothing is written.

    :param tables: of this installation.
    :param size: of the export, in bytes.
    """
    left = [one.name for one in tables if await one.holds(connection, manifest.tenant)]
    if TENANT in left:
        return [_THERE.format(tenant=manifest.tenant)]
    reasons = [one async for one in _about_parts(runtime, connection, manifest)]
    reasons += _about_columns(tables, manifest)
    if left:
        reasons.append(_LEFT.format(tenant=manifest.tenant, names=", ".join(left)))
    reasons += [one async for one in _about_others(connection, manifest)]
    return reasons + list(_about_disk(runtime.settings.data, manifest, size))


async def _about_parts(
    runtime: Runtime, connection: asyncpg.Connection, manifest: Manifest
) -> AsyncIterator[Text]:
    here = {"core": "", **{one.name: one.version for one in runtime.host.plugins.values()}}
    for name, part in manifest.parts.items():
        if name not in here:
            yield _MISSING.format(name=name, version=part.version)
        elif here[name] != part.version:
            yield _VERSION.format(name=name, here=here[name], there=part.version)
        else:
            ran = {row["name"] for row in await connection.fetch(_MIGRATIONS, name)}
            for reason in _about_migrations(name, part, ran):
                yield reason


def _about_migrations(name: str, part: Part, ran: set[str]) -> Iterator[Text]:
    if set(part.migrations) - ran:
        yield _BEHIND.format(name=name)
    elif ran - set(part.migrations):
        yield _AHEAD.format(name=name)


def _about_columns(tables: Sequence[Table], manifest: Manifest) -> Iterator[Text]:
    here: Mapping[str, dict[str, str]] = {
        table.name: {one.name: one.type for one in table.columns} for table in tables
    }
    for name, rows in manifest.tables.items():
        known = name.partition(".")[0] in {"procrastinate", *manifest.parts}
        if not known or list(here.get(name, {}).items()) != list(rows.columns.items()):
            yield _COLUMNS.format(name=name)


async def _about_others(connection: asyncpg.Connection, manifest: Manifest) -> AsyncIterator[Text]:
    others = await connection.fetch(_OTHERS)
    for other in others:
        if other["code"] and other["code"] == manifest.code:
            yield _CODE.format(code=manifest.code, other=other["id"])
        for host in sorted(set(other["hosts"]) & set(manifest.hosts)):
            yield _HOST.format(host=host, other=other["id"])
    if others and (await mark_of(connection) is not None) != manifest.demonstration:
        yield _DEMONSTRATION


def _about_disk(data: Path, manifest: Manifest, size: int) -> Iterator[Text]:
    kept = heads.path(data, manifest.tenant)
    if kept.exists():
        yield MOVE.format(path=kept)
    if shutil.disk_usage(data).free < size:
        yield _SPACE.format(needed=size >> 20, path=data)
