"""The places of who has signed in: how each stands, what is owed, and what can be done next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from core.api import Card, Context, NotFound, Text, transaction
from plugins.food_cert.rules.places import stands
from plugins.food_cert.rules.standing import STEPS, follows, steps_of, verdict_of
from plugins.food_cert.service import handlers, owing
from plugins.food_cert.service.overview import open_paper
from plugins.food_cert.service.places import get_place
from plugins.food_cert.tables.register import Place, PlacePaper

MOST = 50
PATH = "/my/food"
DOOR = Card(
    Text("ร้านอาหารของฉัน", "My food places"),
    Text("สถานะ ค่าธรรมเนียม เอกสาร เรื่องที่ทำต่อ", "How they stand, fees, papers, what is next"),
    PATH,
    Text("เปิด", "Open"),
    order=31,
    sign="food",
)
_NOT_MINE = Text(
    "ไม่พบสถานที่นี้ในบัญชีของท่าน ดูรายการในหน้าร้านอาหารของฉัน",
    "There is no such place of your account. See the page of your food premises.",
)


class Step(msgspec.Struct, frozen=True):
    """Something that can be asked for; ``href`` leads to it with the paper filled in."""

    title: Text
    href: str


class MyPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the account.

    :ivar stands: a key of ``STANDS``; ``verdict`` says it in a few words, ``follows`` the rest.
    :ivar papers: the newest first, rows of ``PlacePaper``.
    :ivar bills: what is to be paid, the oldest due first, as ``owing.bills_to_pay`` gives them.
    :ivar people: how many work there, and how their training cards stand.
    """

    row: dict[str, Any]
    stands: str
    verdict: Text
    follows: Text
    papers: Sequence[dict[str, Any]]
    bills: Sequence[dict[str, Any]]
    people: Text
    steps: Sequence[Step]

    @property
    def owed(self) -> int:
        """Satang in all."""
        return sum(one["owed"] for one in self.bills)


async def my_places(ctx: Context) -> list[MyPlace]:
    """Return the places of the account, the newest first."""
    async with transaction(ctx):
        rows = await _rows(ctx)
        ids = [row["id"] for row in rows]
        papers, bills = await _papers(ctx, ids), await owing.bills_to_pay(ctx, ids)
        people = await handlers.cards_said(ctx, ids)
    return [
        _mine(
            ctx,
            row,
            papers=papers[row["id"]],
            bills=bills.get(row["id"], []),
            people=people[row["id"]],
        )
        for row in rows
    ]


async def _rows(ctx: Context) -> list[dict[str, Any]]:
    if ctx.actor.id is None:
        return []
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Place.select()
            .where(Place.of(ctx), Place.account == ctx.actor.id)
            .order_by(Place.number, ascending=False)
            .limit(MOST)
        )
    return rows


async def _papers(ctx: Context, places: Sequence[UUID]) -> Mapping[UUID, list[dict[str, Any]]]:
    found = defaultdict[UUID, list[dict[str, Any]]](list)
    if not places:
        return found
    async with transaction(ctx):
        rows = (
            await PlacePaper.select()
            .where(PlacePaper.of(ctx), PlacePaper.place_id.is_in(list(places)))
            .order_by(PlacePaper.paper, ascending=False)
        )
    for row in rows:
        found[row["place_id"]].append(row)
    return found


def _mine(ctx: Context, row: dict[str, Any], **more: Any) -> MyPlace:
    now, number = stands(row, ctx.today), row["paper_number"]
    asked = urlencode({"paper": number})
    codes = steps_of(row["instrument"], now) if number else ()
    return MyPlace(
        row=row,
        stands=now,
        verdict=verdict_of(row, now),
        follows=follows(row, now),
        steps=[Step(STEPS[code], f"/services/{code}?{asked}") for code in codes],
        **more,
    )


async def my_paper(ctx: Context, place: UUID, paper: UUID) -> tuple[bytes, str]:
    """Return the file of a paper about a place of the account, and its name.

    :raises NotFound: the place is somebody else's, or has no such paper.
    """
    row = await get_place(ctx, place)
    if row["account"] is None or row["account"] != ctx.actor.id:
        raise NotFound(_NOT_MINE)
    return await open_paper(ctx, place, paper)


async def cards(ctx: Context) -> list[Card]:
    """Lead who has a place from their own page to it."""
    return [DOOR] if await _rows(ctx) else []
