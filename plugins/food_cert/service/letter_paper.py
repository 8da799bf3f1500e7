"""What stands in a letter about the renewal of a licence."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from core.api import Context
from kit.documents import Letter, Signer, Stamp
from kit.law import Limits
from kit.thai import long_day
from plugins.food_cert.rules.places import KINDS

SERIES, TEMPLATE = "food_cert.letters", "food_cert/renewal.typ"
_SERVICE = "/services/food_cert.renew"
_ACT = "พ.ร.บ.การสาธารณสุข พ.ศ. 2535"


class Way(msgspec.Struct, frozen=True):
    """A page: its address in the QR, and to be typed."""

    url: str
    reference: str


class RenewalPaper(Letter, frozen=True, kw_only=True):
    """A letter that says until when a renewal is asked and paid.

    Law: Public Health Act B.E. 2535, s. 55 (renewal) and 72 (penalty without a licence).

    :param last: what is to be done, and by which day.
    :param then: what happens otherwise.
    :param open: where the renewal is asked.
    """

    last: str
    then: Sequence[str]
    open: Way


def renewal_path(number: str) -> str:
    """Return the page on which the renewal of a licence is asked, its number filled in."""
    return f"{_SERVICE}?{urlencode({'paper': number})}"


def renewal_paper(
    ctx: Context, place: Mapping[str, Any], limits: Limits, signs: Signer, stamp: Stamp
) -> RenewalPaper:
    """Return the letter.

    :param place: of the register.
    """
    office, until = ctx.tenant.name.th, long_day(place["until"], "th")
    kind, number = KINDS[place["kind"]].th, place["paper_number"]
    months = limits["penalty.licence_months"].whole
    fine = f"{limits['penalty.licence_fine'].whole // 100:,}"
    return RenewalPaper(
        **stamp,
        title="หนังสือแจ้งเตือนการต่ออายุใบอนุญาต",
        subject=f"ใบอนุญาตจัดตั้ง{kind}ใกล้หมดอายุ",
        to=place["holder"],
        paragraphs=[
            f"ตามที่ท่านได้รับใบอนุญาตจัดตั้ง{kind} เลขที่ {number} ชื่อสถานประกอบการ {place['name']} "
            f"ตั้งอยู่ที่ {place['address']} นั้น ใบอนุญาตดังกล่าวใช้ได้ถึงวันที่ {until}",
        ],
        last=f"หากประสงค์จะประกอบกิจการต่อ ขอให้ยื่นคำขอต่ออายุและชำระค่าธรรมเนียมภายใน {until}",
        then=[
            f"เมื่อยื่นคำขอพร้อมชำระค่าธรรมเนียมก่อนใบอนุญาตหมดอายุแล้ว ท่านประกอบกิจการต่อไปได้จนกว่า"
            f"เจ้าพนักงานท้องถิ่นจะสั่งไม่ต่ออายุ ตาม {_ACT} มาตรา 55",
            "หากพ้นวันดังกล่าวโดยไม่ได้ยื่น ใบอนุญาตหมดอายุและต่ออายุไม่ได้ ต้องหยุดประกอบกิจการ "
            "และขอใบอนุญาตใหม่ก่อนเปิดอีกครั้ง การประกอบกิจการโดยไม่มีใบอนุญาตมีโทษจำคุกไม่เกิน "
            f"{months} เดือน หรือปรับไม่เกิน {fine} บาท ตามมาตรา 72",
            "หากท่านได้ยื่นคำขอแล้ว ไม่ต้องดำเนินการใด หากเลิกกิจการแล้ว โปรดแจ้งให้ทราบ",
        ],
        open=Way(
            f"{ctx.origin}{renewal_path(number)}", f"{ctx.origin.partition('://')[2]}{_SERVICE}"
        ),
        signer=signs,
        # Where it is posted to.
        unit=[office, *_contact(ctx), f"ส่งถึง {place['holder']} {place['address']}"],
    )


def _contact(ctx: Context) -> list[str]:
    return [f"โทรศัพท์ {ctx.tenant.phone}"] if ctx.tenant.phone else []
