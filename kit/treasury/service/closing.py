"""Close a till: count it, explain the difference, hand the money over with its slip.

Law: as for tills; chain of papers (unverified): slip of each collector, the treasury counts and
signs, daily summary by revenue and range of receipts, deposit at the bank.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    LONGEST_REASON,
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    NotFound,
    Text,
    audit,
    transaction,
)
from kit import documents
from kit.thai import baht
from kit.treasury.rules.denominations import Counted, count_till
from kit.treasury.service.days import CLOSE
from kit.treasury.service.ledger import (
    CASH,
    CHEQUES,
    DIFFERENCE,
    Entry,
    balance,
    cash,
    cheque,
    post,
)
from kit.treasury.service.slips import slip_paper
from kit.treasury.service.takings import Takings, takings_of
from kit.treasury.service.tills import COLLECT
from kit.treasury.tables.tills import Closing

_NOT_FOUND = Text("ไม่พบการรับเงินของวันนี้", "There is no such day of a till.")
_NOT_YOURS = Text(
    "ปิดช่องได้เฉพาะผู้รับเงินของช่องนั้น หรือผู้อำนวยการกองคลัง",
    "A till is closed by its collector, or by the director of finance.",
)
_CLOSED = Text(
    "ช่องนี้ปิดและนำส่งแล้ว ดูใบนำส่งเงินได้",
    "This till is closed and handed over already. See its slip.",
)
_OVER = Text(
    "เงินเกิน {amount} บาท นับอีกครั้ง ถ้ายังเกิน เขียนคำอธิบายไม่เกิน {most} ตัวอักษร",
    "There are {amount} baht too much. Count again, or explain it in at most {most} letters.",
)
_SHORT = Text(
    "เงินขาด {amount} บาท นับอีกครั้ง ถ้ายังขาด เขียนคำอธิบายไม่เกิน {most} ตัวอักษร",
    "{amount} baht are missing. Count again, or explain it in at most {most} letters.",
)


class Till(msgspec.Struct, frozen=True):
    """A till as it stands, or as it was closed.

    :ivar row: the day of the till, as in the table.
    :ivar cash: satang that are there by the ledger, with the change; 0 once it is closed.
    :ivar cheques: satang of cheques, the same.
    """

    row: dict[str, Any]
    takings: Takings
    cash: int
    cheques: int


async def read_till(ctx: Context, closing: UUID) -> Till:
    """Return a till's day with what was taken; its collector and who may read the books see it.

    :raises NotFound: there is none.
    :raises NotAllowed: it is somebody else's.
    """
    async with transaction(ctx):
        row = await _read(ctx, closing)
        if row["collector"] != ctx.actor.id and not ctx.actor.may(CLOSE):
            raise NotAllowed(_NOT_YOURS)
        return await _stand(ctx, row)


async def _read(ctx: Context, closing: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = (
        await Closing.select()
        .where(Closing.of(ctx), Closing.id == closing)
        .first()
        .output(load_json=True)
    )
    if row is None:
        raise NotFound(_NOT_FOUND)
    return row


async def _stand(ctx: Context, row: dict[str, Any]) -> Till:
    day, till = row["day"], row["till"]
    held = (0, 0)
    if row["closed_at"] is None:
        held = (await balance(ctx, cash(till), day), await balance(ctx, cheque(till), day))
    return Till(row, await takings_of(ctx, till=till, day=day, collector=row["collector"]), *held)


async def close_till(
    ctx: Context, closing: UUID, *, pieces: Mapping[int, int], why: str = ""
) -> Counted:
    """Close a till for its day: from now on nothing of that day's cash changes any more.

    :param pieces: how many notes and coins there are, by value in satang.
    :param why: explains the difference; needed where there is one.
    :raises NotAllowed: it is somebody else's till.
    :raises Malformed: the count is none.
    :raises InvalidInput: the count differs and nobody says why.
    :raises Conflict: it is closed already.
    """
    async with transaction(ctx) as connection:
        await connection.fetch(
            "SELECT id FROM treasury.closing WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            ctx.tenant.id,
            closing,
        )
        row = await _read(ctx, closing)
        _demand(ctx, row)
        till = await _stand(ctx, row)
        counted = count_till(pieces, expected=till.cash)
        reason = _explained(counted.difference, why)
        await _hand_over(ctx, till, counted, reason)
        await _note(ctx, till, counted, pieces, reason)
        await audit.record(
            ctx,
            "treasury.till.closed",
            f"closing/{closing}",
            till=row["till"],
            counted=counted.total,
            difference=counted.difference,
            why=reason,
        )
    return counted


def _demand(ctx: Context, row: Mapping[str, Any]) -> None:
    own = row["collector"] == ctx.actor.id and ctx.actor.may(COLLECT)
    if not own and not ctx.actor.may(CLOSE):
        raise NotAllowed(_NOT_YOURS)
    if row["closed_at"] is not None:
        raise Conflict(_CLOSED)


def _explained(difference: int, why: str) -> str:
    reason = " ".join(why.split())
    if difference and not 1 <= len(reason) <= LONGEST_REASON:
        sentence = _OVER if difference > 0 else _SHORT
        raise InvalidInput(
            {"why": sentence.format(amount=baht(abs(difference)), most=LONGEST_REASON)}
        )
    return reason if difference else ""


async def _hand_over(ctx: Context, till: Till, counted: Counted, why: str) -> None:
    """Post what leaves the till, so that the ledger holds nothing in it, into its own day."""
    place, row = cash(till.row["till"]), till.row
    entries = []
    if counted.difference > 0:
        entries.append(("over", place, DIFFERENCE, counted.difference))
    if counted.difference < 0:
        entries.append(("short", DIFFERENCE, place, -counted.difference))
    if counted.total:
        entries.append(("handed_over", CASH, place, counted.total))
    if till.cheques:
        entries.append(("handed_over", CHEQUES, cheque(row["till"]), till.cheques))
    await post(
        ctx,
        [
            Entry(kind=kind, debit=debit, credit=credit, amount=amount, why=why)
            for kind, debit, credit, amount in entries
        ],
        day=row["day"],
    )


async def _note(
    ctx: Context, till: Till, counted: Counted, pieces: Mapping[int, int], why: str
) -> None:
    values: dict[Any, Any] = {
        "closed_at": ctx.now,
        "closed_by": ctx.actor.id,
        "closed_by_name": ctx.actor.name,
        "pieces": {str(value): count for value, count in pieces.items() if count},
        "expected": counted.expected,
        "counted": counted.total,
        "cheques": till.cheques,
        "difference": counted.difference,
        "why": why,
    }
    known = msgspec.structs.replace(till, row=till.row | values)
    issued = await documents.issue(
        ctx,
        "treasury/remittance.typ",
        subject=f"closing/{till.row['id']}",
        series="treasury-remittance",
        make=lambda stamp: slip_paper(known, stamp),
    )
    values |= {"paper": issued.id, "number": issued.number}
    await Closing.update(values).where(
        Closing.of(ctx), Closing.id == till.row["id"], Closing.closed_at.is_null()
    )


async def receive(ctx: Context, closing: UUID) -> None:
    """Sign for the money of a till: the treasury has counted it and it is as the slip says.

    :raises NotAllowed: the actor may not, or handed it over, and nobody signs for themselves.
    :raises Conflict: the till is still open, or its money received.
    """
    async with transaction(ctx):
        row = await _read(ctx, closing)
        if not ctx.actor.may(CLOSE) or ctx.actor.id in (row["collector"], row["closed_by"]):
            raise NotAllowed(
                Text(
                    "ผู้รับเงินนำส่งต้องเป็นผู้อำนวยการกองคลัง และไม่ใช่ผู้นำส่งเอง ให้คนอื่นเป็นผู้รับ",
                    "The director of finance receives the money, and nobody from themselves. "
                    "Let somebody else receive it.",
                )
            )
        received = (
            await Closing.update(
                {
                    Closing.received_at: ctx.now,
                    Closing.received_by: ctx.actor.id,
                    Closing.received_by_name: ctx.actor.name,
                }
            )
            .where(
                Closing.of(ctx),
                Closing.id == closing,
                Closing.closed_at.is_not_null(),
                Closing.received_at.is_null(),
            )
            .returning(Closing.till)
        )
        if not received:
            raise Conflict(
                Text(
                    "ช่องนี้ยังไม่ปิด หรือรับเงินนำส่งไปแล้ว ดูรายการอีกครั้ง",
                    "This till is still open, or its money received already. Look again.",
                )
            )
        await audit.record(ctx, "treasury.till.received", f"closing/{closing}", till=row["till"])


async def slip_pdf(ctx: Context, closing: UUID) -> tuple[bytes, str]:
    """Return the remittance slip as a PDF file, and a name for it.

    :raises NotFound: the till is not closed yet.
    :raises NotAllowed: it is somebody else's till.
    """
    till = await read_till(ctx, closing)
    if till.row["paper"] is None:
        raise NotFound(_NOT_FOUND)
    return await documents.read_pdf(ctx, till.row["paper"], subject=f"closing/{closing}")
