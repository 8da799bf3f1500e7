"""What a bank tells in the demonstration: payments by file, and some at once by callback."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.api import Context
from kit.treasury.banking.statement import Header, Kind, Line
from kit.treasury.banking.writing import write
from kit.treasury.service import importing, noting
from kit.treasury.service.billing import Asked
from kit.treasury.service.told import Told

BILLS = 5
_BANK, _ACCOUNT = "014", "0000000001"


async def fill(ctx: Context, payer: str, asked: Sequence[Asked]) -> None:
    """Let the bank tell of payments: exact, too much, under a wrong number, and not in its file."""
    exact, said, over, mistyped, missing = asked
    yesterday = (ctx.now - timedelta(days=1)).astimezone(ctx.tenant.zone)
    morning = yesterday.replace(hour=9, minute=0, second=0, microsecond=0)
    wrong = mistyped.ref1[:-1] + str((int(mistyped.ref1[-1]) + 1) % 10)
    lines = [
        _line(payer, exact.ref1, exact.total, morning),
        _line(payer, said.ref1, said.total, morning + timedelta(minutes=7)),
        _line(payer, over.ref1, over.total + 10_000, morning + timedelta(minutes=12)),
        _line(payer, wrong, mistyped.total, morning + timedelta(minutes=40)),
    ]
    calls = [lines[1], _line(payer, missing.ref1, missing.total, morning + timedelta(hours=2))]
    told = [Told(line=one, key=f"scb/{one.ref1}/paid") for one in calls]
    await noting.note(ctx, "callback", told, account=_ACCOUNT)
    header = Header(
        bank=_BANK,
        account=_ACCOUNT,
        name="DEMO",
        effective_on=morning.date(),
        service="",
        width=256,
    )
    file = io.BytesIO(b"".join(write(header, lines)))
    await importing.take(ctx, file, f"SCB{morning:%Y%m%d}.txt")


def _line(payer: str, ref1: str, amount: int, at: datetime) -> Line:
    return Line(
        bank=_BANK,
        account=_ACCOUNT,
        kind=Kind.PAID,
        amount=amount,
        paid_at=at,
        ref1=ref1,
        payer=payer,
        raw="",
    )
