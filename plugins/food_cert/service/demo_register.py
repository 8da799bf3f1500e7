"""The demonstration of the register: places that had their paper before, one of a known citizen."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from core.api import Actor, Context, people, transaction
from kit.documents import quoted_number
from kit.geo import Address, area_of, subdistrict
from kit.thai import buddhist_year
from plugins.food_cert.rules.earlier import Earlier
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE, SELL, STORE
from plugins.food_cert.service.earlier import enter
from plugins.food_cert.tables.register import Place

_OFFICER = Actor(kind="system", name="สุดา รักสะอาด", post="นักวิชาการสาธารณสุข")
# Of the demonstration's people, see core.commands.demo_people.
_CITIZEN, _PHONE, _NATIONAL_ID = "นางสาววิภาดา แสงคำ", "+66812345678", "1234545678781"


class _Example(msgspec.Struct, frozen=True):
    """A place; ``left``: days until its licence ends, None of a certificate."""

    name: str
    kind: str
    area: str
    holder: str
    phone: str = ""
    left: int | None = None
    workers: int = 3


_EXAMPLES = (
    _Example("ครัวแม่คำ", SELL, "64", "นางคำปัน ใจยา", "+66811110001"),
    _Example("ข้าวซอยแม่มณี", SELL, "48.5", _CITIZEN, _PHONE, workers=5),
    _Example("ร้านชำบุญมี", STORE, "90", "นายบุญมี กันทะ", "+66811110003", workers=1),
    _Example("กาแฟบ้านสวน", SELL, "120", "นางอรุณี พรหมมา", "+66811110004"),
    _Example("ก๋วยเตี๋ยวลุงสม", SELL, "36", "นายสมศักดิ์ วงศ์ใหญ่"),
    _Example("สวนอาหารริมคลอง", SELL, "420", "นายประเสริฐ ทองดี", "+66811110006", 320, 18),
    _Example("มินิมาร์ทแม่เหียะ", STORE, "260", "นางจันทร์ดี ศรีสุข", "+66811110007", 41, 6),
    _Example("ห้องเย็นล้านนา", STORE, "880", "นายอำนวย มั่นคง", "+66811110008", -12, 9),
)


async def fill(ctx: Context) -> None:
    """Enter the places, and make one that of a citizen who signs in."""
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    here = replace(ctx, actor=_OFFICER)
    for number, one in enumerate(_EXAMPLES if ctx.tenant.subdistricts else (), 1):
        await enter(here, _earlier(here, one, number, chance))
    known = await people.find_citizen(ctx, national_id=_NATIONAL_ID)
    if known is not None:
        async with transaction(ctx):
            await Place.update({Place.account: known.id}).where(
                Place.of(ctx), Place.holder == _CITIZEN, Place.phone == _PHONE
            )


def _earlier(ctx: Context, one: _Example, number: int, chance: random.Random) -> Earlier:
    code = ctx.tenant.subdistricts[0]
    known = subdistrict(code)
    until = None if one.left is None else ctx.today + timedelta(days=one.left)
    opened_on = date(ctx.today.year - 1, number, 3 * number)
    issued_on = opened_on if until is None else until - timedelta(days=364)
    site = Address(
        house_no=f"{40 + number * 7}/{number}",
        moo=str(number % 5 + 1),
        subdistrict=code,
        postcode=known.postcodes[0] if known else "",
    )
    return Earlier(
        instrument=CERTIFICATE if until is None else LICENCE,
        number=quoted_number(10 + number, buddhist_year(issued_on)),
        issued_on=issued_on,
        opened_on=min(opened_on, issued_on),
        until=until,
        name=one.name,
        kind=one.kind,
        area=Decimal(one.area),
        workers=one.workers,
        holder=one.holder,
        site=site,
        phone=one.phone,
        pin=_pin(ctx, chance),
    )


def _pin(ctx: Context, chance: random.Random) -> dict[str, float] | None:
    """Return a place in the middle of the municipality; None where its area is not known."""
    area = area_of(ctx.tenant)
    if area is None:
        return None
    low, high = area.bounds
    return {
        "lat": round(low.lat + (high.lat - low.lat) * (0.35 + 0.3 * chance.random()), 5),
        "lon": round(low.lon + (high.lon - low.lon) * (0.35 + 0.3 * chance.random()), 5),
    }
