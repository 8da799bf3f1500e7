"""What the rules say of requests about a place that is in the register, whatever they ask for.

What the register holds is given to them only where who files has shown to be its operator. To
everybody else they say the same, whether there is such a paper or not.

Law: Public Health Act B.E. 2535, s. 50, 58 (replacement), 51 (closing, transfer), 55 (renewal).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Entry, Limits, bare
from kit.thai import said_day, years_later
from plugins.food_cert.rules.instrument import way_of
from plugins.food_cert.rules.places import EXPIRED, LICENCE, RENEWING, STANDS, State

RENEW, CHANGE = "food_cert.renew", "food_cert.change"
TRANSFER, REPLACE, CLOSE = "food_cert.transfer", "food_cert.replace", "food_cert.close"
AFTER = (RENEW, CHANGE, TRANSFER, REPLACE, CLOSE)
# How a place must stand so that it can be asked for.
FINE: Mapping[str, frozenset[str]] = {
    RENEW: frozenset({State.VALID, State.SUSPENDED}),
    CHANGE: frozenset({State.VALID, RENEWING}),
    TRANSFER: frozenset({State.VALID, RENEWING}),
    REPLACE: frozenset({State.VALID, RENEWING, State.SUSPENDED, State.STOPPED}),
    CLOSE: frozenset(
        {State.NOTIFIED, State.VALID, RENEWING, EXPIRED, State.SUSPENDED, State.STOPPED}
    ),
}


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A place as the register has it, for who has shown to be its operator.

    :param number: of its paper.
    :param stands: a key of ``STANDS``, on the day of the request.
    :param until: the last day of a licence; None of a certificate.
    :param paid: the fee of the year that a renewal begins was paid.
    """

    number: str
    kind: str
    instrument: str
    area: Decimal
    stands: str
    opened_on: date
    issued_on: date | None
    until: date | None
    paid: bool


_OTHER_STATE = Text(
    "เอกสารเลขที่ {number} มีสถานะ “{state}” จึงยื่นเรื่องนี้ไม่ได้ ถ้าไม่ถูกต้อง ติดต่อสำนักงาน",
    "Paper {number} is “{state}”, so this cannot be asked for. If that is wrong, ask the office.",
)
_TOO_LATE = Text(
    "ใบอนุญาตเลขที่ {number} หมดอายุเมื่อ {day} ต่ออายุไม่ได้แล้ว หยุดประกอบกิจการไว้ก่อน แล้วยื่นขอใบอนุญาตใหม่ที่หน้า "
    "“ร้านอาหาร”",
    "Licence {number} expired on {day} and can be renewed no more. Stop, and ask for a new one on "
    "the "
    "page “Food places”.",
)
_NO_RENEWAL = Text(
    "เอกสารเลขที่ {number} เป็นหนังสือรับรองการแจ้ง ไม่มีวันหมดอายุ จึงไม่ต้องต่ออายุ "
    "เพียงชำระค่าธรรมเนียมรายปีภายในกำหนด",
    "Paper {number} is a certificate of notification, which does not expire: only its yearly fee "
    "is "
    "to be paid.",
)
_HOLDER = Text("ผู้ประกอบกิจการ", "Who runs the place")
_IS_HOLDER = Text(
    "เลขที่เอกสารตรงกับเบอร์โทรหรือบัญชีในทะเบียน",
    "The number fits the telephone or account of the register.",
)
_NOT_SHOWN = Text(
    "เลขที่เอกสารกับเบอร์โทรหรือบัญชียังยืนยันไม่ได้ว่าท่านเป็นผู้ประกอบกิจการ ยื่นต่อได้ เจ้าหน้าที่จะตรวจหลักฐานก่อน",
    "Number and telephone or account do not show that you run the place. You can file; an officer "
    "checks it first.",
)
_IN_TIME = Text("ยื่นก่อนใบอนุญาตหมดอายุ", "Asked for before the licence expires")
_BEFORE = Text(
    "ยื่นก่อนใบอนุญาตหมดอายุ {day} เมื่อชำระค่าธรรมเนียมแล้ว เปิดต่อได้จนกว่าจะมีคำสั่งไม่ให้ต่ออายุ",
    "Asked for before the licence expires on {day}: once the fee is paid, the place may go on "
    "unless "
    "renewal is refused.",
)
_PAID = Text("ชำระค่าธรรมเนียมของปีถัดไป", "Fee of the next year paid")
_IS_PAID = Text("ชำระแล้ว", "It was paid.")
_NOT_PAID = Text(
    "ยังไม่ชำระ ต้องชำระก่อนวันหมดอายุ ใบแจ้งอยู่ที่หน้าร้านของฉัน เจ้าหน้าที่ตรวจก่อนต่ออายุ",
    "Not paid yet: it must be before the licence expires. The bill is on the page of your places.",
)
_UNTIL = Text("วันหมดอายุของใบอนุญาต", "the day on which the licence expires")
_SIZE = Text("พื้นที่ใหม่กับเอกสารที่ต้องมี", "New area, and the paper it needs")
_FITS = Text("พื้นที่ {area} ตร.ม. ใช้เอกสารแบบเดิมได้", "With {area} m² the same kind of paper will do.")
_AREA = Text("พื้นที่", "the area")
_OTHER_PAPER = Text(
    "{why} เปิดหน้า “เปลี่ยนขนาดร้าน” (/food/change) ระบบจะกรอกข้อมูลเดิมให้ในแบบที่ต้องใช้",
    "{why} Open the page “Change of size” (/food/change): what is known is filled in there.",
)
_WHEN = Text(
    "วันที่ {what}ต้องไม่ก่อนวันที่เริ่มกิจการ {day}", "{what} cannot be before {day}, when it opened."
)
_LOST = Text(
    "วันที่ทราบว่าสูญหายต้องไม่ก่อนวันที่ออกเอกสาร {day}",
    "It cannot be lost before {day}, when it was issued.",
)
_KNOWN = Text("ยื่นภายในกำหนดหลังทราบว่าสูญหายหรือชำรุด", "Asked for in time after the loss")
_SINCE = Text(
    "นับจาก {day} ถึงวันยื่น {days} วัน กฎหมายกำหนด {most} วัน",
    "From {day} to the day of filing {days} days; the law gives {most}.",
)
_LATE = Text(
    "นับจาก {day} ถึงวันยื่น {days} วัน เกิน {most} วันตามกฎหมาย ยื่นได้ เจ้าหน้าที่พิจารณาเหตุที่ล่าช้า",
    "From {day} to the day of filing {days} days, over the {most} of the law. An officer judges "
    "why.",
)
_CONSENT = Text("หนังสือโอนกิจการหรือหลักฐานทายาท", "Paper of the transfer, or proof of the heir")
_READ = Text(
    "เจ้าหน้าที่อ่านหลักฐานการโอนและตรวจกับทะเบียน",
    "An officer reads the proof of the transfer and compares it with the register.",
)


def problems(
    service: str, held: Held | None, answers: Mapping[str, Any], limits: Limits
) -> dict[str, Text]:
    """Return why nothing can be asked of a place so, by field; empty where it can."""
    if held is None:
        return {}
    if service == RENEW and held.instrument != LICENCE:
        return {"paper": _NO_RENEWAL.format(number=held.number)}
    if service == RENEW and held.stands == EXPIRED and held.until:
        return {"paper": _TOO_LATE.format(number=held.number, day=said_day(held.until))}
    if held.stands not in FINE[service]:
        return {"paper": _OTHER_STATE.format(number=held.number, state=STANDS[held.stands])}
    return _OF[service](held, answers, limits) if service in _OF else {}


def _other_paper(held: Held, answers: Mapping[str, Any], limits: Limits) -> dict[str, Text]:
    area = area_of(answers)
    if area is None:
        return {}
    way = way_of(area=area, market=False, limits=limits)
    if way.instrument == held.instrument:
        return {}
    return {"area": _OTHER_PAPER.format(why=way.why)}


def _not_before(name: str, what: Text) -> Any:
    def check(held: Held, answers: Mapping[str, Any], limits: Limits) -> dict[str, Text]:
        day = day_of(answers.get(name))
        if day is None or day >= held.opened_on:
            return {}
        return {name: _WHEN.format(what=what, day=said_day(held.opened_on))}

    return check


def _not_lost_before(held: Held, answers: Mapping[str, Any], limits: Limits) -> dict[str, Text]:
    day = day_of(answers.get("known_on"))
    if day is None or held.issued_on is None or day >= held.issued_on:
        return {}
    return {"known_on": _LOST.format(day=said_day(held.issued_on))}


_OF = {
    CHANGE: _other_paper,
    CLOSE: _not_before("closed_on", Text("เลิกกิจการ", "Closing")),
    TRANSFER: _not_before("taken_on", Text("รับโอน", "The transfer")),
    REPLACE: _not_lost_before,
}


def findings(
    service: str, held: Held | None, answers: Mapping[str, Any], on: date, limits: Limits
) -> list[Finding]:
    """Return what is found of a request, the operator first."""
    holder = _is_holder(held, limits["closing.notice"])
    if service == RENEW:
        return [holder, *_renewal(held, on, limits)]
    if service == CHANGE:
        return [holder, _size(held, answers, limits)]
    if service == REPLACE:
        return [holder, _in_days(day_of(answers.get("known_on")), on, limits["replacement.days"])]
    if service == TRANSFER:
        by = limits["closing.notice"]
        return [holder, found("consent", _CONSENT, Verdict.REFER, _READ, by)]
    return [holder]


def _is_holder(held: Held | None, by: Entry) -> Finding:
    if held is None:
        return found("holder", _HOLDER, Verdict.REFER, _NOT_SHOWN, by)
    return found("holder", _HOLDER, Verdict.PASS, _IS_HOLDER, by)


def _renewal(held: Held | None, on: date, limits: Limits) -> list[Finding]:
    by = limits["licence.renew_before"]
    if held is None or held.until is None:
        return [missing("in-time", _IN_TIME, _UNTIL, by)]
    in_time = judged(
        "in-time", _IN_TIME, on <= held.until, _BEFORE.format(day=said_day(held.until)), by
    )
    verdict, sentence = (Verdict.PASS, _IS_PAID) if held.paid else (Verdict.REFER, _NOT_PAID)
    return [in_time, found("paid", _PAID, verdict, sentence, by)]


def _size(held: Held | None, answers: Mapping[str, Any], limits: Limits) -> Finding:
    by, area = limits["area.most"], area_of(answers)
    if held is None or area is None:
        return missing("size", _SIZE, _AREA, by)
    return judged("size", _SIZE, True, _FITS.format(area=bare(area)), by)


def _in_days(since: date | None, on: date, by: Entry) -> Finding:
    if since is None:
        return missing("known", _KNOWN, Text("วันที่ทราบ", "the day"), by)
    days = (on - since).days
    words = {"day": said_day(since), "days": f"{days:,}", "most": bare(by.number)}
    if days > by.number:
        return found("known", _KNOWN, Verdict.REFER, _LATE.format(**words), by)
    return judged("known", _KNOWN, True, _SINCE.format(**words), by)


def renewed_until(until: date, limits: Limits) -> date:
    """Return the last day of a licence that is renewed: the same day of a later year."""
    return years_later(until, limits["licence.years"].whole)


def area_of(answers: Mapping[str, Any]) -> Decimal | None:
    """Return the area that was answered, square metres; None where there is none."""
    value = answers.get("area")
    return Decimal(value) if isinstance(value, str | int) and value != "" else None


def day_of(value: Any) -> date | None:
    """Return the day of an answer; None where there is none, or it cannot be read."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
