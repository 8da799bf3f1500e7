"""Take over the office's list of households from a file: what the kit needs to know for it.

A row that somebody else enters at that moment is left as it is there.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from contrib.disaster.rules.headings import COLUMNS, NEEDED
from contrib.disaster.rules.rows import parse_rows
from contrib.disaster.service.households import household_row
from contrib.disaster.service.rights import HOUSEHOLDS
from contrib.disaster.tables.households import Household, ImportedList
from core.api import Context, Text, add_all, transaction
from kit.documents import Fault
from kit.registers import Held, Parsed, Register, Row, Words, need_subdistricts

_THERE = Text(
    "ครัวเรือนนี้มีในทะเบียนแล้ว ไม่นำเข้าซ้ำ",
    "The register has this household already. It is not entered again.",
)


async def _reader(ctx: Context) -> Callable[[Sequence[Sequence[Any]]], Parsed[Row]]:
    return partial(parse_rows, own=need_subdistricts(ctx))


async def _hold(ctx: Context, rows: Sequence[Row]) -> Held[Row]:
    """Return which rows are of households that the register has."""
    same = [row.facts["sameness"] for row in rows]
    async with transaction(ctx):
        there = (
            await Household.select(Household.sameness).where(
                Household.of(ctx), Household.sameness.is_in(same)
            )
            if same
            else []
        )
    held = {one["sameness"] for one in there}
    return Held(
        [row for row in rows if row.facts["sameness"] not in held],
        [
            Fault(row.at, COLUMNS["address"][0], _THERE)
            for row in rows
            if row.facts["sameness"] in held
        ],
    )


async def _enter(ctx: Context, rows: Sequence[Row]) -> int:
    entered = [household_row(ctx, row.facts) for row in rows]
    return await add_all(Household, entered, unless=("tenant_id", "sameness"))


REGISTER = Register(
    path="/desk/disaster/import",
    permission=HOUSEHOLDS,
    action="disaster.households.imported",
    table=ImportedList,
    columns=COLUMNS,
    needed=NEEDED,
    words=Words(
        title=Text("นำเข้าครัวเรือนจากไฟล์", "Take over households from a file"),
        unit=Text("ครัวเรือน", "households"),
        back=("/desk/disaster/households", Text("ทะเบียนครัวเรือน", "Register of households")),
        register="/desk/disaster/households",
        file=Text("ไฟล์รายชื่อครัวเรือน", "The list of households"),
        notes=(
            Text(
                "คอลัมน์ของผู้ที่ต้องช่วยก่อนกรอกเป็นจำนวนคน ไม่ต้องมีชื่อ",
                "Those who need help first are counts of people, without names.",
            ),
        ),
    ),
    reader=_reader,
    hold=_hold,
    enter=_enter,
)
