"""What the public front door shows: services, topics, the office, and how the work is done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from core.api import Card, Context, FrontPage, NavItem, Text
from kit.casework import Decided, Service, count_asked_for, count_decided, offered
from plugins.oss import services
from plugins.oss.rules.topics import TOPICS
from plugins.oss.service import offering, queue, search
from plugins.oss.service.office import office_now
from plugins.oss.service.topics import by_topic, topic_of
from plugins.oss.services.general import GENERAL

LINK = NavItem(Text("ยื่นเรื่อง", "Services"), "/services", order=10)
DOOR = Card(
    Text("ยื่นเรื่อง", "Ask for a service"),
    Text("ทำจากที่บ้านได้ ไม่ต้องสมัครสมาชิก", "From home, without an account"),
    "/services",
    Text("เลือกบริการ", "Choose a service"),
    order=10,
    sign="pen",
)

SHOWN = 6  # services on the start page
LOOKED_BACK = timedelta(days=90)
KEPT_MINUTES = 5
QUEUE_KEPT_MINUTES = 1
FEWEST = 20  # decisions of a month; of fewer a percentage says nothing

# What people type most; each is shown where some service answers it.
OFTEN = (
    Text("ค่าขยะ", "waste fee"),
    Text("ไฟถนนดับ", "street light"),
    Text("เปิดร้านอาหาร", "restaurant"),
    Text("เบี้ยผู้สูงอายุ", "old-age allowance"),
    Text("กล้องวงจรปิด", "CCTV"),
    Text("หนังสือรับรอง", "certificate"),
    Text("ตัดกิ่งไม้", "tree"),
)
_OFTEN_SHOWN = 4


class Standing(msgspec.Struct, frozen=True):
    """What is counted for the start page.

    :param asked_for: how often each service was asked for lately, by code.
    :param month: first day of the month before this one.
    :param decided: the decisions of that month.
    """

    asked_for: Mapping[str, int]
    month: date
    decided: Decided

    @property
    def percent(self) -> str | None:
        """The share in time, never rounded up to a hundred; None where it says nothing."""
        total, in_time = self.decided.total, self.decided.in_time
        if total < FEWEST:
            return None
        tenths = in_time * 1000 // total
        return "100" if tenths == 1000 else f"{tenths // 10}.{tenths % 10}"


async def start_page(ctx: Context) -> FrontPage:
    """Return the front door of a municipality."""
    known = await offered(ctx)
    standing = await ctx.host.kept.recall(
        ctx, "oss.standing", lambda: _count(ctx), for_minutes=KEPT_MINUTES
    )
    waiting = await ctx.host.kept.recall(
        ctx, "oss.waiting", lambda: queue.waiting(ctx), for_minutes=QUEUE_KEPT_MINUTES
    )
    often = [words for words in OFTEN if search.is_answered(known.values(), words.th)]
    return FrontPage(
        "oss/home.html",
        {
            "used": ranked(known.values(), standing.asked_for)[:SHOWN],
            "often": often[:_OFTEN_SHOWN],
            "topics": {code: TOPICS[code] for code in by_topic(known.values())},
            "office": office_now(ctx),
            "waiting": waiting,
            "bookable": any(offering.may_be_booked(ctx, kind) for kind in offering.kinds(ctx)),
            "standing": standing,
        },
    )


async def _count(ctx: Context) -> Standing:
    month_ended = ctx.today.replace(day=1) - timedelta(days=1)
    month = month_ended.replace(day=1)
    return Standing(
        await count_asked_for(ctx, ctx.now - LOOKED_BACK),
        month,
        await count_decided(ctx, month, month_ended),
    )


def ranked(known: Iterable[Service], asked_for: Mapping[str, int]) -> Sequence[Service]:
    """Return services, those most asked for first; where it is equal, the commonest first."""
    usual = {service.code: place for place, service in enumerate(services.ALL)}
    return sorted(
        known,
        key=lambda one: (
            -asked_for.get(one.code, 0),
            usual.get(one.code, len(usual)),
            one.title.th,
        ),
    )


async def listing(ctx: Context, *, query: str, topic: str) -> dict[str, Any]:
    """Return what the list of services shows.

    :param query: as typed; empty for all.
    :param topic: code of a heading; empty for all, as is one that nobody knows.
    :returns: ``groups`` are headings, empty where none is needed, each with its services;
        ``topics`` are those of what was found, or all where nothing was.
    """
    known = await offered(ctx)
    query, topic = " ".join(query[: search.LONGEST].split()), topic if topic in TOPICS else ""
    found = search.find(known.values(), query) if query else known.values()
    within = [one for one in found if topic in ("", topic_of(one))]
    # What was looked for stands in the order of likeliness, not under headings.
    groups = {"": within} if query and within else by_topic(within)
    return {
        "query": query,
        "topic": topic,
        "topics": {code: TOPICS[code] for code in by_topic(found or known.values())},
        "groups": groups,
        "count": len(within),
        "general": known.get(GENERAL.code),
    }
