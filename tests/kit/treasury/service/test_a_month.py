"""A month of payments, with the mistakes that payers make: nearly all find their bill by machine.

How often each happens is an estimate. Most scan the QR, whose references cannot be mistyped; at
counters, machines and in apps without a camera people type what stands on the bill.
"""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from core.api import Context
from kit.thai import BANGKOK
from kit.treasury.banking.statement import Line
from kit.treasury.service import adjusting, suspense
from kit.treasury.service.bulk import Made
from tests.kit.treasury.service.banking import BANK, paid, say, send
from tests.kit.treasury.service.people import with_rights
from tests.kit.treasury.service.reckoning import rows, said, the_books_are_right
from tests.kit.treasury.service.test_bulk import billed, payers, wanted

HOUSEHOLDS, DAYS, OWED = 3_000, 30, 6_000
FIRST = datetime(2026, 11, 1, 6, tzinfo=BANGKOK)

# Of ten thousand payments; all others are just as the bill asks.
MISTAKES = {
    "wrong_check_digit": 6,
    "unknown_reference": 4,
    "cancelled_bill": 3,
    "paid_twice": 12,
    "too_much": 10,
    "too_little": 60,
    "old_bill": 150,
    "without_ref2": 400,
}


async def test_at_least_995_of_a_thousand_payments_of_a_month_are_matched_by_machine(
    ctx: Context,
) -> None:
    old = await _month(ctx, "256910")
    new = await _month(ctx, "256911")
    lines, mistakes = await _pay(ctx, old, new)

    for day in range(DAYS):
        some = [line for line in lines if (line.paid_at - FIRST).days == day]
        for n, line in enumerate(some[::9]):
            await say(ctx, msgspec.structs.replace(line, transaction=f"{day}/{n}"))
        await send(ctx, some, name=str(day))

    waits = [row["waits"] for row in await rows(ctx, "SELECT waits FROM treasury.payment")]
    assert len(waits) == len(lines)
    assert waits.count("") / len(waits) >= 0.995
    assert set(waits) - {""} <= set(suspense.REASONS)
    assert Counter(waits) == {
        "": len(waits) - sum(mistakes[name] for name in _WAITING),
        "wrong_check_digit": mistakes["wrong_check_digit"],
        "unknown_reference": mistakes["unknown_reference"],
        "cancelled_bill": mistakes["cancelled_bill"],
        "overpaid": mistakes["paid_twice"] + mistakes["too_much"],
    }
    await the_books_are_right(ctx, said(lines), account=BANK)


_WAITING = ("wrong_check_digit", "unknown_reference", "cancelled_bill", "paid_twice", "too_much")


async def _month(ctx: Context, month: str) -> list[Made]:
    whos = await payers(ctx, HOUSEHOLDS)
    made = []
    for start in range(0, HOUSEHOLDS, 1_000):
        some = range(start, start + 1_000)
        made += await billed(ctx, *(wanted(whos[n], f"{month}/{n}", OWED) for n in some))
    return made


async def _pay(
    ctx: Context, old: Sequence[Made], new: Sequence[Made]
) -> tuple[list[Line], dict[str, int]]:
    """Return the month's lines of the bank, and how often each mistake was made."""
    chance = random.Random(11)  # noqa: S311
    director = with_rights(ctx, "adjust", "read")
    counts = {name: max(1, often * HOUSEHOLDS // 10_000) for name, often in MISTAKES.items()}
    kinds = [name for name, count in counts.items() for _ in range(count)]
    kinds += [""] * (HOUSEHOLDS - len(kinds))
    chance.shuffle(kinds)
    lines = []
    for n, kind in enumerate(kinds):
        if kind == "cancelled_bill":
            await adjusting.cancel_bill(director, new[n].id, why="เลิกใช้บริการ")
        lines += _lines(kind, old[n].ref1, new[n].ref1, chance)
    return sorted(lines, key=lambda one: one.paid_at), counts


def _lines(kind: str, old: str, new: str, chance: random.Random) -> list[Line]:
    ref1 = {
        "wrong_check_digit": new[:-1] + str((int(new[-1]) + 1) % 10),
        "unknown_reference": f"{chance.randrange(10**9):09}",
        "old_bill": old,
    }.get(kind, new)
    amount = {"too_much": OWED + 2_000, "too_little": OWED - 1_000}.get(kind, OWED)
    at = FIRST + timedelta(days=chance.randrange(DAYS), seconds=chance.randrange(50_000))
    ref2 = "" if kind == "without_ref2" else "256911"
    line = msgspec.structs.replace(paid(ref1, amount), paid_at=at, ref2=ref2)
    if kind != "paid_twice":
        return [line]
    return [line, msgspec.structs.replace(line, paid_at=at + timedelta(minutes=3))]
