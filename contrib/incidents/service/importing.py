"""Take over the office's present register of assets: what the kit needs to know for it.

A code that somebody else entered meanwhile is left alone.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from contrib.incidents.rules.headings import COLUMNS, NEEDED
from contrib.incidents.rules.rows import parse_rows
from contrib.incidents.service.assets import asset_row
from contrib.incidents.service.rights import ASSETS
from contrib.incidents.tables.assets import Asset, Imported
from core.api import Context, Text, add_all, transaction
from kit.documents import Fault
from kit.geo import area_of
from kit.registers import Held, Parsed, Register, Row, Words

_THERE = Text("มีรหัส {code} ในทะเบียนแล้ว ไม่นำเข้าซ้ำ", "The register has {code} already.")


async def _reader(ctx: Context) -> Callable[[Sequence[Sequence[Any]]], Parsed[Row]]:
    return partial(parse_rows, area=area_of(ctx.tenant), today=ctx.today)


async def _hold(ctx: Context, rows: Sequence[Row]) -> Held[Row]:
    """Return which rows have a code that the register has."""
    codes = [row.facts["code"] for row in rows]
    async with transaction(ctx):
        there = (
            await Asset.select(Asset.code).where(Asset.of(ctx), Asset.code.is_in(codes))
            if codes
            else []
        )
    held = {row["code"] for row in there}
    return Held(
        [row for row in rows if row.facts["code"] not in held],
        [
            Fault(row.at, COLUMNS["code"][0], _THERE.format(code=row.facts["code"]))
            for row in rows
            if row.facts["code"] in held
        ],
    )


async def _enter(ctx: Context, rows: Sequence[Row]) -> int:
    entered = [asset_row(ctx, row.facts) for row in rows]
    return await add_all(Asset, entered, unless=("tenant_id", "code"))


REGISTER = Register(
    path="/desk/incidents/import",
    permission=ASSETS,
    action="incidents.register.imported",
    table=Imported,
    columns=COLUMNS,
    needed=NEEDED,
    words=Words(
        title=Text("นำเข้าทะเบียนทรัพย์สิน", "Take over a register of assets"),
        unit=Text("รายการ", "assets"),
        back=("/desk/incidents/assets", Text("ทะเบียนทรัพย์สิน", "Asset register")),
        register="/desk/incidents/assets",
        notes=(
            Text(
                "ไม่มีประเภทถือเป็นเสาไฟ ไม่มีเจ้าของถือเป็นของหน่วยงาน",
                "Without a kind it is a light pole, without an owner it is the office's.",
            ),
        ),
    ),
    reader=_reader,
    hold=_hold,
    enter=_enter,
)
