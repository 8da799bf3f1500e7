"""Agreements as pages show them: how each stands, by what is owed of its bills now."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, audit, transaction
from kit import documents
from kit.treasury.rules.agreed import Stood, stood
from kit.treasury.rules.instalments import Instalment
from kit.treasury.tables.bills import AgreedBill, Agreement

SHOWN = 100

_OF_AGREEMENT = """
SELECT g.agreement_id, g.bill_id, g.due_before, b.ref1, b.title_th, b.title_en, b.due_on, b.total,
  b.state, CASE b.state WHEN 'open' THEN b.owed ELSE 0 END AS owed
FROM treasury.agreed_bill g
JOIN treasury.bill b ON b.tenant_id = g.tenant_id AND b.id = g.bill_id
WHERE g.tenant_id = $1 AND g.agreement_id = ANY($2) ORDER BY g.agreement_id, g.place
"""


async def bills_of(ctx: Context, agreements: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the bills of some agreements, the oldest first, each with what is ``owed`` now."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_OF_AGREEMENT, ctx.tenant.id, list(agreements))
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["agreement_id"], []).append(dict(row))
    return found


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement as its page shows it.

    :ivar parts: with what is settled of each; of one that has ended, as if it went on.
    :ivar missed: how many were to be paid before today and are not.
    """

    row: dict[str, Any]
    bills: list[dict[str, Any]]
    parts: list[Stood]
    owed: int
    missed: int

    @property
    def standing(self) -> str:
        """One of ended, kept, missed, active."""
        if self.row["state"] == "ended":
            return "ended"
        return "kept" if not self.owed else "missed" if self.missed else "active"


async def read_agreement(ctx: Context, agreement: UUID) -> Seen:
    """Return an agreement.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = (
            await Agreement.select()
            .where(Agreement.of(ctx), Agreement.id == agreement)
            .first()
            .output(load_json=True)
        )
        if row is None:
            raise NotFound(Text("ไม่พบข้อตกลงนี้", "There is no such agreement."))
        return _seen(ctx, row, (await bills_of(ctx, [agreement])).get(agreement, []))


def _seen(ctx: Context, row: dict[str, Any], bills: list[dict[str, Any]]) -> Seen:
    owed = sum(one["owed"] for one in bills)
    parts = stood(msgspec.convert(row["parts"], list[Instalment]), owed)
    missed = sum(one.is_missed(ctx.today) for one in parts)
    shown = [one | {"title": one[f"title_{ctx.language}"]} for one in bills]
    return Seen(row=row, bills=shown, parts=parts, owed=owed, missed=missed)


async def agreements(ctx: Context) -> list[Seen]:
    """Return the newest agreements; those with a missed instalment first, ended ones last."""
    async with transaction(ctx):
        rows = (
            await Agreement.select()
            .where(Agreement.of(ctx))
            .order_by(Agreement.state)
            .order_by(Agreement.id, ascending=False)
            .limit(SHOWN)
            .output(load_json=True)
        )
        of = await bills_of(ctx, [row["id"] for row in rows])
    seen = [_seen(ctx, row, of.get(row["id"], [])) for row in rows]
    order = ("missed", "active", "kept", "ended")
    return sorted(seen, key=lambda one: order.index(one.standing))


async def agreement_of(ctx: Context, bill: UUID) -> UUID | None:
    """Return the agreement that a bill is under; None where it is under none."""
    async with transaction(ctx):
        row = (
            await AgreedBill.select(AgreedBill.agreement_id)
            .where(AgreedBill.of(ctx), AgreedBill.bill_id == bill, AgreedBill.active.eq(True))
            .first()
        )
    return row["agreement_id"] if row else None


async def agreement_pdf(ctx: Context, agreement: UUID) -> tuple[bytes, str]:
    """Return the paper of an agreement, to be signed, and a name for the file.

    :raises NotFound: there is none.
    """
    row = (await read_agreement(ctx, agreement)).row
    async with transaction(ctx):
        await audit.record(ctx, "treasury.agreement.read", f"agreement/{agreement}")
    return await documents.read_pdf(ctx, row["paper"], subject=f"agreement/{agreement}")
