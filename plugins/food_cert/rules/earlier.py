"""A place that was certified or licensed on paper before, and what cannot be of it.

Law: Public Health Act B.E. 2535, s. 38 (up to 200 square metres a notice, above a licence) and 55
(a licence is valid for a year).
"""

from datetime import date
from decimal import Decimal

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
_TOO_LARGE = Text(
    "พื้นที่เกิน {most} ตร.ม. ต้องมีใบอนุญาต ตรวจพื้นที่ หรือเลือกใบอนุญาต",
    "Above {most} m² a licence is needed: check the area, or choose the licence.",
)
_TOO_SMALL = Text(
    "พื้นที่ไม่เกิน {most} ตร.ม. ใช้หนังสือรับรองการแจ้ง ตรวจพื้นที่ หรือเลือกหนังสือรับรอง",
    "Up to {most} m² there is a certificate: check the area, or choose the certificate.",
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
    problems = {}
    # A year that has not come is a slip of the keyboard; an office may count by fiscal years.
    if not serial or not _FIRST <= year <= buddhist_year(today) + 1:
        problems["number"] = _NO_NUMBER
    if one.opened_on > one.issued_on:
        problems["opened_on"] = _OPENED_LATER
    most = limits["area.most"]
    if one.instrument == CERTIFICATE and one.area > most.number:
        problems["area"] = _TOO_LARGE.format(most=most.value)
    if one.instrument == LICENCE and one.area <= most.number:
        problems["area"] = _TOO_SMALL.format(most=most.value)
    if one.until and (wrong := _until(one.until, one.issued_on, limits, today)):
        problems["until"] = wrong
    return problems, serial, year


def _until(until: date, issued_on: date, limits: Limits, today: date) -> Text | None:
    if until < issued_on:
        return _BACKWARDS
    years = limits["licence.years"].whole
    # One that was renewed ahead of its end runs for what is left and a further term.
    if (until - today).days > 2 * 366 * years:
        return _TOO_FAR.format(years=years)
    return None
