"""What a certificate or a licence costs a year by the area of the place, from a day on.

Law: Public Health Act B.E. 2535, s. 63 and 65: the ordinance of the office sets the fees, within
the ceilings of the ministerial regulation B.E. 2559 (not read here; kept as figures of law).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from core.api import Text
from kit.thai import baht
from plugins.food_cert.rules.places import CERTIFICATE, INSTRUMENTS


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What places of some areas pay.

    :param above: square metres, from which on, not inclusive.
    :param upto: square metres, inclusive; None for all that are larger.
    :param amount: satang a year.
    """

    instrument: str
    above: Decimal
    upto: Decimal | None
    amount: int


class Tariff(msgspec.Struct, frozen=True):
    """Bands with the day from which they count."""

    from_on: date
    bands: tuple[Band, ...]


class Bounds(msgspec.Struct, frozen=True):
    """What the law gives a tariff: the area up to which a notice will do, and the ceilings.

    :param most: square metres.
    :param ceilings: satang a year, by instrument.
    """

    most: Decimal
    ceilings: Mapping[str, int]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a band.

    :param at: its place among the bands, from 0; their number where one is missing.
    :param column: instrument, above, upto or amount.
    """

    at: int
    column: str
    sentence: Text


def bands_on(tariffs: Sequence[Tariff], day: date) -> tuple[Band, ...] | None:
    """Return the bands that count on a day, those that began last; None before the first."""
    begun = [one for one in tariffs if one.from_on <= day]
    return max(begun, key=lambda one: one.from_on).bands if begun else None


def amount_of(bands: Sequence[Band], instrument: str, area: Decimal) -> int | None:
    """Return what a place pays a year, satang; None where no band has its area."""
    return next(
        (
            one.amount
            for one in bands
            if one.instrument == instrument
            and one.above < area
            and (one.upto is None or area <= one.upto)
        ),
        None,
    )


_NONE = Text("ใส่อัตราของ{instrument}อย่างน้อย 1 แถว", "Give at least one line for the {instrument}.")
_FREE = Text(
    "ใส่จำนวนเงินมากกว่า 0 ถ้าไม่เก็บค่าธรรมเนียม ให้บันทึกเป็นการยกเว้น",
    "Give more than 0 baht. If no fee is taken, set a waiver instead.",
)
_TOO_MUCH = Text(
    "เกินเพดานของ{instrument} ปีละ {most} บาท ใส่ไม่เกินเพดาน",
    "The ceiling of a {instrument} is {most} baht a year. Give no more than that.",
)
_BACKWARDS = Text(
    "พื้นที่ถึง ต้องมากกว่า {above} ตารางเมตร ซึ่งเป็นพื้นที่เริ่มของแถวนี้",
    "“Up to” is more than {above} square metres, where this line begins.",
)
_GAP = Text(
    "พื้นที่เกิน {upto} ถึง {above} ตารางเมตรยังไม่มีอัตรา แก้ให้เริ่มที่ {upto}",
    "Areas above {upto} up to {above} square metres have no fee. Let this line begin at {upto}.",
)
_OVERLAP = Text(
    "พื้นที่เกิน {above} ถึง {upto} ตารางเมตรมีอัตราซ้ำกันสองแถว แก้ให้เริ่มที่ {upto}",
    "Areas above {above} up to {upto} square metres have two fees. Let this line begin at {upto}.",
)
_NO_END = Text(
    "แถวนี้ไม่มีพื้นที่สิ้นสุด แต่มีแถวถัดไปซ้อนอยู่ ใส่พื้นที่สิ้นสุดเป็น {above}",
    "This line has no end, and another one begins above it. Let it end at {above}.",
)
_BEGINS = Text(
    "แถวแรกของ{instrument}ต้องเริ่มที่ {first} ตารางเมตร มิฉะนั้นสถานที่ที่เล็กกว่าไม่มีอัตรา",
    "The first line of the {instrument} begins at {first} square metres; smaller ones had no fee.",
)
_ENDS = Text(
    "แถวสุดท้ายของ{instrument}ต้องไม่จำกัดพื้นที่ เว้นช่องนี้ว่างไว้",
    "The last line of the {instrument} has no end. Leave this field empty.",
)
_ENDS_EARLY = Text(
    "แถวสุดท้ายของ{instrument}ต้องถึง {most} ตารางเมตร ใส่ {most} หรือเว้นว่างไว้",
    "The last line of the {instrument} goes up to {most} square metres. Give that, or leave it.",
)


def faults(bands: Sequence[Band], bounds: Bounds) -> Iterator[Fault]:
    """Yield what is wrong with bands: gaps, overlaps, amounts of nothing or above the ceiling.

    Bands of a certificate begin at 0 and go as far as a notice will do; those of a licence begin
    there at the latest, and the last one has no end.
    """
    for instrument in INSTRUMENTS:
        own = [(at, one) for at, one in enumerate(bands) if one.instrument == instrument]
        title = INSTRUMENTS[instrument]
        if not own:
            yield Fault(len(bands), "amount", _NONE.format(instrument=title))
            continue
        for at, one in own:
            yield from _faults_of(at, one, bounds.ceilings[instrument])
        own.sort(key=lambda pair: pair[1].above)
        for (at, one), (following, other) in pairwise(own):
            yield from _between(at, one, following, other)
        yield from _ends(instrument, own, bounds.most)


def _faults_of(at: int, band: Band, ceiling: int) -> Iterator[Fault]:
    if band.amount <= 0:
        yield Fault(at, "amount", _FREE)
    if band.amount > ceiling:
        title, most = INSTRUMENTS[band.instrument], baht(ceiling)
        yield Fault(at, "amount", _TOO_MUCH.format(instrument=title, most=most))
    if band.upto is not None and band.upto <= band.above:
        yield Fault(at, "upto", _BACKWARDS.format(above=_said(band.above)))


def _between(at: int, one: Band, following: int, other: Band) -> Iterator[Fault]:
    above = _said(other.above)
    if one.upto is None:
        yield Fault(at, "upto", _NO_END.format(above=above))
    elif one.upto != other.above:
        sentence = _GAP if one.upto < other.above else _OVERLAP
        yield Fault(following, "above", sentence.format(upto=_said(one.upto), above=above))


def _ends(instrument: str, own: Sequence[tuple[int, Band]], most: Decimal) -> Iterator[Fault]:
    title, (first, lowest), (last, highest) = INSTRUMENTS[instrument], own[0], own[-1]
    begins = Decimal(0) if instrument == CERTIFICATE else most
    if lowest.above > begins:
        yield Fault(first, "above", _BEGINS.format(instrument=title, first=_said(begins)))
    if highest.upto is not None and instrument != CERTIFICATE:
        yield Fault(last, "upto", _ENDS.format(instrument=title))
    elif highest.upto is not None and highest.upto < most:
        yield Fault(last, "upto", _ENDS_EARLY.format(instrument=title, most=_said(most)))


def _said(area: Decimal) -> str:
    return f"{area.normalize():,f}"
