"""A place that was certified or licensed on paper before, and what cannot be of it.

Law: Public Health Act B.E. 2535, s. 38 (up to 200 square metres a notice, above a licence) and 55
(a licence is valid for a year).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.documents import read_number
from kit.geo import Address
from kit.law import Limits
from kit.thai import buddhist_year
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE

# The year of the Act; no certificate or licence under it is older.
_FIRST = 2535
_NO_NUMBER = Text(
    "กรอกเลขที่กับปี พ.ศ. ตามเอกสาร เช่น 12/2568",
    "Give number and year of the Buddhist Era as on the paper, e.g. 12/2568.",
)
_NO_YEAR = Text(
    "ปีของเลขที่ต้องเป็น พ.ศ. {first} ถึง {last} ตรวจเลขที่",
    "The year of a number is from B.E. {first} to {last}. Check the number.",
)
_TOO_LARGE = Text(
    "พื้นที่เกิน {most} ตร.ม. ต้องมีใบอนุญาต ตรวจพื้นที่หรือชนิดเอกสาร",
    "Above {most} m² a licence is needed: check the area or the document.",
)
_TOO_SMALL = Text(
    "พื้นที่ไม่เกิน {most} ตร.ม. ใช้หนังสือรับรองการแจ้ง ตรวจพื้นที่หรือชนิดเอกสาร",
    "Up to {most} m² there is a certificate: check the area or the document.",
)
_FUTURE = Text("วันที่ออกยังมาไม่ถึง ตรวจวันและปี", "It is issued in the future. Check day and year.")
_TOO_OLD = Text(
    "ออกก่อน พ.ศ. {first} ซึ่งยังไม่มีกฎหมายนี้ ตรวจปี",
    "It is issued before B.E. {first}, the year of the Act. Check the year.",
)
_NO_UNTIL = Text(
    "ใบอนุญาตต้องมีวันหมดอายุ กรอกวันสุดท้ายที่ใช้ได้", "A licence has a last day. Give it, as on the paper."
)
_BACKWARDS = Text(
    "วันหมดอายุอยู่ก่อนวันที่ออก แก้วันใดวันหนึ่ง", "It expires before it was issued: change one of them."
)
_TOO_FAR = Text(
    "ใบอนุญาตมีอายุ {years} ปี วันหมดอายุนี้ไกลเกินไป ตรวจวันและปีบนใบ",
    "A licence is valid for {years} year. This last day is too far: check day and year on it.",
)
_OPENED_LATER = Text(
    "เริ่มกิจการหลังวันที่ออกเอกสาร ตรวจวันใดวันหนึ่ง",
    "It opened after its paper was issued: check both days.",
)


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A place as it stands on its paper.

    :param number: as it was typed.
    :param until: the last day of its licence; None of a certificate.
    :param opened_on: from when it is run; years of fees begin here.
    :param area: square metres.
    :param company_id: empty of a person.
    :param phone: E.164; empty where nobody knows it.
    :param pin: ``lat`` and ``lon``, degrees.
    """

    instrument: str
    number: str
    issued_on: date
    opened_on: date
    name: str
    kind: str
    area: Decimal
    workers: int
    holder: str
    site: Address
    until: date | None = None
    company_id: str = ""
    phone: str = ""
    pin: dict[str, float] | None = None


def numbered(one: Earlier, limits: Limits, today: date) -> tuple[dict[str, Text], int, int]:
    """Return what is wrong, by field, and the number and its year (0 where there is none)."""
    serial, year = read_number(one.number) or (0, 0)
    facts = msgspec.structs.asdict(one)
    if not serial:
        return {"number": _NO_NUMBER, **wrong_of(facts, limits, today)}, 0, 0
    return wrong_of({**facts, "year": year}, limits, today), serial, year


def wrong_of(facts: Mapping[str, Any], limits: Limits, today: date) -> dict[str, Text]:
    """Return what cannot be of an earlier paper, by field.

    :param facts: ``instrument``, ``area``, ``issued_on``, ``until``, ``opened_on``, and of its
        number the ``year``; what is not known is not there, or None.
    """
    names = ("instrument", "area", "issued_on", "until", "opened_on", "year")
    instrument, area, issued_on, until, opened_on, year = map(facts.get, names)
    most, years = limits["area.most"], limits["licence.years"].whole
    last, licence = buddhist_year(today) + 1, instrument == LICENCE
    found = (
        # A year that has not come is a slip of the keyboard; an office may count by fiscal years.
        ("number", _NO_YEAR, year is not None and not _FIRST <= year <= last),
        ("area", _TOO_LARGE, instrument == CERTIFICATE and area and area > most.number),
        ("area", _TOO_SMALL, licence and area and area <= most.number),
        ("issued_on", _FUTURE, issued_on and issued_on > today),
        ("issued_on", _TOO_OLD, issued_on and buddhist_year(issued_on) < _FIRST),
        ("until", _NO_UNTIL, licence and not until),
        # One that was renewed ahead of its end runs for what is left and a further term.
        ("until", _TOO_FAR, licence and until and (until - today).days > 2 * 366 * years),
        ("until", _BACKWARDS, until and issued_on and until < issued_on),
        ("opened_on", _OPENED_LATER, opened_on and issued_on and opened_on > issued_on),
    )
    told = {"most": most.value, "years": years, "first": _FIRST, "last": last}
    return {name: text.format(**told) for name, text, so in found if so}
