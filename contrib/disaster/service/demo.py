"""The demonstration: a flood in ยะลา, from the first call to the second round of payments."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from contrib.disaster.rules.claim_form import Asked
from contrib.disaster.rules.events import Zone
from contrib.disaster.rules.valuing import Damage
from contrib.disaster.service import (
    acting,
    appraising,
    certifying,
    claims,
    declaring,
    events,
    households,
    paying,
    requests,
    resolving,
    shelters,
    stock,
    teams,
)
from contrib.disaster.service.rights import PERMISSIONS
from core.api import EVERYWHERE, Actor, Context
from kit.geo import Point, area_of, own_subdistricts
from kit.thai import buddhist_year

TENANT = "yala"
VILLAGES = ("ชุมชนตลาดเก่า", "ชุมชนหลังวัง", "ชุมชนธนวิถี", "ชุมชนสามหมอ")
_PEOPLE = (
    "นางแมะ สาและ",
    "นายอับดุลเลาะ ดือราแม",
    "นางสมใจ แก้วมณี",
    "นายสุริยา หะยีดอเลาะ",
    "นางสาวนูรี มะแซ",
    "นายวิชัย จันทร์ทอง",
)
_HOUSEHOLDS, _CLAIMS, _DAYS_AGO = 24, 6, 12


async def fill(ctx: Context) -> None:
    """Fill the demonstration where the flood is."""
    if ctx.tenant.id == TENANT:
        await flood(ctx)


async def flood(ctx: Context) -> None:
    """Let a flood come over an office: who asked for help, who was sheltered, who was paid."""
    held = dict.fromkeys(PERMISSIONS, EVERYWHERE)
    actor = Actor(kind="system", name="มานพ ศรีสุข", post="ผู้อำนวยการกองช่าง", permissions=held)
    then = replace(ctx, actor=actor, now=ctx.now - timedelta(days=_DAYS_AGO))
    now = replace(ctx, actor=actor)
    event = await _event(then)
    await _households(then)
    await _requests(now, event)
    await _shelters(now)
    await _aid(now, event)


async def _event(ctx: Context) -> UUID:
    event = await events.open_event(
        ctx,
        {
            "kind": "flood",
            "title": "น้ำท่วมแม่น้ำปัตตานี",
            "cause": "ฝนตกหนักต่อเนื่องในอำเภอยะหาและบันนังสตา น้ำจากแม่น้ำปัตตานีล้นตลิ่ง",
            "begun_on": ctx.today,
        },
    )
    middle = middle_of(ctx)
    zones = (
        Zone(name="ริมแม่น้ำ", corners=_square(middle, 0.004), depth_cm=150),
        Zone(name="ตลาดเก่า", villages=VILLAGES[:1], depth_cm=110),
        Zone(name="หลังวังและธนวิถี", villages=VILLAGES[1:3], depth_cm=60),
    )
    for zone in zones:
        await events.draw_zone(ctx, event, zone)
    await declaring.declare(ctx, event)
    return event


def middle_of(ctx: Context) -> Point:
    """Return the middle of an office's area, or of ยะลา where it has none."""
    area = area_of(ctx.tenant)
    if area is None:
        return Point(6.5413, 101.2804)
    south_west, north_east = area.bounds
    lat, lon = (south_west.lat + north_east.lat) / 2, (south_west.lon + north_east.lon) / 2
    return Point(round(lat, 5), round(lon, 5))


def _square(middle: Point, reach: float) -> tuple[Point, ...]:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return tuple(
        Point(round(middle.lat + y * reach, 5), round(middle.lon + x * reach, 5))
        for x, y in corners
    )


async def _households(ctx: Context) -> None:
    middle = middle_of(ctx)
    own = own_subdistricts(ctx.tenant)
    for n in range(_HOUSEHOLDS):
        flags = {"elderly": n % 3, "bedridden": int(n % 8 == 0), "powered": int(n % 12 == 0)}
        lat = round(middle.lat + (n % 5 - 2) * 0.003, 5)
        lon = round(middle.lon + (n // 5 - 2) * 0.003, 5)
        values: dict[str, Any] = {
            "house_code": f"{95010050000 + n}",
            "name": _PEOPLE[n % len(_PEOPLE)],
            "phone": f"+6681200{n:04}",
            "address": f"{n + 1} ถนนสิโรรส",
            "village": VILLAGES[n % len(VILLAGES)],
            "subdistrict": own[0].code if own else "",
            "pin": {"lat": lat, "lon": lon},
            "floor_cm": n % 4 * 20,
            "members": 3 + n % 4,
            **flags,
            "infant": n % 2,
        }
        await households.enter_household(ctx, households.facts_of(values))


async def _requests(ctx: Context, event: UUID) -> None:
    asked = []
    for n in range(9):
        at = replace(ctx, now=ctx.now - timedelta(minutes=25 * (9 - n)))
        facts: dict[str, Any] = {
            "name": _PEOPLE[n % len(_PEOPLE)],
            "phone": f"+6681200{n * 2:04}",
            "address": "",
            "pin": None,
            "needs": [["evacuate", "boat"], ["food"], ["medicine"], ["power", "food"]][n % 4],
            "water": ["", "knee", "waist"][n % 3],
            "people": 2 + n % 4,
            "flags": {},
            "note": "",
        }
        asked.append((await requests.ask(at, event, facts))["id"])
    known = {"leader": "นายกล้า หาญดี", "phone": "+66811110001", "can": "เรือท้องแบน 2 ลำ"}
    first = await teams.form_team(ctx, {"name": "ทีมเรือ 1", **known})
    await teams.form_team(ctx, {"name": "ทีมแพทย์เคลื่อนที่", **known, "can": "พยาบาล 2 คน รถกระบะสูง"})
    for id in asked[:3]:
        await acting.assign(ctx, id, first, revision=1)
    await acting.tell_outcome(ctx, asked[0], "helped", note="ส่งถึงศูนย์พักพิง", made_at=ctx.now)
    await acting.tell_outcome(ctx, asked[1], "going", note="", made_at=ctx.now)


async def _shelters(ctx: Context) -> None:
    middle = middle_of(ctx)
    pin = {"lat": middle.lat, "lon": middle.lon}
    facts: dict[str, Any] = {
        "address": "ถนนสุขยางค์",
        "phone": "+6673212345",
        "pin": pin,
        "capacity": 120,
    }
    school = await shelters.open_shelter(ctx, {"name": "โรงเรียนเทศบาล 2", **facts})
    await shelters.open_shelter(ctx, {"name": "ศูนย์เยาวชนเทศบาล", **facts, "capacity": 40})
    for n in range(5):
        stay = {
            "name": _PEOPLE[n],
            "phone": "",
            "village": VILLAGES[n % len(VILLAGES)],
            "people": 3 + n,
            "flags": ["elderly"] if n % 2 else [],
        }
        await shelters.admit(ctx, school, stay)
    water = await stock.receive(
        ctx, school, name="น้ำดื่ม", unit="bottle", quantity=600, note="กาชาดจังหวัด"
    )
    bags = await stock.receive(ctx, school, name="ถุงยังชีพ", unit="pack", quantity=80)
    wanted = {water: 24, bags: 2}
    await stock.hand_out(ctx, school, wanted, to=_PEOPLE[0], signed=True, photo=None)


async def _aid(ctx: Context, event: UUID) -> None:
    ids = [await _claim(ctx, n) for n in range(_CLAIMS)]
    for id in ids[:4]:
        found = Damage(house="part", days=9)
        await appraising.appraise(ctx, id, found, [], revision=1)
    await resolving.resolve(
        ctx,
        event,
        ids[:3],
        committee="local",
        number=f"1/{buddhist_year(ctx.today)}",
        resolved_on=ctx.today,
    )
    await certifying.certify(ctx, ids[0])
    batch = await paying.make_batch(ctx, event)
    await paying.settle(ctx, batch, await _said(ctx, batch))


async def _claim(ctx: Context, n: int) -> UUID:
    asked = Asked(
        kind="flood",
        happened_on=ctx.today,
        scheme="living" if n < 4 else "repair",
        house_code=f"{95010050000 + n}",
        address=f"{n + 1} ถนนสิโรรส",
        village=VILLAGES[n % len(VILLAGES)],
        pin=None,
        members=3 + n % 4,
        bank="030",
        account=f"{20012340000 + n}",
        account_name=_PEOPLE[n],
        told={"house": "part", "days": 9, "losses": "ที่นอน ตู้เย็น และฝาผนัง"},
    )
    return await claims.enter(ctx, asked, name=_PEOPLE[n], phone=f"+6681200{n:04}")


async def _said(ctx: Context, batch: UUID) -> bytes:
    """Return what a bank says of a batch: the second account was closed."""
    day = f"{ctx.today.day}/{ctx.today.month}/{buddhist_year(ctx.today)}"
    lines = ["เลขอ้างอิง,จำนวนเงิน,ผล,เหตุผล,วันที่โอน"]
    for one in await paying.payments_of(ctx, batch):
        result = "ไม่สำเร็จ,บัญชีปิดแล้ว" if one["turn"] == 2 else "สำเร็จ,"
        lines.append(f"{one['reference']},{one['amount'] // 100}.00,{result},{day}")
    return "\n".join(lines).encode()
