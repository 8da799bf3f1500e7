"""A place as everybody may know it: the page behind the QR on its wall."""

from datetime import date
from typing import Any

import msgspec

from core.api import Context, NotFound, Text
from kit.geo import subdistrict
from plugins.food_cert.rules.places import stands
from plugins.food_cert.rules.standing import follows, verdict_of
from plugins.food_cert.service import hygiene_reading
from plugins.food_cert.service.places import place_of_code

_NO_CODE = Text(
    "ไม่พบร้านของรหัสนี้ สแกน QR บนป้ายอีกครั้ง หรือค้นชื่อร้านในทะเบียนสถานที่อาหารของเรา "
    "ถ้าร้านติดป้ายที่ไม่พบ แจ้งหน่วยงาน",
    "This code is of no place. Scan the QR on the wall again, or look for its name in our register "
    "of food premises. If a place shows a code that is not found, tell the office.",
)


class OpenPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What a guest is told; nothing of it is of a person.

    :ivar stands: a key of ``STANDS``; ``verdict`` says it in a few words, ``follows`` the rest.
    :ivar until: the last day of its licence; None where it has none.
    :ivar hygiene: of the last inspection; None where it was never inspected.
    """

    code: str
    name: str
    kind: str
    instrument: str
    paper_number: str
    address: str
    until: date | None
    stands: str
    verdict: Text
    follows: Text
    hygiene: hygiene_reading.Shown | None


async def open_place(ctx: Context, typed: str) -> OpenPlace:
    """Return the place of a code, as it was scanned or typed.

    :raises NotFound: there is none.
    """
    try:
        row = await place_of_code(ctx, typed)
    except NotFound:
        raise NotFound(_NO_CODE) from None
    now = stands(row, ctx.today)
    said: dict[str, Any] = {name: row[name] for name in OpenPlace.__struct_fields__ if name in row}
    return OpenPlace(
        **said,
        stands=now,
        verdict=verdict_of(row, now),
        follows=follows(row, now),
        hygiene=await hygiene_reading.last_shown(ctx, row),
    )


def districts(ctx: Context) -> dict[str, str]:
    """Return the names of the sub-districts of the municipality, by their codes."""
    known = {code: subdistrict(code) for code in ctx.tenant.subdistricts}
    return {code: one.name.to(ctx.language) for code, one in known.items() if one}
