"""From figures to the tables of the page, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from core.api import Context, Text
from kit.casework.declaration import Service
from kit.casework.service.figures import Ended, Figures, Line
from kit.casework.service.monthly import Month
from kit.casework.service.sheets import Cell, Row, Sheet
from kit.thai import Limit, WorkingDays, month_year

Link = Callable[..., str]

_FILED = Text("ยื่น", "Filed")
_DECIDED = Text("ตัดสินแล้ว", "Decided")
_ENDED = Text("ทำเสร็จ", "Ended")
_IN_TIME = Text("ทันกำหนด", "In time")
_PERCENT = Text("ร้อยละที่ทัน", "% in time")
_HALF = Text("ครึ่งหนึ่งไม่เกิน (วันทำการ)", "Half within (working days)")
_NINE = Text("9 ใน 10 ไม่เกิน (วันทำการ)", "9 of 10 within (working days)")
_HALF_OF_LIMIT = Text("ครึ่งหนึ่งไม่เกิน (วัน)", "Half within (days)")
_NINE_OF_LIMIT = Text("9 ใน 10 ไม่เกิน (วัน)", "9 of 10 within (days)")
_LIMIT = Text("กำหนด", "Limit")
_OPEN = Text("ค้างอยู่", "Open now")
_LATE = Text("เกินกำหนด", "Late now")
_STARS = Text("คะแนน (เต็ม 5)", "Rating (of 5)")
_RATED = Text("จำนวนผู้ให้คะแนน", "Ratings")
_SERVICE = Text("บริการ", "Service")
_UNKNOWN = Text("ไม่ทราบชื่อ", "Not known")


def stars_of(line: Line) -> str | None:
    """Return the average rating with one decimal; None where nobody rated."""
    return f"{line.stars / line.rated:.1f}" if line.rated else None


def _took(ended: Ended, limit: Limit | None) -> tuple[int | None, int | None]:
    """Return (half, nine of ten), in the unit of a limit, in working days without one."""
    took = ended.working if limit is None or isinstance(limit, WorkingDays) else ended.days
    return took or (None, None)


def _ended(ended: Ended) -> tuple[Cell, ...]:
    return (ended.total, ended.in_time, ended.percent)


def _now(line: Line) -> tuple[Cell, ...]:
    return (line.open, line.late, stars_of(line), line.rated)


def _sheet(
    ctx: Context,
    name: str,
    caption: Text,
    heads: Iterable[Text],
    rows: Iterable[Row],
    *,
    texts: int = 1,
    apart: int = 0,
) -> Sheet:
    words = tuple(head.to(ctx.language) for head in heads)
    return Sheet(
        name=name,
        caption=caption.to(ctx.language),
        heads=words,
        rows=tuple(rows),
        percent=words.index(_PERCENT.to(ctx.language)),
        texts=texts,
        apart=apart,
    )


def by_month(ctx: Context, months: Mapping[tuple[date, str], Month]) -> Sheet:
    """Return the figures of each month, all services together, the earliest first."""
    sums: dict[date, list[int]] = {}
    for (month, _), one in months.items():
        known = sums.setdefault(month, [0, 0, 0])
        for place, count in enumerate((one.filed, one.decided.total, one.decided.in_time)):
            known[place] += count
    rows = [
        Row(cells=(month_year(month, ctx.language), filed, *_ended(Ended(total, in_time))))
        for month, (filed, total, in_time) in sorted(sums.items())
    ]
    heads = (Text("เดือน", "Month"), _FILED, _DECIDED, _IN_TIME, _PERCENT)
    return _sheet(ctx, "months", Text("รายเดือน", "By month"), heads, rows)


def by_unit(ctx: Context, lines: Mapping[str, Line], link: Link) -> Sheet:
    """Return the figures of each division, in the office's own order."""
    units = ctx.tenant.units
    order = {unit: place for place, unit in enumerate(units)}
    rows = [
        Row(
            cells=(
                units[unit].name.to(ctx.language) if unit in units else unit,
                line.filed,
                *_ended(line.decided),
                *_took(line.decided, None),
                *_now(line),
            ),
            href=link(unit=unit),
        )
        for unit, line in sorted(lines.items(), key=lambda one: order.get(one[0], len(order)))
    ]
    heads = (
        Text("กอง", "Division"),
        _FILED,
        _DECIDED,
        _IN_TIME,
        _PERCENT,
        _HALF,
        _NINE,
        _OPEN,
        _LATE,
        _STARS,
        _RATED,
    )
    return _sheet(ctx, "units", Text("รายกอง", "By division"), heads, rows, apart=1)


def by_service(
    ctx: Context, lines: Mapping[str, Line], services: Mapping[str, Service], link: Link
) -> Sheet:
    """Return the figures of each service, with its limit as it is now."""
    rows = [
        Row(
            cells=(
                service.title.to(ctx.language),
                line.filed,
                *_ended(line.decided),
                *_took(line.decided, service.within),
                service.within.text.to(ctx.language),
                *_now(line),
            ),
            href=link(service=code),
        )
        for code, service in services.items()
        if (line := lines.get(code)) is not None
    ]
    heads = (
        _SERVICE,
        _FILED,
        _DECIDED,
        _IN_TIME,
        _PERCENT,
        _HALF_OF_LIMIT,
        _NINE_OF_LIMIT,
        _LIMIT,
        _OPEN,
        _LATE,
        _STARS,
        _RATED,
    )
    return _sheet(ctx, "services", Text("รายบริการ", "By service"), heads, rows, apart=1)


def by_step(
    ctx: Context, steps: Mapping[tuple[str, str], Ended], services: Mapping[str, Service]
) -> Sheet:
    """Return the figures of each step, by service and in the order of its steps."""
    rows = []
    for code, service in services.items():
        declared = {step.code: step for step in service.steps}
        here = [(step, ended) for (of, step), ended in steps.items() if of == code]
        order = list(declared)
        # A step that a newer version has given up stands last, under its code.
        here.sort(key=lambda one: order.index(one[0]) if one[0] in declared else len(order))
        for step, ended in here:
            known = declared.get(step)
            limit = known.within if known else None
            rows.append(
                Row(
                    cells=(
                        known.title.to(ctx.language) if known else step,
                        service.title.to(ctx.language),
                        *_ended(ended),
                        *_took(ended, limit),
                        limit.text.to(ctx.language) if limit else None,
                    )
                )
            )
    heads = (
        Text("ขั้นตอน", "Step"),
        _SERVICE,
        _ENDED,
        _IN_TIME,
        _PERCENT,
        _HALF_OF_LIMIT,
        _NINE_OF_LIMIT,
        _LIMIT,
    )
    return _sheet(ctx, "steps", Text("รายขั้นตอน", "By step"), heads, rows, texts=2)


def by_officer(
    ctx: Context, officers: Mapping[UUID | str, Ended], names: Mapping[UUID | str, str]
) -> Sheet:
    """Return what each officer has ended, the most first."""
    rows = [
        Row(
            cells=(
                names[one] or _UNKNOWN.to(ctx.language),
                *_ended(ended),
                *_took(ended, None),
            )
        )
        for one, ended in sorted(
            officers.items(), key=lambda item: (-item[1].total, names[item[0]])
        )
    ]
    heads = (Text("เจ้าหน้าที่", "Officer"), _ENDED, _IN_TIME, _PERCENT, _HALF, _NINE)
    return _sheet(ctx, "officers", Text("รายเจ้าหน้าที่", "By officer"), heads, rows)


def sheets_of(
    ctx: Context,
    figures: Figures,
    months: Mapping[tuple[date, str], Month],
    services: Mapping[str, Service],
    names: Mapping[UUID | str, str],
    link: Link,
) -> dict[str, Sheet]:
    """Return all tables of the page by name, in the order in which it shows them."""
    sheets = (
        by_month(ctx, months),
        by_unit(ctx, figures.units, link),
        by_service(ctx, figures.services, services, link),
        by_step(ctx, figures.steps, services),
        by_officer(ctx, figures.officers, names),
    )
    return {sheet.name: sheet for sheet in sheets}
