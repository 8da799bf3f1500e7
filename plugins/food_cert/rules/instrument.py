"""Which instrument a place needs: a notice with its certificate, a licence, or neither, and why.

Law: Public Health Act B.E. 2535, s. 38 (which places, up to which area, not in a market), 48
(notice) and 56 (licence).
"""

from decimal import Decimal

import msgspec

from core.api import Text
from kit.law import Limits, bare
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE

NOTIFY, LICENSE = "food_cert.notify", "food_cert.licence"
SERVICES = {CERTIFICATE: NOTIFY, LICENCE: LICENSE}

_IN_MARKET = Text(
    "ขายหรือเก็บอาหารภายในตลาดที่มีใบอนุญาตจัดตั้งตลาด ไม่ต้องแจ้งและไม่ต้องขออนุญาตอีก "
    "เพราะกฎหมายยกเว้นไว้ เจ้าของตลาดเป็นผู้ดูแล",
    "Inside a licensed market neither a notice nor a licence is needed: the law leaves it to the "
    "market itself.",
)
_NOTICE = Text(
    "พื้นที่ {area} ตร.ม. ไม่เกิน {most} ตร.ม. จึงแจ้งเพื่อรับหนังสือรับรอง ได้ใบรับแจ้งทันทีและเปิดได้เลย "
    "หน่วยงานตรวจและออกหนังสือรับรองภายใน {days} วันทำการ",
    "{area} m² is within {most} m²: a notice will do. Its receipt comes at once and the place may "
    "open; the certificate follows within {days} working days.",
)
_LICENCE = Text(
    "พื้นที่ {area} ตร.ม. เกิน {most} ตร.ม. จึงต้องได้รับใบอนุญาตก่อนเปิด "
    "พิจารณาภายใน {days} วันนับแต่เอกสารครบ ใบอนุญาตมีอายุ {years} ปี",
    "{area} m² is over {most} m²: a licence is needed before it opens, decided within {days} days "
    "of a complete file. It is valid for {years} year.",
)


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """Which instrument it is, and why.

    :param instrument: ``CERTIFICATE`` or ``LICENCE``; None where neither is needed.
    """

    instrument: str | None
    why: Text

    @property
    def service(self) -> str | None:
        """Code of the service by which it is asked for."""
        return SERVICES[self.instrument] if self.instrument else None


def way_of(*, area: Decimal, market: bool, limits: Limits) -> Way:
    """Return the way of a place.

    :param area: square metres, more than 0.
    :param market: it lies inside a licensed market.
    """
    if market:
        return Way(instrument=None, why=_IN_MARKET)
    most = limits["area.most"]
    facts = {"area": bare(area), "most": bare(most.number)}
    if area <= most.number:
        days = limits["notice.check_days"].whole
        return Way(instrument=CERTIFICATE, why=_NOTICE.format(days=days, **facts))
    days, years = limits["licence.days"].whole, limits["licence.years"].whole
    return Way(instrument=LICENCE, why=_LICENCE.format(days=days, years=years, **facts))
