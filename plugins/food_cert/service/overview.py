"""One place whole: what it is, how it stands, its papers, what has happened to it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Card, Context, NotFound, Text, audit, transaction
from kit.documents import read_pdf
from kit.geo import Drawing, Point, map_near
from kit.thai import show_phone
from plugins.food_cert.rules.places import stands
from plugins.food_cert.rules.standing import follows, verdict_of
from plugins.food_cert.service import placecards
from plugins.food_cert.service.places import events_of, get_place, papers_about

PAPERS: Mapping[str, Text] = {
    "receipt": Text("ใบรับแจ้ง", "Receipt of the notice"),
    "certificate": Text("หนังสือรับรองการแจ้ง", "Certificate of notification"),
    "licence": Text("ใบอนุญาต", "Licence"),
    "replacement": Text("ใบแทน", "Replacement"),
    "order": Text("คำสั่ง", "Order"),
}
_NO_PAPER = Text("ไม่พบเอกสารนี้ของสถานที่นี้", "This place has no such paper.")


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A place as its page shows it.

    :ivar phone: as it is dialled.
    :ivar stands: a key of ``STANDS``; ``verdict`` says it in a few words, ``follows`` the rest.
    :ivar events: the oldest first, rows of ``PlaceEvent``; ``papers``: of ``PlacePaper``.
    :ivar cards: of the other parts of the work.
    """

    row: dict[str, Any]
    phone: str
    stands: str
    verdict: Text
    follows: Text
    map: Drawing | None
    where: str
    events: Sequence[dict[str, Any]]
    papers: Sequence[dict[str, Any]]
    cards: Sequence[Card]


async def see(ctx: Context, id: UUID) -> Seen:
    """Return a place whole; that it was read is recorded, and its owner sees it.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await get_place(ctx, id)
        await audit.record(ctx, "food_cert.place.read", f"place/{id}", owner=row["account"])
        events, papers = await events_of(ctx, id), await papers_about(ctx, id)
    now, pin = stands(row, ctx.today), _point(row["pin"])
    return Seen(
        row=row,
        phone=show_phone(row["phone"]) if row["phone"] else "",
        stands=now,
        verdict=verdict_of(row, now),
        follows=follows(row, now),
        map=map_near(ctx.tenant, [pin], []) if pin else None,
        where=str(pin) if pin else "",
        events=events,
        papers=papers,
        cards=await placecards.cards(ctx, row),
    )


def _point(pin: Mapping[str, Any] | None) -> Point | None:
    return Point(pin["lat"], pin["lon"]) if pin else None


async def open_paper(ctx: Context, place: UUID, paper: UUID) -> tuple[bytes, str]:
    """Return the file of a paper about a place, and its name.

    :raises NotFound: the place has no such paper.
    """
    known = {one["paper"]: one["subject"] for one in await papers_about(ctx, place)}
    if paper not in known:
        raise NotFound(_NO_PAPER)
    return await read_pdf(ctx, paper, subject=known[paper])
