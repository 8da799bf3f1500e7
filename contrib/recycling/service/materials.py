"""Materials and what is paid for them from a moment on: what was once a price stays one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from contrib.recycling.rules.materials import GROUPS
from contrib.recycling.service.rights import PRICE
from contrib.recycling.tables.register import Material, Price
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)

_NONE = Text("ไม่พบวัสดุนี้ เลือกจากรายการราคา", "There is no such material. Choose from the list.")
_PAST = Text(
    "ราคาเริ่มใช้ย้อนหลังไม่ได้ เพราะบัตรชั่งที่ออกไปแล้วใช้ราคาเดิม เลือกเวลาตั้งแต่ตอนนี้ไป",
    "A price cannot begin in the past: tickets were written by it. Choose a time from now on.",
)
_TWICE = Text(
    "ตั้งราคาที่เริ่มใช้เวลานี้ไว้แล้ว เลือกเวลาอื่น",
    "A price begins at this very time already. Choose another.",
)
_KNOWN = Text("มีวัสดุรหัสนี้แล้ว ใช้รหัสอื่น", "A material has this code. Use another.")

# Each material with the price that holds at $2, and the next one, if there is any.
_LIST = """
SELECT m.*, p.amount, p.from_at, p.source, n.amount AS next_amount, n.from_at AS next_at
FROM recycling.material m
JOIN LATERAL (SELECT amount, from_at, source FROM recycling.price p
  WHERE p.tenant_id = m.tenant_id AND p.material = m.code AND p.from_at <= $2
  ORDER BY p.from_at DESC LIMIT 1) AS p ON true
LEFT JOIN LATERAL (SELECT amount, from_at FROM recycling.price n
  WHERE n.tenant_id = m.tenant_id AND n.material = m.code AND n.from_at > $2
  ORDER BY n.from_at LIMIT 1) AS n ON true
WHERE m.tenant_id = $1 AND (m.open OR $3) ORDER BY m.position, m.code
"""
_EACH = """
SELECT material, from_at, amount FROM recycling.price p WHERE tenant_id = $1 AND from_at >=
  (SELECT max(from_at) FROM recycling.price o WHERE o.tenant_id = p.tenant_id
   AND o.material = p.material AND o.from_at <= $2) ORDER BY material, from_at
"""


class Starting(msgspec.Struct, frozen=True):
    """A material of the list that an office begins with; the amount is satang for a unit."""

    code: str
    kind: str
    title: Text
    grade: str
    unit: str
    amount: int


class _File(msgspec.Struct):
    about: str
    source: str
    materials: tuple[Starting, ...]


_FILE = msgspec.json.decode(
    (Path(__file__).parents[1] / "data" / "starting.json").read_bytes(), type=_File
)
STARTING = _FILE.materials


async def begin_with(ctx: Context) -> None:
    """Begin with the list of the example; a second time nothing happens."""
    async with transaction(ctx):
        if await Material.exists().where(Material.of(ctx)):
            return
        for position, one in enumerate(STARTING):
            await _insert(ctx, one, position, _FILE.source)
        await audit.record(ctx, "recycling.material.made", "material/all", count=len(STARTING))


async def _insert(ctx: Context, one: Starting, position: int, source: str) -> None:
    row = {
        "tenant_id": ctx.tenant.id,
        "code": one.code,
        "position": position,
        "kind": one.kind,
        "title_th": one.title.th,
        "title_en": one.title.en,
        "grade": one.grade,
        "unit": one.unit,
        "open": True,
    }
    if not await add(Material, row, unless=("tenant_id", "code")):
        raise InvalidInput({"code": _KNOWN})
    await _price(ctx, one.code, one.amount, ctx.now, source)


async def _price(ctx: Context, code: str, amount: int, from_at: datetime, source: str) -> bool:
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "material": code,
        "from_at": from_at,
        "amount": amount,
        "source": source,
        "made_at": ctx.now,
        "made_by_name": ctx.actor.name,
    }
    return await add(Price, row, unless=("tenant_id", "material", "from_at"))


async def make_material(ctx: Context, one: Starting) -> None:
    """Add a material with its first price.

    :raises InvalidInput: one has its code.
    """
    need(ctx, PRICE)
    async with transaction(ctx):
        count: int = await Material.count().where(Material.of(ctx))
        await _insert(ctx, one, count, "")
        await audit.record(ctx, "recycling.material.made", f"material/{one.code}")


async def set_prices(
    ctx: Context, amounts: Mapping[str, int], *, from_at: datetime, source: str = ""
) -> None:
    """Set what is paid for materials from a moment on, which has not passed.

    :param amounts: satang for a unit, by code.
    :raises NotFound: there is no such material.
    :raises InvalidInput: the moment has passed.
    :raises Conflict: a price of one of them begins then already.
    """
    need(ctx, PRICE)
    if from_at < ctx.now:
        raise InvalidInput({"begins": _PAST})
    async with transaction(ctx):
        known = await Material.select(Material.code).where(
            Material.of(ctx), Material.code.is_in([*amounts, ""])
        )
        if len(known) < len(amounts):
            raise NotFound(_NONE)
        for code, amount in amounts.items():
            if not await _price(ctx, code, amount, from_at, source):
                raise Conflict(_TWICE)
        begins = from_at.isoformat()
        await audit.record(
            ctx, "recycling.price.set", "material/all", amounts=dict(amounts), from_at=begins
        )


async def switch_material(ctx: Context, code: str, *, bought: bool) -> None:
    """Begin or end to buy a material; what was bought of it stays in the books.

    :raises NotFound: there is no such material.
    """
    need(ctx, PRICE)
    await get_material(ctx, code)
    async with transaction(ctx):
        await Material.update({Material.open: bought}).where(
            Material.of(ctx), Material.code == code
        )
        await audit.record(ctx, "recycling.material.switched", f"material/{code}", bought=bought)


async def price_list(
    ctx: Context, at: datetime | None = None, *, closed: bool = False
) -> list[Mapping[str, Any]]:
    """Return materials with the price that holds at a moment, and the next one.

    :param at: now, where none is given.
    :param closed: those that are no longer bought too.
    """
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_LIST, ctx.tenant.id, at or ctx.now, closed))


async def get_material(ctx: Context, code: str) -> Mapping[str, Any]:
    """Return a material with its price.

    :raises NotFound: there is none.
    """
    found = [one for one in await price_list(ctx, closed=True) if one["code"] == code]
    if not found:
        raise NotFound(_NONE)
    return found[0]


async def coming_prices(ctx: Context) -> dict[str, list[tuple[int, int]]]:
    """Return by material from when (milliseconds) what is paid: now, and all that is to come.

    A phone that is out of reach goes on by them.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_EACH, ctx.tenant.id, ctx.now)
    known: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        known.setdefault(row["material"], []).append(
            (int(row["from_at"].timestamp() * 1000), row["amount"])
        )
    return known


def are_examples(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether any price is still one of the list to begin with."""
    return any(one["source"] == _FILE.source for one in rows)


def grouped(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Text, list[Mapping[str, Any]]]]:
    """Return materials under the titles of their groups, without empty ones."""
    found: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in GROUPS}
    for one in rows:
        found[one["kind"]].append(one)
    return [(GROUPS[kind], some) for kind, some in found.items() if some]
