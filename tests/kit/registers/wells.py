"""A register of wells, which an office has kept in files so far."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from piccolo.columns import UUID, Integer, Varchar
from piccolo.table import Table

from core.api import MUST, Context, Manifest, OfTenant, Text, add_all, hookimpl, new_id, transaction
from core.discovery import Found
from kit.documents import Fault, whole_of_cell
from kit.registers import (
    Held,
    ImportedOfTenant,
    Once,
    Parsed,
    Register,
    Row,
    Words,
    needed_of_cell,
    phone_of_cell,
    read_cells,
    read_rows,
    register_router,
)

CHANGE = "wells.change"
PATH = "/desk/wells/import"
HEADS = ("รหัสบ่อ", "ลึก (ม.)", "โทรศัพท์")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": (HEADS[0], "รหัส", "code"),
    "metres": (HEADS[1], "ลึก"),
    "phone": (HEADS[2],),
}
TABLES = """
CREATE SCHEMA wells;
GRANT USAGE ON SCHEMA wells TO thongthin_app;
CREATE TABLE wells.well (
  tenant_id varchar(32) NOT NULL, id uuid NOT NULL, code varchar(20) NOT NULL,
  metres integer NOT NULL, phone varchar(16) NOT NULL,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, code));
CREATE TABLE wells.imported (
  tenant_id varchar(32) NOT NULL, id uuid NOT NULL, digest varchar(64) NOT NULL,
  name varchar(200) NOT NULL, state varchar(6) NOT NULL, read integer NOT NULL,
  good integer NOT NULL, known integer NOT NULL, bad integer NOT NULL, report jsonb NOT NULL,
  seen jsonb NOT NULL, looked_at timestamptz NOT NULL, taken_at timestamptz,
  actor_name varchar(200) NOT NULL,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, digest));
SELECT core.keep_within_tenant('wells.well'), core.keep_within_tenant('wells.imported');
"""
_THERE = Text("มีบ่อนี้แล้ว", "The register has this well.")


class Well(OfTenant, Table, tablename="well", schema="wells"):
    """A well of the office."""

    id = UUID(primary_key=True, **MUST)
    code = Varchar(length=20, **MUST)
    metres = Integer(**MUST)
    phone = Varchar(length=16, **MUST)


class Imported(ImportedOfTenant, tablename="imported", schema="wells"):
    """A file of wells."""


def parse_wells(table: Sequence[Sequence[Any]]) -> Parsed[Row]:
    """Read wells."""
    once = Once[Row]("code", lambda row: row.facts["code"])
    return read_rows(table, COLUMNS, ("code",), read=_well, once=(once,))


def _well(at: int, found: Mapping[str, str]) -> Row | dict[str, Text]:
    readers: Mapping[str, Callable[[str], Any]] = {
        "code": partial(needed_of_cell, most=20),
        "metres": lambda text: whole_of_cell(text, 999),
        "phone": phone_of_cell,
    }
    facts, wrong = read_cells(found, readers)
    return wrong or Row(at, facts)


async def _reader(_ctx: Context) -> Callable[[Sequence[Sequence[Any]]], Parsed[Row]]:
    return parse_wells


async def _hold(ctx: Context, rows: Sequence[Row]) -> Held[Row]:
    async with transaction(ctx):
        there = await Well.select(Well.code).where(Well.of(ctx))
    known = {one["code"] for one in there}
    return Held(
        [row for row in rows if row.facts["code"] not in known],
        [Fault(row.at, HEADS[0], _THERE) for row in rows if row.facts["code"] in known],
    )


async def enter(ctx: Context, rows: Sequence[Row]) -> int:
    """Enter wells that nobody else has entered."""
    entered = [{"tenant_id": ctx.tenant.id, "id": new_id(), **row.facts} for row in rows]
    return await add_all(Well, entered, unless=("tenant_id", "code"))


REGISTER = Register(
    path=PATH,
    permission=CHANGE,
    action="wells.register.imported",
    table=Imported,
    columns=COLUMNS,
    needed=("code",),
    words=Words(
        title=Text("นำเข้าทะเบียนบ่อ", "Take over a register of wells"),
        unit=Text("บ่อ", "wells"),
        back=("/desk/wells", Text("บ่อน้ำ", "Wells")),
        register="/desk/wells",
        notes=(Text("ความลึกเป็นเมตร", "Depths are in metres."),),
    ),
    reader=_reader,
    hold=_hold,
    enter=enter,
)


def plugin_of(register: Register[Any]) -> Found:
    """Return the plugin that serves the pages of the register."""
    module, title = ModuleType("wells"), Text("บ่อน้ำ", "Wells")
    facts: Any = {
        "MANIFEST": Manifest(name="wells", title=title, permissions={CHANGE: title}),
        "register_routes": hookimpl(lambda: [register_router(register)]),
    }
    facts["register_routes"].__name__ = "register_routes"
    vars(module).update(facts)
    return Found("wells", module)


def csv(*lines: str) -> bytes:
    """Return a file of wells."""
    return "\n".join((",".join(HEADS), *lines)).encode()
