"""What the waste bank keeps out of the landfill, for everybody: by month and group of material."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from contrib.recycling.rules.book import BOOK, factor
from contrib.recycling.rules.materials import GROUPS
from core.api import Context, Text, transaction
from kit.law import in_force, of_office

# Pieces and crates have no weight that anybody read.
_KEPT = """
SELECT date_trunc('month', t.weighed_at AT TIME ZONE $2)::date AS month, m.kind,
  sum(l.quantity) FILTER (WHERE m.unit = 'kg')::bigint AS grams,
  sum(l.quantity) FILTER (WHERE m.unit <> 'kg')::bigint AS pieces,
  sum(l.amount)::bigint AS amount
FROM recycling.line l
JOIN recycling.ticket t ON t.tenant_id = l.tenant_id AND t.id = l.ticket_id
JOIN recycling.material m ON m.tenant_id = l.tenant_id AND m.code = l.material
WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT FROM recycling.closed c
  WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id AND c.load_id IS NULL)
GROUP BY 1, 2 ORDER BY 1 DESC, 2
"""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One group of material in one month.

    :param grams: of what was weighed.
    :param pieces: of what was counted.
    :param amount: satang that members got.
    :param co2: grams of carbon dioxide equivalent that were avoided.
    :param verified: whether the office has read the factor.
    """

    month: Any
    kind: str
    grams: int
    pieces: int
    amount: int
    co2: int
    verified: bool

    @property
    def title(self) -> Text:
        """The group in words."""
        return GROUPS[self.kind]


async def kept(ctx: Context) -> list[Kept]:
    """Return what was kept out of the landfill, the newest month first.

    The factors are those that held when each month began.
    """
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_KEPT, ctx.tenant.id, ctx.tenant.zone.key)
    entries = (*BOOK.starting, *await of_office(ctx, BOOK))
    limits = {month: in_force(entries, month) for month in {row["month"] for row in rows}}
    return [_read(row, limits[row["month"]]) for row in rows]


def _read(row: Mapping[str, Any], limits: Any) -> Kept:
    grams = row["grams"] or 0
    avoided = (Decimal(grams) * factor(limits, row["kind"])).quantize(Decimal(1), ROUND_HALF_UP)
    return Kept(
        month=row["month"],
        kind=row["kind"],
        grams=grams,
        pieces=row["pieces"] or 0,
        amount=row["amount"],
        co2=int(avoided),
        verified=limits[f"co2.{row['kind']}"].verified,
    )


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """All that was kept, in sums."""

    grams: int
    co2: int
    amount: int
    members: int


async def total(ctx: Context, rows: Sequence[Kept]) -> Total:
    """Return the sums of what was kept, and how many households take part."""
    async with transaction(ctx) as connection:
        members: int = await connection.fetchval(
            "SELECT count(*) FROM recycling.member WHERE tenant_id = $1 AND open", ctx.tenant.id
        )
    return Total(
        grams=sum(one.grams for one in rows),
        co2=sum(one.co2 for one in rows),
        amount=sum(one.amount for one in rows),
        members=members,
    )
