"""Rows of a file held against the register: which it has already, which numbers cannot be."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from core.api import Context, Text, transaction
from kit.documents import Fault, counted_to, note_earlier, quoted_number
from kit.registers import Held
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.places import ALIVE
from plugins.food_cert.rules.rows import Row

_THERE = Text(
    "มีในทะเบียนแล้ว เลขทะเบียน {number} {name} ไม่นำเข้าซ้ำ",
    "The register has it already, as no. {number}, {name}. It is not entered again.",
)
_BEYOND = Text(
    "ยังไม่มีใครออกเลขนี้ เลขของปีนั้นออกในระบบและถึง {last} แล้ว ตรวจเลขที่บนเอกสาร",
    "Nobody has issued this number: those of its year are issued here, up to {last}. Check it.",
)
_BY_NUMBER = """
SELECT p.instrument, p.paper_number, p.number, p.name FROM food_cert.place p
JOIN unnest($2::text[], $3::text[]) AS w(instrument, paper_number)
  ON p.instrument = w.instrument AND p.paper_number = w.paper_number
WHERE p.tenant_id = $1
"""
_BY_PLACE = """
SELECT sameness, number, name FROM food_cert.place
WHERE tenant_id = $1 AND sameness = ANY($2) AND state = ANY($3)
"""
Series = tuple[str, int]


def quoted(row: Row) -> str:
    """Return the number of the paper of a row as it is quoted."""
    return quoted_number(row.serial, row.year)


async def hold(ctx: Context, rows: Sequence[Row]) -> Held[Row]:
    """Return which rows the register has, by the number of their paper or by the place.

    A row whose number nobody can have issued has a fault.
    """
    faults = _beyond(rows, await _last_numbers(ctx, rows))
    bad = {one.row for one in faults}
    rows = [row for row in rows if row.at not in bad]
    numbers = [(row.facts["instrument"], quoted(row)) for row in rows]
    instruments, papers = [one for one, _ in numbers], [paper for _, paper in numbers]
    sames = [row.facts["sameness"] for row in rows]
    async with transaction(ctx) as connection:
        found = await connection.fetch(_BY_NUMBER, ctx.tenant.id, instruments, papers)
        by_number = {(one["instrument"], one["paper_number"]): one for one in found}
        found = await connection.fetch(_BY_PLACE, ctx.tenant.id, sames, sorted(ALIVE))
        by_place = {one["sameness"]: one for one in found}
    new, known = [], []
    for row, paper, same in zip(rows, numbers, sames, strict=True):
        if there := by_number.get(paper):
            sentence = _THERE.format(number=there["number"], name=there["name"])
            known.append(Fault(row.at, COLUMNS["number"][0], sentence))
        elif there := by_place.get(same):
            sentence = _THERE.format(number=there["number"], name=there["name"])
            known.append(Fault(row.at, COLUMNS["name"][0], sentence))
        else:
            new.append(row)
    return Held(new, known, faults)


async def _last_numbers(ctx: Context, rows: Sequence[Row]) -> dict[Series, int | None]:
    """Return how far each series and year is counted here, None where it is not yet."""
    series = sorted({_series(row) for row in rows})
    return {one: await counted_to(ctx, *one) for one in series}


def _beyond(rows: Sequence[Row], last: Mapping[Series, int | None]) -> list[Fault]:
    """Return a fault for each row whose number nobody can have issued."""
    return [
        Fault(row.at, COLUMNS["number"][0], _BEYOND.format(last=quoted_number(most, row.year)))
        for row in rows
        if (most := last[_series(row)]) is not None and row.serial > most
    ]


async def go_on_after(ctx: Context, rows: Sequence[Row]) -> None:
    """Let the numbers that are issued here go on after those of the rows.

    :raises Conflict: the first of a year was issued meanwhile.
    """
    last = await _last_numbers(ctx, rows)
    for (series, year), some in groupby(sorted(rows, key=_series), key=_series):
        if last[series, year] is None:
            await note_earlier(ctx, series, max(row.serial for row in some), year)


def _series(row: Row) -> Series:
    return f"food_cert.{row.facts['instrument']}", row.year
