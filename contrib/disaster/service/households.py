"""The register of households: entered once, changed as they were read, found."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.households import FLAGS, flags_of, sameness
from contrib.disaster.service.reading import get_row
from contrib.disaster.service.rights import HOUSEHOLDS
from contrib.disaster.tables.households import Household
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)
from kit.thai import ascii_digits

PAGE = 50
_NONE = Text(
    "ไม่พบครัวเรือนนี้ กลับไปที่ทะเบียนแล้วค้นอีกครั้ง", "There is no such household. Search the register again."
)
_SAME = Text(
    "ครัวเรือนนี้มีในทะเบียนแล้ว ค้นจากที่อยู่หรือรหัสประจำบ้าน",
    "The register has this household already. Search for its address or house code.",
)
_MEANWHILE = Text(
    "มีผู้แก้ครัวเรือนนี้พร้อมกัน เปิดดูอีกครั้งก่อนแก้",
    "This household was changed at the same moment. Look at it again first.",
)
_TOO_MANY = Text(
    "มากกว่าจำนวนสมาชิกในครัวเรือน ตรวจจำนวนอีกครั้ง", "It is more than live there. Check the count."
)
_FACTS = (
    "house_code",
    "name",
    "phone",
    "address",
    "village",
    "subdistrict",
    "pin",
    "floor_cm",
    "members",
)

_SIFT = """
FROM disaster.household h WHERE h.tenant_id = $1
AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE strpos(
  lower(concat_ws(' ', h.name, h.address, h.village, h.house_code, h.phone)), word) = 0)
AND ($3 = '' OR h.flags ? $3)
"""
_FOUND = f"SELECT h.* {_SIFT} ORDER BY h.village, h.address, h.id LIMIT $4 OFFSET $5"
_COUNT = f"SELECT count(*) {_SIFT}"


class Found(msgspec.Struct, frozen=True):
    """A page of the register.

    :param first: number of its first row, from 1.
    """

    rows: list[dict[str, Any]]
    first: int
    total: int

    @property
    def last(self) -> int:
        """Number of its last row."""
        return self.first + len(self.rows) - 1


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a household of what a form has read.

    :raises InvalidInput: more people of a kind than live there.
    """
    flags = flags_of(values)
    members = values["members"]
    wrong = {flag: _TOO_MANY for flag, count in flags.items() if count > members}
    if wrong:
        raise InvalidInput(wrong)
    blank = {"house_code": "", "phone": "", "pin": None, "floor_cm": 0}
    facts = {name: values.get(name, blank.get(name)) for name in _FACTS}
    places = (facts[name] for name in ("house_code", "address", "village", "subdistrict"))
    return facts | {"flags": flags, "sameness": sameness(*places)}


def household_row(ctx: Context, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a new household."""
    own = {"tenant_id": ctx.tenant.id, "id": new_id(), "revision": 1, "changed_at": ctx.now}
    return {**facts, **own}


async def enter_household(ctx: Context, facts: Mapping[str, Any]) -> UUID:
    """Enter a household and return its id.

    :param facts: of :func:`facts_of`.
    :raises Conflict: the register has it already.
    """
    need(ctx, HOUSEHOLDS)
    row = household_row(ctx, facts)
    id: UUID = row["id"]
    async with transaction(ctx):
        if not await add(Household, row, unless=("tenant_id", "sameness")):
            raise Conflict(_SAME)
        await audit.record(ctx, "disaster.household.entered", f"household/{id}")
    return id


async def change_household(
    ctx: Context, id: UUID, facts: Mapping[str, Any], *, revision: int
) -> None:
    """Change a household that still stands as it was read.

    :raises Conflict: it was changed meanwhile, or another one is the same.
    """
    need(ctx, HOUSEHOLDS)
    values: dict[Any, Any] = {getattr(Household, name): value for name, value in facts.items()}
    values |= {Household.revision: revision + 1, Household.changed_at: ctx.now}
    async with transaction(ctx):
        same = (
            await Household.select(Household.id)
            .where(Household.of(ctx), Household.sameness == facts["sameness"], Household.id != id)
            .first()
        )
        if same is not None:
            raise Conflict(_SAME)
        done = (
            await Household.update(values)
            .where(Household.of(ctx), Household.id == id, Household.revision == revision)
            .returning(Household.id)
        )
        if not done:
            await get_household(ctx, id)
            raise Conflict(_MEANWHILE)
        await audit.record(ctx, "disaster.household.changed", f"household/{id}")


async def get_household(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a household.

    :raises NotFound: there is none.
    """
    query = Household.select().where(Household.of(ctx), Household.id == id)
    return await get_row(ctx, query, _NONE)


async def read_household(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a household for an officer; that it was opened is recorded."""
    need(ctx, HOUSEHOLDS)
    async with transaction(ctx):
        row = await get_household(ctx, id)
        await audit.record(ctx, "disaster.household.read", f"household/{id}")
    return row


async def find_households(ctx: Context, query: str, flag: str, page: int) -> Found:
    """Return a page of the households that have every word of a query.

    :param flag: only those where somebody has it; empty for all.
    """
    need(ctx, HOUSEHOLDS)
    words = ascii_digits(query[:200]).lower().split()
    which = (ctx.tenant.id, words, flag if flag in FLAGS else "")
    skip = PAGE * (max(1, min(page, 10_000)) - 1)
    async with transaction(ctx) as connection:
        total = await connection.fetchval(_COUNT, *which)
        rows = await connection.fetch(_FOUND, *which, PAGE, skip)
    loaded = [dict(row) | {"flags": msgspec.json.decode(row["flags"])} for row in rows]
    return Found(loaded, skip + 1, total)


async def household_of_phone(ctx: Context, phone: str) -> dict[str, Any] | None:
    """Return the household that a telephone belongs to; None for none, or for several."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Household.select()
            .where(Household.of(ctx), Household.phone == phone)
            .limit(2)
            .output(load_json=True)
        )
    return rows[0] if phone and len(rows) == 1 else None
