"""What is asked about yearly fees: bands line by line, waivers, days of reminders."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.forms import (
    AnyField,
    Choice,
    Day,
    Line,
    Money,
    Number,
    Option,
    Place,
    Reading,
    Sheet,
    fill,
    read,
    ungrouped,
)
from plugins.food_cert.rules.bands import Band
from plugins.food_cert.rules.places import CERTIFICATE, INSTRUMENTS

HOME = "/desk/food/fees"
BACK = (HOME, Text("ค่าธรรมเนียมรายปี", "Yearly fees"))
MOST_LINES, SPARE = 60, 2
COLUMNS = ("instrument", "above", "upto", "amount")
_M2 = Text("ตร.ม.", "m²")
_LARGEST = 999_999

SOURCE = Line(
    "source",
    Text("ข้อบัญญัติหรือเทศบัญญัติที่กำหนด", "The ordinance that sets it"),
    longest=500,
    help=Text(
        "เช่น เทศบัญญัติ เรื่อง สถานที่จำหน่ายอาหาร พ.ศ. 2561 บัญชีท้าย",
        "e.g. municipal ordinance on places to sell food B.E. 2561, schedule",
    ),
)
FROM_ON = Day("from_on", Text("ใช้กับปีที่เริ่มตั้งแต่วันที่", "For years that begin on or after"))


class Typed(msgspec.Struct, frozen=True):
    """A tariff of bands that was sent.

    :ivar lines: how many the page shows again.
    """

    reading: Reading
    bands: tuple[Band, ...]
    lines: int


def band_fields(at: int) -> dict[str, AnyField]:
    """Return the fields of one line, by what they are; a line without an amount is left out."""
    return {
        "instrument": Choice(
            f"instrument_{at}",
            Text("ประเภท", "Paper"),
            required=False,
            options=tuple(Option(code, title) for code, title in INSTRUMENTS.items()),
        ),
        "above": Number(
            f"above_{at}",
            Text("พื้นที่เกิน", "Area above"),
            unit=_M2,
            decimals=2,
            most=_LARGEST,
            required=False,
        ),
        "upto": Number(
            f"upto_{at}",
            Text("ถึง (ว่าง คือ ไม่จำกัด)", "up to (empty: no end)"),
            unit=_M2,
            decimals=2,
            most=_LARGEST,
            required=False,
        ),
        "amount": Money(f"amount_{at}", Text("ค่าธรรมเนียมปีละ", "Fee a year"), required=False),
    }


def lines_of(count: int) -> list[dict[str, AnyField]]:
    """Return the fields of every line of the page."""
    return [band_fields(at) for at in range(1, count + 1)]


def _all(count: int) -> list[AnyField]:
    return [FROM_ON, SOURCE, *(one for line in lines_of(count) for one in line.values())]


def begun(bands: Sequence[Band], from_on: date) -> Typed:
    """Return the form as it is begun: with the bands of today, to be changed."""
    values: dict[str, Any] = {"from_on": from_on.isoformat()}
    for at, one in enumerate(bands, start=1):
        values |= {f"instrument_{at}": one.instrument, f"amount_{at}": one.amount}
        values |= {f"above_{at}": f"{one.above.normalize():f}"}
        values |= {f"upto_{at}": f"{one.upto.normalize():f}"} if one.upto is not None else {}
    lines = len(bands) + SPARE
    return Typed(Reading({}, {}, fill(_all(lines), values)), tuple(bands), lines)


def sent(posted: Mapping[str, list[str]], place: Place) -> Typed:
    """Read bands that were sent; lines that were left empty are closed up."""
    typed, used = _closed_up(posted)
    lines = min(used + SPARE + (3 if posted.get("more") else 0), MOST_LINES)
    reading = read(_all(lines), typed, place)
    values = reading.values
    bands = tuple(
        Band(
            instrument=values.get(f"instrument_{at}", CERTIFICATE),
            above=Decimal(values.get(f"above_{at}", 0)),
            upto=Decimal(values[f"upto_{at}"]) if f"upto_{at}" in values else None,
            amount=values.get(f"amount_{at}", 0),
        )
        for at in range(1, used + 1)
    )
    return Typed(reading, bands, lines)


def _closed_up(posted: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], int]:
    """Return what was sent without its empty lines, and how many lines are left."""
    kept = {name: texts for name, texts in posted.items() if not name.startswith(_PREFIXES)}
    used = 0
    for at in range(1, MOST_LINES + 1):
        line = {one: posted.get(f"{one}_{at}", [""]) for one in COLUMNS}
        if any(text.strip() for one in ("above", "upto", "amount") for text in line[one]):
            used += 1
            kept |= {f"{one}_{used}": texts for one, texts in line.items()}
    return kept, used


_PREFIXES = tuple(f"{one}_" for one in COLUMNS)


def begins(typed: Typed) -> date:
    """Return the day from which bands that were sent count."""
    return date.fromisoformat(typed.reading.values["from_on"])


ALL = "all"
_KINDS = {ALL: Text("ทั้งสองประเภท", "Both"), **INSTRUMENTS}

WAIVER = Sheet(
    title=Text("ยกเว้นหรือลดค่าธรรมเนียม", "Waive fees"),
    back=BACK,
    groups=(
        (
            Text("ยกเว้นอะไร", "What is waived"),
            (
                Day("from_on", Text("ครบกำหนดตั้งแต่วันที่", "Due from")),
                Day("until_on", Text("ถึงวันที่", "Up to")),
                Number(
                    "percent",
                    Text("ลดร้อยละ", "Per cent"),
                    unit=Text("%", "%"),
                    help=Text("100 คือ ไม่ต้องชำระ", "100: nothing is to be paid"),
                    least=1,
                    most=100,
                ),
                Choice(
                    "instrument",
                    Text("ของประเภท", "Of which fees"),
                    options=tuple(Option(code, title) for code, title in _KINDS.items()),
                ),
            ),
        ),
        (
            Text("เพราะอะไร", "Why"),
            (
                Line("law", Text("กฎหมายหรือประกาศที่ให้ยกเว้น", "The law that allows it"), longest=500),
                Line("why", Text("เหตุผล", "Reason"), longest=500),
            ),
        ),
    ),
    button=Text("บันทึกการยกเว้น", "Keep the waiver"),
    intro=Text(
        "ค่าธรรมเนียมที่ครบกำหนดในช่วงนี้จะลดให้เอง ใบแจ้งที่ออกแล้วและยังไม่ชำระจะลดให้ด้วย ส่วนที่ชำระแล้วไม่เปลี่ยน",
        "Fees that fall due in these days are reduced by themselves, also bills that were made "
        "and are not paid. What was paid stays as it is.",
    ),
)


def waiver_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a waiver that was sent says, by the names of the service."""
    days = {name: date.fromisoformat(values[name]) for name in ("from_on", "until_on")}
    instrument = "" if values["instrument"] == ALL else values["instrument"]
    return {**values, **days, "instrument": instrument}


_UNIT = Text("วัน", "days")
_NONE = Text("ใส่ 0 ถ้าไม่เตือน", "0 for no reminder")

DAYS = Sheet(
    title=Text("ตั้งวันเตือนค่าธรรมเนียม", "Days of reminders"),
    back=BACK,
    groups=ungrouped(
        Number(
            "before", Text("เตือนก่อนครบกำหนด", "Before the due day"), unit=_UNIT, most=60, help=_NONE
        ),
        Number(
            "after", Text("เตือนหลังครบกำหนด", "After the due day"), unit=_UNIT, most=60, help=_NONE
        ),
    ),
    button=Text("บันทึก", "Save"),
    intro=Text(
        "ส่งเองทุกเช้า ครั้งละหนึ่งข้อความต่อใบแจ้ง ผู้ที่ชำระแล้วไม่ได้รับ กฎหมายไม่ได้กำหนดจำนวนวันเหล่านี้",
        "They are sent each morning, one for a bill; who has paid gets none. No act sets the days.",
    ),
)
