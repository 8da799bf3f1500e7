"""What a claim comes to, by rates of the day of the disaster; every line says how it was reckoned.

Rates are dated data (``data/rates.json``), none of which was read in the text of its rule.
"""

from collections.abc import Sequence

import msgspec

from contrib.disaster.rules.claims import LIVING
from core.api import Text
from kit.law import Entry, Limits
from kit.thai import baht

MOST_COST = 100_000_000
_DAYS = Text("น้ำท่วมขัง {days} วัน", "Flooded for {days} days")
_LONG = Text(
    "{said} เกิน {least} วัน จ่ายเหมา {flat} บาท", "{said}, more than {least}: {flat} baht flat"
)
_SHORT = Text("{said} ไม่เกิน {least} วัน ไม่เข้าเกณฑ์", "{said}, not more than {least}: nothing is due")
_FLAT = Text("เงินช่วยเหลือค่าดำรงชีพ", "Living aid")
_REPAIR = Text("ค่าวัสดุซ่อมแซมบ้าน", "Materials to repair the house")
_TOOLS = Text("เครื่องมือประกอบอาชีพ", "Tools of the trade")
_CLOTHING = Text("เครื่องนุ่งห่ม", "Clothing")
_BEDDING = Text("เครื่องนอน", "Bedding")
_KITCHEN = Text("เครื่องครัว", "Kitchenware")
_ACTUAL = Text(
    "ประเมิน {cost} บาท จ่ายจริงไม่เกิน {most} บาท", "Assessed at {cost} baht, paid up to {most} baht"
)
_EACH = Text("{count} × {each} บาท", "{count} × {each} baht")


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspector found.

    :param house: a key of ``HOUSES``.
    :param days: for which the house was flooded.
    :param repair: satang that its repair costs.
    :param tools: satang of tools of the trade that are lost.
    :param clothing: people who lost theirs.
    :param bedding: people who lost theirs.
    :param kitchen: whether that of the household is lost.
    """

    house: str
    days: int = 0
    repair: int = 0
    tools: int = 0
    clothing: int = 0
    bedding: int = 0
    kitchen: bool = False


class Line(msgspec.Struct, frozen=True):
    """A part of what a claim comes to, in satang."""

    title: Text
    words: Text
    amount: int


def value(scheme: str, damage: Damage, limits: Limits) -> list[Line]:
    """Return what a claim comes to, line by line; lines of nothing are left out of repairs."""
    if scheme == LIVING:
        return [_living(damage, limits)]
    lines = [
        _up_to(_REPAIR, damage.repair, limits["repair.most"]),
        _each(_CLOTHING, damage.clothing, limits["clothing.each"]),
        _each(_BEDDING, damage.bedding, limits["bedding.each"]),
        _each(_KITCHEN, int(damage.kitchen), limits["kitchen.each"]),
        _up_to(_TOOLS, damage.tools, limits["tools.most"]),
    ]
    return [one for one in lines if one.amount]


def total(lines: Sequence[Line]) -> int:
    """Return the sum of lines, in satang."""
    return sum(one.amount for one in lines)


def _living(damage: Damage, limits: Limits) -> Line:
    least, flat = limits["living.days"].whole, limits["living.flat"].whole
    said = _DAYS.format(days=damage.days)
    if damage.days > least:
        return Line(_FLAT, _LONG.format(said=said, least=least, flat=baht(flat)), flat)
    return Line(_FLAT, _SHORT.format(said=said, least=least), 0)


def _up_to(title: Text, cost: int, most: Entry) -> Line:
    words = _ACTUAL.format(cost=baht(cost), most=baht(most.whole))
    return Line(title, words, min(cost, most.whole))


def _each(title: Text, count: int, each: Entry) -> Line:
    words = _EACH.format(count=count, each=baht(each.whole))
    return Line(title, words, count * each.whole)
