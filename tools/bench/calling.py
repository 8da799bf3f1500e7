"""A bank's callback, against a bare handler that makes two inserts in one transaction."""

import itertools
import time
from collections.abc import Iterator

import asyncpg
import msgspec

from core import db
from core.context import Context
from core.runtime import Runtime
from kit.treasury.banking.signing import sign
from kit.treasury.banks import SCB
from kit.treasury.service import access
from tools.bench.ground import analyze
from tools.bench.matching import AMOUNT, make_bills, reference
from tools.bench.serving import AT_ONCE, REQUESTS, TURNS, Asked, both, compare

PATH = "/api/treasury/callbacks/scb"
SECRET = "a secret of the bench alone"  # noqa: S105
FIRST = 5_000_000  # number of the first bill that is paid by callback


def _requests() -> Iterator[Asked]:
    for number in itertools.count(FIRST):
        told, now = _told(number), str(int(time.time()))
        signature = sign(told, timestamp=now, secret=SECRET.encode())
        yield Asked(PATH, told, [("X-Timestamp", now), ("X-Signature", signature)])


def _told(number: int) -> bytes:
    return msgspec.json.encode(
        {
            "payeeProxyId": "010555500000001",
            "payeeProxyType": "BILLERID",
            "payeeAccountNumber": "1234567890",
            "payerName": "นายสมชาย ใจดี",
            "sendingBankCode": "014",
            "amount": f"{AMOUNT / 100:.2f}",
            "transactionId": str(number),
            "transactionDateandTime": "2026-11-20T09:00:00+07:00",
            "billPaymentRef1": reference(number),
            "billPaymentRef2": "256911",
            "currencyCode": "764",
        }
    )


async def measure(runtime: Runtime, ctx: Context) -> list[str]:
    """Return the lines about callbacks: one after another, and many at once."""
    connection = await asyncpg.connect(db.engine.config["dsn"])
    try:
        await make_bills(connection, FIRST, REQUESTS * (1 + len(AT_ONCE) * TURNS))
    finally:
        await connection.close()
    await access.agree(ctx, SCB, secret=SECRET, sources="")
    requests = _requests()
    async with both(runtime) as (ours, bare):
        await ours.ask_all(itertools.islice(requests, REQUESTS), at_once=16)
        await analyze()
        theirs = itertools.repeat(Asked("/call", _told(FIRST)))
        return await compare("callback", ours, requests, bare, theirs)
