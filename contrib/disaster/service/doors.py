"""From where officers reach every part of the work with disasters."""

from collections.abc import Sequence
from typing import NamedTuple

from contrib.disaster.service.events import read_events
from contrib.disaster.service.rights import CLAIMS, FIGURES, HOUSEHOLDS, PAY, READ
from core.api import Card, Context, NavItem, Text

HOME = "/desk/disaster"


HELP = Card(
    Text("ขอความช่วยเหลือจากสาธารณภัย", "Ask for help in a disaster"),
    Text(
        "น้ำท่วมหรือภัยอื่น ขออพยพ อาหาร ยา หรือเรือ ไม่ต้องมีบัญชี",
        "Flood or another disaster: evacuation, food, medicine, a boat. No account is needed.",
    ),
    "/disaster/help",
    Text("ขอความช่วยเหลือ", "Ask for help"),
    order=1,
    sign="alert",
)


class Door(NamedTuple):
    """A part of the work: its title, what it is for, and where it is."""

    title: Text
    body: Text
    href: str


_PARTS: Sequence[tuple[str, str, Text, Text]] = (
    (
        READ,
        f"{HOME}/board",
        Text("กระดานสถานการณ์", "Board of the situation"),
        Text(
            "ใครรออยู่ น้ำสูงเท่าใด ศูนย์ใดรับได้ ปรับเองเมื่อมีการเปลี่ยน",
            "Who waits, how deep it is, which shelter has room; it renews itself",
        ),
    ),
    (
        READ,
        f"{HOME}/requests",
        Text("คำขอความช่วยเหลือ", "Requests for help"),
        Text("เรียงตามความเร่งด่วน บอกที่มาของทุกคะแนน", "The most urgent first, every point explained"),
    ),
    (
        READ,
        f"{HOME}/teams",
        Text("ทีมช่วยเหลือ", "Teams"),
        Text(
            "ทีมเปิดงานของตนบนโทรศัพท์ ใช้ได้แม้ไม่มีสัญญาณ",
            "A team opens its work on a phone, also without a signal",
        ),
    ),
    (
        READ,
        f"{HOME}/events",
        Text("เหตุการณ์", "Disasters"),
        Text(
            "เปิดเหตุการณ์ กำหนดพื้นที่ แจ้งระดับน้ำ ออกประกาศ",
            "Open one, set its area, tell depths, issue the notice",
        ),
    ),
    (
        HOUSEHOLDS,
        f"{HOME}/households",
        Text("ครัวเรือน", "Households"),
        Text(
            "ใครอยู่ที่ใด บ้านใดต้องช่วยก่อน นำเข้าจากไฟล์",
            "Who lives where, who needs help first; from a file",
        ),
    ),
    (
        READ,
        f"{HOME}/shelters",
        Text("ศูนย์พักพิง", "Shelters"),
        Text("ใครอยู่ที่ใด รับได้อีกกี่คน สิ่งของคงเหลือ", "Who is where, how many more, what is left"),
    ),
    (
        CLAIMS,
        f"{HOME}/claims",
        Text("เงินช่วยเหลือ", "Claims for aid"),
        Text(
            "ตรวจ ประเมิน มติคณะกรรมการ และหนังสือรับรองผู้ประสบภัย",
            "Inspect, value, resolutions, certificates of victims",
        ),
    ),
    (
        PAY,
        f"{HOME}/batches",
        Text("ชุดจ่ายเงิน", "Batches of payments"),
        Text(
            "ไฟล์ให้ธนาคาร ผลการโอน และรอบจ่ายซ้ำ",
            "Files for the bank, what it did, and further rounds",
        ),
    ),
    (
        FIGURES,
        f"{HOME}/figures",
        Text("น้ำหนักและอัตรา", "Weights and rates"),
        Text("น้ำหนักคะแนนความเร่งด่วน และอัตราเงินช่วยเหลือ", "Of the scores of urgency, and of the aid"),
    ),
)


def doors(ctx: Context) -> list[Door]:
    """Return the parts of the work that an officer may see."""
    return [Door(title, body, path) for right, path, title, body in _PARTS if ctx.actor.may(right)]


def links(ctx: Context) -> list[NavItem]:
    """Lead officers who may see any of it to the page of doors."""
    title = Text("สาธารณภัย", "Disasters")
    return [NavItem(title, HOME, order=44)] if doors(ctx) else []


async def cards(ctx: Context) -> list[Card]:
    """Return the door of the start page, which is there while a disaster goes on."""
    return [HELP] if await read_events(ctx, only_open=True) else []
