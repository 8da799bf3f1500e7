"""Owners are told once of every card of training that is over or soon will be."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Context, Message, Recipient, Text, audit, notifications, transaction
from kit.thai import said_day
from plugins.food_cert.rules.training import warned_from
from plugins.food_cert.service.limits import limits_on

JOB = "food_cert.remind_cards"
AT_ONCE = 500
MESSAGE = Message(
    "food_cert.cards_expiring",
    Text(
        "บัตรผ่านการอบรม {count} ใบของ {name} หมดอายุ ใบแรก {day}",
        "{count} training cards of {name} expire, the first on {day}",
    ),
    Text(
        "ผู้ประกอบกิจการและผู้สัมผัสอาหารต้องผ่านการอบรม ให้อบรมใหม่ก่อนบัตรหมดอายุ แล้วบันทึกบัตรใหม่ในหน้ารายชื่อ "
        "ถ้าผู้นั้นออกแล้ว ให้บันทึกว่าออก",
        "Operators and food handlers must be trained. Train again before the card expires, and "
        "enter the new card in the list. If the person has left, note that.",
    ),
)
# Of places that are there and whose owner can be reached; each card is noted once.
_NOTE = """
UPDATE food_cert.handler h SET reminded_on = $2
FROM (
  SELECT h.id, p.id AS place, p.name, p.account, p.phone FROM food_cert.handler h
  JOIN food_cert.place p ON p.tenant_id = h.tenant_id AND p.id = h.place_id
  WHERE h.tenant_id = $1 AND h.left_on IS NULL AND h.reminded_on IS NULL AND h.expires_on <= $3
    AND p.state IN ('applied', 'notified', 'valid', 'suspended', 'stopped')
    AND (p.account IS NOT NULL OR p.phone <> '')
  ORDER BY h.expires_on, h.id LIMIT $4
) w
WHERE h.tenant_id = $1 AND h.id = w.id AND h.reminded_on IS NULL
RETURNING h.id, h.expires_on, w.place, w.name, w.account, w.phone
"""


async def remind(ctx: Context) -> None:
    """Tell owners of the cards that nobody told them of; every morning, again without harm."""
    while await _some(ctx) == AT_ONCE:
        pass


async def _some(ctx: Context) -> int:
    last = warned_from(ctx.today, await limits_on(ctx, ctx.today))
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_NOTE, ctx.tenant.id, ctx.today, last, AT_ONCE)
        by_place: dict[UUID, list[Mapping[str, Any]]] = {}
        for row in rows:
            by_place.setdefault(row["place"], []).append(row)
        for place, cards in by_place.items():
            await _send(ctx, place, cards)
        if rows:
            subject = f"place/{min(by_place)}"
            await audit.record(ctx, "food_cert.handler.reminded", subject, count=len(rows))
    return len(rows)


async def _send(ctx: Context, place: UUID, cards: Sequence[Mapping[str, Any]]) -> None:
    one = min(cards, key=lambda card: (card["expires_on"], card["id"]))
    first = one["expires_on"]
    await notifications.send(
        ctx,
        to=one["account"] or Recipient(phone=one["phone"]),
        template=MESSAGE.name,
        key=f"food_cert/card/{one['id']}/{first}",
        href=f"/my/food/{place}/handlers" if one["account"] else "",
        count=len(cards),
        name=one["name"],
        day=said_day(first),
    )
