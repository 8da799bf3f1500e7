"""Permits that the office issued on paper before it used this, entered from the paper.

So their holders renew them and tell that the work is done like all others, and the numbers of
the year go on after them.
"""

from typing import Any
from uuid import UUID

from core.api import Context, InvalidInput, Text, add, audit, need, new_id, transaction
from kit.documents import note_earlier, quoted_number
from plugins.permits.rules.earlier import Earlier, numbered
from plugins.permits.service.history import note_event
from plugins.permits.service.paper import SERIES
from plugins.permits.service.rights import CARRY
from plugins.permits.tables.register import Permit

_KNOWN = Text(
    "เลขที่ {number} มีในทะเบียนแล้ว ตรวจเลขที่ หรือค้นใบนั้นในทะเบียน",
    "The register has {number} already. Check the number, or look for it there.",
)
_ENTERED = Text(
    "ลงทะเบียนจากใบอนุญาตที่ออกก่อนใช้ระบบ", "Entered from a permit that was issued on paper before"
)


async def enter(ctx: Context, one: Earlier) -> UUID:
    """Enter a permit, and return by what the register knows it.

    :raises InvalidInput: its number or its days cannot be, or the register has it.
    :raises Conflict: its number is beyond those that are issued here.
    """
    need(ctx, CARRY)
    problems, serial, year = numbered(one, ctx.today)
    if problems:
        raise InvalidInput(problems)
    id, number = new_id(), quoted_number(serial, year)
    async with transaction(ctx):
        await note_earlier(ctx, SERIES, serial, year)
        if not await add(Permit, _row(ctx, one, id, number), unless=("tenant_id", "number")):
            raise InvalidInput({"number": _KNOWN.format(number=number)})
        await note_event(ctx, id, what="entered", day=ctx.today, words=_ENTERED)
        subject = f"permit/{id}"
        await audit.record(ctx, "permits.permit.entered", subject, number=number, on_paper=True)
    return id


def _row(ctx: Context, one: Earlier, id: UUID, number: str) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "case_id": id,
        "paper": None,
        "number": number,
        "service": "",
        "work": one.work,
        "use": one.use,
        "storeys": one.storeys,
        "area": one.area,
        "holder": one.holder,
        "phone": one.phone,
        "account": None,
        "subdistrict": one.site.subdistrict,
        "place": one.site.one_line("th"),
        "deed": one.deed,
        "plan": "",
        "pin": one.pin,
        "plot": None,
        "fee": 0,
        "issued_on": one.issued_on,
        "until": one.until,
        "renewed": 0,
        "state": "valid",
        "changed_at": ctx.now,
    }
