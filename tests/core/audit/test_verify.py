import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit import trail
from core.audit.chain import COLUMNS, GENESIS, Head, digest, link
from core.audit.sealing import seal_all
from core.audit.verify import PATIENCE, Finding, Wrong, verify
from core.context import Context
from core.keys import Keys

NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
COUNT = 24
Row = dict[str, Any]
Write = Callable[..., Awaitable[None]]
MakeTrail = Callable[..., tuple[list[Row], Head]]
# What was done, and the number at which it must be found; None where that is not certain.
Touched = tuple[list[Row], int | None]
Touch = Callable[[random.Random, list[Row]], Touched]


def another(value: Any) -> Any:
    """Return a value of the same kind that is as near as can be."""
    match value:
        case None:
            return UUID(int=1)
        case UUID():
            return UUID(int=value.int ^ 1)
        case datetime():
            return value + timedelta(microseconds=1)
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case int():
            return value + 10_000
        case str():
            return f"{value} "
    raise TypeError(type(value))


def edit(rng: random.Random, rows: list[Row]) -> Touched:
    at = rng.randrange(len(rows))
    column = rng.choice([*COLUMNS, "digest", "chain"])
    rows[at][column] = another(rows[at][column])
    return rows, at + 1


def empty(rng: random.Random, rows: list[Row]) -> Touched:
    full = [
        (at, column)
        for at, row in enumerate(rows)
        for column in ("actor", "owner", "actor_name")
        if row[column]
    ]
    at, column = rng.choice(full)
    rows[at][column] = None
    return rows, at + 1


def delete(rng: random.Random, rows: list[Row]) -> Touched:
    begin = rng.randrange(len(rows))
    del rows[begin : begin + rng.randint(1, 5)]
    return rows, begin + 1


def delete_and_close_the_gap(rng: random.Random, rows: list[Row]) -> Touched:
    begin = rng.randrange(len(rows))
    del rows[begin : begin + rng.randint(1, 5)]
    for number, row in enumerate(rows, 1):
        row["seq"] = number
    return rows, begin + 1


def renumber(rng: random.Random, rows: list[Row]) -> Touched:
    at = rng.randrange(len(rows))
    moved = rows[at]["seq"] = rng.choice([0, -at, len(rows) + 1, len(rows) + 1000])
    rows.sort(key=lambda row: row["seq"])
    # Below the first it stands in front, and is the first bad one itself.
    return rows, moved if moved < 1 else at + 1


def swap_numbers(rng: random.Random, rows: list[Row]) -> Touched:
    one, two = sorted(rng.sample(range(len(rows)), 2))
    columns = rng.choice([["seq"], ["seq", "chain"]])
    for column in columns:
        rows[one][column], rows[two][column] = rows[two][column], rows[one][column]
    rows[one], rows[two] = rows[two], rows[one]
    return rows, one + 1


def swap_contents(rng: random.Random, rows: list[Row]) -> Touched:
    pairs = [
        (column, one, two)
        for column in COLUMNS
        for one in range(len(rows))
        for two in range(one)
        if rows[one][column] != rows[two][column]
    ]
    column, one, two = rng.choice(pairs)
    rows[one][column], rows[two][column] = rows[two][column], rows[one][column]
    return rows, two + 1


def truncate(rng: random.Random, rows: list[Row]) -> Touched:
    left = rng.randrange(len(rows))
    return rows[:left], left + 1


def insert(rng: random.Random, rows: list[Row]) -> Touched:
    at = rng.randint(0, len(rows))
    copied = dict(rng.choice(rows)) | {"id": uuid4()}
    rows.insert(at, copied)
    if rng.random() < 0.5:
        for number, row in enumerate(rows, 1):
            row["seq"] = number
    return rows, None


def insert_with_a_made_up_seal(rng: random.Random, rows: list[Row]) -> Touched:
    theirs = Keys(rng.randbytes(32))
    row = dict(rows[-1]) | {"id": uuid4(), "seq": len(rows) + 1}
    row["digest"] = digest(theirs, row)
    row["chain"] = link(theirs, rows[-1]["chain"], len(rows) + 1, row["digest"])
    return [*rows, row], len(rows) + 1


def unseal(rng: random.Random, rows: list[Row]) -> Touched:
    at = rng.randrange(len(rows))
    row = rows.pop(at) | {"seq": None, "chain": None}
    return [*rows, row], at + 1


def chain_anew_without_the_secret(rng: random.Random, rows: list[Row]) -> Touched:
    theirs = Keys(rng.randbytes(32))
    begin = rng.randrange(len(rows))
    del rows[begin]
    chain = rows[begin - 1]["chain"] if begin else GENESIS
    for number, row in enumerate(rows[begin:], begin + 1):
        chain = link(theirs, chain, number, row["digest"])
        row |= {"seq": number, "chain": chain}
    return rows, begin + 1


TOUCHES: Sequence[Touch] = (
    edit,
    empty,
    delete,
    delete_and_close_the_gap,
    renumber,
    swap_numbers,
    swap_contents,
    truncate,
    insert,
    insert_with_a_made_up_seal,
    unseal,
    chain_anew_without_the_secret,
)


def is_named(found: Finding | None, seq: int | None) -> bool:
    return found is not None and (seq is None or found.seq == seq)


@pytest.fixture
async def written(ctx: Context, write: Write, owner: trail.Connection) -> tuple[list[Row], Head]:
    """A trail that was written and sealed in the database, as its owner reads it."""
    await write(COUNT)
    await seal_all(Keys(ctx.settings.secret_keys), ctx.settings.data, now=ctx.now)
    columns = ", ".join("detail::text" if one == "detail" else one for one in COLUMNS)
    query = f"SELECT {columns}, digest, seq, chain FROM core.audit_entry ORDER BY seq"  # noqa: S608
    rows = [dict(row) for row in owner.execute(query).fetchall()]
    head = trail.head_of(owner, "maehia")
    assert head is not None
    assert head.seq == len(rows) > COUNT
    return rows, head


async def test_ten_thousand_random_touches_are_all_found_and_named(
    ctx: Context, written: tuple[list[Row], Head]
) -> None:
    rng = random.Random(2569)  # noqa: S311
    assert verify(ctx.keys, written[0], head=written[1], now=ctx.now) is None
    unseen = []
    for number in range(10_000):
        how = TOUCHES[number % len(TOUCHES)]
        rows, seq = how(rng, [dict(row) for row in written[0]])
        found = verify(ctx.keys, rows, head=written[1], now=ctx.now)
        if not is_named(found, seq):
            unseen.append((how.__name__, seq, found))

    assert unseen == []


@given(rng=st.randoms(use_true_random=False), how=st.sampled_from(TOUCHES), count=st.integers(2, 9))
def test_whatever_is_touched_is_found_and_named(
    rng: random.Random, how: Touch, count: int, keys: Keys, make_trail: MakeTrail
) -> None:
    trail = make_trail(count)

    rows, seq = how(rng, [dict(row) for row in trail[0]])

    assert is_named(verify(keys, rows, head=trail[1], now=NOW), seq)


@given(sealed=st.integers(0, 12), waiting=st.integers(0, 4))
def test_a_trail_that_nobody_touched_is_good(
    sealed: int, waiting: int, keys: Keys, make_trail: MakeTrail
) -> None:
    rows, head = make_trail(sealed, waiting)

    assert verify(keys, rows, head=head, kept=head, now=NOW) is None


def test_an_empty_trail_without_a_head_is_good(keys: Keys) -> None:
    assert verify(keys, [], head=None, now=NOW) is None


@pytest.mark.parametrize("column", [*COLUMNS, "digest", "chain"])
def test_every_column_of_a_sealed_entry_is_held(
    column: str, keys: Keys, make_trail: MakeTrail
) -> None:
    rows, head = make_trail(5)
    rows[2][column] = another(rows[2][column])

    found = verify(keys, rows, head=head, now=NOW)

    assert found is not None
    assert found.seq == 3
    assert found.wrong == (Wrong.MOVED if column == "chain" else Wrong.EDITED)


@pytest.mark.parametrize("column", [*COLUMNS, "digest", "chain"])
def test_every_column_of_an_entry_is_held_before_it_is_sealed(
    column: str, keys: Keys, make_trail: MakeTrail
) -> None:
    rows, head = make_trail(2, waiting=2)
    rows[3][column] = another(rows[3][column] or b"?" if column == "chain" else rows[3][column])

    found = verify(keys, rows, head=head, now=NOW)

    assert found == Finding(Wrong.MOVED if column == "chain" else Wrong.EDITED, None, rows[3]["id"])


def test_the_spaces_of_the_detail_are_held_too(keys: Keys, make_trail: MakeTrail) -> None:
    rows, head = make_trail(3)
    rows[0]["detail"] = rows[0]["detail"].replace(":", ": ")

    assert verify(keys, rows, head=head, now=NOW) == Finding(Wrong.EDITED, 1, rows[0]["id"])


def test_values_cannot_be_pushed_from_one_column_into_the_next(
    keys: Keys, make_trail: MakeTrail
) -> None:
    rows, head = make_trail(3)
    action, subject = rows[1]["action"], rows[1]["subject"]
    rows[1] |= {"action": action[:-1], "subject": action[-1] + subject}

    assert verify(keys, rows, head=head, now=NOW) == Finding(Wrong.EDITED, 2, rows[1]["id"])


def test_an_entry_of_another_municipality_does_not_fit(keys: Keys, make_trail: MakeTrail) -> None:
    rows, head = make_trail(3)
    rows[1] = make_trail(3, tenant="yala")[0][1] | {"tenant_id": "maehia"}

    assert verify(keys, rows, head=head, now=NOW) == Finding(Wrong.EDITED, 2, rows[1]["id"])


def test_an_entry_that_waits_too_long_is_found(keys: Keys, make_trail: MakeTrail) -> None:
    rows, head = make_trail(2, waiting=1)

    assert verify(keys, rows, head=head, now=NOW + PATIENCE) == Finding(
        Wrong.UNSEALED, None, rows[2]["id"]
    )


def test_a_cut_tail_with_the_head_of_that_time_is_found_by_the_head_kept_outside(
    keys: Keys, make_trail: MakeTrail
) -> None:
    rows, kept = make_trail(9)
    _, earlier = make_trail(6)

    assert verify(keys, rows[:6], head=earlier, now=NOW) is None
    assert verify(keys, rows[:6], head=earlier, kept=kept, now=NOW) == Finding(Wrong.TRUNCATED, 7)


def test_a_deleted_trail_is_found_by_the_head_kept_outside(
    keys: Keys, make_trail: MakeTrail
) -> None:
    _, kept = make_trail(4)

    assert verify(keys, [], head=None, kept=kept, now=NOW) == Finding(Wrong.TRUNCATED, 1)


def test_a_head_that_was_set_back_is_found(keys: Keys, make_trail: MakeTrail) -> None:
    rows, _ = make_trail(9)
    _, earlier = make_trail(6)

    assert verify(keys, rows, head=earlier, now=NOW) == Finding(Wrong.HEAD, 9)


def test_a_head_that_was_removed_is_found(keys: Keys, make_trail: MakeTrail) -> None:
    rows, _ = make_trail(3)

    assert verify(keys, rows, head=None, now=NOW) == Finding(Wrong.HEAD, 3)


@pytest.mark.parametrize("field", ["tenant", "seq", "chain", "at", "signature"])
@pytest.mark.parametrize("which", ["head", "kept"])
def test_every_part_of_a_head_is_held(
    field: str, which: str, keys: Keys, make_trail: MakeTrail
) -> None:
    rows, head = make_trail(3)
    heads = {"head": head, "kept": head}
    changed = {field: another(getattr(head, field))}
    heads[which] = msgspec.structs.replace(head, **changed)

    assert verify(keys, rows, **heads, now=NOW) == Finding(Wrong.HEAD, 3)


def test_a_trail_made_anew_with_the_secret_is_found_by_the_head_kept_outside(
    keys: Keys, make_trail: MakeTrail
) -> None:
    rows, kept = make_trail(6)
    chain = GENESIS
    rows[1]["actor_name"] = "นิรนาม"
    for number, row in enumerate(rows, 1):
        row["digest"] = digest(keys, row)
        chain = link(keys, chain, number, row["digest"])
        row["chain"] = chain
    head = Head(tenant="maehia", seq=6, chain=chain, at=NOW).signed_with(keys)

    assert verify(keys, rows, head=head, now=NOW) is None
    found = verify(keys, rows, head=head, kept=kept, now=NOW)
    assert found == Finding(Wrong.REWRITTEN, 6, rows[5]["id"])


def test_with_another_secret_nothing_fits(keys: Keys, make_trail: MakeTrail) -> None:
    rows, head = make_trail(3)

    found = verify(Keys(bytes(32)), rows, head=head, now=NOW)

    assert found == Finding(Wrong.EDITED, 1, rows[0]["id"])


def test_the_report_names_the_entry_and_what_is_wrong() -> None:
    id = UUID(int=5)

    assert str(Finding(Wrong.EDITED, 3, id)).startswith(f"entry 3 ({id}): its contents are not")
    assert str(Finding(Wrong.DELETED, 4)) == "entry 4: it is missing: deleted"
    assert str(Finding(Wrong.UNSEALED, None, id)).startswith(f"an entry without a number ({id})")
