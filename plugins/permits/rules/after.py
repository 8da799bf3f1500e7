"""What the rules say of requests about a permit that was issued, whatever they ask for.

What the register holds of a permit is given to them only where who files has shown to be its
holder. To everybody else they say the same, whether there is such a permit or not.

Law: Building Control Act B.E. 2522, s. 29, 30 (supervisor), 32 (completion), 36, 37 (holder)
and 39 (replacement).
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Entry, Limits, bare
from kit.thai import long_day, said_day
from plugins.permits.rules import people
from plugins.permits.rules.asked import Asked, asked_of

RENEW, SUPERVISE = "permits.renew", "permits.supervisor"
REPLACE, TRANSFER, COMPLETE = "permits.replace", "permits.transfer", "permits.complete"
CERTIFY = "permits.certify"
AFTER = (RENEW, SUPERVISE, REPLACE, TRANSFER, COMPLETE, CERTIFY)
VALID, COMPLETED, REVOKED = "valid", "completed", "revoked"
WORKS: Mapping[str, Text] = {
    "build": Text("ก่อสร้าง", "build"),
    "alter": Text("ดัดแปลง", "alter"),
    "demolish": Text("รื้อถอน", "demolish"),
}


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A permit as the register has it, for who has shown to be its holder.

    :param area: square metres of all floors.
    :param until: the last day on which it counts.
    :param state: ``VALID``, ``COMPLETED`` or ``REVOKED``.
    """

    number: str
    work: str
    use: str
    storeys: int
    area: Decimal
    until: date
    state: str
    renewed: int


_STATES = {
    COMPLETED: Text("แจ้งแล้วเสร็จแล้ว", "was completed"),
    REVOKED: Text("ถูกเพิกถอนแล้ว", "was revoked"),
}
_OTHER_STATE = Text(
    "ใบอนุญาตเลขที่ {number} {state} จึงยื่นเรื่องนี้ไม่ได้ ถ้าไม่ถูกต้อง ติดต่อสำนักงาน",
    "Permit {number} {state}, so this cannot be asked for. If that is wrong, ask at the office.",
)
_HOLDER = Text("ผู้ได้รับใบอนุญาต", "Holder of the permit")
_IS_HOLDER = Text(
    "เลขที่ใบอนุญาตตรงกับเบอร์โทรหรือบัญชีที่ให้ไว้ตอนขอใบอนุญาต",
    "The number fits the telephone or the account that asked for the permit.",
)
_NOT_SHOWN = Text(
    "เลขที่ใบอนุญาตกับเบอร์โทรหรือบัญชียังยืนยันไม่ได้ว่าท่านเป็นผู้ได้รับใบอนุญาต ยื่นต่อได้ เจ้าหน้าที่จะตรวจหลักฐานก่อน",
    "Number and telephone or account do not show that you hold the permit. You can file; an "
    "officer checks it first.",
)
_IN_FORCE = Text("ใบอนุญาตยังไม่หมดอายุ", "The permit has not expired")
_UNTIL = Text("วันหมดอายุของใบอนุญาต", "the day on which the permit expires")
_LASTS = Text("ใบอนุญาตใช้ได้ถึง {day}", "The permit is valid until {day}.")
_EXPIRED = Text(
    "ใบอนุญาตหมดอายุเมื่อ {day} เจ้าหน้าที่เป็นผู้พิจารณา",
    "The permit expired on {day}; an officer judges.",
)
_SINCE = Text(
    "นับจาก {day} ถึงวันยื่น {days} วัน กฎหมายกำหนด {most} วัน",
    "From {day} to the day of filing {days} days; the law gives {most}.",
)
_LATE = Text(
    "นับจาก {day} ถึงวันยื่น {days} วัน เกิน {most} วันตามกฎหมาย ยื่นได้ เจ้าหน้าที่พิจารณาเหตุที่ล่าช้า",
    "From {day} to the day of filing {days} days, over the {most} of the law. You can file; an "
    "officer judges why it is late.",
)
_DAY = Text("วันที่", "the day")
_CONSENT = Text("หนังสือยินยอมหรือหลักฐานทายาท", "Letter of consent, or proof of the heir")
_READ = Text(
    "เจ้าหน้าที่อ่านหนังสือยินยอมของผู้ได้รับใบอนุญาตเดิม และตรวจกับทะเบียน",
    "An officer reads the consent of who held the permit and compares it with the register.",
)
_READ_HEIR = Text(
    "เจ้าหน้าที่ตรวจหลักฐานการตายและการเป็นทายาท",
    "An officer checks the death and that who files is an heir.",
)
_PERIOD = Text("ระยะเวลาควบคุมงาน", "Time of supervising")
_BACKWARDS = Text(
    "วันสิ้นสุดอยู่ก่อนวันเริ่ม แก้วันใดวันหนึ่ง", "The last day is before the first: change one of them."
)
_WITHIN = Text(
    "ควบคุมงานถึง {day} ไม่เกินอายุใบอนุญาต", "Supervised until {day}, within the term of the permit."
)
_BEYOND = Text(
    "ควบคุมงานถึง {day} หลังใบอนุญาตหมดอายุ ต้องต่ออายุก่อนวันหมดอายุ เจ้าหน้าที่เป็นผู้พิจารณา",
    "Supervised until {day}, after the permit expires: renew it before. An officer judges.",
)
_CERTIFICATE = Text("ใบรับรองการก่อสร้าง", "Certificate of construction")
_HOUSE = Text(
    "บ้านพักอาศัยไม่ใช่อาคารประเภทควบคุมการใช้ แจ้งแล้วเสร็จได้โดยไม่ต้องขอใบรับรอง",
    "A house is no building of controlled use: this notice is enough, no certificate is needed.",
)
_CONTROLLED = Text(
    "อาคารนี้อาจเป็นประเภทควบคุมการใช้ ซึ่งต้องมีใบรับรองก่อนเปิดใช้ ยื่น “ขอใบรับรองการก่อสร้างอาคาร” แทนเรื่องนี้",
    "The building may be of controlled use, which needs a certificate before it is used: ask for "
    "the “Certificate of construction” instead.",
)
_INSPECTED = Text(
    "ตรวจอาคารภายใน {days} วันนับแต่เอกสารครบ ถ้าตรงตามใบอนุญาต ออกใบรับรองให้",
    "Inspected within {days} days of the complete file; built as permitted, it is certified.",
)
_NEEDS_NONE = Text(
    "บ้านพักอาศัยไม่ต้องมีใบรับรอง แจ้งก่อสร้างแล้วเสร็จก็พอ ถ้าต้องการใบรับรอง เจ้าหน้าที่พิจารณา",
    "A house needs no certificate: the notice of completion is enough. If you want one, an "
    "officer decides.",
)
_AS_PERMITTED = Text("อาคารสร้างตรงตามใบอนุญาต", "Built as it was permitted")
_COMPARED = Text(
    "ผู้ตรวจสถานที่เทียบอาคารจริงกับแบบที่ได้รับอนุญาต",
    "An inspector compares the building with the drawings of the permit.",
)


def other_state(held: Held | None, fine: Collection[str] = (VALID,)) -> dict[str, Text]:
    """Return why nothing can be asked of a permit, by field; empty where something can.

    :param fine: the states in which it can.
    """
    if held is None or held.state in fine:
        return {}
    return {"permit": _OTHER_STATE.format(number=held.number, state=_STATES[held.state])}


def holder(held: Held | None, by: Entry) -> Finding:
    """Return whether who files has shown to be the holder; whoever has not is referred."""
    if held is None:
        return found("holder", _HOLDER, Verdict.REFER, _NOT_SHOWN, by)
    return found("holder", _HOLDER, Verdict.PASS, _IS_HOLDER, by)


def in_force(held: Held | None, on: date, by: Entry) -> Finding:
    """Return whether the permit counts on a day."""
    if held is None:
        return missing("in-force", _IN_FORCE, _UNTIL, by)
    if on > held.until:
        return found(
            "in-force", _IN_FORCE, Verdict.REFER, _EXPIRED.format(day=said_day(held.until)), by
        )
    return found("in-force", _IN_FORCE, Verdict.PASS, _LASTS.format(day=said_day(held.until)), by)


def in_days(rule: str, title: Text, since: date | None, on: date, by: Entry) -> Finding:
    """Return whether a request came within the days that the law gives; who is late is referred.

    :param since: the day from which they count; None where it was not given.
    """
    if since is None:
        return missing(rule, title, _DAY, by)
    days = (on - since).days
    words = {"day": said_day(since), "days": f"{days:,}", "most": bare(by.number)}
    if days > by.number:
        return found(rule, title, Verdict.REFER, _LATE.format(**words), by)
    return judged(rule, title, True, _SINCE.format(**words), by)


def consent(inherited: bool, by: Entry) -> Finding:
    """Return that an officer reads the papers by which a permit goes to somebody else."""
    sentence = _READ_HEIR if inherited else _READ
    return found("consent", _CONSENT, Verdict.REFER, sentence, by)


def supervised(held: Held | None, answers: Mapping[str, Any], limits: Limits) -> list[Finding]:
    """Return whether who supervises may do so, and whose licences are looked up."""
    asked = _of_permit(held, answers)
    looked_up = people.licences(asked, limits)
    return [people.supervisor(asked, limits), *([looked_up] if looked_up else [])]


def _of_permit(held: Held | None, answers: Mapping[str, Any]) -> Asked:
    asked = asked_of(answers, {})
    if held is None:
        return asked
    return msgspec.structs.replace(asked, storeys=held.storeys, area=held.area)


def backwards(begin: date | None, end: date | None) -> dict[str, Text]:
    """Return the problem of a last day before the first, by field."""
    return {"end_on": _BACKWARDS} if begin and end and end < begin else {}


def period(held: Held | None, end: date | None, by: Entry) -> list[Finding]:
    """Return whether the work is supervised within the term of the permit, if that is known."""
    if held is None or end is None:
        return []
    if end > held.until:
        return [found("period", _PERIOD, Verdict.REFER, _BEYOND.format(day=said_day(end)), by)]
    return [found("period", _PERIOD, Verdict.PASS, _WITHIN.format(day=said_day(end)), by)]


def is_house(held: Held | None, use: Any) -> bool:
    """Return whether a completed building is an ordinary house, as far as it is known."""
    return use == "house" and (held is None or held.use == "house")


def certificate(held: Held | None, use: Any, limits: Limits) -> Finding:
    """Return whether a certificate is needed before a completed building is used."""
    if is_house(held, use):
        return judged("certificate", _CERTIFICATE, True, _HOUSE, limits["completion.house"])
    by = limits["completion.certificate"]
    return found("certificate", _CERTIFICATE, Verdict.REFER, _CONTROLLED, by)


def certified(held: Held | None, use: Any, limits: Limits) -> list[Finding]:
    """Return what is to be seen before a building is certified."""
    by, days = limits["completion.certificate"], limits["completion.days"]
    if is_house(held, use):
        needed = found("certificate", _CERTIFICATE, Verdict.REFER, _NEEDS_NONE, by)
    else:
        said = _INSPECTED.format(days=bare(days.number))
        needed = judged("certificate", _CERTIFICATE, True, said, days)
    return [needed, found("as-permitted", _AS_PERMITTED, Verdict.REFER, _COMPARED, by)]


def day_of(value: Any) -> date | None:
    """Return the day of an answer; None where there is none, or it cannot be read."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def said(day: date) -> dict[str, str]:
    """Return a day in words, as ``th`` and ``en`` of a sentence."""
    return {"th": long_day(day, "th"), "en": long_day(day, "en")}
