"""Charges and bills by the thousand: a slice is some statements, whatever its size.

What comes of it is the same as of ``raise_charges`` and ``make_bill`` for each: the same rows,
postings and unbroken numbers; a slice is one transaction, with one entry in the trail that
names its first and last number. What is charged already is not charged again: the reference of
a charge is unique, here and among everybody who charges at the same moment.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from core.api import Context, Text, audit, new_id, numbers, transaction
from kit.documents import new_code
from kit.thai import fiscal_year
from kit.treasury.codes.references import Reference, make_reference
from kit.treasury.service.charging import LARGEST, Due, Who
from kit.treasury.service.ledger import RECEIVABLE, revenue

# While the planner takes the tables to be as small as they were, it looks every reference up by
# any index that begins with the municipality, in a time that grows with the bills. So it is made
# to look again whenever a large slice passes a power of two.
MANY = 100


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A bill that is to be made.

    :param subject: what it is for, ``<noun>/<id>`` of the plugin.
    :param payer: id of the treasury's payer.
    :param dues: what it asks for, in the order of the bill.
    """

    subject: str
    payer: UUID
    dues: tuple[Due, ...]


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A bill of a slice.

    :param place: of the wanted one, from 0.
    :param total: satang; what was charged before is not in it.
    """

    place: int
    id: UUID
    ref1: str
    code: str
    total: int


class _Bills(NamedTuple):
    """Columns of the bills of a slice, in the order of the statement."""

    ids: list[UUID]
    numbers: list[int]
    refs: list[str]
    codes: list[str]
    subjects: list[str]
    payers: list[UUID]
    totals: list[int]


_PAYERS = """
INSERT INTO treasury.payer (tenant_id, id, source, subject, name, address, account, phone, email,
  language, changed_at)
SELECT $1, w.*, $2::timestamptz FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[],
  $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[]) AS w
ON CONFLICT (tenant_id, source, subject) DO UPDATE SET name = excluded.name,
  address = excluded.address, account = coalesce(excluded.account, payer.account),
  phone = excluded.phone, email = excluded.email, language = excluded.language,
  changed_at = excluded.changed_at
RETURNING source, subject, id
"""
_KNOWN = """
SELECT reference FROM treasury.charge
WHERE tenant_id = $1 AND source = $2 AND reference = ANY($3::text[])
"""
_BILLS = """
INSERT INTO treasury.bill (tenant_id, id, kind, year, number, ref1, ref2, code, source, subject,
  payer_id, payer_name, payer_address, title_th, title_en, issued_on, due_on, total, owed, state,
  issued_at)
SELECT $1, w.id, $2, $3, w.number, w.ref1, $4, w.code, $5, w.subject, p.id, p.name, p.address,
  $6, $7, $8, $9, w.total, w.total, 'open', $10
FROM unnest($11::uuid[], $12::int[], $13::text[], $14::text[], $15::text[], $16::uuid[],
  $17::bigint[]) AS w(id, number, ref1, code, subject, payer, total)
JOIN treasury.payer p ON p.tenant_id = $1 AND p.id = w.payer
"""
_CHARGES = """
INSERT INTO treasury.charge (tenant_id, id, source, reference, revenue, payer_id, bill_id, place,
  title_th, title_en, period, amount, due_on, raised_at)
SELECT $1, w.id, $2, w.reference, w.revenue, w.payer, w.bill, w.place, w.th, w.en, w.period,
  w.amount, w.due_on, $3
FROM unnest($4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::int[], $10::text[],
  $11::text[], $12::text[], $13::bigint[], $14::date[])
  AS w(id, reference, revenue, payer, bill, place, th, en, period, amount, due_on)
"""
_POSTINGS = """
INSERT INTO treasury.posting (tenant_id, id, on_day, at, kind, debit, credit, amount, charge_id,
  why, actor, actor_name)
SELECT $1, w.id, $2, $3, 'raised', $4, w.credit, w.amount, w.charge, '', $5, $6
FROM unnest($7::uuid[], $8::text[], $9::bigint[], $10::uuid[]) AS w(id, credit, amount, charge)
"""


async def keep_payers(ctx: Context, whos: Sequence[Who]) -> list[UUID]:
    """Return the ids of payers in their order, as ``keep_payer`` does for one.

    :raises ValueError: the same payer is named twice, which is a fault of the caller.
    """
    keys = [(one.source, one.subject) for one in whos]
    if len(set(keys)) < len(keys):
        raise ValueError("a payer is named once in a slice")
    columns = ("source", "subject", "name", "address", "account", "phone", "email", "language")
    values = [[getattr(one, name) for one in whos] for name in columns]
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _PAYERS, ctx.tenant.id, ctx.now, [new_id() for _ in whos], *values
        )
    found = {(row["source"], row["subject"]): row["id"] for row in rows}
    return [found[key] for key in keys]


async def bill_all(
    ctx: Context,
    *,
    source: str,
    kind: str,
    title: Text,
    due_on: date,
    wanted: Sequence[Wanted],
    ref2: str = "",
) -> list[Made]:
    """Charge and bill a slice, some thousand at most, and return the bills that were made.

    Whose dues were all charged before gets none.

    :param kind: two digits of the kind of revenue.
    :raises ValueError: an amount is not more than 0, or a payer unknown: faults of the caller.
    """
    if any(not 0 < due.amount <= LARGEST for one in wanted for due in one.dues):
        raise ValueError("an amount is more than 0, and no more than anybody can owe")
    async with transaction(ctx) as connection:
        references = [due.reference for one in wanted for due in one.dues]
        rows = await connection.fetch(_KNOWN, ctx.tenant.id, source, references)
        known = {row["reference"] for row in rows}
        new = [[due for due in one.dues if due.reference not in known] for one in wanted]
        places = [place for place, dues in enumerate(new) if dues]
        if not places:
            return []
        year = fiscal_year(ctx.today)
        drawn = await numbers.draw_some(ctx, f"treasury/bill/{kind}/{year}", len(places))
        bills = _bills(kind, year, drawn, [(wanted[place], new[place]) for place in places])
        fixed = (kind, year, ref2, source, title.th, title.en, ctx.today, due_on, ctx.now)
        done = await connection.execute(_BILLS, ctx.tenant.id, *fixed, *bills)
        if done != f"INSERT 0 {len(places)}":
            raise ValueError("a bill has a payer that the treasury knows")
        await _charge(ctx, source, bills, [new[place] for place in places])
        if drawn.start.bit_length() < drawn.stop.bit_length() and len(drawn) >= MANY:
            await connection.execute("SELECT treasury.look_again()")
        await audit.record(
            ctx,
            "treasury.bills.issued",
            f"bills/{bills.ids[0]}",
            count=len(places),
            first=bills.refs[0],
            last=bills.refs[-1],
            total=sum(bills.totals),
        )
    return [
        Made(place=place, id=id, ref1=ref1, code=code, total=total)
        for place, id, ref1, code, total in zip(
            places, bills.ids, bills.refs, bills.codes, bills.totals, strict=True
        )
    ]


def _bills(
    kind: str, year: int, drawn: range, wanted: Sequence[tuple[Wanted, Sequence[Due]]]
) -> _Bills:
    return _Bills(
        ids=[new_id() for _ in wanted],
        numbers=list(drawn),
        refs=[make_reference(Reference(revenue=kind, year=year, number=n)) for n in drawn],
        codes=[new_code() for _ in wanted],
        subjects=[one.subject for one, _ in wanted],
        payers=[one.payer for one, _ in wanted],
        totals=[sum(due.amount for due in dues) for _, dues in wanted],
    )


async def _charge(
    ctx: Context, source: str, bills: _Bills, dues_of: Sequence[Sequence[Due]]
) -> None:
    """Write the charges of bills, each with its posting."""
    charges = [
        (new_id(), due, payer, bill, place)
        for payer, bill, dues in zip(bills.payers, bills.ids, dues_of, strict=True)
        for place, due in enumerate(dues, start=1)
    ]
    dues = [due for _, due, *_ in charges]
    ids = [one[0] for one in charges]
    credits: Mapping[str, str] = {code: revenue(code) for code in {due.revenue for due in dues}}
    amounts = [due.amount for due in dues]
    async with transaction(ctx) as connection:
        await connection.execute(
            _CHARGES,
            ctx.tenant.id,
            source,
            ctx.now,
            ids,
            [due.reference for due in dues],
            [due.revenue for due in dues],
            *([one[at] for one in charges] for at in (2, 3, 4)),
            [due.title.th for due in dues],
            [due.title.en for due in dues],
            [due.period for due in dues],
            amounts,
            [due.due_on for due in dues],
        )
        await connection.execute(
            _POSTINGS,
            *(ctx.tenant.id, ctx.today, ctx.now, RECEIVABLE, ctx.actor.id, ctx.actor.name),
            [new_id() for _ in dues],
            [credits[due.revenue] for due in dues],
            amounts,
            ids,
        )
