"""Charges: what plugins say is owed, each once however often they say it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, Text, add_all, audit, new_id, transaction
from kit.treasury.service.ledger import RECEIVABLE, Entry, post, revenue
from kit.treasury.tables.bills import Charge, Payer

LARGEST = 10**15  # satang; the sum of any bill still fits the column


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Who owes.

    :param source: the plugin's name.
    :param subject: its own, ``<noun>/<id>``; the same is the same payer.
    """

    source: str
    subject: str
    name: str
    address: str = ""
    account: UUID | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "th"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is owed.

    :param reference: the plugin's own, up to 120 characters; the same is charged once, and again
        where its bill was cancelled.
    :param revenue: code of the kind of revenue that a plugin has registered.
    :param period: ``YYYYMM`` of the Buddhist Era, or empty.
    :param amount: satang, more than 0.
    :param due_on: the last day in time.
    """

    reference: str
    revenue: str
    title: Text
    amount: int
    due_on: date
    period: str = ""


async def keep_payer(ctx: Context, who: Who) -> UUID:
    """Return the id of a payer; what is known of an earlier one is brought up to date.

    The account of an earlier one stays where ``who`` names none.
    """
    values = msgspec.structs.asdict(who)
    async with transaction(ctx) as connection:
        found: UUID = await connection.fetchval(
            "INSERT INTO treasury.payer (tenant_id, id, source, subject, name, address, account,"
            " phone, email, language, changed_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (tenant_id, source, subject) DO UPDATE SET name = excluded.name,"
            " address = excluded.address, account = coalesce(excluded.account, payer.account),"
            " phone = excluded.phone,"
            " email = excluded.email, language = excluded.language,"
            " changed_at = excluded.changed_at RETURNING id",
            ctx.tenant.id,
            new_id(),
            *(values[name] for name in ("source", "subject", "name", "address", "account")),
            *(values[name] for name in ("phone", "email", "language")),
            ctx.now,
        )
    return found


async def raise_charges(
    ctx: Context, *, source: str, payer: UUID, dues: Sequence[Due]
) -> dict[str, UUID]:
    """Charge what is not charged yet, and return the ids by reference.

    :raises ValueError: an amount is not more than 0, which is a fault of the caller.
    :raises Conflict: somebody charges the same at this moment.
    """
    if any(not 0 < one.amount <= LARGEST for one in dues):
        raise ValueError("an amount is more than 0, and no more than anybody can owe")
    wanted = {one.reference: one for one in dues}
    async with transaction(ctx):
        known = await _known(ctx, source, list(wanted))
        rows = [
            _row(ctx, source, payer, one) for one in wanted.values() if one.reference not in known
        ]
        if await add_all(Charge, rows, unless=("tenant_id", "source", "reference")) < len(rows):
            raise Conflict(
                Text("รายการนี้กำลังถูกตั้งหนี้อยู่ ลองอีกครั้ง", "This is just being charged. Try again.")
            )
        await post(
            ctx,
            [
                Entry(
                    kind="raised",
                    debit=RECEIVABLE,
                    credit=revenue(row["revenue"]),
                    amount=row["amount"],
                    charge=row["id"],
                )
                for row in rows
            ],
        )
        for row in rows:
            await audit.record(
                ctx,
                "treasury.charge.raised",
                f"charge/{row['id']}",
                reference=row["reference"],
                amount=row["amount"],
            )
    return known | {row["reference"]: row["id"] for row in rows}


async def charged(ctx: Context, source: str, references: Sequence[str]) -> set[str]:
    """Return under which of a plugin's references something is charged."""
    async with transaction(ctx):
        return set(await _known(ctx, source, references)) if references else set()


async def _known(ctx: Context, source: str, references: Sequence[str]) -> dict[str, UUID]:
    rows = await Charge.select(Charge.reference, Charge.id).where(
        Charge.of(ctx), Charge.source == source, Charge.reference.is_in(list(references))
    )
    return {row["reference"]: row["id"] for row in rows}


def _row(ctx: Context, source: str, payer: UUID, due: Due) -> dict[str, Any]:
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "source": source,
        "reference": due.reference,
        "revenue": due.revenue,
        "payer_id": payer,
        "place": 0,
        "title_th": due.title.th,
        "title_en": due.title.en,
        "period": due.period,
        "amount": due.amount,
        "due_on": due.due_on,
        "raised_at": ctx.now,
    }


async def payer_of(ctx: Context, payer: UUID) -> dict[str, Any]:
    """Return what is known of a payer."""
    async with transaction(ctx):
        [row] = await Payer.select().where(Payer.of(ctx), Payer.id == payer)
    return row
