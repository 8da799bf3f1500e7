"""What is matched in sets comes out as what is matched one by one."""

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from core.api import Context
from kit.treasury.banking.statement import Kind, Line
from kit.treasury.service import adjusting, billing, importing, pieces
from kit.treasury.service.ledger import balances
from tests.kit.treasury.service.banking import BANK, back, paid, say, send
from tests.kit.treasury.service.people import with_rights
from tests.kit.treasury.service.reckoning import rows, said, the_books_are_right
from tests.kit.treasury.service.test_bulk import billed, payers, wanted

_QUERIES = {
    "bills": "SELECT ref1, owed, state FROM treasury.bill",
    "payments": """
SELECT p.ref1, p.amount, p.paid_at, p.standing, p.account, p.waits, b.ref1 AS bill,
  (SELECT coalesce(sum(CASE WHEN q.credit = 'receivable' THEN q.amount
      WHEN q.debit = 'receivable' THEN -q.amount END), 0) FROM treasury.posting q
    WHERE q.tenant_id = p.tenant_id AND q.payment_id = p.id)::bigint AS applied,
  (SELECT count(*) FROM treasury.event e WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.id)
    AS told
FROM treasury.payment p LEFT JOIN treasury.bill b ON b.tenant_id = p.tenant_id AND b.id = p.bill_id
""",
    "receipts": """
SELECT p.ref1, p.paid_at, r.amount, r.payer_name, r.payer_address, r.lines::text, r.issued_on,
  r.cancelled_at IS NULL AS stands
FROM treasury.receipt r JOIN treasury.payment p
  ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
""",
}


BILLS = 150


@pytest.mark.parametrize("seed", range(3))
async def test_a_file_comes_out_the_same_in_sets_and_one_by_one(
    ctx: Context, other: Context, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 60)
    references = await _asked(ctx)
    assert await _asked(other) == references
    lines, calls = _told(random.Random(seed), references)  # noqa: S311

    await _tell(ctx, lines, calls)
    # Lines whose reference may come twice are left to the code for single bills.
    monkeypatch.setattr(pieces, "alone", lambda references: [False] * len(references))
    await _tell(other, lines, calls)

    assert await _all(ctx) == await _all(other)
    await the_books_are_right(ctx, said(lines), account=BANK)
    [sets], [single] = await importing.list_files(ctx), await importing.list_files(other)
    assert sets["outcome"]["settled"] > BILLS // 3 > single["outcome"]["settled"] == 0
    assert sets["outcome"]["receipts"] == single["outcome"]["receipts"]


async def _asked(ctx: Context) -> list[str]:
    """Make bills of one to three charges; of some a part is waived, some are cancelled."""
    director = with_rights(ctx, "adjust", "read")
    [payer] = await payers(ctx, 1)
    made = await billed(ctx, *(wanted(payer, n, *_charges(n)) for n in range(BILLS)))
    for one in made[::17]:
        shown = await billing.read_bill(ctx, one.id)
        await adjusting.waive(director, shown["charges"][0]["id"], amount=500, why="ลด")
    for one in made[5::31]:
        await adjusting.cancel_bill(director, one.id, why="ออกผิด")
    return [one.ref1 for one in made]


def _charges(number: int) -> tuple[int, ...]:
    return ((6000,), (2500, 3500), (1000, 2000, 3000))[number % 3]


def _told(chance: random.Random, references: Sequence[str]) -> tuple[list[Line], list[Line]]:
    """Return the lines of a file, and callbacks that came before it."""
    lines = []
    for n, ref1 in enumerate(references):
        kind = chance.random()
        amount = 6000 if kind < 0.75 else chance.choice([5500, 100, 6500])
        typed = ref1 if kind < 0.93 else ref1[:-1] + str((int(ref1[-1]) + 1) % 10)
        lines.append(paid(typed, amount, at=n))
        if kind > 0.97:
            lines.append(paid(typed, amount, at=n + chance.choice([0, 500])))
        if 0.5 < kind < 0.55:
            lines.append(back(lines[-1]))
    chance.shuffle(lines)
    return lines, [one for one in lines if one.kind == Kind.PAID and chance.random() < 0.2]


async def _tell(ctx: Context, lines: Sequence[Line], calls: Sequence[Line]) -> None:
    for n, one in enumerate(calls):
        await say(ctx, msgspec.structs.replace(one, transaction=f"T{n}"))
    await send(ctx, lines)


async def _all(ctx: Context) -> dict[str, Any]:
    tables = {name: await rows(ctx, query) for name, query in _QUERIES.items()}
    # Lines that came twice differ in nothing by which the database could order them.
    return {name: sorted(map(tuple, found), key=repr) for name, found in tables.items()} | {
        "balances": await balances(ctx)
    }
