"""Which way a request takes, and why: the fast lane, the ordinary permit, the notification.

Law: Building Control Act B.E. 2522, s. 21 and 25 (permit) and s. 39 bis (notification). The
fast lane is the ordinary permit, prepared so that it can be decided at the counter.
"""

from decimal import Decimal

import msgspec

from core.api import Text
from kit.casework import Finding, Verdict, found, judged
from kit.law import Limits, bare, figure
from plugins.permits.rules.asked import Asked

SMALL, BUILD, NOTIFY = "permits.small", "permits.build", "permits.notify"
# What the three services do; moving a building or changing its use is asked for on paper.
WORKS = ("build", "alter", "demolish")

_TITLE = Text("ช่องทางการขออนุญาต", "Way of the request")
_FAST = Text(
    "บ้านพักอาศัย {area} ตร.ม. {storeys} ชั้น ไม่เกิน {most} ตร.ม. และ {highest} ชั้น ใช้ช่องทางเร่งด่วน: "
    "เจ้าหน้าที่ตรวจล่วงหน้า แล้วนัดรับใบอนุญาตที่เคาน์เตอร์ {minutes} นาที",
    "A house of {area} m² and {storeys} storeys, within {most} m² and {highest} storeys, takes the "
    "fast lane: an officer checks it first, then {minutes} minutes at the counter.",
)
_TOO_LARGE = Text(
    "พื้นที่ {area} ตร.ม. เกิน {most} ตร.ม. ของช่องทางเร่งด่วน ยื่นขออนุญาตแบบปกติ",
    "{area} m² is over the {most} m² of the fast lane: ask for an ordinary permit.",
)
_TOO_HIGH = Text(
    "อาคาร {storeys} ชั้น เกิน {highest} ชั้นของช่องทางเร่งด่วน ยื่นขออนุญาตแบบปกติ",
    "{storeys} storeys are over the {highest} of the fast lane: ask for an ordinary permit.",
)
_NO_HOUSE = Text(
    "ช่องทางเร่งด่วนใช้กับบ้านพักอาศัย อาคารประเภทอื่นยื่นขออนุญาตแบบปกติ",
    "The fast lane is for houses; for other buildings ask for an ordinary permit.",
)
_UNKNOWN = Text(
    "ยังไม่ทราบงาน ประเภทอาคาร จำนวนชั้น หรือพื้นที่ จึงใช้การขออนุญาตแบบปกติ",
    "The work, use, storeys or area are not known: the ordinary permit is the way.",
)
_OTHER_WORK = Text(
    "งานนี้ยังไม่มีทางออนไลน์ เช่น เคลื่อนย้ายหรือเปลี่ยนการใช้อาคาร ติดต่อกองช่างของสำนักงาน",
    "There is no online way for this, such as moving a building or changing its use: ask at the "
    "works division of the office.",
)
_ORDINARY = Text(
    "ขออนุญาตแบบปกติ พิจารณาภายใน {days} วัน", "An ordinary permit, decided within {days} days."
)
_ORDINARY_TOO = Text(
    "ขออนุญาตแบบปกติ พิจารณาภายใน {days} วัน บ้านหลังนี้ยื่นช่องทางเร่งด่วนได้เช่นกัน",
    "An ordinary permit, decided within {days} days. The fast lane is open to this house too.",
)
_NOTIFIED = Text(
    "มีสถาปนิกและวิศวกรทั้งออกแบบและควบคุมงาน ใช้การแจ้งได้ ออกใบรับแจ้งภายใน {days} วันทำการ เมื่อเอกสารครบ",
    "With architects and engineers who design and supervise, a notification will do: its receipt "
    "is issued within {days} working days of complete papers.",
)


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Which service is the one, and why.

    :param service: its code; None where no service here does it.
    :param other: code of one that is possible too, where its condition in ``other_why`` is met.
    """

    service: str | None
    why: Text
    other: str | None = None
    other_why: Text = Text("", "")


def way_of(
    limits: Limits,
    *,
    work: str | None,
    use: str | None,
    storeys: int | None,
    area: Decimal | None,
) -> Way:
    """Return the way of a piece of work; what is not known leads to the ordinary one.

    :param area: square metres of all floors.
    """
    if work is not None and work not in WORKS:
        return Way(service=None, why=_OTHER_WORK)
    notified = _NOTIFIED.format(days=bare(limits["notify.receipt_days"].number))
    most, highest = limits["fast.area"], limits["fast.storeys"]
    if work is None or use is None or storeys is None or area is None:
        return Way(service=BUILD, why=_UNKNOWN, other=NOTIFY, other_why=notified)
    facts = {
        "area": figure(area),
        "storeys": storeys,
        "most": bare(most.number),
        "highest": bare(highest.number),
        "minutes": bare(limits["fast.minutes"].number),
    }
    if use != "house":
        service, why = BUILD, _NO_HOUSE
    elif area > most.number:
        service, why = BUILD, _TOO_LARGE
    elif storeys > highest.number:
        service, why = BUILD, _TOO_HIGH
    else:
        service, why = SMALL, _FAST
    return Way(service=service, why=why.format(**facts), other=NOTIFY, other_why=notified)


def way(asked: Asked, service: str, limits: Limits) -> Finding:
    """Return whether the request may take the way on which it was filed.

    The ordinary permit is open to all; the fast lane to small houses alone; what a notification
    needs beside is a finding of its own.
    """
    best = way_of(limits, work=asked.work, use=asked.use, storeys=asked.storeys, area=asked.area)
    known = asked.work and asked.use and asked.storeys is not None and asked.area is not None
    if service == SMALL:
        by = limits["fast.area"]
        if not known:
            return found("way", _TITLE, Verdict.REFER, best.why, by)
        return judged("way", _TITLE, best.service == SMALL, best.why, by, (limits["fast.storeys"],))
    by = limits["notify.people"] if service == NOTIFY else limits["way.permit"]
    if not known or best.service is None:
        return found("way", _TITLE, Verdict.REFER, best.why, by)
    if service == NOTIFY:
        return found("way", _TITLE, Verdict.PASS, best.other_why, by)
    words = _ORDINARY_TOO if best.service == SMALL else _ORDINARY
    said = words.format(days=bare(limits["permit.days"].number))
    return found("way", _TITLE, Verdict.PASS, said, by)
