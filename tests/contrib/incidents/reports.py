"""Reports that tests begin with."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from contrib.incidents.service import sending
from contrib.incidents.service.matters import report_of_code
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
