"""The kinds of figures: how each is shown, asked for and bounded."""

from collections.abc import Mapping

import msgspec

from core.api import Text

_MOST_SATANG = 100_000_000


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """How figures of one kind are shown, asked for and bounded.

    :param words: around the figure, with ``{figure}``.
    :param after: what stands behind the field in which it is typed.
    :param decimals: how many it may have; None where it is no figure.
    :param least: inclusive, as is ``most``; of satang where ``money`` is set.
    :param pattern: a regular expression.
    :param fixed: the rule itself is the law: an office sets from where it has it, no value.
    """

    words: Text = Text("{figure}", "{figure}")
    after: Text = Text("", "")
    decimals: int | None = None
    least: int = 0
    most: int = 0
    money: bool = False
    pattern: bool = False
    fixed: bool = False


_BEFORE = Text("{{figure}} {unit}", "{{figure}} {unit}")


def _counted(unit: Text, *, least: int = 1, most: int, decimals: int = 0) -> Unit:
    words = _BEFORE.format(unit=unit)
    return Unit(words=words, after=unit, decimals=decimals, least=least, most=most)


def _money(unit: Text) -> Unit:
    words = _BEFORE.format(unit=unit)
    return Unit(words=words, after=unit, decimals=0, most=_MOST_SATANG, money=True)


UNITS: Mapping[str, Unit] = {
    "m": _counted(Text("เมตร", "m"), least=0, most=100_000, decimals=2),
    "m2": _counted(Text("ตารางเมตร", "m²"), most=10_000_000, decimals=2),
    "kg": _counted(Text("กิโลกรัมต่อตารางเมตร", "kg/m²"), most=100_000, decimals=2),
    "co2": _counted(
        Text("กก. คาร์บอนไดออกไซด์เทียบเท่าต่อกิโลกรัม", "kg CO₂e per kg"),
        least=0,
        most=100,
        decimals=2,
    ),
    "percent": _counted(Text("เปอร์เซ็นต์", "per cent"), least=0, most=100, decimals=2),
    "share": _counted(
        Text("เท่าของความกว้างถนน", "of the width of the road"), least=0, most=1, decimals=4
    ),
    "storeys": _counted(Text("ชั้น", "storeys"), most=200),
    "days": _counted(Text("วัน", "days"), most=3_650),
    "working_days": _counted(Text("วันทำการ", "working days"), most=365),
    "months": _counted(Text("เดือน", "months"), most=120),
    "years": _counted(Text("ปี", "years"), most=50),
    # The bounds of a visit at the counter.
    "minutes": _counted(Text("นาที", "minutes"), least=5, most=480),
    "hours": _counted(Text("ชั่วโมง", "hours"), most=8_760),
    "times": _counted(Text("ครั้ง", "times"), least=0, most=9),
    "cm": _counted(Text("เซนติเมตร", "cm"), least=0, most=2_000),
    "points": _counted(Text("คะแนน", "points"), least=0, most=10_000, decimals=2),
    "people": _counted(Text("คน", "people"), most=99),
    "baht": _money(Text("บาท", "baht")),
    "baht_m2": _money(Text("บาทต่อตารางเมตร", "baht per m²")),
    "baht_m": _money(Text("บาทต่อเมตร", "baht per m")),
    "form": Unit(),
    "pattern": Unit(pattern=True),
    "rule": Unit(words=Text("ใช้", "Holds"), fixed=True),
}
