"""A request to build that waits for the inspection of its site, and what is found there."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from core.context import EVERYWHERE, Actor, Context
from kit.casework import Applicant, file_case, get_offered
from kit.casework.service import handling
from kit.casework.service.acting import PERMISSIONS
from plugins.permits.rules.inspecting import Inspected
from plugins.permits.service.inspections import Photo, keep_photo_of
from tests.plugins.permits.requests import HOUSE

SITE = {"house_no": "", "subdistrict": "500113", "moo": "5"}
INSPECTS = ("casework.read", "casework.as_inspector")


def an_office(ctx: Context) -> Context:
    """An officer who sits at every desk of casework."""
    held = dict.fromkeys((*PERMISSIONS.values(), "casework.read"), EVERYWHERE)
    actor = Actor(kind="officer", id=uuid4(), name="สมศรี รับเรื่อง", permissions=held)
    return replace(ctx, actor=actor)


def an_inspector(ctx: Context, *rights: str, unit: str | None = None) -> Context:
    where = EVERYWHERE if unit is None else frozenset({unit})
    held = dict.fromkeys(rights or INSPECTS, where)
    actor = Actor(
        kind="officer", id=uuid4(), name="ประสิทธิ์ ตรวจงาน", post="นายช่างโยธา", permissions=held
    )
    return replace(ctx, actor=actor)


async def a_request(ctx: Context, service: str = "permits.build", **more: Any) -> UUID:
    """File a request of which nothing is wrong; it waits for the registry."""
    answers = HOUSE | {"site": SITE, "pin": {"lat": 18.74123, "lon": 98.94567}} | more
    filed = await file_case(
        ctx,
        service=await get_offered(ctx, service),
        applicant=Applicant(name="นายสมชาย ใจดี", phone="+66812345678"),
        answers=answers,
        key=f"site/{uuid4()}",
    )
    return filed.id


async def a_site(ctx: Context, **more: Any) -> UUID:
    """File a request to build and bring it to its inspection."""
    case, office = await a_request(ctx, **more), an_office(ctx)
    await handling.take_up(office, case, revision=1)
    await handling.accept(office, case, revision=2)
    await handling.forward(office, case, opinion="แบบครบถ้วน", revision=3)
    return case


def found(at: datetime, **more: Any) -> Inspected:
    """What an inspector found: as it was stated, but for the front."""
    sides = {side: Decimal("3.00") for side in ("back", "left", "right")}
    facts: dict[str, Any] = {"made_at": at, "result": "differs", "remarks": "ผนังหน้าล้ำ"} | more
    return Inspected(distances=sides | {"front": Decimal("2.10")}, **facts)


async def a_photo(ctx: Context, data: bytes, shows: str = "front") -> Photo:
    return await keep_photo_of(ctx, shows, "IMG_1.jpg", data)
