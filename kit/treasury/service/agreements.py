"""Agreements to pay in instalments: made by who may approve it, followed, ended by an officer.

No act gives a payer of fees the right to instalments; an office grants them for a reason
(unverified: what its own regulation asks for). What is owed does not change by it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    Text,
    add,
    add_all,
    audit,
    new_id,
    transaction,
)
from kit import documents
from kit.thai import calendar_of
from kit.treasury.refusals import Malformed
from kit.treasury.rules.instalments import Instalment, plan
from kit.treasury.service.adjusting import approved
from kit.treasury.service.agreed import bills_of
from kit.treasury.service.agreement_papers import agreement_paper
from kit.treasury.service.following import follow, set_due
from kit.treasury.service.settling import lock
from kit.treasury.tables.bills import AgreedBill, Agreement

MOST_BILLS, LATEST_FIRST = 60, 365
BAHT = 100

_NO_BILL = Text("เลือกใบแจ้งอย่างน้อย 1 ใบ", "Choose at least one bill.")
_NOT_OPEN = Text(
    "มีใบแจ้งที่ชำระแล้ว ยกเลิกแล้ว เป็นของผู้อื่น หรือผ่อนชำระอยู่แล้ว เปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง",
    "One of the bills is settled, cancelled, somebody else's, or under an agreement already. "
    "Open the page again and choose anew.",
)
_TOO_EARLY = Text(
    "งวดแรกต้องเป็นวันหลังวันนี้ และไม่เกิน 1 ปี", "The first is due after today, within a year."
)
_FIELDS = {"count": "count", "amount": "count", "first_on": "first_on.day"}


class Proposal(msgspec.Struct, frozen=True):
    """What an agreement would say; nothing is changed yet.

    :ivar bills: the oldest due first.
    :ivar amount: satang that are owed of them together, which the parts sum to.
    """

    bills: list[dict[str, Any]]
    amount: int
    parts: tuple[Instalment, ...]


async def bills_to_agree(ctx: Context, bill: UUID) -> list[dict[str, Any]]:
    """Return the open bills of a bill's payer that no agreement holds, the oldest due first."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_FREE, ctx.tenant.id, bill, MOST_BILLS)
    return [dict(row) | {"title": row[f"title_{ctx.language}"]} for row in rows]


_FREE = """
SELECT b.id, b.ref1, b.title_th, b.title_en, b.due_on, b.owed, b.payer_id, b.payer_name,
  b.payer_address
FROM treasury.bill b
WHERE b.tenant_id = $1 AND b.state = 'open' AND b.owed > 0 AND b.payer_id = (
    SELECT payer_id FROM treasury.bill WHERE tenant_id = $1 AND id = $2)
  AND NOT EXISTS (SELECT 1 FROM treasury.agreed_bill g
    WHERE g.tenant_id = $1 AND g.bill_id = b.id AND g.active)
ORDER BY b.due_on, b.id LIMIT $3
"""


async def propose(ctx: Context, bills: Sequence[UUID], *, count: int, first_on: date) -> Proposal:
    """Return what an agreement over bills of one payer would say: equal parts, one a month.

    :param first_on: the due day of the first part.
    :raises InvalidInput: for ``bills``, ``count`` or ``first_on``.
    :raises Conflict: they are not open any more, or under an agreement.
    """
    if not bills:
        raise InvalidInput({"bills": _NO_BILL})
    if not ctx.today < first_on <= ctx.today + timedelta(days=LATEST_FIRST):
        raise InvalidInput({"first_on.day": _TOO_EARLY})
    free = {one["id"]: one for one in await bills_to_agree(ctx, bills[0])}
    if set(bills) - free.keys():
        raise Conflict(_NOT_OPEN)
    chosen = [one for id, one in free.items() if id in set(bills)]
    amount = sum(one["owed"] for one in chosen)
    try:
        parts = plan(
            amount, count=count, first_on=first_on, calendar=calendar_of(ctx.tenant), step=BAHT
        )
    except Malformed as wrong:
        raise InvalidInput({_FIELDS[wrong.field]: wrong.sentence}) from wrong
    return Proposal(chosen, amount, parts)


async def agree(
    ctx: Context, bills: Sequence[UUID], *, count: int, first_on: date, why: str
) -> UUID:
    """Make an agreement, with its paper to sign, and return its id; the actor approves it.

    From now on each bill is due when its first part is.

    :raises NotAllowed: the actor may not approve it.
    :raises InvalidInput: as :func:`propose`, and for ``why``.
    :raises Conflict: as :func:`propose`.
    """
    reason = approved(ctx, why)
    id = new_id()
    async with transaction(ctx):
        for bill in sorted(set(bills)):
            await lock(ctx, bill)
        proposal = await propose(ctx, bills, count=count, first_on=first_on)
        issued = await documents.issue(
            ctx,
            "treasury/agreement.typ",
            subject=f"agreement/{id}",
            series="agreement",
            make=lambda stamp: agreement_paper(ctx, proposal, reason, stamp),
        )
        await add(Agreement, _row(ctx, id, proposal, reason, issued))
        await add_all(AgreedBill, _agreed(ctx, id, proposal))
        await audit.record(
            ctx,
            "treasury.agreement.made",
            f"agreement/{id}",
            amount=proposal.amount,
            count=count,
            why=reason,
        )
        await follow(ctx, list(bills))
    return id


def _row(
    ctx: Context, id: UUID, proposal: Proposal, why: str, issued: documents.Issued
) -> dict[str, Any]:
    first = proposal.bills[0]
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "payer_id": first["payer_id"],
        "payer_name": first["payer_name"],
        "parts": msgspec.to_builtins(proposal.parts),
        "amount": proposal.amount,
        "why": why,
        "state": "active",
        "made_on": ctx.today,
        "made_at": ctx.now,
        "made_by": ctx.actor.id,
        "made_by_name": ctx.actor.name,
        "paper": issued.id,
        "number": issued.number,
        **dict.fromkeys(("ended_at", "ended_by_name", "ended_why")),
    }


def _agreed(ctx: Context, id: UUID, proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "tenant_id": ctx.tenant.id,
            "agreement_id": id,
            "bill_id": bill["id"],
            "place": place,
            "due_before": bill["due_on"],
            "active": True,
        }
        for place, bill in enumerate(proposal.bills, start=1)
    ]


async def end(ctx: Context, agreement: UUID, *, why: str) -> None:
    """End an agreement: what is still owed is due as it was before it.

    :raises NotAllowed: the actor may not.
    :raises InvalidInput: there is no reason.
    :raises Conflict: it has ended already.
    """
    reason = approved(ctx, why)
    async with transaction(ctx):
        bills = (await bills_of(ctx, [agreement])).get(agreement, [])
        for bill in sorted(one["bill_id"] for one in bills):
            await lock(ctx, bill)
        ended: dict[Any, Any] = {
            Agreement.state: "ended",
            Agreement.ended_at: ctx.now,
            Agreement.ended_by_name: ctx.actor.name,
            Agreement.ended_why: reason,
        }
        done = (
            await Agreement.update(ended)
            .where(Agreement.of(ctx), Agreement.id == agreement, Agreement.state == "active")
            .returning(Agreement.id)
        )
        if not done:
            raise Conflict(Text("ข้อตกลงนี้สิ้นสุดไปแล้ว", "This agreement has ended already."))
        await AgreedBill.update({AgreedBill.active: False}).where(
            AgreedBill.of(ctx), AgreedBill.agreement_id == agreement
        )
        for one in bills:
            await set_due(ctx, one["bill_id"], one["due_before"])
        await audit.record(ctx, "treasury.agreement.ended", f"agreement/{agreement}", why=reason)
