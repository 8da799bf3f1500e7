"""Payments by the bank: a batch of what was approved, its file, what the bank did, another round.

A claim has one payment that waits or was paid, at most: batches of a disaster are made one after
another, and the database refuses a second payment. What the bank refused goes into a later batch
once its account was mended.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from anyio import to_thread

from contrib.disaster.rules.batches import (
    HEADS,
    PAID,
    Known,
    Order,
    Result,
    file_rows,
    parse_results,
    reference,
)
from contrib.disaster.service.accounts import account_columns, open_account
from contrib.disaster.service.claims import get_claim
from contrib.disaster.service.rights import CLAIMS, PAY
from contrib.disaster.tables.claims import Batch, Claim, Payment
from contrib.disaster.tables.events import Event
from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add,
    add_all,
    audit,
    need,
    new_id,
    numbers,
    transaction,
)
from kit.documents import Fault, csv_of, read_table

MOST = 5_000
_SERIES = "disaster/batch"
_NONE = Text("ไม่พบชุดจ่ายนี้ กลับไปที่รายการ", "There is no such batch. Go back to the list.")
_NOTHING = Text(
    "ไม่มีคำขอที่อนุมัติแล้วรอจ่าย ถ้ามีบัญชีที่ธนาคารโอนไม่สำเร็จ แก้บัญชีก่อน",
    "No approved claim waits to be paid. Accounts that the bank refused are mended first.",
)
_NOT_RETURNED = Text(
    "แก้บัญชีได้เฉพาะก่อนอยู่ในชุดจ่าย หรือหลังธนาคารโอนไม่สำเร็จ",
    "An account is mended before it is in a batch, or after the bank refused it.",
)
_LIVE = """
SELECT c.id, c.amount, c.bank, c.account, c.account_end, c.account_name FROM disaster.claim c
WHERE c.tenant_id = $1 AND c.event_id = $2 AND c.state = 'approved' AND c.amount > 0
  AND NOT EXISTS (SELECT FROM disaster.payment p WHERE p.tenant_id = $1 AND p.claim_id = c.id
    AND p.state IN ('waiting', 'paid'))
ORDER BY c.number LIMIT $3 FOR UPDATE OF c
"""
_SETTLE = """
UPDATE disaster.payment SET state = $4, reason = $5, settled_on = $6
WHERE tenant_id = $1 AND batch_id = $2 AND reference = $3 AND state = 'waiting'
RETURNING claim_id
"""
_FOLLOW = """
UPDATE disaster.claim SET state = $3, revision = revision + 1, changed_at = $4
WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND state = 'approved'
"""
_SUMS = """
SELECT b.*, e.title, count(*) FILTER (WHERE p.state = 'paid') AS paid,
  count(*) FILTER (WHERE p.state = 'refused') AS refused,
  count(*) FILTER (WHERE p.state = 'waiting') AS waiting,
  coalesce(sum(p.amount) FILTER (WHERE p.state = 'paid'), 0)::bigint AS paid_amount
FROM disaster.batch b
JOIN disaster.event e ON e.tenant_id = b.tenant_id AND e.id = b.event_id
JOIN disaster.payment p ON p.tenant_id = b.tenant_id AND p.batch_id = b.id
WHERE b.tenant_id = $1 AND ($2::uuid IS NULL OR b.id = $2)
GROUP BY b.tenant_id, b.id, e.title ORDER BY b.number DESC LIMIT 200
"""


async def make_batch(ctx: Context, event: UUID) -> UUID:
    """Put all that is approved in a disaster and not on its way to the bank into a batch.

    :raises Conflict: there is nothing.
    """
    need(ctx, PAY)
    id = new_id()
    async with transaction(ctx) as connection:
        # Who makes another batch of the same disaster waits here, and then sees this one.
        await Event.select(Event.id).where(Event.of(ctx), Event.id == event).lock_rows("UPDATE")
        claims = await connection.fetch(_LIVE, ctx.tenant.id, event, MOST)
        if not claims:
            raise Conflict(_NOTHING)
        number = await numbers.draw(ctx, _SERIES)
        total = sum(one["amount"] for one in claims)
        batch = {
            "tenant_id": ctx.tenant.id,
            "id": id,
            "number": number,
            "event_id": event,
            "payments": len(claims),
            "total": total,
            "made_at": ctx.now,
            "made_by_name": ctx.actor.name,
        }
        await add(Batch, batch)
        rows = [_payment(ctx, id, number, turn, one) for turn, one in enumerate(claims, start=1)]
        await add_all(Payment, rows)
        subject = f"batch/{id}"
        await audit.record(ctx, "disaster.batch.made", subject, total=total, payments=len(claims))
    return id


def _payment(
    ctx: Context, batch: UUID, number: int, turn: int, claim: Mapping[str, Any]
) -> dict[str, Any]:
    copied = ("amount", "bank", "account", "account_end", "account_name")
    return {
        **{name: claim[name] for name in copied},
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "batch_id": batch,
        "claim_id": claim["id"],
        "turn": turn,
        "reference": reference(number, turn),
        "state": "waiting",
        "reason": "",
        "settled_on": None,
    }


async def read_batches(ctx: Context, id: UUID | None = None) -> list[Mapping[str, Any]]:
    """Return the batches with what became of them, the newest first; or one of them."""
    need(ctx, PAY)
    async with transaction(ctx) as connection:
        return list(await connection.fetch(_SUMS, ctx.tenant.id, id))


async def get_batch(ctx: Context, id: UUID) -> Mapping[str, Any]:
    """Return a batch with what became of it.

    :raises NotFound: there is none.
    """
    rows = await read_batches(ctx, id)
    if not rows:
        raise NotFound(_NONE)
    return rows[0]


async def payments_of(ctx: Context, batch: UUID) -> list[dict[str, Any]]:
    """Return the payments of a batch, in the order of its file."""
    need(ctx, PAY)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Payment.select()
            .where(Payment.of(ctx), Payment.batch_id == batch)
            .order_by(Payment.turn)
        )
    return rows


async def bank_file(ctx: Context, batch: UUID) -> bytes:
    """Return the file of a batch for the bank; who took it is recorded."""
    need(ctx, PAY)
    async with transaction(ctx):
        found, rows = await get_batch(ctx, batch), await payments_of(ctx, batch)
        await audit.record(ctx, "disaster.batch.read", f"batch/{batch}")
    orders = [
        Order(
            turn=row["turn"],
            reference=row["reference"],
            bank=row["bank"],
            account=open_account(ctx, row["claim_id"], row["account"]),
            name=row["account_name"],
            amount=row["amount"],
        )
        for row in rows
    ]
    if sum(one.amount for one in orders) != found["total"]:
        raise RuntimeError(f"batch {batch} does not add up to its total")
    return csv_of(HEADS, file_rows(orders))


async def settle(ctx: Context, batch: UUID, data: bytes) -> tuple[int, list[Fault]]:
    """Take a file in which the bank says what it did: all of it, or nothing where it has a fault.

    :returns: how many payments were settled, and the faults. The same file again settles none.
    :raises NotTaken: it is no table.
    """
    need(ctx, PAY)
    table = await to_thread.run_sync(read_table, data)
    async with transaction(ctx):
        await get_batch(ctx, batch)
        await (
            Payment.select(Payment.id)
            .where(Payment.of(ctx), Payment.batch_id == batch)
            .order_by(Payment.id)
            .lock_rows("UPDATE")
        )
        rows = await payments_of(ctx, batch)
        known = {row["reference"]: Known(row["amount"], row["state"]) for row in rows}
        results, faults = parse_results(table, known)
        if faults:
            return 0, faults
        for one in results:
            await _settle(ctx, batch, one)
        if results:
            paid = sum(one.state == PAID for one in results)
            refused = len(results) - paid
            subject = f"batch/{batch}"
            await audit.record(ctx, "disaster.batch.settled", subject, paid=paid, refused=refused)
    return len(results), []


async def _settle(ctx: Context, batch: UUID, one: Result) -> None:
    async with transaction(ctx) as connection:
        values = (one.state, one.reason, one.settled_on)
        claim = await connection.fetchval(_SETTLE, ctx.tenant.id, batch, one.reference, *values)
        follows = "paid" if one.state == PAID else "returned"
        await connection.execute(_FOLLOW, ctx.tenant.id, [claim], follows, ctx.now)


async def mend_account(
    ctx: Context, claim: UUID, *, bank: str, account: str, name: str, revision: int
) -> None:
    """Put another account in place of one that the bank refused; the next batch pays it.

    :raises Conflict: the claim is in a batch, or paid, or was changed meanwhile.
    """
    need(ctx, CLAIMS)
    columns = account_columns(ctx, claim, bank, account, name)
    values: dict[Any, Any] = {getattr(Claim, key): value for key, value in columns.items()}
    values |= {Claim.revision: revision + 1, Claim.changed_at: ctx.now}
    async with transaction(ctx):
        row = await get_claim(ctx, claim)
        if row["state"] == "returned":
            values[Claim.state] = "approved"
        done = (
            await Claim.update(values)
            .where(
                Claim.of(ctx),
                Claim.id == claim,
                Claim.revision == revision,
                Claim.state.is_in(["filed", "valued", "returned"]),
            )
            .returning(Claim.id)
        )
        if not done:
            raise Conflict(_NOT_RETURNED)
        await audit.record(ctx, "disaster.claim.mended", f"claim/{claim}")


async def payments_for(ctx: Context, claim: UUID) -> Sequence[Mapping[str, Any]]:
    """Return the payments of a claim, the first one first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Payment.select()
            .where(Payment.of(ctx), Payment.claim_id == claim)
            .order_by(Payment.id)
        )
    return rows
