"""Take over the office's present register from a file: what the kit needs to know for it.

Who takes a file over holds the numbers of papers, then those of the register, so that of two at
once the second sees what the first has entered.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from core.api import Context, Text, add_all, numbers
from kit.registers import Parsed, Register, Words, need_subdistricts
from kit.thai import short_day
from plugins.food_cert.rules.headings import COLUMNS
from plugins.food_cert.rules.places import INSTRUMENTS, KINDS, State
from plugins.food_cert.rules.rows import NEEDED, Known, Row, parse_rows
from plugins.food_cert.service.known_rows import go_on_after, hold, quoted
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import SERIES, event_row, place_row
from plugins.food_cert.service.rights import CARRY
from plugins.food_cert.tables.imports import Imported
from plugins.food_cert.tables.register import Place, PlaceEvent

FIRST = 5
_WORDS = Text(
    "ลงทะเบียนจากทะเบียนเดิมของหน่วยงาน: {instrument}เลขที่ {number}",
    "Taken over from the office's register: {instrument} no. {number}",
)


async def _reader(ctx: Context) -> Callable[[Sequence[Sequence[Any]]], Parsed[Row]]:
    own = need_subdistricts(ctx)
    known = Known(limits=await limits_on(ctx, ctx.today), today=ctx.today, home=own)
    return partial(parse_rows, known=known)


async def _lock(ctx: Context, rows: Sequence[Row]) -> None:
    await go_on_after(ctx, rows)
    # Whoever else enters places waits here, and then sees these.
    await numbers.draw_some(ctx, SERIES, 0)


def _seen(rows: Sequence[Row]) -> dict[str, Any]:
    shown = ("name", "holder", "kind", "instrument", "address")
    return {
        "kinds": Counter(row.facts["kind"] for row in rows),
        "instruments": Counter(row.facts["instrument"] for row in rows),
        "first": [
            {
                "at": row.at,
                "number": quoted(row),
                "area": f"{row.facts['area']:,}",
                "until": _day(row.facts["until"]),
                **{name: row.facts[name] for name in shown},
            }
            for row in rows[:FIRST]
        ],
    }


def _day(day: date | None) -> dict[str, str] | None:
    return {"th": short_day(day, "th"), "en": short_day(day, "en")} if day else None


async def _enter(ctx: Context, rows: Sequence[Row]) -> int:
    drawn = await numbers.draw_some(ctx, SERIES, len(rows))
    places: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for row, number in zip(rows, drawn, strict=True):
        paper = quoted(row)
        facts = {**row.facts, "number": number, "paper_number": paper, "state": State.VALID}
        place = place_row(ctx, facts, opened_on=row.opened_on)
        words = _WORDS.format(instrument=INSTRUMENTS[row.facts["instrument"]], number=paper)
        places.append(place)
        events.append(event_row(ctx, place["id"], what="entered", words=words))
    await add_all(Place, places)
    await add_all(PlaceEvent, events)
    return len(places)


REGISTER = Register(
    path="/desk/food/import",
    permission=CARRY,
    action="food_cert.register.imported",
    table=Imported,
    columns=COLUMNS,
    needed=NEEDED,
    words=Words(
        title=Text("นำเข้าทะเบียนสถานที่อาหาร", "Take over a register of food premises"),
        unit=Text("แห่ง", "places"),
        back=("/desk/food", Text("สถานที่อาหาร", "Food premises")),
        register="/desk/food/places",
        notes=(
            Text(
                "ที่ตั้งอยู่คอลัมน์เดียวหรือแยกเป็นบ้านเลขที่ หมู่ ซอย ถนน ตำบลก็ได้",
                "Where a place is may stand in one column, or in parts.",
            ),
            Text(
                "ไม่มีชนิดเอกสาร ระบบถือตามพื้นที่ วันหมดอายุใช้กับใบอนุญาตเท่านั้น "
                "เพราะกฎหมายไม่กำหนดอายุหนังสือรับรอง",
                "Without the document, the area decides which it is. Only licences end: the Act "
                "sets no end to a certificate.",
            ),
        ),
    ),
    reader=_reader,
    lock=_lock,
    hold=hold,
    enter=_enter,
    seen=_seen,
    template="food_cert/import_file.html",
    names={"kinds": KINDS, "instruments": INSTRUMENTS},
)
