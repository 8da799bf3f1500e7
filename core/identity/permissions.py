"""What an account may do today: by its own roles, and by orders under which it acts for another."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from core import db
from core.context import EVERYWHERE, Acting, Context
from core.tenants.tenant import Unit

# An order counts from its first to its last day, both included, unless it was ended before.
_HELD = """
SELECT r.permissions, h.unit, 0 AS position, NULL AS mode, NULL AS post,
  NULL AS order_no, NULL::uuid AS order_id
FROM core.role_holder h JOIN core.role r ON r.tenant_id = h.tenant_id AND r.code = h.role
WHERE h.tenant_id = $1 AND h.account = $2
UNION ALL
SELECT r.permissions, a.unit, r.position, a.mode, a.post, a.order_no, a.id
FROM core.acting a JOIN core.role r ON r.tenant_id = a.tenant_id AND r.code = a.role
WHERE a.tenant_id = $1 AND a.actor = $2 AND a.ended_at IS NULL
  AND a.from_on <= $3 AND (a.to_on IS NULL OR a.to_on >= $3)
ORDER BY position DESC, order_id
"""


class Held(NamedTuple):
    """Permissions from one source: a role of one's own, or an order.

    :param unit: where they hold, with all units below; None everywhere.
    :param acting: for an order, in whose place.
    :param order: the id of the order.
    """

    permissions: frozenset[str]
    unit: str | None
    acting: Acting | None = None
    order: UUID | None = None


async def held_by(ctx: Context, account: UUID) -> list[Held]:
    """Return all that an account holds today, orders for the highest posts first."""
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(_HELD, ctx.tenant.id, account, ctx.today)
    return [
        Held(
            frozenset(row["permissions"]),
            row["unit"],
            Acting(how=row["mode"], post=row["post"], order=row["order_no"])
            if row["order_id"]
            else None,
            row["order_id"],
        )
        for row in rows
    ]


def merge(held: Iterable[Held], units: Mapping[str, Unit]) -> dict[str, frozenset[str] | None]:
    """Return for each permission the units where it holds, ``EVERYWHERE`` for all."""
    below = units_below(units)
    merged: dict[str, frozenset[str] | None] = {}
    for one in held:
        where = EVERYWHERE if one.unit is None else below.get(one.unit, frozenset())
        for permission in one.permissions:
            known = merged.get(permission, frozenset())
            merged[permission] = (
                EVERYWHERE if where is EVERYWHERE or known is EVERYWHERE else known | where
            )
    return merged


def units_below(units: Mapping[str, Unit]) -> dict[str, frozenset[str]]:
    """Return for each unit its own id and those of all units below it."""
    below: dict[str, set[str]] = {id: {id} for id in units}
    for id in units:
        for above in units_above(units, id):
            below[above].add(id)
    return {id: frozenset(found) for id, found in below.items()}


def units_above(units: Mapping[str, Unit], unit: str) -> list[str]:
    """Return the units that a unit belongs to, the nearest first, without itself."""
    above: list[str] = []
    at = units[unit].parent if unit in units else None
    while at is not None and at in units and at not in above:
        above.append(at)
        at = units[at].parent
    return above
