"""The demonstration of orders, of people with their training cards, and of a complaint."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.api import Actor, Context, new_id, transaction
from kit.casework import Applicant, file_case, get_offered
from plugins.food_cert.rules.places import LICENCE, State, stands
from plugins.food_cert.service import handlers, order_ends, orders
from plugins.food_cert.service.orders import Wanted
from plugins.food_cert.services.complaint import CODE
from plugins.food_cert.tables.register import Place

# The names of officers of the demonstration, see core.commands.demo_people.
_MAYOR = Actor(kind="system", name="ธนวัฒน์ ยอดเมือง", post="นายกเทศมนตรี")
_SUSPENDED, _ORDERED = timedelta(days=4), timedelta(days=20)
_SAMPLE = 40
# Name, role, and how many days ago they were trained: one card is over, one soon will be.
_PEOPLE = (
    ("นางบัวผัน ใจยา", "operator", 1_150),
    ("นายคำ แสงดาว", "handler", 1_060),
    ("นางสาวมาลี ศรีสุข", "handler", 200),
)


async def fill(ctx: Context) -> None:
    """Order something of some places that are there, list their people, and file a complaint."""
    async with transaction(ctx):
        places = (
            await Place.select()
            .where(Place.of(ctx), Place.state == State.VALID, Place.opened_on <= ctx.today)
            .order_by(Place.number)
            .limit(_SAMPLE)
            .output(load_json=True)
        )
    # What has expired can no longer be suspended.
    places = [one for one in places if stands(one, ctx.today) == State.VALID]
    licensed = [one for one in places if one["instrument"] == LICENCE]
    others = [one for one in places if one["instrument"] != LICENCE]
    # Those whose owner can sign in first, who looks at the list too.
    for place in sorted(places, key=lambda one: one["account"] is None)[:3]:
        await _people(ctx, place)
    mayor = replace(ctx, actor=_MAYOR)
    if licensed:
        await _suspended(replace(mayor, now=ctx.now - _SUSPENDED), licensed[-1]["id"])
    if others:
        await _improved(replace(mayor, now=ctx.now - _ORDERED), others[-1]["id"])
        await _complained(ctx, others[0])
    await _unknown(mayor)


async def _suspended(ctx: Context, place: UUID) -> None:
    wanted = Wanted(
        ground="suspend-wrong",
        days=15,
        place=place,
        facts="ตรวจพบการล้างภาชนะบนพื้น และไม่แก้ไขตามคำแนะนำ (ข้อมูลสาธิต)",
    )
    id = await orders.issue_order(ctx, wanted, key=new_id())
    await order_ends.serve(ctx, id, how="signed", on=ctx.today, note="ผู้รับลงลายมือชื่อรับไว้")


async def _improved(ctx: Context, place: UUID) -> None:
    wanted = Wanted(
        ground="improve-wrong",
        days=7,
        place=place,
        facts="ตรวจพบอาหารปรุงสำเร็จไม่ปกปิด และไม่มีที่ล้างมือ (ข้อมูลสาธิต)",
        wanted="ปกปิดอาหาร และจัดที่ล้างมือพร้อมสบู่",
    )
    id = await orders.issue_order(ctx, wanted, key=new_id())
    await order_ends.serve(ctx, id, how="posted", on=ctx.today, note="มีพยาน 2 คน")


async def _unknown(ctx: Context) -> None:
    wanted = Wanted(
        ground="stop-danger",
        days=0,
        place_words="ร้านอาหารไม่มีชื่อ ข้างตลาดนัดหมู่ที่ 5",
        facts="พบผู้ป่วยอาหารเป็นพิษหลายรายหลังรับประทานที่ร้านนี้ (ข้อมูลสาธิต)",
    )
    await orders.issue_order(ctx, wanted, key=new_id())


async def _people(ctx: Context, place: Mapping[str, Any]) -> None:
    for name, role, ago in _PEOPLE:
        card = {
            "organiser": ctx.tenant.name.th,
            "card": "",
            "trained_on": ctx.today - timedelta(days=ago),
        }
        await handlers.add_handler(ctx, place["id"], key=new_id(), name=name, role=role, card=card)


async def _complained(ctx: Context, place: Mapping[str, Any]) -> None:
    answers = {
        "place": place["code"],
        "shop": place["name"],
        "wrong": ["pests"],
        "on": ctx.today.isoformat(),
        "details": "เห็นหนูวิ่งในครัวตอนเย็น (ข้อมูลสาธิต)",
    }
    await file_case(
        ctx,
        service=await get_offered(ctx, CODE),
        applicant=Applicant(),
        answers=answers,
        key=str(new_id()),
    )
