"""Operators and food handlers of a place: added, their cards renewed, noted when they leave."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Card, Conflict, Context, NotFound, Text, add, audit, need, transaction
from plugins.food_cert.rules.training import EXPIRED, LEFT, SOON, card_stands, expires_on
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.places import get_place
from plugins.food_cert.service.rights import CARRY, READ
from plugins.food_cert.tables.handlers import Handler

MOST = 500
_NO_PLACE = Text(
    "ไม่พบสถานที่นี้ในบัญชีของท่าน ดูจากหน้าสถานที่อาหารของฉัน",
    "Your account has no such place. See the page of your places.",
)
_NO_HANDLER = Text("ไม่พบรายชื่อนี้ ดูจากรายชื่อของสถานที่", "There is no such person. See the list.")
_MEANWHILE = Text(
    "มีผู้แก้รายการนี้พร้อมกัน หรือบันทึกว่าออกแล้ว เปิดดูรายชื่ออีกครั้ง",
    "Somebody changed this at the same moment, or noted that the person left. See the list again.",
)
_FULL = Text("บันทึกได้ไม่เกิน {most} คนต่อสถานที่", "At most {most} people for a place.")
_NOBODY = Text("ยังไม่มีรายชื่อผู้สัมผัสอาหาร", "Nobody is listed yet.")
_COUNT = Text("{people} คน บัตรใช้ได้ทุกคน", "{people} people, all cards count.")
_BAD = Text(
    "{people} คน บัตรหมดอายุ {expired} ใกล้หมดอายุ {soon}",
    "{people} people; cards expired: {expired}, soon: {soon}.",
)
_TITLE = Text("ผู้ประกอบกิจการและผู้สัมผัสอาหาร", "Operators and food handlers")
_OPEN = Text("ดูรายชื่อและบัตร", "See people and cards")


async def place_for(ctx: Context, id: UUID, *, own: bool, change: bool = False) -> dict[str, Any]:
    """Return a place to who may see, or change, the people of it.

    :param own: asked for by the one who runs it, whose account it is; else at the desk.
    :raises NotFound: there is none, or it is not the account's.
    """
    if own:
        place = await get_place(ctx, id)
        if ctx.actor.kind != "citizen" or place["account"] != ctx.actor.id:
            raise NotFound(_NO_PLACE)
        return place
    need(ctx, CARRY if change else READ)
    return await get_place(ctx, id)


async def note_read(ctx: Context, place: Mapping[str, Any]) -> None:
    """Note in the audit trail that an officer looked at the people of a place."""
    async with transaction(ctx):
        subject = f"place/{place['id']}"
        await audit.record(ctx, "food_cert.handler.read", subject, owner=place["account"])


async def handlers_of(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return the people of a place with how their card ``stands``.

    Whose card is over or soon will be stands first, who left last.
    """
    limits = await limits_on(ctx, ctx.today)
    async with transaction(ctx):
        rows = (
            await Handler.select()
            .where(Handler.of(ctx), Handler.place_id == place)
            .order_by(Handler.expires_on)
            .order_by(Handler.id)
            .limit(MOST)
        )
    found = [
        row | {"stands": card_stands(row["expires_on"], row["left_on"], ctx.today, limits)}
        for row in rows
    ]
    return sorted(found, key=lambda row: row["stands"] == LEFT)


async def get_handler(ctx: Context, place: UUID, id: UUID) -> dict[str, Any]:
    """Return somebody of a place.

    :raises NotFound: there is nobody of this id there.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Handler.select()
            .where(Handler.of(ctx), Handler.place_id == place, Handler.id == id)
            .first()
        )
    if row is None:
        raise NotFound(_NO_HANDLER)
    return row


async def add_handler(
    ctx: Context, place: UUID, *, key: UUID, name: str, role: str, card: Mapping[str, Any]
) -> None:
    """Add somebody to a place; sent twice it is one person.

    :param key: by which the person is known.
    :param card: ``organiser``, ``card``, ``trained_on``, and ``expires_on`` where it is known.
    :raises Conflict: the place has more people than anybody means.
    """
    row = {
        "tenant_id": ctx.tenant.id,
        "id": key,
        "place_id": place,
        "name": name,
        "role": role,
        **await _whole(ctx, card),
        "reminded_on": None,
        "left_on": None,
        "revision": 1,
        "added_at": ctx.now,
        "changed_by_name": ctx.actor.name,
    }
    async with transaction(ctx):
        if await Handler.count().where(Handler.of(ctx), Handler.place_id == place) >= MOST:
            raise Conflict(_FULL.format(most=MOST))
        if await add(Handler, row, unless=("tenant_id", "id")):
            await _record(ctx, "added", key, place)


async def renew_card(
    ctx: Context, place: UUID, id: UUID, *, card: Mapping[str, Any], revision: int
) -> None:
    """Put a new card in the place of an old one; the trail keeps the old one's days.

    :param revision: of the row as it was read.
    :raises Conflict: somebody changed it meanwhile, or the person left.
    """
    old = await get_handler(ctx, place, id)
    new = await _whole(ctx, card)
    values: dict[Any, Any] = {
        Handler.organiser: new["organiser"],
        Handler.card: new["card"],
        Handler.trained_on: new["trained_on"],
        Handler.expires_on: new["expires_on"],
        Handler.reminded_on: None,
    }
    async with transaction(ctx):
        await _change(ctx, id, values, revision)
        was = {"card": old["card"], "until": old["expires_on"].isoformat()}
        await _record(ctx, "renewed", id, place, was=was)


async def note_left(ctx: Context, place: UUID, id: UUID, *, on: date, revision: int) -> None:
    """Note that somebody does not work at a place any more.

    :param revision: of the row as it was read.
    :raises Conflict: somebody changed it meanwhile, or it is noted already.
    """
    await get_handler(ctx, place, id)
    async with transaction(ctx):
        await _change(ctx, id, {Handler.left_on: on}, revision)
        await _record(ctx, "left", id, place)


async def _whole(ctx: Context, card: Mapping[str, Any]) -> dict[str, Any]:
    limits = await limits_on(ctx, ctx.today)
    return {"expires_on": expires_on(card["trained_on"], limits), **card}


async def _change(ctx: Context, id: UUID, values: Mapping[Any, Any], revision: int) -> None:
    changed = (
        await Handler.update(
            {**values, Handler.revision: revision + 1, Handler.changed_by_name: ctx.actor.name}
        )
        .where(
            Handler.of(ctx),
            Handler.id == id,
            Handler.revision == revision,
            Handler.left_on.is_null(),
        )
        .returning(Handler.id)
    )
    if not changed:
        raise Conflict(_MEANWHILE)


async def _record(ctx: Context, what: str, id: UUID, place: UUID, **detail: Any) -> None:
    subject = f"handler/{id}"
    await audit.record(ctx, f"food_cert.handler.{what}", subject, place=str(place), **detail)


async def cards_said(ctx: Context, places: Collection[UUID]) -> dict[UUID, Text]:
    """Return of places in one sentence how many people they have, and how their cards stand."""
    limits = await limits_on(ctx, ctx.today)
    async with transaction(ctx):
        rows = (
            await Handler.select(Handler.place_id, Handler.expires_on).where(
                Handler.of(ctx), Handler.place_id.is_in(list(places)), Handler.left_on.is_null()
            )
            if places
            else []
        )
    stand: dict[UUID, list[str]] = {id: [] for id in places}
    for row in rows:
        stand[row["place_id"]].append(card_stands(row["expires_on"], None, ctx.today, limits))
    return {id: _sentence(found) for id, found in stand.items()}


def _sentence(found: list[str]) -> Text:
    if not found:
        return _NOBODY
    expired, soon = found.count(EXPIRED), found.count(SOON)
    words = _BAD if expired or soon else _COUNT
    return words.format(people=len(found), expired=expired, soon=soon)


async def cards_of_place(ctx: Context, place: Mapping[str, Any]) -> list[Card]:
    """Return the way to the people of a place for an officer."""
    if not ctx.actor.may(READ):
        return []
    said = (await cards_said(ctx, [place["id"]]))[place["id"]]
    href = f"/desk/food/places/{place['id']}/handlers"
    return [Card(_TITLE, said, href, _OPEN, order=40, sign="people")]
