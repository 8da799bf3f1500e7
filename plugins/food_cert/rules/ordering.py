"""Whether something can be ordered of a place as it stands; if not, which way is open.

Law: Public Health Act B.E. 2535, s. 45, 52, 59, 60 and 65.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Text
from kit.law import Limits
from plugins.food_cert.rules.orders import UNNOTIFIED, Ground
from plugins.food_cert.rules.places import (
    EXPIRED,
    LICENCE,
    OWES,
    RENEWING,
    STANDS,
    State,
    stands,
)

_NO_PLACE = Text(
    "คำสั่งนี้ใช้กับสถานที่ที่อยู่ในทะเบียนเท่านั้น ค้นสถานที่ในทะเบียนแล้วออกคำสั่งจากหน้านั้น",
    "This can be ordered only of a place in the register. Find it there, and order it from its "
    "page.",
)
_CERTIFICATE = Text(
    "สถานที่นี้มีหนังสือรับรองการแจ้ง ไม่มีใบอนุญาตให้พักใช้หรือเพิกถอน ให้สั่งปรับปรุงแก้ไข หรือสั่งหยุดดำเนินกิจการแทน",
    "This place has a certificate of notification, and no licence to suspend or revoke. Order it "
    "to be put right, or to stop.",
)
_STANDS_SO = Text(
    "สถานที่นี้อยู่ในสถานะ “{state}” จึง{what}ไม่ได้ ดูคำสั่งที่มีผลอยู่ หรือสั่งหยุดดำเนินกิจการแทน",
    "It stands as “{state}”, so this cannot be ordered: {what}. See the orders in force, or order "
    "it to stop.",
)
_RUN = (State.VALID, RENEWING)
_SUSPEND, _REVOKE = Text("พักใช้", "suspend"), Text("เพิกถอน", "revoke")
_FEW = Text(
    "เคยพักใช้ใบอนุญาตของผู้รับรายนี้ {count} ครั้ง ต้องพักใช้แล้วตั้งแต่ {least} ครั้ง จึงเพิกถอนด้วยฐานนี้ได้ ให้สั่งพักใช้แทน",
    "This holder's licence was suspended {count} times; on this ground it can be revoked after "
    "{least}. Suspend it.",
)
_IN_FORCE = Text(
    "มีคำสั่งฐานนี้มีผลอยู่แล้ว คือคำสั่งที่ {number} เปิดดูก่อน",
    "Order {number} on this ground is in force already. Look at it first.",
)
_PAID = Text(
    "ค้างชำระ {count} ครั้ง สั่งหยุดได้เมื่อค้างติดต่อกันเกิน {least} ครั้ง ส่งหนังสือทวงก่อน",
    "Unpaid {count} times; it can be stopped after more than {least} in a row. Send a demand.",
)
_OBEYED = Text(
    "ยังไม่มีคำสั่งให้ปรับปรุงแก้ไขที่พ้นกำหนด ถ้าอันตรายร้ายแรง ใช้ฐานอันตรายร้ายแรงแทน",
    "No order to put right is past its day. Where there is serious danger, choose that ground.",
)
_NOTIFIED = Text(
    "สถานที่นี้แจ้งหรือขออนุญาตไว้แล้ว ใช้ฐานนี้ไม่ได้ ถ้าทำผิดสุขลักษณะให้สั่งปรับปรุงแก้ไข",
    "This place was notified or asked for a licence, so this ground does not hold. Where hygiene "
    "fails, order it to be put right.",
)
_NOT_STOPPED = Text(
    "ต้องมีคำสั่งให้หยุดเพราะไม่แจ้ง และบันทึกการส่งแล้ว จึงสั่งห้ามได้ ออกคำสั่งให้หยุดก่อน",
    "It can be banned once it was ordered to stop for not notifying, and that was served. Order "
    "it to stop first.",
)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a place about which something is to be ordered.

    :param place: of the register; None where it is not there.
    :param orders: about it, open and closed, with the columns of ``Order``.
    :param unpaid: how often in a row its fees are overdue.
    """

    place: Mapping[str, Any] | None
    orders: Sequence[Mapping[str, Any]]
    unpaid: int
    limits: Limits
    today: date


def refusal(ground: Ground, known: Known) -> Text | None:
    """Return why something cannot be ordered of a place, None where it can."""
    if known.place is None and not ground.anywhere:
        return _NO_PLACE
    if ground.kind in ("suspend", "revoke") and known.place is not None:
        wrong = _of_licence(ground, known.place, known.today)
        if wrong is not None:
            return wrong
    if ground.kind != "improve":
        for one in known.orders:
            if one["state"] == "open" and one["code"] == ground.code:
                return _IN_FORCE.format(number=one["number"])
    return _NEEDS[ground.needs](known) if ground.needs else None


def _of_licence(ground: Ground, place: Mapping[str, Any], today: date) -> Text | None:
    if place["instrument"] != LICENCE:
        return _CERTIFICATE
    now = stands(place, today)
    suspends = ground.kind == "suspend"
    fine = _RUN if suspends else (*_RUN, State.SUSPENDED, State.STOPPED)
    counts = stands({**place, "state": State.VALID}, today) in _RUN
    if counts and now in fine:
        return None
    said = STANDS[EXPIRED if now in fine else now]
    return _STANDS_SO.format(state=said, what=_SUSPEND if suspends else _REVOKE)


def suspensions(known: Known) -> int:
    """Return how often the licence of who holds it now was suspended; withdrawn ones count not."""
    holder = known.place["holder"] if known.place else ""
    return sum(
        one["kind"] == "suspend" and one["state"] != "withdrawn" and one["holder"] == holder
        for one in known.orders
    )


def _suspended(known: Known) -> Text | None:
    count, least = suspensions(known), known.limits["suspensions.most"].whole
    return None if count >= least else _FEW.format(count=count, least=least)


def _disobeyed(known: Known) -> Text | None:
    late = any(
        one["kind"] == "improve"
        and one["state"] == "open"
        and one["due_on"] is not None
        and one["due_on"] < known.today
        for one in known.orders
    )
    return None if late else _OBEYED


def _unpaid(known: Known) -> Text | None:
    least = known.limits["stop.unpaid"].whole
    return None if known.unpaid > least else _PAID.format(count=known.unpaid, least=least)


def _unnotified(known: Known) -> Text | None:
    if known.place is None:
        return None
    told = known.place["state"] in OWES or known.place["state"] == State.APPLIED
    return _NOTIFIED if told else None


def _stopped(known: Known) -> Text | None:
    served = any(
        one["code"] == UNNOTIFIED and one["state"] == "open" and one["served_on"] is not None
        for one in known.orders
    )
    return None if served else _NOT_STOPPED


_NEEDS = {
    "suspensions": _suspended,
    "disobeyed": _disobeyed,
    "unpaid": _unpaid,
    "unnotified": _unnotified,
    "stopped": _stopped,
}
