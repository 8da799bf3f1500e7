"""What the rules find in a notice or a request for a licence of a place.

Law: Public Health Act B.E. 2535, s. 38 (before it is set up), 48, 52, 54, 56, 62 and 72.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from core.api import Text
from kit.casework import Finding, Verdict, found, judged
from kit.law import Limits
from kit.thai import said_day
from plugins.food_cert.rules.after import area_of, day_of
from plugins.food_cert.rules.instrument import NOTIFY, way_of
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE

INSTRUMENT_OF: Mapping[str, str] = {NOTIFY: CERTIFICATE}


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the register knows of the spot.

    :param same: number in the register of the same place; None for none.
    :param beside: names of other businesses at the same address.
    :param grown: the place itself asks for the other paper, and has shown to be it.
    :param barred: nobody gets a licence here before the day after this one.
    """

    same: int | None = None
    beside: tuple[str, ...] = ()
    grown: bool = False
    barred: date | None = None


_SAME = Text(
    "สถานที่นี้มีในทะเบียนแล้ว (ทะเบียนที่ {number}) ถ้าเปลี่ยนขนาด โอน หรือต่ออายุ เลือกเรื่องนั้นที่หน้า “ร้านอาหาร” "
    "ถ้าเป็นคนละร้าน ใส่ชื่อตามป้าย",
    "The register has this place already (no. {number}). To change its size, transfer or renew it, "
    "choose that on the page “Food places”. If it is another business, give the name on its sign.",
)
_OTHER_WAY = Text(
    "{why} เปิดหน้า “ร้านอาหาร” แล้วเลือกช่องทางที่ถูกต้อง",
    "{why} Open the page “Food places” and choose that.",
)
_BARRED = Text(
    "ใบอนุญาตของผู้ประกอบกิจการหรือสถานที่นี้ถูกเพิกถอน ขออนุญาตใหม่ได้ตั้งแต่วันถัดจาก {day}",
    "The licence of this operator or place was revoked. A new one can be asked for after {day}.",
)
_SIZE = Text("ขนาดกับเอกสารที่ต้องมี", "Size, and the paper it needs")
_BESIDE = Text("สถานที่อาหารอื่นที่ตั้งเดียวกัน", "Other food places at the address")
_OTHERS = Text(
    "ที่อยู่นี้มีในทะเบียน: {names} ตรวจว่าเป็นคนละร้าน หรือร้านเดิมเลิกแล้ว",
    "The register has at this address: {names}. See whether it is another business, or the former "
    "one has closed.",
)
_EARLY = Text("แจ้งหรือขออนุญาตก่อนเปิด", "Told or asked before it opens")
_OPENED = Text(
    "แจ้งว่าเปิดมาตั้งแต่ {day} ซึ่งก่อนวันยื่น กฎหมายให้แจ้งหรือได้รับอนุญาตก่อนจัดตั้ง เจ้าหน้าที่พิจารณาว่าจะดำเนินการอย่างไร",
    "It is open since {day}, before the day of filing; the law wants it told or licensed first. An "
    "officer decides what follows.",
)
_OPENS = Text("จะเปิด {day}", "It opens on {day}.")
_AUTHORITY = Text("ผู้มีอำนาจลงนามแทนนิติบุคคล", "Who signs for the company")
_SEEN = Text(
    "เจ้าหน้าที่ตรวจหลักฐานผู้มีอำนาจลงนามของ {company} กับหนังสือรับรองนิติบุคคล",
    "An officer holds the proof of who signs for {company} against the company's certificate.",
)


def problems(
    service: str, answers: Mapping[str, Any], known: Known, limits: Limits
) -> dict[str, Text]:
    """Return why a request cannot be filed so, by field."""
    area = area_of(answers)
    wrong: dict[str, Text] = {}
    if area is not None:
        way = way_of(area=area, market=answers.get("market") == "yes", limits=limits)
        if way.instrument is None:
            wrong["market"] = way.why
        elif way.service != service:
            wrong["area"] = _OTHER_WAY.format(why=way.why)
    if known.same is not None and not known.grown:
        wrong["business_name"] = _SAME.format(number=known.same)
    if known.barred is not None:
        wrong["business_name"] = _BARRED.format(day=said_day(known.barred))
    return wrong


def findings(answers: Mapping[str, Any], known: Known, on: date, limits: Limits) -> list[Finding]:
    """Return what is found of a request that can be filed."""
    by, area = limits["area.most"], area_of(answers)
    result = []
    if area is not None:
        way = way_of(area=area, market=False, limits=limits)
        result.append(judged("size", _SIZE, True, way.why, by))
    if known.beside:
        words = _OTHERS.format(names=", ".join(known.beside))
        result.append(found("beside", _BESIDE, Verdict.REFER, words, by))
    begin = day_of(answers.get("begin_on"))
    if begin is not None:
        early = begin < on and not known.grown
        words = (_OPENED if early else _OPENS).format(day=said_day(begin))
        verdict = Verdict.REFER if early else Verdict.PASS
        result.append(found("early", _EARLY, verdict, words, by))
    if company := answers.get("company_name"):
        words = _SEEN.format(company=str(company))
        result.append(found("authority", _AUTHORITY, Verdict.REFER, words, by))
    return result


def instrument_of(service: str) -> str:
    """Return the instrument that a service leads to."""
    return INSTRUMENT_OF.get(service, LICENCE)
