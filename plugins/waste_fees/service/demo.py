"""The demonstration: a register of some streets, a tariff, bills of three months."""

import random
from dataclasses import replace
from datetime import date, timedelta

from core.api import EVERYWHERE, Actor, Context, Text, people
from kit.geo import area_of
from plugins.waste_fees.rules.months import add_months, month_of
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.rules.tariffs import Band, Content
from plugins.waste_fees.service import (
    demands,
    mine,
    points,
    printing,
    privileges,
    readings,
    runs,
    tariffs,
)
from plugins.waste_fees.service.finding import Sought, find_points
from plugins.waste_fees.service.rights import PERMISSIONS

POINTS, MONTHS = 40, 5
# Months of bills that are printed, so that the worker of a demonstration is done soon.
PRINTED = 2
_FIRST = ("สมชาย", "วิภาดา", "คำปัน", "บัวผัน", "ประเสริฐ", "อรุณี", "สมศักดิ์", "จันทร์ดี", "อำนวย", "สุรีย์")
_LAST = ("ใจดี", "แสงคำ", "ใจยา", "วงศ์ใหญ่", "ทองดี", "ศรีสุข", "พรหมมา", "มั่นคง", "กันทะ", "ปัญญา")
# Of the demonstration's people, see core.commands.demo_people.
_CITIZEN, _PHONE, _NATIONAL_ID = "นางสาววิภาดา แสงคำ", "+66812345678", "1234545678781"
_SIZES = {
    "household": (10, 20, 20, 40),
    "dormitory": (150, 300),
    "shop": (40, 90),
    "business": (300, 700),
    "market": (1500,),
    "office": (120,),
}
_OFFICER = Actor(
    kind="system",
    name="จันทร์เพ็ญ ทองดี",
    post="นักวิชาการเงินและบัญชี",
    permissions=dict.fromkeys(PERMISSIONS, EVERYWHERE),
)


async def fill(ctx: Context) -> None:
    """Fill the register, and bill the last months."""
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    begun = add_months(month_of(ctx.today), -MONTHS)
    then = replace(ctx, actor=_OFFICER, now=ctx.now - timedelta(days=31 * MONTHS))
    await tariffs.begin_with(then)
    for number in range(POINTS):
        use = "household" if number % 5 else list(USES)[number // 5 % len(USES)]
        values = {
            "use": use,
            "payer_name": f"นาย{chance.choice(_FIRST)} {chance.choice(_LAST)}",
            "address": f"{10 + number}/{number % 4 + 1} หมู่ {number % 3 + 1} ซอย {number % 7 + 1}",
            "zone": f"หมู่ {number % 3 + 1}",
            "route": f"สาย {number % 2 + 1}",
            "bins": 1 + chance.randrange(2),
            "litres": chance.choice(_SIZES[use]),
            "pin": _pin(ctx, chance) if number % 10 else None,
        }
        await points.open_point(then, values, since=begun, why="ทะเบียนตัวอย่าง")
    here = replace(ctx, actor=_OFFICER)
    await _houses(then, begun)
    await _water(here)
    await _bill(here)
    await _take(ctx)
    await demands.confirm(here, await demands.begin(here, zone="หมู่ 1"))
    await demands.begin(here)
    # Nothing is owed here: the service has just begun.
    await points.open_point(here, values, since=ctx.today, why="ทะเบียนตัวอย่าง")


def _pin(ctx: Context, chance: random.Random) -> dict[str, float] | None:
    """Return a place in the middle of the municipality; None where its area is not known."""
    area = area_of(ctx.tenant)
    if area is None:
        return None
    south_west, north_east = area.bounds
    # Half of its frame around the middle, so that most lie inside the limits.
    return {
        name: round(low + (high - low) * (0.25 + chance.random() / 2), 5)
        for name, low, high in (
            ("lat", south_west.lat, north_east.lat),
            ("lon", south_west.lon, north_east.lon),
        )
    }


async def _houses(ctx: Context, since: date) -> None:
    """Add two houses of the citizen of the demonstration."""
    for number in (88, 90):
        values = {
            "use": "household",
            "payer_name": _CITIZEN,
            "payer_phone": _PHONE,
            "address": f"{number} หมู่ 1 ซอย 1",
            "zone": "หมู่ 1",
            "route": "สาย 1",
            "bins": 1,
            "litres": 20,
        }
        await points.open_point(ctx, values, since=since, why="ทะเบียนตัวอย่าง")


async def _take(ctx: Context) -> None:
    """Let the citizen take one of her houses into her account, where she has one."""
    known = await people.find_citizen(ctx, national_id=_NATIONAL_ID)
    if known is None:
        return
    here = replace(ctx, actor=Actor(kind="citizen", id=known.id, name=known.name))
    for one in (await mine.my_points(here)).offered[:1]:
        await mine.take_point(here, one["id"])


async def _bill(ctx: Context) -> None:
    known = (await find_points(ctx, Sought(state=""))).points
    month = month_of(ctx.today)
    await privileges.register(
        ctx, known[0]["id"], "waste/sorting", from_on=month, why="ลงทะเบียนคัดแยกขยะ"
    )
    await privileges.register(
        ctx, known[1]["id"], "waste/exempt", from_on=month, why="มติคณะกรรมการ ผู้มีรายได้น้อย"
    )
    await points.close_point(ctx, known[2]["id"], from_on=ctx.today, why="ย้ายออก")
    for back in range(MONTHS - 1, -1, -1):
        first = add_months(month, -back)
        run = await runs.begin_run(
            ctx, "waste", first_month=first, months=1, due_on=add_months(first, 1)
        )
        if back:
            await runs.confirm_run(ctx, run)
        if 0 < back <= PRINTED:
            await printing.print_bills(ctx, run)


async def _water(ctx: Context) -> None:
    """Add wastewater by meter, with a meter that was read and one that was not."""
    await tariffs.make_kind(
        ctx,
        code="water",
        title=Text("ค่าบำบัดน้ำเสีย", "Treatment of wastewater"),
        revenue="waste_fees.wastewater",
        measure="metered",
        factor=80,
    )
    await tariffs.set_tariff(
        ctx,
        "water",
        from_on=add_months(month_of(ctx.today), -MONTHS),
        content=Content(bands=(Band(collect=250),)),
        source="อัตราสมมติของการสาธิต",
    )
    known = (await find_points(ctx, Sought(use="dormitory"))).points
    for place, row in enumerate(known[:2]):
        month = add_months(month_of(ctx.today), -place)
        figures = {"before": 1_200, "after": 1_385}
        await readings.note_reading(ctx, row["id"], "water", month=month, **figures)
