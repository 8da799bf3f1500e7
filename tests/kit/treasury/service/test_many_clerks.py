"""Sixty-four clerks at once, and processes that are killed: no number is missing or double."""

import asyncio
import json
import os
import random
import signal
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from core import embedded
from core.api import Conflict, Context
from core.db import transaction
from kit.treasury.service import closing, ledger, taking, tills
from kit.treasury.service.billing import Asked
from tests.forked import Forked, start_forked
from tests.kit.treasury.service.people import with_rights

Bill = Callable[..., Awaitable[Asked]]
Clerk = tuple[Context, str]
CLERKS, EACH, PROCESSES = 64, 4, 4
ROOT = Path(embedded.__file__).parents[1]


@pytest.fixture
async def clerks(ctx: Context, director: Context) -> list[Clerk]:
    """Sixty-four, each at a till that is open."""
    made = []
    for number in range(CLERKS):
        who = with_rights(ctx, "collect", name=f"ผู้รับเงิน {number}")
        code = str(number + 1)
        if number:
            await tills.add_till(director, code=code, name=f"ช่อง {code}")
        await tills.open_till(who, code)
        made.append((who, code))
    return made


@pytest.fixture
async def bills(bill: Bill) -> list[Asked]:
    return [await bill(100, mark=str(n)) for n in range(CLERKS * EACH)]


async def pay(clerk: Clerk, made: Asked) -> str:
    who, code = clerk
    taken = await taking.take_cash(
        who, made.id, amount=100, tendered=100, till=code, key=str(made.id)
    )
    return taken.receipt.number


async def test_sixty_four_clerks_at_once_give_numbers_without_gap_or_double(
    clerks: list[Clerk], bills: list[Asked], ctx: Context
) -> None:
    given = await asyncio.gather(*(pay(clerks[n % CLERKS], made) for n, made in enumerate(bills)))

    assert sorted(int(one.split("/")[1]) for one in given) == list(range(1, len(bills) + 1))
    await each_till_has(clerks, ctx, EACH * 100)


async def each_till_has(clerks: Sequence[Clerk], ctx: Context, amount: int) -> None:
    balances = await ledger.balances(ctx)
    assert {code: balances.get(f"cash/{code}") for _, code in clerks} == dict.fromkeys(
        [code for _, code in clerks], amount
    )


async def test_no_sale_slips_into_a_till_that_is_being_closed(
    clerks: list[Clerk], bills: list[Asked], ctx: Context
) -> None:
    who, _ = clerks[0]
    mine = await tills.till_of(who)
    assert mine is not None

    async def close() -> int:
        await asyncio.sleep(random.uniform(0, 0.3))  # noqa: S311
        counted = await closing.close_till(who, mine["id"], pieces={}, why="นับทีหลัง")
        return counted.expected

    expected, *results = await asyncio.gather(
        close(), *(pay(clerks[0], made) for made in bills[:60]), return_exceptions=True
    )

    sold = sum(isinstance(one, str) for one in results)
    assert expected == sold * 100
    assert all(isinstance(one, str | Conflict) for one in results)
    assert "cash/1" not in await ledger.balances(ctx)


class Shop:
    """Processes of clerks that are killed and begun anew until all work is done."""

    def __init__(self, database: str, folder: Path, ctx: Context, work: list[Any]) -> None:
        self._folder, self._ctx, self._database = folder, ctx, database
        self._work = [folder / f"work-{n}.json" for n in range(PROCESSES)]
        for number, path in enumerate(self._work):
            path.write_text(json.dumps(work[number::PROCESSES]), encoding="utf-8")
        self.said: list[str] = []
        self.killed = 0

    def _begin(self, number: int) -> Forked:
        of_all = (self._database, str(self._folder), self._ctx.now.isoformat())
        arguments = (*of_all, str(self._work[number]))
        module = "tests.kit.treasury.service.selling"
        return start_forked(("-m", module, *arguments), os.environ, ROOT)

    def sell(self, lives: Sequence[int]) -> None:
        """Let every process sell; each is killed after so many receipts, 0 for never."""
        with ThreadPoolExecutor(PROCESSES) as threads:
            list(threads.map(self._live, range(PROCESSES), lives))

    def _live(self, number: int, after: int) -> None:
        with self._begin(number) as process:
            for count, line in enumerate(process.stdout, start=1):
                self.said.append(line.strip())
                if count == after:
                    process.kill()
            wrong = process.stderr.read()
        self.killed += process.returncode == -signal.SIGKILL
        assert process.returncode in ((-signal.SIGKILL, 0) if after else (0,)), wrong


async def test_receipts_survive_processes_that_are_killed(
    clerks: list[Clerk], bills: list[Asked], ctx: Context, database: str, tmp_path: Path
) -> None:
    work = [
        {"id": str(who.actor.id), "name": who.actor.name, "till": code,
         "bills": [str(one.id) for one in bills[n::CLERKS]]}
        for n, (who, code) in enumerate(clerks)
    ]  # fmt: skip
    shop = Shop(database, tmp_path, ctx, work)

    for lives in ((3, 9, 1, 17), (11, 2, 23, 5), (0, 0, 0, 0)):
        await asyncio.to_thread(shop.sell, lives)
    assert shop.killed > PROCESSES

    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            "SELECT r.number, p.bill_id::text AS bill, p.key FROM treasury.receipt r"
            " JOIN treasury.payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id"
        )
        payments = await connection.fetchval("SELECT count(*) FROM treasury.payment")
    assert sorted(row["number"] for row in rows) == list(range(1, len(bills) + 1))
    assert sorted(row["bill"] for row in rows) == sorted(str(one.id) for one in bills)
    assert payments == len(bills)
    # Whatever was said before a kill is still so: each bill has one receipt, and always that one.
    known = {row["bill"]: str(row["number"]) for row in rows}
    for line in shop.said:
        bill, number = line.split()
        assert known[bill] == str(int(number.split("/")[1]))
    await each_till_has(clerks, ctx, EACH * 100)
