"""The demonstration of taking over a register, and of letters about renewals."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.api import EVERYWHERE, Actor, Context
from kit.documents import csv_of, quoted_number
from kit.registers import look_into, take_over
from kit.thai import buddhist_year
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.service import letters
from plugins.food_cert.service.importing import REGISTER
from plugins.food_cert.service.rights import PERMISSIONS

_OFFICER = Actor(
    kind="system",
    name="สุดา รักสะอาด",
    post="นักวิชาการสาธารณสุข",
    permissions=dict.fromkeys(PERMISSIONS, EVERYWHERE),
)
_NAMES = ("number", "name", "holder", "kind", "area", "address", "phone", "issued_on")
# The last one has no house number and a telephone that cannot be.
_ROWS = (
    (101, "โจ๊กหน้าตลาด", "นางสาวอรุณี ปัญญา", "จำหน่าย", "32", "12/1 หมู่ 4", "0811112001"),
    (102, "ขนมจีนป้าแดง", "นางแดง กันทะ", "ร้านอาหาร", "54.5", "88 หมู่ 2 ซอย 3", ""),
    (103, "ข้าวสารรุ่งเรือง", "นายวิชัย รุ่งเรือง", "สะสม", "140", "5/9 หมู่ 1", "053111222"),
    (104, "ครัวริมน้ำ", "นายสมบูรณ์ ใจดี", "จำหน่าย", "75", "หมู่ 6", "08111"),
)


async def fill(ctx: Context) -> None:
    """Take over the good rows of one file, look into another, make letters and count some."""
    here = replace(ctx, actor=_OFFICER)
    if ctx.tenant.subdistricts:
        first, second = _file(ctx.today, (*_ROWS[:2], *_ROWS[3:])), _file(ctx.today, _ROWS[2:])
        taken = await look_into(here, REGISTER, first, "ทะเบียนร้านอาหาร.csv")
        await take_over(here, REGISTER, taken, only_good=True)
        await look_into(here, REGISTER, second, "ทะเบียนร้านชำ.csv")
    await letters.confirm(here, await letters.begin(here))
    await letters.begin(here, days=365)


def _file(today: date, rows: Sequence[tuple[Any, ...]]) -> bytes:
    year = buddhist_year(today) - 1
    heads = [COLUMNS[name][0] for name in _NAMES]
    lines = [(quoted_number(serial, year), *facts, f"1/6/{year}") for serial, *facts in rows]
    return csv_of(heads, lines)
