"""The EMVCo way of writing data: number of the field, length, value; and the CRC behind it.

Two digits name a field, two more give the length of its value in characters. Values are
printable ASCII, so that characters and bytes are the same. A template is a value that is
written the same way.
"""

from binascii import crc_hqx
from collections.abc import Iterable

from core.api import Text
from kit.treasury.refusals import Malformed

CRC = "63"
LONGEST_VALUE = 99
# More than any Thai QR has; longer ones are not read at all.
LONGEST_PAYLOAD = 512

_FIRST_VALUE = 0xFFFF
_HEAD = 4
_HEX = frozenset("0123456789ABCDEF")

_TOO_LONG = Text(
    "รหัสยาวเกิน {most} ตัวอักษร จึงไม่ใช่ QR สำหรับชำระเงิน ตรวจว่าสแกนถูกรหัส",
    "The code is longer than {most} characters, so it is no payment QR. "
    "Check that the right code was scanned.",
)
_STRANGE = Text(
    "รหัสมีตัวอักษรที่ใช้ไม่ได้ในตำแหน่งที่ {place} สแกนใหม่อีกครั้ง",
    "The code has a character that is not allowed at place {place}. Scan it again.",
)
_BROKEN = Text(
    "รหัสขาดหรือเกินที่ช่อง {field} สแกนใหม่อีกครั้ง ถ้ายังไม่ได้ให้ขอรหัสใหม่",
    "The code is cut short or too long at field {field}. Scan it again; "
    "if that does not help, ask for a new code.",
)
_TWICE = Text(
    "รหัสมีช่อง {field} ซ้ำสองครั้ง อย่าใช้รหัสนี้ ขอรหัสใหม่จากผู้ออก",
    "The code has field {field} twice. Do not use it, ask who made it for a new one.",
)
_NOT_LAST = Text(
    "รหัสไม่ได้ลงท้ายด้วยช่อง {field} ซึ่งเป็นรหัสตรวจสอบ สแกนใหม่อีกครั้ง",
    "The code does not end in field {field}, its check. Scan it again.",
)
_WRONG_CRC = Text(
    "รหัสตรวจสอบของ QR ไม่ตรง QR นี้เสียหายหรือถูกแก้ไข สแกนใหม่อีกครั้ง ถ้ายังไม่ตรงอย่าชำระด้วยรหัสนี้",
    "The check of the QR does not match: it is damaged or was changed. Scan it again; "
    "if it still does not match, do not pay by it.",
)
_TOO_LONG_TO_WRITE = Text(
    "ช่อง {field} ต้องมี 1 ถึง {most} ตัวอักษร ตอนนี้มี {count} ตัว",
    "Field {field} takes 1 to {most} characters, this has {count}.",
)


def crc16(text: str) -> str:
    """Return the check of a text: CRC-16/CCITT-FALSE as four upper-case hexadecimal digits.

    Polynomial 0x1021, begun with 0xFFFF, not reflected. Over a payload it runs up to and with
    the head of the check's own field, ``6304``.
    """
    return f"{crc_hqx(text.encode('ascii'), _FIRST_VALUE):04X}"


def read_fields(text: str, *, within: str = "") -> dict[str, str]:
    """Return the value of each field by its two digits, in the order of the text.

    :param within: the template that the text stands in, for the sentence of a refusal.
    :raises Malformed: other than printable ASCII, a number or length that is none, a value
        that is empty or cut short, a field that stands twice.
    """
    if len(text) > LONGEST_PAYLOAD:
        raise Malformed("payload", _TOO_LONG.format(most=LONGEST_PAYLOAD))
    for place, sign in enumerate(text, start=1):
        if not " " <= sign <= "~":
            raise Malformed(within or "payload", _STRANGE.format(place=place))
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        name, length = text[at : at + 2], text[at + 2 : at + _HEAD]
        where = f"{within}.{name}" if within else name
        value = text[at + _HEAD : at + _HEAD + int(length)] if length.isdecimal() else ""
        if len(name + length) < _HEAD or not name.isdecimal() or not value:
            raise Malformed(where, _BROKEN.format(field=where))
        if len(value) != int(length):
            raise Malformed(where, _BROKEN.format(field=where))
        if name in fields:
            raise Malformed(where, _TWICE.format(field=where))
        fields[name] = value
        at += _HEAD + len(value)
    return fields


def write_fields(fields: Iterable[tuple[str, str]], *, within: str = "") -> str:
    """Write fields in ascending order of their numbers; those without a value are left out.

    :raises Malformed: a value of more than 99 characters.
    """
    parts = []
    for name, value in sorted(fields):
        if len(value) > LONGEST_VALUE:
            where = f"{within}.{name}" if within else name
            sentence = _TOO_LONG_TO_WRITE.format(field=where, most=LONGEST_VALUE, count=len(value))
            raise Malformed(where, sentence)
        if value:
            parts.append(f"{name}{len(value):02}{value}")
    return "".join(parts)


def seal(text: str) -> str:
    """Return the payload with its check behind it."""
    headed = f"{text}{CRC}04"
    return headed + crc16(headed)


def open_sealed(payload: str) -> dict[str, str]:
    """Return the fields of a payload without its check, which was the last field and is right.

    :raises Malformed: as ``read_fields``, or the check is missing, not last or wrong.
    """
    fields = read_fields(payload)
    if next(reversed(fields), "") != CRC:
        raise Malformed(CRC, _NOT_LAST.format(field=CRC))
    given = fields.pop(CRC)
    if len(given) != 4 or not set(given) <= _HEX or crc16(payload[:-4]) != given:
        raise Malformed(CRC, _WRONG_CRC)
    return fields
