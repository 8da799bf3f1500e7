"""The letter of an order: facts, law, what is ordered, and how to challenge it."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from core.api import Context
from kit.documents import Appeal, Letter, Row, Stamp, signer
from kit.law import Limits
from kit.thai import long_day
from plugins.food_cert.rules.orders import KINDS, Ground

SERIES = "food_cert.orders"
TEMPLATE = "food_cert/order.typ"
_NOBODY = "ผู้ดำเนินกิจการ"
_DANGER = "จนกว่าเจ้าพนักงานท้องถิ่นจะเห็นว่าปราศจากอันตรายแล้ว"
# What the letter orders, by its ground; the days are counted for whoever gets it.
_COMMANDS: Mapping[str, str] = {
    "improve-wrong": "ให้แก้ไขหรือปรับปรุงให้ถูกต้อง ให้แล้วเสร็จภายใน {days} วัน นับแต่วันที่ทราบคำสั่งนี้",
    "suspend-wrong": "ให้พักใช้ใบอนุญาต มีกำหนด {days} วัน ถึงวันที่ {until} "
    "ระหว่างนี้ให้หยุดประกอบกิจการที่ได้รับใบอนุญาต",
    "revoke-suspended": "ให้เพิกถอนใบอนุญาต",
    "revoke-convicted": "ให้เพิกถอนใบอนุญาต",
    "revoke-harm": "ให้เพิกถอนใบอนุญาต",
    "stop-danger": f"ให้หยุดดำเนินกิจการทันทีเป็นการชั่วคราว {_DANGER}",
    "stop-disobeyed": f"ให้หยุดดำเนินกิจการทันทีเป็นการชั่วคราว {_DANGER}",
    "stop-unpaid": "ให้หยุดดำเนินกิจการ จนกว่าจะได้เสียค่าธรรมเนียมและค่าปรับจนครบจำนวน",
    "stop-unnotified": "ให้หยุดดำเนินกิจการ จนกว่าจะได้แจ้งต่อเจ้าพนักงานท้องถิ่น",
    "ban-unnotified": "ห้ามดำเนินกิจการนี้ มีกำหนด {days} วัน ถึงวันที่ {until}",
}
_AFTER: Mapping[str, str] = {
    "revoke": "เมื่อถูกเพิกถอนแล้ว จะขอรับใบอนุญาตสำหรับกิจการนี้อีกไม่ได้จนกว่าจะพ้น {years} ปี "
    "นับแต่วันที่ถูกสั่งเพิกถอน (มาตรา 62)",
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

    :param days: to obey, or for which it runs; 0 where neither is said.
    :param until: the last day on which it runs; None where it has none.
    :param paper_number: of the certificate or licence; empty where there is none.
    """

    ground: Ground
    days: int
    until: date | None
    to_name: str
    place: str
    paper_number: str
    facts: str
    wanted: str
    limits: Limits


def order_paper(ctx: Context, about: Facts, stamp: Stamp) -> OrderPaper:
    """Return the letter, signed by the actor."""
    office, ground = ctx.tenant.name.th, about.ground
    until = long_day(about.until, "th") if about.until else ""
    command = _COMMANDS[ground.code].format(days=about.days, until=until)
    title = f"คำสั่ง{KINDS[ground.kind].th}"
    after = _AFTER.get(ground.kind, "").format(years=about.limits["bar.years"].value)
    return OrderPaper(
        **stamp,
        title=title,
        subject=title,
        to=about.to_name or _NOBODY,
        paragraphs=[f"ด้วยเจ้าพนักงานท้องถิ่น{office}ได้ตรวจพบเหตุเกี่ยวกับสถานที่จำหน่ายหรือสะสมอาหาร ดังต่อไปนี้"],
        rows=[
            Row("สถานที่", about.place),
            Row("หนังสือรับรองหรือใบอนุญาตเลขที่", about.paper_number or "ไม่มี"),
        ],
        facts=[about.facts],
        law=[f"{ground.law.th} {ground.words}"],
        ordered=f"อาศัยอำนาจตาม {ground.law.th} จึงมีคำสั่ง{command}",
        wanted=[one for one in (about.wanted, after) if one],
        appeal=_appeal(ground, about.limits),
        signer=signer(ctx),
        unit=[office, *([f"โทรศัพท์ {ctx.tenant.phone}"] if ctx.tenant.phone else [])],
    )


def _appeal(ground: Ground, limits: Limits) -> Appeal:
    figure = limits[ground.appeal]
    return Appeal(
        to=ground.appeal_to.th,
        within=f"{figure.whole} วัน",
        since="นับแต่วันทราบคำสั่ง",
        law=figure.law,
    )
