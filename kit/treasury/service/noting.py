"""Note what banks say, and make the payments of it.

A callback makes a provisional payment, whose money is in transit; a line of a file confirms it
or makes a payment of its own. What answers to each other is found by reference, amount and day
and counted off, so that the end is the same in whatever order they come, and however often.
Money counts in the books of the day on which it is noted, whatever day its payer paid on: what a
file tells of a day that is locked changes nothing of that day.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.api import Context, numbers, publish, transaction
from kit.treasury.banking.statement import Kind
from kit.treasury.codes.references import LENGTH, parse_reference
from kit.treasury.refusals import Malformed
from kit.treasury.service import ledger, receipting, reversing
from kit.treasury.service.days import keep_open
from kit.treasury.service.matching import Way, looking, statement
from kit.treasury.service.payee import payee
from kit.treasury.service.receipting import SERIES
from kit.treasury.service.reversing import At
from kit.treasury.service.settling import settle
from kit.treasury.service.told import Credits, Noted, Told
from kit.treasury.service.undoing import be_alone

SETTLED_AT_ONCE = 50
LOOKED = ("known", "confirmed", "settled", "otherwise")

# In the order in which bills are locked everywhere, with those of the same agreements (settling).
# What no bill has is returned.
_LOCK = """
WITH named AS MATERIALIZED (
  SELECT id FROM treasury.bill WHERE tenant_id = $1 AND ref1 = ANY($2)
), locked AS MATERIALIZED (
  SELECT ref1 FROM treasury.bill WHERE tenant_id = $1 AND id = ANY(ARRAY(
    SELECT id FROM named
    UNION ALL
    SELECT other.bill_id FROM treasury.agreed_bill mine
    JOIN treasury.agreed_bill other
      ON other.tenant_id = mine.tenant_id AND other.agreement_id = mine.agreement_id
    WHERE mine.tenant_id = $1 AND mine.active AND mine.bill_id = ANY(ARRAY(SELECT id FROM named))))
  ORDER BY id FOR UPDATE
)
SELECT given.ref1 FROM unnest($2::text[]) AS given (ref1)
WHERE NOT EXISTS (SELECT FROM locked WHERE locked.ref1 = given.ref1)
"""


async def note(
    ctx: Context, way: Way, told: Sequence[Told], *, file: UUID | None = None, account: str = ""
) -> Noted:
    """Note single things that one bank said of one account, in the order in which it said them.

    :param told: of one bank; no two of one key.
    :param account: of the office; may be empty.
    """
    paid = [one for one in told if one.line.kind == Kind.PAID]
    back = [one for one in told if one.line.kind == Kind.REVERSED]
    at = At(way, told[0].line.bank, account, file)
    return await note_all(ctx, at, Credits.of(paid, ctx.tenant.zone), back)


async def note_all(ctx: Context, at: At, paid: Credits, back: Sequence[Told]) -> Noted:
    """Note what one bank said of one account: many payments at once, and what it takes back."""
    noted = Noted()
    async with transaction(ctx) as connection:
        await be_alone(ctx)
        references = {*paid.ref1, *await reversing.references(ctx, back)}
        unknown = await connection.fetch(_LOCK, ctx.tenant.id, list(references))
        await keep_open(ctx, ctx.today)
        if paid.ids:
            waits = _waits(ctx, paid, {row["ref1"] for row in unknown})
            await _credit(ctx, at, paid, waits, noted)
        if back or (at.way == "file" and paid.ids):
            await reversing.note(ctx, at, back, set(paid.ref1), noted)
    return noted


async def look(ctx: Context, at: At, paid: Credits) -> tuple[Counter[str], Counter[str]]:
    """Return what would come of a file's payments if they were noted now, counted.

    :returns: ``known``, ``confirmed`` as in :class:`Noted`; ``settled`` pay an open bill exactly,
        ``otherwise`` find a bill and do not; and the reasons why others would wait.
    """
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(
            looking(alone=all(paid.alone)), *_lines(ctx, at, paid, _waits(ctx, paid, set()))
        )
    counts = Counter({name: row[name] for name in LOOKED})
    return counts, Counter(row["waits"] or ()) + Counter(map(_unknown, row["unknown"] or ()))


async def _credit(ctx: Context, at: At, paid: Credits, waits: Sequence[str], noted: Noted) -> None:
    async with transaction(ctx) as connection:
        # As many receipts as there may be; what is not needed is put back before anybody sees.
        series, year = receipting.series(ctx)
        drawn = await numbers.draw_some(ctx, series, len(paid.ids))
        told = list(ctx.host.listeners("on_bill_settled"))
        row = await connection.fetchrow(
            statement(at.way, alone=all(paid.alone)),
            *_lines(ctx, at, paid, waits),
            *_books(ctx, at),
            *(drawn.start, SERIES, year, ctx.actor.post, told),
        )
        noted.known, noted.contradicted = row["known"] or [], row["contradicted"] or []
        noted.made, noted.confirmed = row["made"], row["paired"]
        noted.waits = Counter(row["waits"] or ())
        noted.settled = noted.receipts = row["settled"]
        if row["settled"] < len(paid.ids):
            await numbers.give_back(ctx, series, len(paid.ids) - row["settled"])
        if row["bills"]:
            noted.receipts += await _settle(ctx, row["bills"])
        for bill, billed in zip(row["settled_bills"] or (), row["billed_by"] or (), strict=True):
            await publish(ctx, "on_bill_settled", to=billed, bill=bill)


async def _settle(ctx: Context, bills: Sequence[UUID]) -> int:
    # With many bills at once each payment is compared with the charges of all.
    places = range(0, len(bills), SETTLED_AT_ONCE)
    return sum([await settle(ctx, bills[at : at + SETTLED_AT_ONCE]) for at in places])


def _waits(ctx: Context, paid: Credits, unknown: set[str]) -> list[str]:
    """Return of each why no bill is looked for; empty where one was found."""
    own = payee(ctx).biller
    others = {one for one in set(paid.billers) if one and own and one != own}
    if not unknown and not others:
        return [""] * len(paid.ids)
    why = {ref1: _unknown(ref1) for ref1 in unknown}
    return [
        "wrong_biller" if biller in others else why.get(ref1, "")
        for biller, ref1 in zip(paid.billers, paid.ref1, strict=True)
    ]


def _unknown(ref1: str) -> str:
    try:
        parse_reference(ref1)
    except Malformed:
        ours = len(ref1) == LENGTH and ref1.isdecimal()
        return "wrong_check_digit" if ours else "unknown_reference"
    return "unknown_reference"


def _lines(ctx: Context, at: At, paid: Credits, waits: Sequence[str]) -> list[Any]:
    """Return what a statement is told of the lines."""
    return [ctx.tenant.id, *paid[:10], waits, paid.places, paid.alone, paid.undone, at.bank]


def _books(ctx: Context, at: At) -> list[Any]:
    """Return what it is told besides to write them into the books."""
    of = ledger.bank if at.way == "file" else ledger.transit
    account = of(at.bank, at.account)
    return [account, at.account, at.file, ctx.now, ctx.today, ctx.actor.id, ctx.actor.name]
