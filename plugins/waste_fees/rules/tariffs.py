"""Tariffs as data: bands, discount programmes, jobs done once; and which holds on a day.

What an office may charge stands in its own ordinance, within the ceilings of the ministerial
regulation under the Public Health Act B.E. 2535, s. 20 (4) (the ceilings of B.E. 2559 were not
read and are not checked here). Disposal is charged apart from collection, and only where it
meets the rules of hygiene.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from core.api import Text
from plugins.waste_fees.rules.register import USES

Measure = Literal["litres", "bins", "flat", "metered"]
MEASURES: dict[Measure, Text] = {
    "litres": Text("ปริมาณขยะ ลิตรต่อวัน", "Litres of waste a day"),
    "bins": Text("จำนวนถัง", "Number of bins"),
    "flat": Text("เหมาจ่ายต่อเดือน", "A flat amount a month"),
    "metered": Text("ตามมาตรวัด ต่อหน่วย", "By meter, for each unit"),
}
EXEMPT = "exempt"
EXEMPTION = Text("ยกเว้นค่าธรรมเนียม", "Exempt from the fee")


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What one class pays up to some measure.

    :param use: a customer class, or empty for all that have no band of their own.
    :param upto: litres a day or bins, inclusive; None for all above, and where the fee is flat
        or metered.
    :param collect: satang a month for collection; of a metered fee, satang for each unit.
    :param dispose: satang a month for disposal.
    :param step: of the last band: the amounts are due again for each begun step above the band
        before it, beside what that one costs.
    """

    use: str = ""
    upto: int | None = None
    collect: int
    dispose: int = 0
    step: int | None = None


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """A discount for points that are registered for it.

    :param pays: satang a month in place of the fee, where that is less; None for ``percent``.
    :param percent: of the fee, taken off.
    :param barred: months for which whoever is found not to keep to it loses it.
    """

    code: str
    title: Text
    pays: int | None = None
    percent: int = 0
    barred: int = 0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is done and charged once: satang a piece."""

    title: Text
    price: int


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a tariff says."""

    bands: tuple[Band, ...]
    programmes: tuple[Programme, ...] = ()
    jobs: tuple[Job, ...] = ()


class Tariff(msgspec.Struct, frozen=True):
    """A tariff with the day from which it holds."""

    from_on: date
    content: Content


def tariff_on(tariffs: Sequence[Tariff], day: date) -> Tariff | None:
    """Return the tariff that holds on a day, the one that began last; None before the first."""
    begun = [one for one in tariffs if one.from_on <= day]
    return max(begun, key=lambda one: one.from_on, default=None)


def bands_of(content: Content, use: str) -> list[Band]:
    """Return the bands of a class in their order, the one without an end last."""
    own = [one for one in content.bands if one.use == use]
    found = own or [one for one in content.bands if not one.use]
    return sorted(found, key=lambda one: (one.upto is None, one.upto or 0))


def faults(measure: Measure, content: Content) -> Iterator[Text]:
    """Yield what is wrong with a tariff, so that no point could be charged in two ways."""
    if not content.bands:
        yield Text("ใส่อัตราอย่างน้อย 1 แถว", "Give at least one line of the tariff.")
    for use in dict.fromkeys(one.use for one in content.bands):
        yield from _faults_of(measure, use, [one for one in content.bands if one.use == use])
    for one in content.programmes:
        if one.pays is None and not 0 < one.percent <= 100:
            yield Text(
                "ส่วนลด “{title}” ต้องมีอัตราที่จ่ายจริง หรือร้อยละที่ลด 1 ถึง 100 อย่างใดอย่างหนึ่ง",
                "Discount “{title}” has either what is paid, or 1 to 100 per cent taken off.",
            ).format(title=one.title)


def _faults_of(measure: Measure, use: str, bands: Sequence[Band]) -> Iterator[Text]:
    title = USES.get(use, Text("ทุกประเภท", "All classes"))
    ends = [one.upto for one in bands]
    if measure in ("flat", "metered") and (len(bands) > 1 or ends != [None]):
        yield Text(
            "“{use}” ใส่ได้ 1 แถว และเว้นช่อง ไม่เกิน ไว้",
            "“{use}” takes one line, with no limit.",
        ).format(use=title)
    elif len(set(ends)) < len(ends):
        yield Text(
            "“{use}” มีสองแถวที่ช่อง ไม่เกิน เท่ากัน แก้ให้ต่างกัน",
            "“{use}” has two lines with the same limit. Make them different.",
        ).format(use=title)
    for one in bands:
        if one.step is not None and (one.upto is not None or len(bands) < 2):
            yield Text(
                "“{use}” ช่อง ทุก ๆ ใช้ได้กับแถวสุดท้ายที่เว้นช่อง ไม่เกิน และต้องมีแถวก่อนหน้า",
                "“{use}”: steps are for the last line, which has no limit and others before it.",
            ).format(use=title)
