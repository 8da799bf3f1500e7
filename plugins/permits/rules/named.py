"""What the figures of law are called, how they are shown, and how large each may be.

Titles stand in ``data/titles.json`` beside the figures, so that one that is added there comes
with words for whoever sets it.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import msgspec

from core.api import Text
from kit.thai import baht
from plugins.permits.rules.dated import Entry, Limits, problem_of
from plugins.permits.rules.verdicts import bare

_MOST_SATANG = 100_000_000
_FILE = Path(__file__).parents[1] / "data" / "titles.json"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """How figures of one kind are shown, asked for and bounded.

    :param words: around the figure, with ``{figure}``.
    :param after: what stands behind the field in which it is typed.
    :param decimals: how many it may have; None where it is no figure.
    :param least: inclusive, as is ``most``; of satang where ``money`` is set.
    :param fixed: the rule itself is the law: an office sets from where it has it, no value.
    """

    words: Text = Text("{figure}", "{figure}")
    after: Text = Text("", "")
    decimals: int | None = None
    least: int = 0
    most: int = 0
    money: bool = False
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
    "times": _counted(Text("ครั้ง", "times"), least=0, most=9),
    "baht": _money(Text("บาท", "baht")),
    "baht_m2": _money(Text("บาทต่อตารางเมตร", "baht per m²")),
    "baht_m": _money(Text("บาทต่อเมตร", "baht per m")),
    "form": Unit(),
    "pattern": Unit(),
    "rule": Unit(words=Text("ใช้", "Holds"), fixed=True),
}


class Named(msgspec.Struct, frozen=True):
    """What a figure is called.

    :param unit: a key of ``UNITS``.
    """

    code: str
    title: Text
    unit: str

    @property
    def kind(self) -> Unit:
        """How it is shown and asked for."""
        return UNITS[self.unit]


class Group(msgspec.Struct, frozen=True):
    """Figures that an officer looks for together."""

    code: str
    title: Text
    figures: tuple[Named, ...]


class _Titles(msgspec.Struct):
    about: str
    groups: tuple[Group, ...]


GROUPS = msgspec.json.decode(_FILE.read_bytes(), type=_Titles).groups
NAMED: Mapping[str, Named] = {one.code: one for group in GROUPS for one in group.figures}
GROUP_OF: Mapping[str, Group] = {one.code: group for group in GROUPS for one in group.figures}

_OUT_OF_BOUNDS = Text(
    "ใส่ค่าตั้งแต่ {least} ถึง {most} ตอนนี้เป็น “{given}”",
    "Give a figure from {least} to {most}, not “{given}”.",
)
_NOT_WHOLE = Text("ค่านี้ต้องเป็นจำนวนเต็ม", "This must be a whole number.")
_NO_WORDS = Text("ใส่ค่า ไม่เกิน 100 ตัวอักษร", "Give a value of at most 100 characters.")
_OVER_CEILING = Text(
    "เกินเพดาน {ceiling} ตามบัญชีท้ายพระราชบัญญัติ ตรวจอัตราอีกครั้ง",
    "Over the {ceiling} that the schedule of the Act allows. Look at the rate again.",
)


def shown(entry: Entry) -> Text:
    """Return the value of a figure with its unit, as an officer reads it."""
    unit = NAMED[entry.code].kind
    if unit.decimals is None:
        return unit.words.format(figure=entry.value)
    figure = baht(entry.whole) if unit.money else bare(entry.number)
    return unit.words.format(figure=figure)


def same_value(one: Entry, other: Entry) -> bool:
    """Return whether two entries of a code say the same: 2 metres are 2.00 metres."""
    if NAMED[one.code].kind.decimals is None:
        return one.value == other.value
    return one.number == other.number


def fault_of(entry: Entry, limits: Limits) -> dict[str, Text]:
    """Return by field why an office cannot set an entry like this; empty where it can.

    :param limits: that hold on the day on which it begins, for the ceilings of fees.
    """
    problem = problem_of(entry)
    if problem is not None:
        lacks_law = not entry.law.strip()
        return {"law" if lacks_law else "value": problem}
    unit = NAMED[entry.code].kind
    if unit.decimals is None:
        return {} if 0 < len(entry.value) <= 100 else {"value": _NO_WORDS}
    number = entry.number
    if not unit.least <= number <= unit.most:
        least, most = Decimal(unit.least), Decimal(unit.most)
        bounds = {"least": bare(least), "most": bare(most), "given": bare(number)}
        return {"value": _OUT_OF_BOUNDS.format(**bounds)}
    if number != number.quantize(Decimal(1).scaleb(-unit.decimals)):
        return {"value": _NOT_WHOLE}
    return _over_ceiling(entry, limits)


def _over_ceiling(entry: Entry, limits: Limits) -> dict[str, Text]:
    ceiling = limits.get(entry.code.replace("fee.", "ceiling.", 1))
    if ceiling is None or ceiling.code == entry.code or entry.number <= ceiling.number:
        return {}
    return {"value": _OVER_CEILING.format(ceiling=shown(ceiling))}
