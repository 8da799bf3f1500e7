"""One permit whole: what it allows, how it stands, what has happened to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, Text, transaction
from kit.documents import papers_of
from kit.geo import Drawing, Point, map_near
from kit.thai import show_phone
from plugins.permits.service.finding import stands_of
from plugins.permits.service.history import history_of
from plugins.permits.service.register import read_permit

_ISSUED = Text("ออกเอกสาร", "A paper was issued")
_REVOKED = Text("เพิกถอนเอกสาร", "A paper was revoked")


class Happened(msgspec.Struct, frozen=True):
    """Something in the history of a permit.

    :ivar paper: the paper that came of it.
    """

    at: datetime
    title: Text
    note: str = ""
    paper: UUID | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A permit as its page shows it.

    :ivar phone: as it is dialled.
    :ivar stands: of ``finding.STANDS``.
    :ivar history: the oldest first.
    """

    row: dict[str, Any]
    phone: str
    stands: str
    map: Drawing | None
    where: str
    history: Sequence[Happened]


async def see(ctx: Context, case: UUID) -> Seen:
    """Return a permit whole; that it was read is recorded, and its holder sees it.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await read_permit(ctx, case)
        papers = await papers_of(ctx, f"case/{case}")
        events = await history_of(ctx, case)
        stands = await stands_of(ctx, case)
    pin = _point(row["pin"])
    corners = [Point(one["lat"], one["lon"]) for one in row["plot"] or ()]
    return Seen(
        row=row,
        phone=show_phone(row["phone"]) if row["phone"] else "",
        stands=stands,
        map=map_near(ctx.tenant, [pin], corners) if pin else None,
        where=str(pin) if pin else "",
        history=sorted([*_papers(papers), *_events(events)], key=lambda one: one.at),
    )


def _point(pin: Mapping[str, Any] | None) -> Point | None:
    return Point(pin["lat"], pin["lon"]) if pin else None


def _papers(papers: Sequence[Mapping[str, Any]]) -> list[Happened]:
    found = []
    for one in papers:
        title, number = one["title"], one["number"]
        said = f"{title} {number}"
        found.append(Happened(one["issued_at"], _ISSUED, said, one["id"]))
        if one["revoked_at"]:
            found.append(Happened(one["revoked_at"], _REVOKED, said))
    return found


def _events(events: Sequence[Mapping[str, Any]]) -> list[Happened]:
    return [Happened(one["at"], Text(one["words_th"], one["words_en"])) for one in events]
