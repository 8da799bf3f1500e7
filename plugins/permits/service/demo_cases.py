"""The demonstration's permits: houses by standard plans, each brought to a state of its own.

One more was issued on paper before; its holder has just told who supervises.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.api import Actor, Context, Text
from kit.casework import Applicant, Service, file_case, lead_case, read_request
from kit.documents import quoted_number
from kit.geo import Address, area_of, subdistrict
from kit.thai import buddhist_year
from kit.treasury import read_bill, waive
from plugins.permits.rules.after import SUPERVISE
from plugins.permits.rules.asked import SIDES
from plugins.permits.rules.earlier import Earlier
from plugins.permits.rules.ways import SMALL
from plugins.permits.service import earlier, offering

End = Literal["filed", "accepted", "last_step", "ordered", "approved", "issued"]


class _House(msgspec.Struct, frozen=True):
    """Somebody who builds: name, phone, plan, days ago, and how far it has come."""

    name: str
    phone: str
    plan: str
    back: int
    end: End


_HOUSES = (
    _House("นายประเสริฐ ตั้งมั่น", "+66811110001", "dpt-120", 9, "issued"),
    _House("นางสาวอัมพร ดีงาม", "+66811110002", "dpt-84", 8, "issued"),
    _House("นายวิรัช สุขสบาย", "+66811110003", "dpt-148", 7, "issued"),
    _House("นางบัวเรียน คำแก้ว", "+66811110004", "dpt-60", 6, "approved"),
    _House("นายเกรียงไกร พึ่งตน", "+66811110005", "dpt-120", 4, "last_step"),
    _House("นางจันทร์ฟอง ศรีวงศ์", "+66811110008", "dpt-84", 3, "ordered"),
    _House("นางสมพร ใจกว้าง", "+66811110006", "dpt-148", 2, "accepted"),
    _House("นายธีระ มีสุข", "+66811110007", "dpt-84", 1, "filed"),
)
# The counter saw them just now, each a little longer than the one before.
_AT_COUNTER = timedelta(minutes=5)
_TOLD, _SUPERVISED = timedelta(days=1), timedelta(days=20)
_WHY = Text("ยกเว้นเพื่อการสาธิต", "Waived for the demonstration")
_SYSTEM = Actor(kind="system", name="system")


async def fill(ctx: Context) -> None:
    """File the houses, and lead each as far as it goes."""
    chance = random.Random(ctx.tenant.id)  # noqa: S311 - the same demonstration every time
    offered = {one.code: one for one in await offering.services(ctx)}
    if ctx.tenant.subdistricts:
        permit = _on_paper(ctx)
        await earlier.enter(replace(ctx, actor=_SYSTEM), permit)
        await _tell_supervisor(ctx, offered[SUPERVISE], permit)
    for number, one in enumerate(_HOUSES if ctx.tenant.subdistricts else ()):
        then = replace(ctx, now=ctx.now - timedelta(days=one.back))
        filed = await file_case(
            then,
            service=offered[SMALL],
            applicant=Applicant(name=one.name, phone=one.phone),
            answers=_answers(ctx, one, number, chance),
            key=f"permits/demonstration/{number}",
        )
        if one.end == "filed":
            continue
        if one.end != "issued":
            await lead_case(then, filed.id, to=one.end)
            continue
        await lead_case(
            replace(ctx, now=ctx.now - (number + 1) * _AT_COUNTER / 2), filed.id, to="approved"
        )
        await _waive(replace(ctx, actor=_SYSTEM), filed.id)


def _on_paper(ctx: Context) -> Earlier:
    """Return a permit of last year, which the office issued before it used this."""
    code = ctx.tenant.subdistricts[0]
    known = subdistrict(code)
    issued_on = date(ctx.today.year - 1, 12, 24)
    return Earlier(
        number=quoted_number(31, buddhist_year(issued_on)),
        work="build",
        use="house",
        storeys=1,
        area=Decimal("96.5"),
        holder="นายบุญมา ศรีวิชัย",
        phone="+66811110009",
        site=Address(house_no="77", subdistrict=code, postcode=known.postcodes[0] if known else ""),
        deed="40377",
        issued_on=issued_on,
        until=issued_on + timedelta(days=364),
    )


async def _tell_supervisor(ctx: Context, service: Service, permit: Earlier) -> None:
    """File the notice that the holder of a permit supervises the work: its receipt is there."""
    then = replace(ctx, now=ctx.now - _TOLD)
    await file_case(
        then,
        service=service,
        applicant=Applicant(name=permit.holder, phone=permit.phone),
        answers={
            "permit": permit.number,
            "permit_phone": permit.phone,
            "change": "another",
            "begin_on": ctx.today.isoformat(),
            "end_on": (ctx.today + _SUPERVISED).isoformat(),
            "supervisor": "owner",
        },
        key="permits/demonstration/supervisor",
    )


async def _waive(ctx: Context, case: UUID) -> None:
    """Let the fee be settled, so that the permit is issued."""
    bill = (await read_request(ctx, case)).bill
    if bill is not None:
        for charge in (await read_bill(ctx, bill))["charges"]:
            await waive(ctx, charge["id"], amount=charge["amount"], why=_WHY.th)


def _answers(ctx: Context, one: _House, number: int, chance: random.Random) -> Mapping[str, Any]:
    code = ctx.tenant.subdistricts[0]
    known = subdistrict(code)
    postcode = known.postcodes[0] if known else ""
    place = {"moo": str(number % 8 + 1), "subdistrict": code, "postcode": postcode}
    pin = _pin(ctx, chance)
    return {
        "filed_as": "owner",
        "owner_address": {"house_no": f"{20 + number}", **place},
        "work": "build",
        "use": "house",
        "parking": 1,
        "fence": "none",
        "site": place,
        **({"pin": pin} if pin else {}),
        "deed_kind": "deed",
        "deed_number": str(41_200 + number * 17),
        "land_rai": 0,
        "land_ngan": 1,
        "land_wah": "20.0",
        "others": "0.00",
        "land_owner": "own",
        **{f"{side}_wall": "openings" for side in SIDES},
        **{f"{side}_distance": "3.00" for side in SIDES},
        "neighbour": "no",
        "road": "public",
        "road_width": "8.00",
        "road_distance": "3.00",
        "water": "no",
        "plan": one.plan,
        "supervisor": "owner",
        "days": 240,
    }


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
