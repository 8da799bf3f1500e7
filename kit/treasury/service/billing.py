"""Bills: charges that are asked for together, under a reference by which they are paid."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, NotFound, Text, add, audit, new_id, numbers, transaction
from kit.documents import new_code, read_code
from kit.thai import ascii_digits, fiscal_year
from kit.treasury.codes.references import Reference, check_customer, make_reference
from kit.treasury.service.charging import payer_of
from kit.treasury.service.ledger import positions
from kit.treasury.service.settling import settle
from kit.treasury.tables.bills import Bill, Charge

_NOT_FOUND = Text(
    "ไม่พบใบแจ้งนี้ ตรวจเลขอ้างอิงหรือสแกน QR อีกครั้ง",
    "There is no such bill. Check the reference, or scan the QR again.",
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A bill that was made.

    :param ref1: the reference by which it is paid.
    :param code: whoever holds it may see the bill.
    :param total: satang.
    """

    id: UUID
    ref1: str
    code: str
    total: int


async def make_bill(
    ctx: Context,
    *,
    source: str,
    subject: str,
    kind: str,
    title: Text,
    charges: Sequence[UUID],
    due_on: date,
    ref2: str = "",
) -> Asked:
    """Ask for charges of one payer, which no other bill asks for.

    :param subject: what it is for, ``<noun>/<id>`` of the plugin.
    :param kind: two digits of the kind of revenue.
    :param ref2: 1 to 20 capital letters and digits, never a national ID; or empty.
    :raises Malformed: ``ref2`` could not stand in a code to pay by.
    :raises ValueError: no charges, or of several payers, which is a fault of the caller.
    :raises Conflict: one of them is asked for by another bill.
    """
    if ref2:
        check_customer(ref2)
    async with transaction(ctx):
        rows = await Charge.select(Charge.id, Charge.payer_id, Charge.amount).where(
            Charge.of(ctx), Charge.id.is_in(list(charges))
        )
        payers = {row["payer_id"] for row in rows}
        if len(payers) != 1 or len(rows) != len(set(charges)):
            raise ValueError("a bill is of some charges of one payer")
        owed = (await positions(ctx, charges)).owed
        total = sum(owed.values())
        asked = await _add(ctx, source, subject, kind, title, payers.pop(), due_on, ref2, total)
        await _take_charges(ctx, charges, asked.id)
        await audit.record(
            ctx, "treasury.bill.issued", f"bill/{asked.id}", ref1=asked.ref1, total=total
        )
        await settle(ctx, [asked.id])
    return asked


async def _add(
    ctx: Context,
    source: str,
    subject: str,
    kind: str,
    title: Text,
    payer: UUID,
    due_on: date,
    ref2: str,
    total: int,
) -> Asked:
    year = fiscal_year(ctx.today)
    known = await payer_of(ctx, payer)
    number = await numbers.draw(ctx, f"treasury/bill/{kind}/{year}")
    asked = Asked(
        id=new_id(),
        ref1=make_reference(Reference(revenue=kind, year=year, number=number)),
        code=new_code(),
        total=total,
    )
    row = {
        "tenant_id": ctx.tenant.id,
        "id": asked.id,
        "kind": kind,
        "year": year,
        "number": number,
        "ref1": asked.ref1,
        "ref2": ref2,
        "code": asked.code,
        "source": source,
        "subject": subject,
        "payer_id": payer,
        "payer_name": known["name"],
        "payer_address": known["address"],
        "title_th": title.th,
        "title_en": title.en,
        "issued_on": ctx.today,
        "due_on": due_on,
        "total": total,
        "owed": total,
        "state": "open",
        "issued_at": ctx.now,
    }
    await add(Bill, row)
    return asked


async def _take_charges(ctx: Context, charges: Sequence[UUID], bill: UUID) -> None:
    for place, charge in enumerate(charges, start=1):
        taken = (
            await Charge.update({Charge.bill_id: bill, Charge.place: place})
            .where(Charge.of(ctx), Charge.id == charge, Charge.bill_id.is_null())
            .returning(Charge.id)
        )
        if not taken:
            raise Conflict(
                Text(
                    "มีรายการที่อยู่ในใบแจ้งอื่นแล้ว ดูใบแจ้งเดิมก่อน",
                    "One of them is on another bill already. See that bill first.",
                )
            )


async def find_bill(ctx: Context, typed: str) -> UUID:
    """Return the bill of a reference or a code, as it was typed or scanned.

    :raises NotFound: there is none.
    """
    plain = ascii_digits("".join(typed.split()))
    # A code has letters; a reference is digits alone.
    which = Bill.ref1 == plain[:20] if plain.isdecimal() else Bill.code == read_code(typed)
    async with transaction(ctx):
        row = await Bill.select(Bill.id).where(Bill.of(ctx), which).first()
    if row is None:
        raise NotFound(_NOT_FOUND)
    found: UUID = row["id"]
    return found


async def read_bill(ctx: Context, bill: UUID) -> dict[str, Any]:
    """Return a bill with its ``charges`` in their order, each with what it still ``owes``.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row = await Bill.select().where(Bill.of(ctx), Bill.id == bill).first()
        if row is None:
            raise NotFound(_NOT_FOUND)
        charges = (
            await Charge.select()
            .where(Charge.of(ctx), Charge.bill_id == bill)
            .order_by(Charge.place)
        )
        known = await positions(ctx, [one["id"] for one in charges])
    paid: dict[UUID, int] = {}
    for (_, charge), amount in known.applied.items():
        paid[charge] = paid.get(charge, 0) + amount
    for one in charges:
        one["owes"] = known.owed.get(one["id"], 0) - paid.get(one["id"], 0)
    return row | {"charges": charges}


async def bills_of(
    ctx: Context, payers: Sequence[UUID], *, subject: str, owed_only: bool = False
) -> list[dict[str, Any]]:
    """Return the bills of some payers for a subject, the oldest due first.

    :param owed_only: only those on which something is owed.
    """
    states = ["open"] if owed_only else ["open", "settled", "cancelled"]
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Bill.select()
            .where(
                Bill.of(ctx),
                Bill.payer_id.is_in(list(payers)),
                Bill.subject == subject,
                Bill.state.is_in(states),
            )
            .order_by(Bill.due_on)
            .order_by(Bill.id)
        )
    return rows


async def owed_by(
    ctx: Context, payers: Sequence[UUID], *, source: str
) -> dict[UUID, list[dict[str, Any]]]:
    """Return what many payers owe to a plugin now: their bills, the oldest due first, by payer.

    :returns: id, payer_id, subject, title_th, title_en, due_on and owed of each bill.
    """
    columns = (Bill.id, Bill.payer_id, Bill.subject, Bill.title_th, Bill.title_en)
    async with transaction(ctx):
        rows = (
            await Bill.select(*columns, Bill.due_on, Bill.owed)
            .where(
                Bill.of(ctx),
                Bill.payer_id.is_in(list(payers)),
                Bill.source == source,
                Bill.state == "open",
            )
            .order_by(Bill.due_on)
            .order_by(Bill.id)
            if payers
            else []
        )
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["payer_id"], []).append(row)
    return found


async def bills_by_id(ctx: Context, bills: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return bills without their charges, by id."""
    if not bills:
        return {}
    async with transaction(ctx):
        rows = await Bill.select().where(Bill.of(ctx), Bill.id.is_in(list(bills)))
    return {row["id"]: row for row in rows}
