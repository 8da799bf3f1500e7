"""Search the register: by words, zone, route, class and state, a page at a time."""

from typing import Any

import msgspec

from core.api import Context, NavItem, Text, transaction
from kit.thai import ascii_digits
from plugins.waste_fees.service.rights import READ

PAGE = 50
_LONGEST = 100

_WHERE = """
FROM waste_fees.point WHERE tenant_id = $1
  AND ($2 = '' OR zone = $2) AND ($3 = '' OR route = $3) AND ($4 = '' OR "use" = $4)
  AND ($5 = '' OR open = ($5 = 'open'))
  AND ($6 = '' OR number::text = $6 OR mark = $6 OR code = upper($6)
    OR payer_name ILIKE $7 OR owner ILIKE $7 OR address ILIKE $7)
"""
_FIND = f"""
SELECT id, number, mark, "use", address, zone, route, bins, litres, payer_name, open {_WHERE}
ORDER BY zone, route, number LIMIT $8 OFFSET $9
"""
_COUNT = f"SELECT count(*) {_WHERE}"
_PLACES = """
SELECT DISTINCT zone, route FROM waste_fees.point WHERE tenant_id = $1 ORDER BY zone, route
LIMIT 500
"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty is anything.

    :param state: ``open``, ``closed`` or empty.
    :param page: from 1.
    """

    words: str = ""
    zone: str = ""
    route: str = ""
    use: str = ""
    state: str = "open"
    page: int = 1


class Found(msgspec.Struct, frozen=True):
    """A page of the register.

    :ivar total: how many there are on all pages.
    :ivar first: place of the first of this page, from 1.
    """

    points: list[dict[str, Any]]
    total: int
    first: int


async def find_points(ctx: Context, sought: Sought) -> Found:
    """Return a page of points in the order of their routes."""
    words = " ".join(ascii_digits(sought.words).split())[:_LONGEST]
    like = words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    asked = (sought.zone, sought.route, sought.use, sought.state, words, f"%{like}%")
    skipped = (sought.page - 1) * PAGE
    async with transaction(ctx) as connection:
        total = await connection.fetchval(_COUNT, ctx.tenant.id, *asked)
        rows = await connection.fetch(_FIND, ctx.tenant.id, *asked, PAGE, skipped)
    return Found([dict(row) for row in rows], total, skipped + 1)


async def places(ctx: Context) -> tuple[list[str], list[str]]:
    """Return the zones and the routes that the register knows."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_PLACES, ctx.tenant.id)
    zones = dict.fromkeys(row["zone"] for row in rows if row["zone"])
    routes = dict.fromkeys(row["route"] for row in rows if row["route"])
    return list(zones), list(routes)


def links(ctx: Context) -> list[NavItem]:
    """Lead officers who may read it to the register."""
    if not ctx.actor.may(READ):
        return []
    return [NavItem(Text("ค่าขยะและน้ำเสีย", "Waste fees"), "/desk/waste", order=45)]
