"""What is asked about a fee and its tariff: lines that can be left empty, as many as are wanted."""

from collections.abc import Mapping, Sequence
from datetime import date
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
    Posted,
    Reading,
    Sheet,
    fill,
    first,
    read,
    ungrouped,
)
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.rules.tariffs import MEASURES, Band, Content, Job, Measure, Programme

MOST_LINES, SPARE = 60, 2
ALL = "all"

SOURCE = Line(
    "source",
    Text("ข้อบัญญัติหรือเทศบัญญัติที่กำหนด", "The ordinance that sets it"),
    longest=500,
    help=Text(
        "เช่น เทศบัญญัติ เรื่อง การจัดการมูลฝอย พ.ศ. 2565 บัญชีท้าย ข้อ 1",
        "e.g. municipal ordinance on waste B.E. 2565, schedule, item 1",
    ),
)
FROM_ON = Day("from_on", Text("ใช้ตั้งแต่วันที่", "In force from"))


class Typed(msgspec.Struct, frozen=True):
    """A tariff that was sent.

    :ivar lines: how many lines of each part the page shows again.
    """

    reading: Reading
    content: Content
    lines: dict[str, int]


def kind_sheet(revenues: Mapping[str, Text]) -> Sheet:
    """Return the form for a new kind of fee."""
    return Sheet(
        title=Text("เพิ่มประเภทค่าธรรมเนียม", "Add a kind of fee"),
        back=("/desk/waste/kinds", Text("อัตราค่าธรรมเนียม", "Fees and tariffs")),
        groups=ungrouped(
            Line("title_th", Text("ชื่อค่าธรรมเนียม", "Title in Thai"), longest=150),
            Line("title_en", Text("ชื่อภาษาอังกฤษ", "Title in English"), longest=150),
            Line(
                "code",
                Text("รหัส", "Code"),
                longest=20,
                help=Text(
                    "ตัวอักษรอังกฤษตัวเล็กและตัวเลข เช่น wastewater แก้ภายหลังไม่ได้",
                    "Small English letters and digits, e.g. wastewater. It stays as it is.",
                ),
            ),
            Choice(
                "measure",
                Text("คิดตาม", "Charged by"),
                options=tuple(Option(code, title) for code, title in MEASURES.items()),
            ),
            Number(
                "factor",
                Text("ร้อยละของหน่วยที่จดได้ที่นำมาคิด", "Per cent of the metered units"),
                unit=Text("%", "%"),
                least=1,
                most=100,
                required=False,
                help=Text(
                    "เฉพาะที่คิดตามมาตร น้ำเสียมักคิดร้อยละ 80 ของน้ำประปา เว้นว่างคือ 100",
                    "Metered fees only. Wastewater is often 80 % of tap water. Empty is 100.",
                ),
            ),
            Choice(
                "revenue",
                Text("ประเภทรายรับในบัญชี", "Kind of revenue in the books"),
                options=tuple(Option(_code(one), title) for one, title in revenues.items()),
            ),
        ),
        button=Text("เพิ่มค่าธรรมเนียม", "Add the fee"),
    )


def _code(revenue: str) -> str:
    return revenue.rpartition(".")[2]


def band_fields(at: int, measure: Measure) -> dict[str, AnyField]:
    """Return the fields of one line of the tariff, by what they are."""
    uses = {ALL: Text("ทุกประเภทที่ไม่มีแถวของตนเอง", "All without a line of their own"), **USES}
    unit = Text("ถัง", "bins") if measure == "bins" else Text("ลิตร", "litres")
    rate = measure == "metered"
    fields: dict[str, AnyField] = {
        "use": Choice(
            f"use_{at}",
            Text("ประเภท", "Class"),
            required=False,
            options=tuple(Option(code, title) for code, title in uses.items()),
        ),
    }
    if measure in ("litres", "bins"):
        fields["upto"] = Number(f"upto_{at}", Text("ไม่เกิน", "Up to"), unit=unit, required=False)
    title = Text("ต่อหน่วย", "A unit") if rate else Text("ค่าเก็บขน", "Collection")
    fields["collect"] = Money(f"collect_{at}", title, required=False)
    if not rate:
        fields["dispose"] = Money(f"dispose_{at}", Text("ค่ากำจัด", "Disposal"), required=False)
    if measure in ("litres", "bins"):
        fields["step"] = Number(
            f"step_{at}", Text("ทุก ๆ", "For each"), unit=unit, least=1, required=False
        )
    return fields


def programme_fields(at: int) -> dict[str, AnyField]:
    """Return the fields of one discount programme."""
    return {
        "th": Line(f"pth_{at}", Text("ชื่อโครงการ", "Programme"), longest=100, required=False),
        "en": Line(f"pen_{at}", Text("ชื่อภาษาอังกฤษ", "In English"), longest=100, required=False),
        "pays": Money(f"pays_{at}", Text("จ่ายจริงต่อเดือน", "Pays a month"), required=False),
        "percent": Number(
            f"percent_{at}",
            Text("หรือลด", "Or less by"),
            unit=Text("%", "%"),
            least=1,
            most=100,
            required=False,
        ),
        "barred": Number(
            f"barred_{at}",
            Text("ผิดเงื่อนไขแล้วเสียสิทธิ", "Lost when not kept to, for"),
            unit=Text("เดือน", "months"),
            most=120,
            required=False,
        ),
        "code": Line(f"pcode_{at}", Text("รหัส", "Code"), longest=40, required=False),
    }


def job_fields(at: int) -> dict[str, AnyField]:
    """Return the fields of one job that is done once."""
    return {
        "th": Line(f"jth_{at}", Text("รายการ", "Job"), longest=100, required=False),
        "en": Line(f"jen_{at}", Text("ชื่อภาษาอังกฤษ", "In English"), longest=100, required=False),
        "price": Money(f"price_{at}", Text("ราคา", "Price"), required=False),
    }


def lines_of(measure: Measure, counts: Mapping[str, int]) -> dict[str, list[dict[str, AnyField]]]:
    """Return the fields of every line of the page, by its part."""
    return {
        "bands": [band_fields(at, measure) for at in range(1, counts["bands"] + 1)],
        "programmes": [programme_fields(at) for at in range(1, counts["programmes"] + 1)],
        "jobs": [job_fields(at) for at in range(1, counts["jobs"] + 1)],
    }


def begun(measure: Measure, content: Content | None, from_on: date) -> Typed:
    """Return the form as it is begun: with the tariff before, to be changed."""
    known = content or Content(bands=())
    values: dict[str, Any] = {"from_on": from_on.isoformat()}
    for at, band in enumerate(known.bands, start=1):
        values |= {f"use_{at}": band.use or ALL, f"upto_{at}": band.upto, f"step_{at}": band.step}
        values |= {f"collect_{at}": band.collect, f"dispose_{at}": band.dispose or None}
    for at, one in enumerate(known.programmes, start=1):
        values |= {f"pth_{at}": one.title.th, f"pen_{at}": one.title.en, f"pcode_{at}": one.code}
        values |= {f"pays_{at}": one.pays, f"percent_{at}": one.percent or None}
        values |= {f"barred_{at}": one.barred or None}
    for at, job in enumerate(known.jobs, start=1):
        values |= {f"jth_{at}": job.title.th, f"jen_{at}": job.title.en, f"price_{at}": job.price}
    counts = {
        "bands": len(known.bands) + SPARE,
        "programmes": len(known.programmes) + 1,
        "jobs": len(known.jobs) + 1,
    }
    if measure in ("flat", "metered"):
        counts["bands"] = max(len(known.bands) + 1, 3)
    fields = _all(measure, counts)
    given = {name: value for name, value in values.items() if value is not None}
    return Typed(Reading({}, {}, fill(fields, given)), known, counts)


def _all(measure: Measure, counts: Mapping[str, int]) -> list[AnyField]:
    parts = lines_of(measure, counts).values()
    return [FROM_ON, SOURCE, *(one for part in parts for line in part for one in line.values())]


def sent(measure: Measure, posted: Posted, place: Place) -> Typed:
    """Read a tariff that was sent; a line without an amount or a name is left out."""
    counts = {part: _count(first(posted, f"lines_{part}")) for part in PARTS}
    if more := first(posted, "more"):
        counts |= {part: count + 3 for part, count in counts.items() if part == more}
    reading = read(_all(measure, counts), posted, place)
    values = reading.values
    bands = tuple(
        Band(
            use="" if values.get(f"use_{at}", ALL) == ALL else values[f"use_{at}"],
            upto=values.get(f"upto_{at}"),
            collect=values[f"collect_{at}"],
            dispose=values.get(f"dispose_{at}", 0),
            step=values.get(f"step_{at}"),
        )
        for at in range(1, counts["bands"] + 1)
        if f"collect_{at}" in values
    )
    programmes = _programmes(values, counts["programmes"])
    jobs = tuple(
        Job(title=_title(values, "j", at), price=values[f"price_{at}"])
        for at in range(1, counts["jobs"] + 1)
        if f"jth_{at}" in values and f"price_{at}" in values
    )
    return Typed(reading, Content(bands=bands, programmes=programmes, jobs=jobs), counts)


PARTS = ("bands", "programmes", "jobs")


def _count(text: str) -> int:
    fits = text.isascii() and text.isdigit() and len(text) < 4
    return min(int(text), MOST_LINES) if fits else SPARE


def _programmes(values: Mapping[str, Any], count: int) -> tuple[Programme, ...]:
    taken = {values[f"pcode_{at}"] for at in range(1, count + 1) if f"pcode_{at}" in values}
    free = (code for n in range(1, MOST_LINES * 2) if (code := f"p{n}") not in taken)
    return tuple(
        Programme(
            code=values.get(f"pcode_{at}") or next(free),
            title=_title(values, "p", at),
            pays=values.get(f"pays_{at}"),
            percent=values.get(f"percent_{at}", 0),
            barred=values.get(f"barred_{at}", 0),
        )
        for at in range(1, count + 1)
        if f"pth_{at}" in values
    )


def _title(values: Mapping[str, Any], part: str, at: int) -> Text:
    thai: str = values[f"{part}th_{at}"]
    return Text(thai, values.get(f"{part}en_{at}", thai))


def revenue_of(code: str, revenues: Sequence[str]) -> str:
    """Return the revenue that an option of the form stands for."""
    return next(one for one in revenues if _code(one) == code)


def begins(typed: Typed) -> date:
    """Return the day from which a tariff that was sent holds."""
    return date.fromisoformat(typed.reading.values["from_on"])
