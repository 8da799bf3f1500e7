"""A place whose area changed so that it needs the other paper: it stays the same place.

Law: Public Health Act B.E. 2535, s. 38.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.api import Context, Text
from kit.casework import Request
from kit.documents import revoke
from plugins.food_cert.rules.fees import opened_so
from plugins.food_cert.service.closing import drop_coming
from plugins.food_cert.service.feeyears import last_year
from plugins.food_cert.service.places import papers_about
from plugins.food_cert.tables.register import Place

_REPLACED = Text(
    "พื้นที่เปลี่ยน จึงออกเอกสารอีกแบบแทนแล้ว", "Its area changed, and the other paper was issued instead."
)


async def swap_instrument(
    ctx: Context, place: Mapping[str, Any], request: Request, issued_on: date
) -> dict[Any, Any]:
    """Return what changes of a place, beside its paper, when the other one is issued.

    The former paper is taken back; the years of fees go on, the next beginning with the new paper.
    """
    for one in await papers_about(ctx, place["id"]):
        if one["paper"] == place["paper"]:
            await revoke(ctx, one["paper"], subject=one["subject"], why=_REPLACED.th)
    await drop_coming(ctx, place["id"], issued_on, _REPLACED)
    answers = request.answers
    return {
        Place.area: Decimal(str(answers["area"])),
        Place.name: answers["business_name"],
        Place.workers: int(answers["workers"]),
        Place.renewing: None,
        Place.opened_on: opened_so(issued_on, await last_year(ctx, place["id"]) + 1),
    }
