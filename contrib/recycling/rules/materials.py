"""What is bought and how it is counted: groups, units, quantities in words."""

from collections.abc import Mapping
from decimal import Decimal

from core.api import Text

GROUPS: Mapping[str, Text] = {
    "precious": Text("โลหะมีค่า", "Precious metals"),
    "aluminium": Text("อะลูมิเนียม", "Aluminium"),
    "iron": Text("เหล็ก", "Iron and steel"),
    "plastic": Text("พลาสติก", "Plastic"),
    "paper": Text("กระดาษ", "Paper"),
    "glass": Text("แก้ว", "Glass"),
    "electronic": Text("อิเล็กทรอนิกส์", "Electronics"),
    "battery": Text("แบตเตอรี่", "Batteries"),
}
KILO = "kg"
UNITS: Mapping[str, Text] = {
    KILO: Text("กก.", "kg"),
    "piece": Text("ชิ้น", "pieces"),
    "crate": Text("ลัง", "crates"),
}
# One weighing is of a household, and a scale of a truck shows no more.
MOST_GRAMS, MOST_PIECES = 30_000_000, 100_000

_NO_NUMBER = Text(
    "กรอกเป็นตัวเลข เช่น 2.5 ทศนิยมไม่เกิน 3 ตำแหน่ง",
    "Give a number, e.g. 2.5, with at most 3 decimals.",
)
_NOT_WHOLE = Text("กรอกเป็นจำนวนเต็ม เช่น 12", "Give a whole number, e.g. 12.")
_TOO_MUCH = Text(
    "มากกว่าที่เครื่องชั่งรับได้ ตรวจตัวเลขอีกครั้ง", "More than a scale can take. Check the figure."
)


def read_quantity(text: str, unit: str) -> int | Text:
    """Return grams, pieces or crates of what was typed in ASCII, else what is wrong with it.

    :param text: kilograms with a point, or a whole number of pieces or crates; not empty.
    """
    plain = text.replace(",", "").replace(" ", "")
    whole, point, rest = plain.partition(".")
    digits = whole + rest
    if not (digits.isascii() and digits.isdigit() and whole) or len(digits) > 15:
        return _NO_NUMBER if unit == KILO else _NOT_WHOLE
    if unit != KILO:
        if point:
            return _NOT_WHOLE
        return int(whole) if int(whole) <= MOST_PIECES else _TOO_MUCH
    if len(rest) > 3:
        return _NO_NUMBER
    grams = int(whole) * 1000 + int(rest.ljust(3, "0"))
    return grams if grams <= MOST_GRAMS else _TOO_MUCH


def figure(quantity: int, unit: str) -> str:
    """Return a quantity as a scale shows it: kilograms with three decimals, or a whole number."""
    return f"{Decimal(quantity).scaleb(-3):,.3f}" if unit == KILO else f"{quantity:,}"


def said(quantity: int, unit: str) -> Text:
    """Return a quantity with its unit."""
    return Text("{figure} {unit}", "{figure} {unit}").format(
        figure=figure(quantity, unit), unit=UNITS[unit]
    )
