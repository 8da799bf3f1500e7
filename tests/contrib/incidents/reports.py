"""Reports that tests begin with."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from contrib.incidents.rules.fieldwork import Work
from contrib.incidents.rules.states import Act
from contrib.incidents.service import acting, crew, sending
from contrib.incidents.service.matters import get_report, report_of_code
from contrib.incidents.service.sending import Sent, Wish
from core.context import Actor, Context
from kit.documents import keep_photo
from kit.geo import Point
from tests.contrib.incidents.conftest import SPOT

HERE = Point(SPOT["lat"], SPOT["lon"])
# 33 metres north, and 333.
NEXT_DOOR, FAR_AWAY = Point(HERE.lat + 0.0003, HERE.lon), Point(HERE.lat + 0.003, HERE.lon)


def stranger(ctx: Context) -> Context:
    return replace(ctx, actor=Actor())


def a_wish(**more: Any) -> Wish:
    facts: dict[str, Any] = {
        "category": "lighting",
        "description": "ไฟดับทั้งซอย",
        "key": str(uuid4()),
        "point": HERE,
    }
    return Wish(**facts | more)


async def a_report(ctx: Context, **more: Any) -> Sent:
    return await sending.send(stranger(ctx), a_wish(**more), other=True)


async def report_id(ctx: Context, sent: Sent) -> UUID:
    id: UUID = (await report_of_code(ctx, sent.code))["id"]
    return id


def picture(colour: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return file.getvalue()


async def a_photo(ctx: Context, colour: str = "red") -> Any:
    return await keep_photo(ctx, "เสา.jpg", picture(colour))


def now_of(ctx: Context, **later: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(**later))


async def assigned(officer: Context, sent: Sent, *, unit: str = "works") -> UUID:
    id = await report_id(officer, sent)
    values = {"category": "lighting", "unit": unit, "summary": "ไฟดับ ปากซอย 5"}
    await acting.act_on(officer, id, Act.ASSIGN, values, revision=await revision(officer, id))
    return id


async def revision(ctx: Context, id: UUID) -> int:
    found: int = (await get_report(ctx, id))["revision"]
    return found


async def state(ctx: Context, id: UUID) -> str:
    found: str = (await get_report(ctx, id))["state"]
    return found


async def worked(
    officer: Context, id: UUID, what: str = "done", *, key: str | None = None, **more: Any
) -> None:
    facts: dict[str, Any] = {"words": "เปลี่ยนหลอดแล้ว", "made_at": officer.now, "cost": 35_000}
    photos = [await a_photo(officer, "green")]
    before, after = ([], photos) if what == "done" else (photos, [])
    work = Work(what=what, **facts | more)
    await crew.record(officer, id, work, before, after, key=key or str(uuid4()))
