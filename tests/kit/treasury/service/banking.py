"""What a bank sends in these tests: callbacks and files of one account."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from core.api import Context
from core.db import transaction
from kit.thai import BANGKOK
from kit.treasury.banking.statement import Header, Kind, Line
from kit.treasury.banking.writing import write
from kit.treasury.service import callbacks, importing
from kit.treasury.service.ledger import balances

SCB, ACCOUNT = "014", "1234567890"
BANK, TRANSIT = f"bank/{SCB}-{ACCOUNT}", f"transit/{SCB}-{ACCOUNT}"
DAY = date(2026, 11, 20)
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK)

Said = Callable[..., Line]


def paid(
    ref1: str, amount: int, *, at: int = 0, kind: Kind = Kind.PAID, number: str = "", day: int = 0
) -> Line:
    """Return what a bank says of a payment.

    :param at: seconds after nine o'clock.
    """
    return Line(
        bank=SCB,
        account=ACCOUNT,
        kind=kind,
        amount=amount,
        paid_at=MORNING + timedelta(seconds=at, days=day),
        ref1=ref1,
        ref2="256911",
        payer="นายสมชาย ใจดี",
        transaction=number or f"{ref1}-{amount}-{at}-{day}",
        raw="",
    )


def back(line: Line) -> Line:
    """Return what takes a payment back."""
    return paid(
        line.ref1,
        line.amount,
        at=(line.paid_at - MORNING).seconds,
        kind=Kind.REVERSED,
        number=line.transaction,
    )


async def say(ctx: Context, line: Line) -> str:
    """Send a callback."""
    return await callbacks.take(ctx, "scb", line)


def a_file(lines: Sequence[Line], *, on: date = DAY, name: str = "", width: int = 256) -> bytes:
    """Return an end-of-day file."""
    header = Header(bank=SCB, account=ACCOUNT, name=name, effective_on=on, service="", width=width)
    return b"".join(write(header, lines))


async def send(ctx: Context, lines: Sequence[Line], **more: str) -> UUID:
    """Import an end-of-day file, of another name so that it is another file."""
    return await importing.take(ctx, io.BytesIO(a_file(lines, **more)), "day.txt")  # type: ignore[arg-type]


async def counts(ctx: Context) -> dict[str, int]:
    """Return how many receipts stand and how many payments there are, by standing."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT standing, count(*) AS n FROM treasury.payment GROUP BY standing"
        )
        receipts = await connection.fetchval(
            "SELECT count(*) FROM treasury.receipt WHERE cancelled_at IS NULL"
        )
    return {row["standing"]: row["n"] for row in rows} | {"receipts": receipts}


async def waiting(ctx: Context) -> list[tuple[str, int]]:
    """Return reason and amount of the payments that wait."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT waits, amount FROM treasury.payment WHERE waits <> '' ORDER BY amount"
        )
    return [(row["waits"], row["amount"]) for row in rows]


async def held(ctx: Context) -> dict[str, int]:
    """Return the balances of the bank, of what is in transit and of suspense."""
    known = await balances(ctx)
    return {
        name: known[name] for name in (BANK, TRANSIT, "suspense", "receivable") if known.get(name)
    }
