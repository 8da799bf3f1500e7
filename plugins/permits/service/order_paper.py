"""The letter of an order: facts, law, what is ordered, and how to challenge it."""

from collections.abc import Mapping, Sequence

import msgspec

from core.api import Context
from kit.documents import Appeal, Letter, Row, Stamp, signer
from kit.law import Limits
from plugins.permits.rules.orders import KINDS, Ground
from plugins.permits.services.permitting import appeal

SERIES = "permits.orders"
TEMPLATE = "permits/order.typ"
_NOBODY = "เจ้าของหรือผู้ครอบครองอาคาร"
# What the letter orders; the days are counted for whoever gets it.
_COMMANDS: Mapping[str, str] = {
    "stop": "ให้ระงับการก่อสร้าง ดัดแปลง รื้อถอน หรือเคลื่อนย้ายอาคารดังกล่าวทันทีที่ทราบคำสั่งนี้",
    "fix": "ให้แก้ไขเปลี่ยนแปลงอาคารดังกล่าวให้ถูกต้อง หรือยื่นคำขออนุญาตให้ถูกต้อง "
    "ให้แล้วเสร็จภายใน {days} วัน นับแต่วันที่ทราบคำสั่งนี้",
    "demolish": "ให้รื้อถอนอาคารหรือส่วนของอาคารดังกล่าวให้แล้วเสร็จภายใน {days} วัน นับแต่วันที่ทราบคำสั่งนี้",
}


class OrderPaper(Letter, frozen=True, kw_only=True):
    """An order of the local official.

    Law: Administrative Procedure Act B.E. 2539, s. 37 (facts, law, reasons) and s. 40 (appeal).

    :param ordered: what is to be done, and until when.
    """

    rows: Sequence[Row]
    facts: Sequence[str]
    law: Sequence[str]
    ordered: str
    wanted: Sequence[str]
    appeal: Appeal


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What an order is about.

    :param days: to obey; 0 where it counts at once.
    :param permit: number; empty where there is none.
    """

    ground: Ground
    days: int
    to_name: str
    place: str
    permit: str
    facts: str
    wanted: str
    limits: Limits


def order_paper(ctx: Context, about: Facts, stamp: Stamp) -> OrderPaper:
    """Return the letter, signed by the actor."""
    office, ground = ctx.tenant.name.th, about.ground
    to, command = about.to_name or _NOBODY, _COMMANDS[ground.kind].format(days=about.days)
    rows = [
        Row("อาคารตั้งอยู่ที่", about.place),
        Row("ใบอนุญาตเลขที่", about.permit or "ไม่มีใบอนุญาต"),
    ]
    return OrderPaper(
        **stamp,
        title=f"คำสั่งให้{KINDS[ground.kind].th}",
        subject=f"คำสั่งให้{KINDS[ground.kind].th}",
        to=to,
        paragraphs=[f"ด้วยเจ้าพนักงานท้องถิ่น{office}ได้ตรวจพบการกระทำเกี่ยวกับอาคาร ดังต่อไปนี้"],
        rows=rows,
        facts=[about.facts],
        law=[f"{ground.law.th} {ground.words}"],
        ordered=f"อาศัยอำนาจตาม {ground.law.th} จึงมีคำสั่ง{command}",
        wanted=[about.wanted] if about.wanted else [],
        appeal=_appeal(about.limits),
        signer=signer(ctx),
        unit=[office, *([f"โทรศัพท์ {ctx.tenant.phone}"] if ctx.tenant.phone else [])],
    )


def _appeal(limits: Limits) -> Appeal:
    known = appeal(limits)
    return Appeal(
        to=known.to.th,
        within=f"{known.days} วัน",
        since=f"นับแต่{known.since.th}",
        law=known.law,
    )
