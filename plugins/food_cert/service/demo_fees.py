"""The demonstration of yearly fees: bills, arrears of some years, fees to come, a waiver."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from core.api import EVERYWHERE, Actor, Context, Text, transaction
from kit.thai import BANGKOK
from plugins.food_cert.rules.bands import Band
from plugins.food_cert.rules.fees import begins
from plugins.food_cert.rules.places import CERTIFICATE, LICENCE
from plugins.food_cert.service import bands, billing, surcharges, waivers
from plugins.food_cert.service.feeyears import bill_years
from plugins.food_cert.service.rights import FEES
from plugins.food_cert.tables.register import Place

# How many years are owed by the places that opened first.
ARREARS = (3, 2, 1)
_ORDINANCE = Text("เทศบัญญัติสมมติของการสาธิต บัญชีท้าย ข้อ 1", "A made-up ordinance, schedule, item 1")
_LAW = Text("ประกาศสมมติของการสาธิต", "A made-up notice")
_WHY = Text("ช่วยเหลือผู้ประกอบการหลังน้ำท่วม", "To help operators after the flood")
_OFFICER = Actor(
    kind="system",
    name=Text("จันทร์เพ็ญ ทองดี", "Chanphen Thongdee").th,
    permissions={FEES: EVERYWHERE},
)


async def fill(ctx: Context) -> None:
    """Bill the places that are there; let those that opened first be in arrears."""
    here = replace(ctx, actor=_OFFICER)
    async with transaction(ctx):
        places = (
            await Place.select()
            .where(Place.of(ctx), Place.state == "valid", Place.instrument == CERTIFICATE)
            .order_by(Place.opened_on)
            .limit(len(ARREARS))
        )
    for place, owed in zip(places, ARREARS, strict=False):
        await _fall_behind(here, place, owed)
    await billing.bill(here)
    await surcharges.surcharge_overdue(here)
    new_year = date(ctx.today.year + 1, 1, 1)
    await bands.set_bands(here, _coming(), from_on=new_year, source=_ORDINANCE.th)
    await waivers.add_waiver(
        here,
        from_on=new_year,
        until_on=date(new_year.year, 3, 31),
        percent=50,
        instrument=CERTIFICATE,
        law=_LAW.th,
        why=_WHY.th,
    )


async def _fall_behind(ctx: Context, place: dict[str, Any], owed: int) -> None:
    """Bill the last years of a place as they were billed then."""
    year = 1
    while begins(place["opened_on"], year + 1) <= ctx.today:
        year += 1
    for one in range(max(2, year - owed + 1), year + 1):
        day = begins(place["opened_on"], one) - timedelta(days=45)
        then = replace(ctx, now=datetime.combine(day, time(6), BANGKOK))
        await bill_years(then, [(place, one)])


def _coming() -> list[Band]:
    lines = (
        (CERTIFICATE, 0, 50, 10_000),
        (CERTIFICATE, 50, 200, 30_000),
        (LICENCE, 200, 500, 100_000),
        (LICENCE, 500, None, 200_000),
    )
    return [
        Band(
            instrument=paper,
            above=Decimal(above),
            upto=None if upto is None else Decimal(upto),
            amount=satang,
        )
        for paper, above, upto, satang in lines
    ]
