"""Money that banks take back.

A file's reversal takes back a payment of the same reference and amount; where none is known it
takes the money out of suspense, and waits for the payment that it is about. A callback's
cancellation only rejects what its own callback has promised.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from core.api import Context, Text, add, transaction
from kit.treasury.service import ledger
from kit.treasury.service.ledger import SUSPENSE, Entry, post
from kit.treasury.service.matching import Way
from kit.treasury.service.told import Noted, Told
from kit.treasury.service.undoing import undo
from kit.treasury.tables.banks import Event

# The books are kept in Thai; a reason stands in them as it was written.
BY_FILE = Text("ธนาคารยกเลิกรายการนี้ในไฟล์สิ้นวัน", "Taken back in the bank's file of the day").th
BY_CALLBACK = Text("ธนาคารแจ้งยกเลิกรายการนี้", "Cancelled by the bank").th
_NO_PAYMENT = Text(
    "ธนาคารยกเลิกรายการที่ยังไม่พบการชำระ", "Taken back by the bank, its payment was not found"
).th

_REFERENCES = """
SELECT DISTINCT b.ref1 FROM treasury.payment p
JOIN treasury.bill b ON b.tenant_id = $1 AND b.id = p.bill_id
WHERE p.tenant_id = $1 AND p.way = 'bank' AND p.ref1 = ANY($2)
"""
_UNPAIRED = """
SELECT id, ref1, amount, on_day, file_id, EXISTS (
    SELECT FROM treasury.posting p WHERE p.tenant_id = $1 AND p.id = e.id) AS posted
FROM treasury.event e
WHERE tenant_id = $1 AND payment_id IS NULL AND way = 'file' AND kind = 'debit'
  AND bank = $2 AND account = $3 AND (id = ANY($4) OR ref1 = ANY($5))
ORDER BY paid_at, id
"""
_PAYMENT = """
SELECT id FROM treasury.payment
WHERE tenant_id = $1 AND way = 'bank' AND ref1 = $2 AND amount = $3 AND standing = 'confirmed'
  AND account = $4
ORDER BY on_day = $5 DESC, paid_at DESC, id DESC LIMIT 1
"""
_PROMISED = """
SELECT p.id, p.standing FROM treasury.event e
JOIN treasury.payment p ON p.tenant_id = $1 AND p.id = e.payment_id
WHERE e.tenant_id = $1 AND e.key = $2 AND e.key <> ''
"""
_KNOWN = """
SELECT key FROM treasury.event WHERE tenant_id = $1 AND key = ANY($2) AND key <> ''
"""


class At(NamedTuple):
    """By which way, of which bank and account, and in which file it was said."""

    way: Way
    bank: str
    account: str
    file: UUID | None


async def references(ctx: Context, back: Sequence[Told]) -> set[str]:
    """Return the references of the bills that reversals may touch, to be locked with the others."""
    if not back:
        return set()
    own = {one.line.ref1 for one in back}
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_REFERENCES, ctx.tenant.id, list(own))
    return own | {row["ref1"] for row in rows}


async def note(
    ctx: Context, at: At, back: Sequence[Told], paid: Collection[str], noted: Noted
) -> None:
    """Note reversals, and take back what they and earlier ones are about.

    :param paid: references of payments that came just now, for which a reversal may wait.
    """
    async with transaction(ctx):
        before = await _known(ctx, [one.key for one in back if one.key])
        fresh = [one for one in back if one.key not in before and await _add(ctx, at, one)]
        noted.known += [one.id for one in back if one not in fresh]
        if at.way == "callback":
            for one in fresh:
                await _reject(ctx, one, noted)
            return
        await _pair(ctx, at, [one.id for one in fresh], paid, noted)


async def _known(ctx: Context, keys: Sequence[str]) -> set[str]:
    """Return which of the keys of callbacks are noted; nobody else notes any meanwhile."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_KNOWN, ctx.tenant.id, keys)
    return {row["key"] for row in rows}


async def _add(ctx: Context, at: At, told: Told) -> bool:
    """Note one, and return whether it is new; a line of a file is known by its id."""
    line = told.line
    row = {
        "tenant_id": ctx.tenant.id,
        "id": told.id,
        "way": at.way,
        "key": told.key,
        "bank": at.bank,
        "account": at.account,
        "kind": "debit",
        "amount": line.amount,
        "paid_at": line.paid_at,
        "on_day": line.paid_at.astimezone(ctx.tenant.zone).date(),
        "ref1": line.ref1,
        "ref2": line.ref2,
        "ref3": line.ref3,
        "payer_name": line.payer,
        "told": line.raw.rstrip(),
        "place": line.sequence,
        "stands": "",
        "file_id": at.file,
        "noted_at": ctx.now,
    }
    return await add(Event, row, unless=("tenant_id", "id"))


async def _reject(ctx: Context, told: Told, noted: Noted) -> None:
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_PROMISED, ctx.tenant.id, told.undone)
        if row is None:
            return
        await _link(ctx, told.id, row["id"])
        if row["standing"] == "provisional":
            await undo(ctx, row["id"], why=BY_CALLBACK, standing="rejected")
            noted.taken_back += 1


async def _pair(
    ctx: Context, at: At, fresh: Sequence[UUID], paid: Collection[str], noted: Noted
) -> None:
    account = ledger.bank(at.bank, at.account)
    async with transaction(ctx) as connection:
        waiting = await connection.fetch(
            _UNPAIRED, ctx.tenant.id, at.bank, at.account, fresh, list(paid)
        )
        for one in waiting:
            payment = await connection.fetchval(
                _PAYMENT, ctx.tenant.id, one["ref1"], one["amount"], account, one["on_day"]
            )
            if payment is not None:
                await _take_back(ctx, one, payment, account)
                noted.taken_back += 1
            elif not one["posted"]:
                await _post(ctx, one["id"], _entry(account, one["amount"]))
                noted.unpaired += 1


async def _take_back(ctx: Context, one: Any, payment: UUID, account: str) -> None:
    if one["posted"]:
        await post(ctx, [_entry(account, one["amount"]).back("paired", BY_FILE)])
    await undo(ctx, payment, why=BY_FILE)
    await _link(ctx, one["id"], payment)


def _entry(account: str, amount: int) -> Entry:
    return Entry(kind="reversed", debit=SUSPENSE, credit=account, amount=amount, why=_NO_PAYMENT)


async def _post(ctx: Context, event: UUID, entry: Entry) -> None:
    """Post what an event without a payment did, under the id of the event."""
    await post(ctx, [entry], ids=[event])


async def _link(ctx: Context, event: UUID, payment: UUID) -> None:
    async with transaction(ctx):
        await Event.update({Event.payment_id: payment}).where(Event.of(ctx), Event.id == event)
