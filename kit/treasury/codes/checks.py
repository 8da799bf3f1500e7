"""The form of one value inside a code: which signs it may have, and how many of them."""

import string

from core.api import Text
from kit.treasury.refusals import Malformed

DIGITS = frozenset(string.digits)
# SCB's developer pages give references as [AZ09]: capital letters and digits, no space, no dash.
CAPITALS = DIGITS | frozenset(string.ascii_uppercase)
PRINTABLE = frozenset(map(chr, range(ord(" "), ord("~") + 1)))

_SIGNS = {
    DIGITS: Text("มีได้เฉพาะตัวเลข 0-9", "has digits only"),
    CAPITALS: Text("มีได้เฉพาะ A-Z ตัวพิมพ์ใหญ่ และ 0-9", "has capital letters A-Z and digits only"),
    PRINTABLE: Text("มีได้เฉพาะตัวอักษรอังกฤษและตัวเลข", "has English letters and digits only"),
}
_STRANGE = Text(
    "{name}{signs} ตัวที่ {place} ใช้ไม่ได้ ตรวจแล้วแก้ไข",
    "{name} {signs}; character {place} is not allowed. Correct it.",
)
_COUNT = Text(
    "{name}ต้องมี {wanted} ตัว ตอนนี้มี {count} ตัว ตรวจแล้วแก้ไข",
    "{name} has {wanted} characters, this one has {count}. Correct it.",
)
_BETWEEN = Text("{shortest} ถึง {longest}", "{shortest} to {longest}")


def check(
    field: str, name: Text, value: str, *, signs: frozenset[str], shortest: int, longest: int
) -> None:
    """Refuse a value of a wrong length or with a sign that it may not have.

    :param name: what people call the value, with which the sentence begins.
    :param signs: ``DIGITS``, ``CAPITALS`` or ``PRINTABLE``.
    :raises Malformed: for ``field``.
    """
    if not shortest <= len(value) <= longest:
        between = _BETWEEN.format(shortest=shortest, longest=longest)
        wanted = between if shortest != longest else longest
        raise Malformed(field, _COUNT.format(name=name, wanted=wanted, count=len(value)))
    for place, sign in enumerate(value, start=1):
        if sign not in signs:
            raise Malformed(field, _STRANGE.format(name=name, signs=_SIGNS[signs], place=place))
