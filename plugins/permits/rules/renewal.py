"""Renewing a permit: asked for before it expires, for as long as a first permit of its size.

Law: Building Control Act B.E. 2522, s. 35 (before expiry; work may go on until it is refused),
Ministerial Regulation no. 57 (B.E. 2544) (how long; unverified).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.api import Text
from kit.casework import Finding, Verdict, found, judged, missing
from kit.law import Limits
from kit.thai import said_day
from plugins.permits.rules.after import WORKS, Held
from plugins.permits.rules.asked import number_of
from plugins.permits.rules.validity import valid_until, years_of

FOUNDATIONS = ("not_begun", "foundations")
_IN_TIME = Text("ยื่นก่อนใบอนุญาตหมดอายุ", "Asked for before the permit expires")
_BEFORE = Text(
    "ยื่นก่อนใบอนุญาตหมดอายุ {day} ทำงานต่อได้จนกว่าจะมีคำสั่งไม่ให้ต่ออายุ",
    "Asked for before the permit expires on {day}: the work may go on unless renewal is refused.",
)
_TOO_LATE = Text(
    "ใบอนุญาตเลขที่ {number} หมดอายุเมื่อ {day} ขอต่ออายุไม่ได้แล้ว หยุดงานไว้ก่อน แล้วยื่นขอใบอนุญาตใหม่ที่หน้า "
    "“ขออนุญาตก่อสร้าง” จากหน้าแรก",
    "Permit {number} expired on {day} and can be renewed no more. Stop the work, and ask for a new "
    "permit under “Building permits” on the start page.",
)
_UNTIL = Text("วันหมดอายุของใบอนุญาต", "the day on which the permit expires")
_LENGTH = Text("ระยะเวลาที่ต่ออายุ", "How long it is renewed")
_FACTS = Text("จำนวนวัน หรือวันหมดอายุของใบอนุญาต", "the days, or the day on which the permit expires")
_FITS = Text("ต่ออายุ {days} วัน ถึง {day}", "Renewed by {days} days, until {day}.")
_TOO_LONG = Text(
    "ขอต่ออายุ {days} วัน ต่อได้ครั้งละไม่เกิน {most} วัน (ถึง {day})",
    "{days} days are asked for; at most {most} can be given at once (until {day}).",
)
_STAGE = Text("งานที่ทำไปแล้ว", "How far the work is")
_HOW_FAR = Text("ขั้นของงาน", "how far the work is")
_BEGUN = Text("งานทำเลยฐานรากแล้ว", "The work is beyond the foundations.")
_NO_FOUNDATIONS = Text(
    "งานฐานรากยังไม่เสร็จ เจ้าหน้าที่พิจารณาว่าต่ออายุได้เพียงใด",
    "The foundations are not done; an officer judges how far it can be renewed.",
)
_OTHER_WORK = Text(
    "ใบอนุญาตเลขที่ {number} ให้{work} เลือกให้ตรงกับใบอนุญาต",
    "Permit {number} is to {work}. Choose what the permit says.",
)


def last_day(until: date, days: int) -> date:
    """Return the last day of a permit that is renewed: so many days after the last one before."""
    return until + timedelta(days=days)


def latest_day(until: date, area: Decimal, limits: Limits) -> date:
    """Return the last day that a renewal can give: as of a permit that begins when this ends."""
    return valid_until(until + timedelta(days=1), area=area, days=None, limits=limits)


def problems(
    held: Held | None, answers: Mapping[str, Any], on: date, limits: Limits
) -> dict[str, Text]:
    """Return by field why a permit cannot be renewed so; nothing of one that is not shown."""
    if held is None:
        return {}
    wrong = {}
    if on > held.until:
        wrong["permit"] = _TOO_LATE.format(number=held.number, day=said_day(held.until))
    if answers.get("work") in WORKS and answers["work"] != held.work and held.work in WORKS:
        work = WORKS[held.work]
        wrong["work"] = _OTHER_WORK.format(number=held.number, work=work)
    length = _length(held, answers, limits)
    if length.verdict is Verdict.FAIL:
        wrong["days"] = length.sentence
    return wrong


def findings(
    held: Held | None, answers: Mapping[str, Any], on: date, limits: Limits
) -> list[Finding]:
    """Return what the rules find in a request to renew a permit."""
    return [_in_time(held, on, limits), _length(held, answers, limits), _stage(answers, limits)]


def meanwhile(held: Held | None, on: date) -> Text:
    """Return whether the work may go on while a renewal is decided; empty where that is unknown."""
    if held is None or on > held.until:
        return Text("", "")
    return _BEFORE.format(day=said_day(held.until))


def _in_time(held: Held | None, on: date, limits: Limits) -> Finding:
    by = limits["renew.before"]
    if held is None:
        return missing("in-time", _IN_TIME, _UNTIL, by)
    words = {"number": held.number, "day": said_day(held.until)}
    if on > held.until:
        return judged("in-time", _IN_TIME, False, _TOO_LATE.format(**words), by)
    return judged("in-time", _IN_TIME, True, _BEFORE.format(**words), by)


def _length(held: Held | None, answers: Mapping[str, Any], limits: Limits) -> Finding:
    by, days = limits["renew.years"], number_of(answers.get("days"))
    if held is None or days is None:
        return missing("length", _LENGTH, _FACTS, by)
    latest, also = latest_day(held.until, held.area, limits), [years_of(held.area, limits)]
    most = (latest - held.until).days
    if days > most:
        sentence = _TOO_LONG.format(days=f"{days:,}", most=f"{most:,}", day=said_day(latest))
        return judged("length", _LENGTH, False, sentence, by, also)
    sentence = _FITS.format(days=f"{days:,}", day=said_day(last_day(held.until, int(days))))
    return judged("length", _LENGTH, True, sentence, by, also)


def _stage(answers: Mapping[str, Any], limits: Limits) -> Finding:
    by, stage = limits["renew.foundations"], answers.get("stage")
    if not stage:
        return missing("stage", _STAGE, _HOW_FAR, by)
    if stage in FOUNDATIONS:
        return found("stage", _STAGE, Verdict.REFER, _NO_FOUNDATIONS, by)
    # Beyond the foundations nothing limits it that is known here.
    return found("stage", _STAGE, Verdict.PASS, _BEGUN, by)
