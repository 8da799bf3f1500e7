"""What stands in a letter that demands arrears, from what is owed on the day it is made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Context
from kit.documents import Letter, Signer, Stamp, Table
from kit.thai import baht, baht_text, long_day, short_day
from plugins.waste_fees.service.chosen import law_of
from plugins.waste_fees.service.papers import Pay


class Demanded(Letter, frozen=True, kw_only=True):
    """A letter that demands what is owed.

    :param table: what is owed, the oldest first, with the sum.
    :param then: what to do, and until when.
    :param open: the page that shows what is owed now, and how to pay it, as a QR.
    """

    table: Table
    then: Sequence[str]
    open: Pay
    site: dict[str, str]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter is about.

    :param number: of the point.
    :param code: of its sticker.
    :param bills: of ``still_owed``, the oldest due first.
    :param turn: which letter to this payer for this point, from 1.
    """

    number: int
    code: str
    address: str
    bills: Sequence[Mapping[str, Any]]
    turn: int
    pay_by: date
    signer: Signer


def demand_paper(ctx: Context, facts: Facts, stamp: Stamp) -> Demanded:
    """Return the letter.

    Law: that of the fees it names, of ``data/arrears.json``. Arrears are a plain debt: no
    surcharge and no penalty is known, so none is named.
    """
    bills, office = facts.bills, ctx.tenant.name.th
    total = sum(one["owed"] for one in bills)
    laws = " และ".join(dict.fromkeys(law_of(one["kind"]) for one in bills))
    place = f"จุดให้บริการเลขที่ {facts.number:05} {facts.address}"
    page = f"/w/{facts.code}"
    return Demanded(
        **stamp,
        title="หนังสือทวงถามค่าธรรมเนียมค้างชำระ",
        subject=f"ขอให้ชำระค่าธรรมเนียมค้างชำระ ครั้งที่ {facts.turn}",
        to=bills[0]["name"],
        paragraphs=[
            f"ตามที่{office}ได้ให้บริการ ณ {place} ซึ่งท่านเป็นผู้ชำระค่าธรรมเนียมตาม{laws} นั้น",
            f"จากการตรวจสอบ ณ วันที่ {long_day(ctx.today, 'th')} ปรากฏว่าท่านค้างชำระค่าธรรมเนียม "
            f"{len(bills)} รายการ เป็นเงิน {baht(total)} บาท ({baht_text(total)}) ดังนี้",
        ],
        table=_table(bills, total),
        then=[
            f"จึงขอให้ท่านชำระเงินจำนวนดังกล่าวภายในวันที่ {long_day(facts.pay_by, 'th')} ที่{office} "
            "หรือสแกน QR ด้านล่างเพื่อดูยอดล่าสุดและชำระด้วยแอปธนาคาร "
            "หากไม่อาจชำระทั้งหมดในคราวเดียว ติดต่อเพื่อขอผ่อนชำระได้ก่อนวันดังกล่าว",
            "หากท่านได้ชำระแล้ว หรือเห็นว่ารายการไม่ถูกต้อง โปรดแจ้งให้ทราบพร้อมหลักฐาน",
        ],
        open=Pay(f"{ctx.origin}{page}"),
        site={"reference": f"{ctx.origin.partition('://')[2]}{page}"},
        signer=facts.signer,
        # Where it is posted to: who owes may live elsewhere.
        unit=[office, *_contact(ctx), f"ส่งถึง {bills[0]['name']} {bills[0]['address']}"],
    )


def _contact(ctx: Context) -> list[str]:
    return [f"โทรศัพท์ {ctx.tenant.phone}"] if ctx.tenant.phone else []


def _table(bills: Sequence[Mapping[str, Any]], total: int) -> Table:
    rows = [
        (one["title_th"], one["ref1"], short_day(one["due_on"], "th"), baht(one["owed"]))
        for one in bills
    ]
    return Table(
        heads=("รายการ", "เลขอ้างอิง", "ครบกำหนด", "ค้าง (บาท)"),
        rows=[*rows, ("รวม", "", "", baht(total))],
        numbers=(3,),
        total=True,
    )
