"""Places that were certified or licensed on paper before the office used this.

So their owners renew, change and close them like all others, they are billed and inspected, and
the numbers of the year go on after theirs.
"""

from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, Text, need, transaction
from kit.documents import note_earlier, quoted_number
from plugins.food_cert.rules.earlier import Earlier, numbered
from plugins.food_cert.rules.places import INSTRUMENTS, State, sameness
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.paper import series_of
from plugins.food_cert.service.places import enter_place, note_event, same_place
from plugins.food_cert.service.rights import CARRY
from plugins.food_cert.tables.register import Place

_KNOWN = Text(
    "เลขที่ {number} มีในทะเบียนแล้ว ตรวจเลขที่ หรือค้นใบนั้นในทะเบียน",
    "The register has {number} already. Check the number, or look for it there.",
)
_SAME = Text(
    "ทะเบียนมีสถานที่ชื่อนี้ที่ที่ตั้งนี้แล้ว เลขทะเบียน {number} ค้นและแก้ที่นั่น",
    "The register has this place at this address already, as no. {number}. Change it there.",
)
_ENTERED = Text(
    "ลงทะเบียนจาก{instrument}ที่ออกก่อนใช้ระบบ",
    "Entered from a paper that was issued before: {instrument}",
)


async def enter(ctx: Context, one: Earlier) -> UUID:
    """Enter a place, and return its id.

    :raises InvalidInput: its number, days or area cannot be, or the register has it.
    :raises Conflict: its number is beyond those that are issued here.
    """
    need(ctx, CARRY)
    limits = await limits_on(ctx, ctx.today)
    problems, serial, year = numbered(one, limits, ctx.today)
    if problems:
        raise InvalidInput(problems)
    number, same = quoted_number(serial, year), sameness(one.name, one.kind, one.site)
    async with transaction(ctx):
        # Who enters another one of the same series and year waits here for this one.
        await note_earlier(ctx, series_of(one.instrument), serial, year)
        if await _numbered(ctx, one.instrument, number):
            raise InvalidInput({"number": _KNOWN.format(number=number)})
        id = await enter_place(ctx, _facts(one, number, same), opened_on=one.opened_on)
        if id is None:
            there = await same_place(ctx, same)
            raise InvalidInput({"name": _SAME.format(number=there["number"] if there else "–")})
        words = _ENTERED.format(instrument=INSTRUMENTS[one.instrument])
        await note_event(ctx, id, what="entered", words=words)
    return id


async def _numbered(ctx: Context, instrument: str, number: str) -> bool:
    return await Place.exists().where(
        Place.of(ctx), Place.instrument == instrument, Place.paper_number == number
    )


def _facts(one: Earlier, number: str, same: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": one.kind,
        "instrument": one.instrument,
        "area": one.area,
        "workers": one.workers,
        "holder": one.holder,
        "company_id": one.company_id,
        "phone": one.phone,
        "subdistrict": one.site.subdistrict,
        "address": one.site.one_line("th"),
        "site": msgspec.to_builtins(one.site),
        "pin": one.pin,
        "sameness": same,
        "state": State.VALID,
        "until": one.until,
        "paper_number": number,
        "issued_on": one.issued_on,
    }
