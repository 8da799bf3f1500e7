"""The demonstration: places in every state, and what became of them."""

from dataclasses import replace
from datetime import timedelta

from core.api import Actor, Context
from kit.law import set_figure
from plugins.food_cert.rules.book import BOOK
from plugins.food_cert.service import (
    demo_fees,
    demo_hygiene,
    demo_import,
    demo_orders,
    demo_register,
)
from plugins.food_cert.service.rights import FIGURES

# The name of an officer of the demonstration, see core.commands.demo_people.
_CLERK = Actor(kind="system", name="กัลยา พรหมมา", post="ปลัดเทศบาล")
_GUIDE = "คู่มือสำหรับประชาชนฉบับใหม่ของเทศบาล (ตัวอย่าง)"
_WHY = "ตัวอย่างของการสาธิต"
_COMING = timedelta(days=30)


async def fill(ctx: Context) -> None:
    """Fill the register, inspect, bill and order, write letters, and set a figure to come."""
    await demo_register.fill(ctx)
    await demo_hygiene.fill(ctx)
    await demo_fees.fill(ctx)
    await demo_orders.fill(ctx)
    await demo_import.fill(ctx)
    await _answer_sooner(ctx)


async def _answer_sooner(ctx: Context) -> None:
    """Let complaints be answered some days sooner from next month on."""
    here = replace(ctx, actor=_CLERK)
    await set_figure(
        here,
        BOOK,
        "complaint.days",
        permission=FIGURES,
        value="7",
        law=_GUIDE,
        why=_WHY,
        since=here.today + _COMING,
        revision=0,
    )
