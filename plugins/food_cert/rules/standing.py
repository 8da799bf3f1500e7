"""What follows from how a place stands: in words for everybody, and what its owner can ask for.

Law: Public Health Act B.E. 2535, s. 48 (a notice, and its receipt), 51 (closing and transfer),
55 (the year of a licence, and its renewal), 59 and 60 (suspension, revocation), 65 (stopping).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.api import Text
from kit.thai import long_day
from plugins.food_cert.rules.after import AFTER, CHANGE, CLOSE, FINE, RENEW, REPLACE, TRANSFER
from plugins.food_cert.rules.instrument import LICENSE
from plugins.food_cert.rules.places import EXPIRED, INSTRUMENTS, LICENCE, RENEWING, State

# The sign beside the tone, so that it is not told by colour alone.
SIGNS: Mapping[str, str] = {
    State.APPLIED: "clock",
    State.NOTIFIED: "shield",
    State.VALID: "shield",
    RENEWING: "shield",
    EXPIRED: "no",
    State.SUSPENDED: "no",
    State.STOPPED: "no",
    State.REVOKED: "no",
    State.LAPSED: "no",
    State.REFUSED: "close",
    State.CLOSED: "pause",
}

_RUNS = Text("เปิดได้ตามกฎหมาย", "May be run by law")
_VERDICTS: Mapping[str, Text] = {
    State.APPLIED: Text("ยังเปิดไม่ได้ อยู่ระหว่างขออนุญาต", "Not yet: a licence was asked for"),
    State.NOTIFIED: _RUNS,
    State.VALID: _RUNS,
    RENEWING: _RUNS,
    EXPIRED: Text("เปิดไม่ได้ ใบอนุญาตหมดอายุ", "May not be run: its licence has expired"),
    State.SUSPENDED: Text("พักใช้ใบอนุญาตถึง{until}", "Licence suspended until {until}"),
    State.STOPPED: Text("ถูกสั่งให้หยุดดำเนินการ", "Ordered to stop"),
    State.REVOKED: Text("{instrument}ถูกเพิกถอน", "{instrument} revoked"),
    State.LAPSED: Text("เปิดไม่ได้ การแจ้งสิ้นผล", "May not be run: its notice has lapsed"),
    State.REFUSED: Text("ไม่ได้รับอนุญาตให้เปิด", "No licence was given"),
    State.CLOSED: Text("เลิกกิจการแล้ว", "Closed"),
}
_NO_LAST_DAY = Text("พักใช้ใบอนุญาต", "Licence suspended")

_OF_LICENCE = Text(
    "ใบอนุญาตใช้ได้ถึง{until} ต่ออายุได้ถ้ายื่นคำขอก่อนหมดอายุ",
    "The licence is valid until {until}. It is renewed if that is asked before it ends.",
)
_FOLLOWS: Mapping[str, Text] = {
    State.APPLIED: Text(
        "เปิดได้เมื่อได้รับใบอนุญาตแล้วเท่านั้น", "It may be run only once the licence is given."
    ),
    State.NOTIFIED: Text(
        "แจ้งต่อหน่วยงานและได้รับใบรับแจ้งแล้ว อยู่ระหว่างตรวจเพื่อออกหนังสือรับรอง",
        "The office was notified and gave its receipt. The certificate follows once it is checked.",
    ),
    State.VALID: Text(
        "มีหนังสือรับรองการแจ้ง ใช้ได้ตลอดที่ประกอบกิจการและชำระค่าธรรมเนียมรายปี",
        "It has a certificate, which counts as long as it is run and its yearly fee is paid.",
    ),
    RENEWING: Text(
        "ใบอนุญาตครบอายุ{until} ยื่นต่ออายุทันเวลาแล้ว เปิดต่อได้จนกว่าจะมีคำสั่ง",
        "The licence ended on {until}. Its renewal was asked in time, and it may be run until "
        "that is decided.",
    ),
    EXPIRED: Text(
        "ใบอนุญาตครบอายุ{until} และไม่ได้ต่ออายุ ต้องขอใบอนุญาตใหม่ก่อนเปิด",
        "The licence ended on {until} and was not renewed. A new one is needed before it is run.",
    ),
    State.SUSPENDED: Text(
        "ห้ามเปิดระหว่างพักใช้ใบอนุญาต พ้นกำหนดแล้วเปิดได้อีก",
        "It may not be run while its licence is suspended, and may again afterwards.",
    ),
    State.STOPPED: Text(
        "ห้ามเปิดจนกว่าจะปฏิบัติตามคำสั่งของเจ้าพนักงานท้องถิ่น",
        "It may not be run until the order of the office is obeyed.",
    ),
    State.REVOKED: Text("ห้ามเปิดตั้งแต่วันที่ถูกเพิกถอน", "It may not be run since then."),
    State.LAPSED: Text(
        "ไม่ได้แก้ไขการแจ้งตามกำหนด ต้องแจ้งใหม่ก่อนเปิด",
        "The notice was not put right in time. A new one is needed before it is run.",
    ),
    State.REFUSED: Text(
        "ห้ามเปิด ผู้ขออุทธรณ์ได้ตามหนังสือแจ้งผล",
        "It may not be run. Who asked can appeal, as the letter says.",
    ),
    State.CLOSED: Text("ไม่ได้ประกอบกิจการที่นี่แล้ว", "It is run here no more."),
}
_CLOSED_ON = Text("ไม่ได้ประกอบกิจการที่นี่ตั้งแต่{closed}", "It is run here no more since {closed}.")

# What can be asked for, by service, in the order in which it is needed.
STEPS: Mapping[str, Text] = {
    LICENSE: Text("ขอใบอนุญาตใหม่", "Ask for a new licence"),
    RENEW: Text("ต่ออายุใบอนุญาต", "Renew the licence"),
    CHANGE: Text("แก้ไขรายการ", "Change what was told"),
    TRANSFER: Text("โอนกิจการให้ผู้อื่น", "Transfer the business"),
    REPLACE: Text("ขอใบแทนเมื่อหายหรือชำรุด", "Replace a lost or damaged paper"),
    CLOSE: Text("แจ้งเลิกกิจการ", "Tell that it closes"),
}


def verdict_of(place: Mapping[str, Any], stands: str) -> Text:
    """Return in a few words whether a place may be run, for who stands before its door.

    :param place: with ``instrument`` and ``state_until`` of the register.
    :param stands: a key of ``STANDS``.
    """
    if stands == State.SUSPENDED and place["state_until"] is None:
        return _NO_LAST_DAY
    until = _day(place["state_until"])
    return _VERDICTS[stands].format(until=until, instrument=INSTRUMENTS[place["instrument"]])


def follows(place: Mapping[str, Any], stands: str) -> Text:
    """Return the sentence about what follows from how a place stands.

    :param place: with ``until`` and ``closed_on`` of the register.
    :param stands: a key of ``STANDS``.
    """
    if stands == State.VALID and place["until"]:
        return _OF_LICENCE.format(until=_day(place["until"]))
    if stands == State.CLOSED and place["closed_on"]:
        return _CLOSED_ON.format(closed=_day(place["closed_on"]))
    return _FOLLOWS[stands].format(until=_day(place["until"]))


def steps_of(instrument: str, stands: str) -> Sequence[str]:
    """Return the services by which the owner of a place goes on from how it stands."""
    anew = (LICENSE,) if stands == EXPIRED else ()
    after = (code for code in AFTER if stands in FINE[code])
    return (*anew, *(code for code in after if code != RENEW or instrument == LICENCE))


def _day(day: date | None) -> Text:
    """Return a day to stand in a sentence: in Thai after a blank, as that language breaks."""
    if day is None:
        return Text("", "")
    return Text(f" {long_day(day, 'th')}", long_day(day, "en"))
