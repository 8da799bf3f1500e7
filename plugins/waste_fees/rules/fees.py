"""What a point owes of a fee for a month, and why, in whole satang.

A month is charged by what holds on its first day: the point's facts, its privileges, the
tariff. Who begins within a month pays from the next one, who ends within it pays it whole (an
ordinance may say otherwise; unverified).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from core.api import Text
from plugins.waste_fees.rules.register import USES, Facts, Since, in_force
from plugins.waste_fees.rules.tariffs import (
    EXEMPT,
    Band,
    Measure,
    Programme,
    Tariff,
    bands_of,
    tariff_on,
)

Odd = Literal["no_tariff", "no_band", "no_reading", "exempt", "nothing"]
# Why a point that is served gets no bill, in words.
ODD: dict[Odd, Text] = {
    "no_tariff": Text("ไม่มีอัตราที่ใช้ในเดือนนั้น", "No tariff holds in that month"),
    "no_band": Text(
        "อัตราไม่มีแถวสำหรับประเภทหรือปริมาณนี้", "The tariff has no line for its class or amount"
    ),
    "no_reading": Text("ยังไม่ได้จดมาตรของเดือนนั้น", "The meter was not read for that month"),
    "exempt": Text("ได้รับยกเว้น", "Exempt"),
    "nothing": Text("คำนวณแล้วเป็น 0 บาท", "It comes to 0 baht"),
}

_COLLECT = Text("ค่าเก็บและขน", "Collection")
_DISPOSE = Text("ค่ากำจัด", "Disposal")


class Kind(msgspec.Struct, frozen=True):
    """How a fee is measured.

    :param factor: per cent of what the meter says that is charged.
    """

    measure: Measure
    factor: int = 100


class Held(msgspec.Struct, frozen=True):
    """A programme or an exemption that a point has, until the first day without it."""

    programme: str
    from_on: date
    until_on: date | None = None


class Line(msgspec.Struct, frozen=True):
    """One amount of a month, with its reason; what is let off is negative."""

    why: Text
    amount: int


class Fee(msgspec.Struct, frozen=True):
    """What is due for a month.

    :ivar odd: why nothing is, though the point is served; None where it is not served at all.
    """

    lines: tuple[Line, ...] = ()
    total: int = 0
    odd: Odd | None = None


_NOTHING = Fee()


def fee_of(
    kind: Kind,
    tariffs: Sequence[Tariff],
    *,
    month: date,
    history: Sequence[Since],
    held: Sequence[Held] = (),
    used: Mapping[date, int] | None = None,
) -> Fee:
    """Return what a point owes for a month.

    :param month: its first day.
    :param history: the point's facts in the order of days.
    :param used: units by month, of a metered fee; a point without any has no meter.
    """
    facts = in_force(history, month)
    if facts is None or not facts.open or (kind.measure == "metered" and not used):
        return _NOTHING
    tariff = tariff_on(tariffs, month)
    if tariff is None:
        return Fee(odd="no_tariff")
    holding = {one.programme for one in held if _holds(one, month)}
    if EXEMPT in holding:
        return Fee(odd="exempt")
    if kind.measure == "metered":
        if used is None or month not in used:
            return Fee(odd="no_reading")
        lines = _metered(kind, bands_of(tariff.content, facts.use), used[month])
    else:
        lines = _banded(kind.measure, facts, bands_of(tariff.content, facts.use))
    if lines is None:
        return Fee(odd="no_band")
    return _summed(lines, [one for one in tariff.content.programmes if one.code in holding])


def _holds(one: Held, day: date) -> bool:
    return one.from_on <= day and (one.until_on is None or day < one.until_on)


def _metered(kind: Kind, bands: Sequence[Band], units: int) -> list[Line] | None:
    if not bands:
        return None
    # Half a satang and more is a whole one.
    amount = (units * kind.factor * bands[0].collect + 50) // 100
    why = Text("{units} หน่วย × {factor}% × {rate} บาท", "{units} units × {factor}% × {rate} baht")
    rate = f"{bands[0].collect // 100}.{bands[0].collect % 100:02}"
    return [Line(why.format(units=f"{units:,}", factor=kind.factor, rate=rate), amount)]


def _banded(measure: Measure, facts: Facts, bands: Sequence[Band]) -> list[Line] | None:
    size = {"litres": facts.litres, "bins": facts.bins}.get(measure, 0)
    at = next((n for n, one in enumerate(bands) if one.upto is None or size <= one.upto), None)
    if at is None:
        return None
    band, times, below = bands[at], 1, None
    if band.step is not None and at:
        below = bands[at - 1]
        times = -(-(size - (below.upto or 0)) // band.step)
    collect = band.collect * times + (below.collect if below else 0)
    dispose = band.dispose * times + (below.dispose if below else 0)
    reason = _reason(measure, facts, size)
    lines = [Line(_with(_COLLECT, reason), collect)]
    if dispose:
        lines.append(Line(_with(_DISPOSE, reason), dispose))
    return lines


def _reason(measure: Measure, facts: Facts, size: int) -> Text:
    use = USES.get(facts.use, Text(facts.use, facts.use))
    if measure == "litres":
        said = Text("{use} {size} ลิตรต่อวัน", "{use}, {size} litres a day")
    elif measure == "bins":
        said = Text("{use} {size} ถัง", "{use}, {size} bins")
    else:
        said = Text("{use}", "{use}")
    return said.format(use=use, size=f"{size:,}")


def _with(what: Text, reason: Text) -> Text:
    return Text(f"{what.th} {reason.th}", f"{what.en}: {reason.en}")


def _summed(lines: list[Line], programmes: Sequence[Programme]) -> Fee:
    """Return the fee less the one programme that takes off most."""
    total = sum(one.amount for one in lines)
    off = [(total - _after(one, total), one.title) for one in programmes]
    if off and (most := max(off, key=lambda one: one[0]))[0] > 0:
        said = Text("ส่วนลด {title}", "Discount: {title}").format(title=most[1])
        lines = [*lines, Line(said, -most[0])]
        total -= most[0]
    return Fee(tuple(lines), total) if total else Fee(tuple(lines), 0, "nothing")


def _after(programme: Programme, total: int) -> int:
    if programme.pays is not None:
        return min(total, programme.pays)
    return total - (total * programme.percent + 50) // 100
