"""Claims found and counted for the desk, and the households of disasters."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from contrib.disaster.rules.claims import STATES
from contrib.disaster.service.rights import CLAIMS
from core.api import Context, need, transaction

PAGE = 100
_WHICH = """
FROM disaster.claim c
JOIN disaster.household h ON h.tenant_id = c.tenant_id AND h.id = c.household_id
WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR c.event_id = $2) AND ($3 = '' OR c.state = $3)
AND NOT EXISTS (SELECT FROM unnest($4::text[]) AS word WHERE strpos(
  lower(concat_ws(' ', c.name, h.address, h.village, h.house_code, c.number)), word) = 0)
"""
_FOUND = f"""
SELECT c.id, c.number, c.name, c.scheme, c.state, c.amount, c.filed_on, c.event_id,
  h.address, h.village {_WHICH} ORDER BY c.number LIMIT $5 OFFSET $6
"""
_SUMS = """
SELECT state, count(*) AS count, sum(amount)::bigint AS amount FROM disaster.claim
WHERE tenant_id = $1 AND ($2::uuid IS NULL OR event_id = $2) GROUP BY state
"""


class Listed(msgspec.Struct, frozen=True):
    """A page of claims.

    :param sums: by state, how many and satang, of all that are of the disaster.
    """

    rows: list[Mapping[str, Any]]
    first: int
    total: int
    sums: Mapping[str, tuple[int, int]]

    @property
    def last(self) -> int:
        """Number of its last row."""
        return self.first + len(self.rows) - 1


async def list_claims(
    ctx: Context, *, event: UUID | None = None, state: str = "", query: str = "", page: int = 1
) -> Listed:
    """Return a page of claims in the order in which they were filed."""
    need(ctx, CLAIMS)
    words = query[:200].lower().split()
    which = (ctx.tenant.id, event, state if state in STATES else "", words)
    skip = PAGE * (max(1, min(page, 10_000)) - 1)
    async with transaction(ctx) as connection:
        count = await connection.fetchval(f"SELECT count(*) {_WHICH}", *which)
        rows = await connection.fetch(_FOUND, *which, PAGE, skip)
        sums = await connection.fetch(_SUMS, ctx.tenant.id, event)
    by_state = {row["state"]: (row["count"], row["amount"]) for row in sums}
    return Listed(list(rows), skip + 1, count, by_state)


async def valued_claims(ctx: Context, event: UUID) -> list[Mapping[str, Any]]:
    """Return the claims of a disaster that wait for the committee, at most 500."""
    need(ctx, CLAIMS)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_FOUND, ctx.tenant.id, event, "valued", [], 500, 0))
