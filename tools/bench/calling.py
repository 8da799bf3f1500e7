"""A bank's callback, against a bare handler that makes two inserts in one transaction."""

import asyncio
import itertools
import time
from typing import Any

import asyncpg
import msgspec
from litestar import Litestar, Request, post

from core import db
from core.context import Context
from core.http.app import create_app
from core.runtime import Runtime
from kit.treasury.banking.signing import sign
from kit.treasury.banks import SCB
from kit.treasury.service import access
from tools.bench.ground import post_bytes, rounds
from tools.bench.matching import AMOUNT, make_bills, reference

CALLS, TURNS = 600, 4
AT_ONCE = (1, 16)
PATH = "/api/treasury/callbacks/scb"
SECRET = "a secret of the bench alone"  # noqa: S105
FIRST = 5_000_000  # number of the first bill that is paid by callback


def _bare(pool: asyncpg.Pool) -> Litestar:
    @post("/call")
    async def call(request: Request[Any, Any, Any]) -> dict[str, str]:
        told = msgspec.json.decode(await request.body())
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO bare_payment (ref1, number, amount) VALUES ($1, $2, $3)",
                told["billPaymentRef1"],
                told["transactionId"],
                told["amount"],
            )
            await connection.execute("INSERT INTO bare_call (what) VALUES ($1)", "paid")
        return {"resCode": "00"}

    return Litestar([call], openapi_config=None, logging_config=None)


async def _all(app: Any, path: str, numbers: Any, *, at_once: int) -> None:
    left = iter(range(CALLS))

    async def sender() -> None:
        for _ in left:
            body = _told(next(numbers))
            now = str(int(time.time()))
            signature = sign(body, timestamp=now, secret=SECRET.encode())
            headers = [(b"x-timestamp", now.encode()), (b"x-signature", signature.encode())]
            status, answer = await post_bytes(app, path, body, headers)
            if status not in (200, 201):
                raise RuntimeError(f"{path} answered {status}: {answer[:300]!r}")

    await asyncio.gather(*(sender() for _ in range(at_once)))


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
    pool = await asyncpg.create_pool(db.engine.config["dsn"], min_size=1, max_size=20)
    try:
        await pool.execute(
            "CREATE TABLE bare_payment (id bigserial PRIMARY KEY, ref1 text, number text,"
            " amount text); CREATE TABLE bare_call (id bigserial PRIMARY KEY, what text)"
        )
        async with pool.acquire() as connection:
            await make_bills(connection, FIRST, CALLS * (1 + len(AT_ONCE) * TURNS))
        await access.agree(ctx, SCB, secret=SECRET, sources="")
        numbers = itertools.count(FIRST)
        ours, bare = create_app(runtime), _bare(pool)
        await _all(ours, PATH, numbers, at_once=16)
        await pool.execute("ANALYZE")
        return [await _compare(bare, ours, numbers, at_once) for at_once in AT_ONCE]
    finally:
        await pool.close()


async def _compare(bare: Any, ours: Any, numbers: Any, at_once: int) -> str:
    others = itertools.count(1)
    best = await rounds(
        {
            "bare": lambda: _all(bare, "/call", others, at_once=at_once),
            "ours": lambda: _all(ours, PATH, numbers, at_once=at_once),
        },
        turns=TURNS,
    )
    rates = {name: CALLS / seconds for name, seconds in best.items()}
    return (
        f"callback, {at_once} at a time: {rates['ours']:.0f}/s against {rates['bare']:.0f}/s bare "
        f"= {rates['ours'] / rates['bare']:.2f} of its rate (asked: at least 0.35)"
    )
