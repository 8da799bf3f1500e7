"""What an office may change about what is owed: let people off, cancel a bill, with reason."""

from uuid import UUID

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    NotFound,
    Text,
    audit,
    read_reason,
    transaction,
)
from kit.treasury.service.billing import read_bill
from kit.treasury.service.ledger import RECEIVABLE, Entry, positions, post, revenue, waived
from kit.treasury.service.settling import lock, settle
from kit.treasury.tables.bills import Bill, Charge

ADJUST = "treasury.adjust"
# With its mark behind it a reference is free: what was asked for wrongly can be asked for anew.
_FREE = """
UPDATE treasury.charge SET reference = reference || '~' || right(id::text, 12)
WHERE tenant_id = $1 AND bill_id = $2
"""


async def waive(ctx: Context, charge: UUID, *, amount: int, why: str) -> None:
    """Let the payer off a part of a charge, or all of it; money that was paid goes to suspense.

    :param amount: satang.
    :raises InvalidInput: more than is charged, or no reason.
    """
    reason = approved(ctx, why)
    async with transaction(ctx):
        row = await Charge.select().where(Charge.of(ctx), Charge.id == charge).first()
        if row is None:
            raise NotFound(Text("ไม่พบรายการนี้", "There is no such charge."))
        await lock(ctx, row["bill_id"])
        left = (await positions(ctx, [charge])).owed.get(charge, 0)
        if not 0 < amount <= left:
            raise InvalidInput(
                {
                    "amount": Text(
                        "ยกเว้นได้ไม่เกินยอดของรายการ ตรวจจำนวนเงินอีกครั้ง",
                        "No more than the charge can be waived. Check the amount.",
                    )
                }
            )
        entry = Entry(
            kind="waived",
            debit=waived(row["revenue"]),
            credit=RECEIVABLE,
            amount=amount,
            charge=charge,
            why=reason,
        )
        await post(ctx, [entry])
        await audit.record(
            ctx, "treasury.charge.waived", f"charge/{charge}", amount=amount, why=reason
        )
        if row["bill_id"]:
            await settle(ctx, [row["bill_id"]])


async def cancel_bill(ctx: Context, bill: UUID, *, why: str) -> None:
    """Take back a bill and all that it asks for; what was paid waits in suspense.

    What it asked for can be charged and billed again; who shall not pay it at all is let off.

    :raises Conflict: it is cancelled already.
    """
    reason = approved(ctx, why)
    async with transaction(ctx) as connection:
        await lock(ctx, bill)
        known = await read_bill(ctx, bill)
        if known["state"] == "cancelled":
            raise Conflict(Text("ใบแจ้งนี้ยกเลิกแล้ว", "This bill is cancelled already."))
        owed = (await positions(ctx, [one["id"] for one in known["charges"]])).owed
        await post(
            ctx,
            [
                Entry(
                    kind="cancelled",
                    debit=revenue(one["revenue"]),
                    credit=RECEIVABLE,
                    amount=owed[one["id"]],
                    charge=one["id"],
                    why=reason,
                )
                for one in known["charges"]
                if owed.get(one["id"])
            ],
        )
        await connection.execute(_FREE, ctx.tenant.id, bill)
        await Bill.update({Bill.state: "cancelled"}).where(Bill.of(ctx), Bill.id == bill)
        await audit.record(ctx, "treasury.bill.cancelled", f"bill/{bill}", why=reason)
        await settle(ctx, [bill])


def approved(ctx: Context, why: str) -> str:
    """Return the reason of who may approve a change of what is owed.

    :raises NotAllowed: the actor may not.
    :raises InvalidInput: for ``why``: there is none, or it is too long.
    """
    if not ctx.actor.may(ADJUST) and ctx.actor.kind != "system":
        raise NotAllowed(
            Text(
                "การยกเว้นหรือยกเลิกหนี้ต้องมีผู้อนุมัติ ถ้าต้องใช้ เสนอผู้อำนวยการกองคลัง",
                "To waive or cancel needs who may approve it. Ask the director of finance.",
            )
        )
    return read_reason(why)
