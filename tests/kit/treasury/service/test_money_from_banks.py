"""Whatever banks tell, however often and in whatever order: bank = ledger + suspense.

``THONGTHIN_EVENTS=1000000`` tells as many events as the issue asks for.
"""

import asyncio
import contextlib
import os
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.api import Conflict, Context
from kit.treasury.banking.statement import Line
from kit.treasury.codes.references import Reference, make_reference
from kit.treasury.service import importing, reconciling
from kit.treasury.service.billing import Asked
from kit.treasury.service.ledger import balances
from tests.kit.treasury.service.banking import ACCOUNT, BANK, DAY, back, paid, say, send
from tests.kit.treasury.service.meddling import meddle
from tests.kit.treasury.service.people import with_rights
from tests.kit.treasury.service.reckoning import said, the_books_are_right
from tests.kit.treasury.service.test_bulk import billed, payers, wanted

Bill = Callable[..., Awaitable[Asked]]
EVENTS = int(os.environ.get("THONGTHIN_EVENTS", "20000"))
# A payment is told by callback, perhaps twice, and in two files or three.
TOLD = 4
UNKNOWN = [
    "CUSTOMER7",
    make_reference(Reference(revenue="99", year=2570, number=1)),
    "016900012349",
]
IN_A_FILE, AT_ONCE = 4_000, 50


@dataclass
class Bank:
    """A bank as somebody notes it on paper: what is in its account, and what it tells of it."""

    chance: random.Random
    references: Sequence[str]
    lines: list[Line] = field(default_factory=list)
    calls: list[Line] = field(default_factory=list)

    def earn(self, count: int) -> None:
        # Lines of two files that say the same are the same line to everybody; twins within one
        # file are tried elsewhere.
        said: set[tuple[str, int, int]] = set()
        while (n := len(said)) < count:
            ref1 = self.chance.choice(self.references)
            amount = self.chance.choice([6000, 6000, 6000, 100, 7500])
            at = self.chance.randrange(50_000)
            if (ref1, amount, at) in said:
                continue
            said.add((ref1, amount, at))
            one = paid(ref1, amount, at=at, number=f"T{n}")
            if self.chance.random() < 0.9:
                self.calls += [one] * self.chance.choice([1, 1, 2])
            if self.chance.random() < 0.02:
                # The same number, of another amount.
                self.calls.append(paid(ref1, amount + 1, number=one.transaction))
            if self.chance.random() < 0.02:
                self.calls.append(back(one))
            if self.chance.random() < 0.95:
                self.lines.append(one)
                if self.chance.random() < 0.05:
                    self.lines.append(back(one))
        self.chance.shuffle(self.lines)
        self.chance.shuffle(self.calls)

    def files(self) -> list[list[Line]]:
        """Return its files: each line in one, many in another too, as when a day is sent again."""
        size = min(IN_A_FILE, max(5, len(self.lines) // 3))
        cuts = range(0, len(self.lines), size)
        found = [self.lines[at : at + size] for at in cuts]
        found += [self.lines[max(0, at - size // 3) : at + size // 3] for at in cuts]
        return [one for one in found if one]

    def told(self) -> list[list[Line] | int]:
        """Return in any order groups of callbacks, and the numbers of its files, some twice."""
        calls: list[list[Line] | int] = [
            self.calls[at : at + AT_ONCE] for at in range(0, len(self.calls), AT_ONCE)
        ]
        numbers = range(len(self.files()))
        told = [*calls, *numbers, *self.chance.sample(numbers, len(numbers) // 3)]
        self.chance.shuffle(told)
        return told


@pytest.mark.parametrize("seed", range(3))
async def test_shuffled_repeated_and_contradictory_events_end_in_the_same_books(
    ctx: Context,
    cashier: Context,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "SMALL", importing.LARGEST)
    director = with_rights(ctx, "cancel", "adjust", "assign", "read")
    events = EVENTS // 3
    bank = Bank(random.Random(seed), [*await _asked(ctx, 2 + events // 6), *UNKNOWN])  # noqa: S311
    bank.earn(events // TOLD)
    files, lost = bank.files(), 0

    for one in bank.told():
        if isinstance(one, int):
            await _send(ctx, files[one], one)
        else:
            await asyncio.gather(*(_say(ctx, line) for line in one))
        lost += await meddle(ctx, cashier, director, bank.chance)

    await the_books_are_right(ctx, said(bank.lines) - lost, account=BANK)
    assert (await reconciling.reconcile(ctx, DAY)).difference == 0


async def _asked(ctx: Context, count: int) -> list[str]:
    [payer] = await payers(ctx, 1)
    made = []
    for start in range(0, count, 1_000):
        some = range(start, min(count, start + 1_000))
        made += await billed(ctx, *(wanted(payer, n, 2500, 3500) for n in some))
    return [one.ref1 for one in made]


async def _send(ctx: Context, lines: Sequence[Line], number: int) -> None:
    # The same file again is refused.
    with contextlib.suppress(Conflict):
        await send(ctx, lines, name=str(number))


async def _say(ctx: Context, line: Line) -> None:
    try:
        await say(ctx, line)
    except Conflict:
        assert line.transaction.startswith("T")


@given(order=st.permutations(range(6)), times=st.lists(st.integers(1, 2), min_size=6, max_size=6))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_every_order_gives_the_same_balances(
    ctx: Context, bill: Bill, order: Sequence[int], times: Sequence[int]
) -> None:
    mark = uuid4().hex
    asked = await bill(6000, mark=mark)
    one, two = paid(asked.ref1, 6000, number=f"{mark}a"), paid(asked.ref1, 6000, at=1, number=mark)
    before = await balances(ctx)
    acts: Sequence[Callable[[], Awaitable[object]]] = [
        lambda: say(ctx, one),
        lambda: say(ctx, two),
        lambda: send(ctx, [one], name=mark[:8]),
        lambda: send(ctx, [two, back(one)], name=mark[2:10]),
        lambda: send(ctx, [one, two], name=mark[4:12]),
        lambda: send(ctx, [back(one)], name=mark[6:14]),
    ]

    for which in order:
        for _ in range(times[which]):
            try:
                await acts[which]()
            except Conflict:
                assert which > 1  # the same file again

    after = await balances(ctx)
    changed = {name: after.get(name, 0) - before[name] for name in before}
    changed |= {name: amount for name, amount in after.items() if name not in before}
    assert changed[BANK] == 6000
    assert changed["receivable"] == -6000
    assert changed.get("suspense", 0) == changed.get(f"transit/014-{ACCOUNT}", 0) == 0
    await the_books_are_right(ctx, after[BANK], account=BANK)
