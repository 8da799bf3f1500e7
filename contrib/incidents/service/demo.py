"""The demonstration: poles along the streets, and reports in every state."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image, ImageDraw

from contrib.incidents.rules.book import BOOK
from contrib.incidents.rules.fieldwork import BEGIN, DONE, Work
from contrib.incidents.rules.states import Act
from contrib.incidents.service import acting, crew, following, keys, merging, sending
from contrib.incidents.service.assets import asset_of_code, enter
from contrib.incidents.service.importing import REGISTER
from contrib.incidents.service.matters import get_report, report_of_code
from contrib.incidents.service.rights import FIGURES
from contrib.incidents.service.sending import Sent, Wish
from core.api import Actor, Context
from kit.documents import keep_photo
from kit.geo import Area, Point, area_of
from kit.law import set_figure
from kit.registers import look_into, take_over

_OFFICER = Actor(kind="system", name="มานพ ศรีสุข", post="ผู้อำนวยการกองช่าง")
_STREETS = ("ถนนหน้าวัด", "ซอย 3", "ซอย 5", "ถนนเลียบคลอง", "หน้าโรงเรียน", "ทางเข้าตลาด")
_LAMPS = ("LED 40 วัตต์", "LED 60 วัตต์", "โซเดียม 250 วัตต์")
_POLES = 36
# Days ago, category, number of its pole or of its place, what was written, how far it went.
_REPORTS: Sequence[tuple[float, str, int, str, str]] = (
    (40, "lighting", 1, "ไฟดับตั้งแต่หัวค่ำ (ข้อมูลสาธิต)", "rated"),
    (33, "road", 5, "ถนนเป็นหลุมลึก รถจักรยานยนต์ล้ม (ข้อมูลสาธิต)", "done"),
    (24, "clean", 9, "ขยะตกค้างหลายวัน (ข้อมูลสาธิต)", "reopened"),
    (16, "tree", 13, "กิ่งไม้พาดสายไฟ (ข้อมูลสาธิต)", "done"),
    (12, "wire", 17, "สายสื่อสารหย่อนลงมาถึงทางเท้า (ข้อมูลสาธิต)", "passed"),
    (9, "lighting", 21, "ไฟกะพริบทั้งคืน (ข้อมูลสาธิต)", "working"),
    (6, "drain", 25, "ท่อตัน น้ำเอ่อขึ้นถนน (ข้อมูลสาธิต)", "accepted"),
    (4, "noise", 29, "เสียงดังจากบ้านข้างเคียง (ข้อมูลสาธิต)", "refused"),
    (2, "lighting", 33, "ไฟดับ 2 ต้น หน้าปากซอย (ข้อมูลสาธิต)", "assigned"),
    (0.2, "lighting", 33, "ไฟไม่ติด มืดมาก (ข้อมูลสาธิต)", "merged"),
    (0.1, "flood", 11, "น้ำขังหน้าบ้าน (ข้อมูลสาธิต)", "reported"),
)
_HOUR = timedelta(hours=1)
_TAKEN = "ถังขยะ (ข้อมูลสาธิต)"
_FILES: Mapping[str, Sequence[str]] = {
    _TAKEN: ("B-0001,ถังขยะ,หน้าตลาด", "B-0002,ถังขยะ,หน้าวัด"),
    "กล้อง (ข้อมูลสาธิต)": ("C-0001,กล้องวงจรปิด,แยกหน้าเทศบาล", "กล้อง 2,กล้องวงจรปิด,ตลาด"),
}


async def fill(ctx: Context) -> None:
    """Enter poles, send reports and carry them on, give out a key; nothing without an area."""
    area = area_of(ctx.tenant)
    if area is None:
        return
    here = replace(ctx, actor=_OFFICER)
    places = _places(area)
    for number, point in enumerate(places, start=1):
        await enter(here, _pole(number, point, ctx.today))
    await _import(here, places[0])
    sent: dict[str, Sent] = {}
    for ago, category, number, words, far in _REPORTS:
        then = replace(here, now=_moment(ctx.now, ago))
        sent[far] = await _report(then, category, number, places[number - 1], words)
        await _carry(then, sent[far], far, sent)
    await keys.give(here, holder="แอปแจ้งเหตุของจังหวัด (ตัวอย่าง)", email="app@province.example")
    await _repair_sooner(here)


def _moment(now: datetime, ago: float) -> datetime:
    """Return a moment so many days ago: in the morning, while the office is open."""
    if ago < 1:
        return now - timedelta(days=ago)
    return (now - timedelta(days=ago)).replace(hour=2, minute=30)


async def _import(ctx: Context, point: Point) -> None:
    """Take over a file of bins, and look into another that has a row to correct."""
    for name, rows in _FILES.items():
        lines = (f"{row},{point.lat},{point.lon}" for row in rows)
        data = "\n".join(("รหัส,ประเภท,ที่ตั้ง,ละติจูด,ลองจิจูด", *lines)).encode()
        file = await look_into(ctx, REGISTER, data, f"{name}.csv")
        if name == _TAKEN:
            await take_over(ctx, REGISTER, file, only_good=True)


async def _repair_sooner(ctx: Context) -> None:
    """Let roads be repaired sooner from next month on."""
    since = ctx.today + timedelta(days=30)
    why = "ตัวอย่างของการสาธิต"
    facts: dict[str, Any] = {"permission": FIGURES, "law": "", "why": why, "revision": 0}
    await set_figure(ctx, BOOK, "road.repair", value="40", since=since, **facts)


def _places(area: Area) -> list[Point]:
    """Return places on a grid that lie within the limits."""
    low, high = area.bounds
    steps = [n / 10 for n in range(1, 10)]
    grid = [
        Point(low.lat + up * (high.lat - low.lat), low.lon + right * (high.lon - low.lon))
        for up in steps
        for right in steps
    ]
    inside = [point for point in grid if area.contains(point)]
    return [Point(round(one.lat, 5), round(one.lon, 5)) for one in inside[:_POLES]]


def _pole(number: int, point: Point, today: date) -> dict[str, Any]:
    return {
        "code": f"L-{number:04}",
        "kind": "pole",
        "owner": "pea" if number % 6 == 5 else "lao",
        "lamp": _LAMPS[number % len(_LAMPS)],
        "place": _STREETS[number % len(_STREETS)],
        "lat": point.lat,
        "lon": point.lon,
        "repaired_on": today - timedelta(days=30 * number) if number % 2 else None,
    }


async def _report(ctx: Context, category: str, number: int, point: Point, words: str) -> Sent:
    asset = await asset_of_code(ctx, f"L-{number:04}") if category in ("lighting", "wire") else None
    photo = await keep_photo(ctx, "รูปที่แจ้ง.jpg", _picture(lit=False))
    wish = Wish(
        category=category,
        description=words,
        key=str(uuid4()),
        asset=asset["id"] if asset else None,
        point=point,
        address="" if asset else _STREETS[number % len(_STREETS)],
        place=asset["place"] if asset else "",
        photos=[photo],
        phone="+66812345678",
    )
    return await sending.send(replace(ctx, actor=Actor()), wish, other=True)


def _picture(*, lit: bool) -> bytes:
    """Return a drawing of a lamp, so that no photo of anybody is needed."""
    image = Image.new("RGB", (640, 480), "#20304a")
    draw = ImageDraw.Draw(image)
    draw.rectangle((310, 120, 325, 480), fill="#8a93a3")
    draw.rectangle((310, 120, 420, 132), fill="#8a93a3")
    draw.ellipse((395, 125, 445, 165), fill="#ffe9a8" if lit else "#404a5c")
    file = BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


# What is done with a report, step by step, until it is as far as it should be.
_WAYS: Mapping[str, Sequence[str]] = {
    "reported": (),
    "merged": ("merge",),
    "refused": ("refuse",),
    "passed": ("forward",),
    "assigned": ("assign",),
    "accepted": ("assign", "accept"),
    "working": ("assign", "accept", "begin"),
    "done": ("assign", "accept", "begin", "done"),
    "rated": ("assign", "accept", "begin", "done", "rate"),
    "reopened": ("assign", "done", "reopen"),
}
_ACTS: Mapping[str, dict[str, str]] = {
    "refuse": {"words": "เหตุรำคาญในบ้านเอกชน แจ้งที่กองสาธารณสุขเป็นคำร้องได้"},
    "forward": {"agency": "การไฟฟ้าส่วนภูมิภาค", "words": "สายสื่อสารบนเสาของการไฟฟ้า"},
    "accept": {},
}


async def _carry(ctx: Context, sent: Sent, far: str, others: Mapping[str, Sent]) -> None:
    id: UUID = (await report_of_code(ctx, sent.code))["id"]
    for step, act in enumerate(_WAYS[far], start=1):
        then = replace(ctx, now=ctx.now + step * _HOUR)
        await _do(then, id, act, sent, others)


async def _do(ctx: Context, id: UUID, act: str, sent: Sent, others: Mapping[str, Sent]) -> None:
    report = await get_report(ctx, id)
    revision = report["revision"]
    if act == "assign":
        values = {
            "category": report["category"],
            "unit": "health" if report["category"] == "clean" else "works",
            "summary": report["description"],
            "place": report["place"] or report["address"],
        }
        await acting.act_on(ctx, id, Act.ASSIGN, values, revision=revision)
    elif act in _ACTS:
        await acting.act_on(ctx, id, Act(act), _ACTS[act], revision=revision)
    elif act in (BEGIN, DONE):
        await _work(ctx, id, act)
    elif act == "merge":
        await merging.merge(ctx, id, into=others["assigned"].code, revision=revision)
    elif act == "rate":
        await following.rate(replace(ctx, actor=Actor()), sent.track, 5, "ขอบคุณ เร็วมาก")
    else:
        await following.reopen(replace(ctx, actor=Actor()), sent.track, "ยังมีขยะเหลืออยู่")


async def _work(ctx: Context, id: UUID, what: str) -> None:
    done = what == DONE
    photo = await keep_photo(ctx, "หลังทำ.jpg" if done else "ก่อนทำ.jpg", _picture(lit=done))
    words = "ดำเนินการเรียบร้อยแล้ว (ข้อมูลสาธิต)" if done else ""
    work = Work(what=what, made_at=ctx.now, words=words, cost=45_000 if done else None)
    before, after = ([], [photo]) if done else ([photo], [])
    await crew.record(ctx, id, work, before, after, key=str(uuid4()))
