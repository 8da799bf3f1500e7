"""A bank's file is taken whole or not at all, and once."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Conflict, Context, InvalidInput
from core.db import transaction
from kit.thai import BANGKOK
from kit.treasury.banking.statement import Line
from kit.treasury.service import importing, noting, pieces
from kit.treasury.service.billing import Asked
from kit.treasury.service.bulk import MANY
from kit.treasury.service.pieces import Pieces, survey
from tests.kit.treasury.service.banking import BANK, a_file, back, counts, held, paid, say, send

Bill = Callable[..., Awaitable[Asked]]


async def take(ctx: Context, data: bytes, name: str = "day.txt") -> dict[str, object]:
    return await importing.read_file(ctx, await importing.take(ctx, io.BytesIO(data), name))


async def test_what_came_of_a_file_is_told(ctx: Context, bill: Bill) -> None:
    one, two, three = [await bill(6000, mark=str(n)) for n in range(3)]
    lines = [
        paid(one.ref1, 6000),
        paid(two.ref1, 6000),
        paid(three.ref1, 6000),
        paid("77", 5),
        paid(three.ref1, 6000, kind=back(paid(three.ref1, 6000)).kind),
    ]
    await say(ctx, lines[0])

    row = await take(ctx, a_file(lines))

    assert (row["standing"], row["done"], row["paid_count"], row["paid"]) == ("done", 5, 4, 18005)
    assert (row["reversed_count"], row["reversed"], row["format"]) == (1, 6000, "256")
    assert row["outcome"] == {
        "known": 0,
        "contradicted": 0,
        "made": 3,
        "confirmed": 1,
        "settled": 2,
        "taken_back": 1,
        "unpaired": 0,
        "receipts": 2,
        "waits": {"unknown_reference": 1},
    }


async def test_looking_tells_what_would_come_and_changes_nothing(ctx: Context, bill: Bill) -> None:
    one, two, three, four = [await bill(6000, mark=str(n)) for n in range(4)]
    await say(ctx, paid(one.ref1, 6000))
    lines = [
        paid(one.ref1, 6000),
        paid(two.ref1, 6000),
        paid(three.ref1, 5000),
        paid(four.ref1, 6000, at=1),
        paid(four.ref1, 6000, at=2),
        paid("77", 5),
        back(paid("78", 5)),
    ]
    before = await held(ctx), await counts(ctx)
    source = io.BytesIO(a_file(lines))

    file = await importing.take(ctx, source, "day.txt", look=True)

    row = await importing.read_file(ctx, file)
    assert (row["standing"], row["done"], row["paid_count"]) == ("looked", 0, 6)
    assert row["outcome"] == {
        "known": 0,
        "confirmed": 1,
        "settled": 1,
        "otherwise": 3,
        "waits": {"unknown_reference": 1},
    }
    assert (await held(ctx), await counts(ctx)) == before

    await importing.order(ctx, file=file)

    row = await importing.read_file(ctx, file)
    assert (row["standing"], row["done"], row["outcome"]["made"]) == ("done", 7, 5)
    with pytest.raises(Conflict):
        await importing.order(ctx, file=file)
    with pytest.raises(Conflict, match="was imported"):
        await importing.take(ctx, source, "day.txt", look=True)


async def test_looking_agrees_with_what_posting_does(ctx: Context, bill: Bill) -> None:
    bills = [await bill(6000 + n, mark=str(n)) for n in range(12)]
    lines = [paid(one.ref1, 6000 + n - n % 3 // 2, at=n) for n, one in enumerate(bills)]
    await send(ctx, lines[:3])
    source = io.BytesIO(a_file([*lines, paid("77", 5)], name="WHOLE"))

    file = await importing.take(ctx, source, "day.txt", look=True)
    looked = (await importing.read_file(ctx, file))["outcome"]
    assert await importing.take(ctx, source, "day.txt") == file
    posted = (await importing.read_file(ctx, file))["outcome"]

    assert {name: posted[name] for name in ("known", "confirmed", "settled", "waits")} == {
        name: looked[name] for name in ("known", "confirmed", "settled", "waits")
    }
    assert looked["known"] == 3


async def test_of_a_wrong_file_nothing_is_posted_and_every_line_is_listed(
    ctx: Context, bill: Bill
) -> None:
    asked = await bill(6000)
    lines = a_file([paid(asked.ref1, 6000), paid("77", 5), paid("78", 5)]).splitlines(True)
    lines[2] = lines[2][:163] + b"000000000000x" + lines[2][176:]
    lines[3] = lines[3][:-4] + b"\r\n"

    row = await take(ctx, b"".join(lines))

    assert row["standing"] == "refused"
    assert [fault["line"] for fault in row["faults"]] == [3, 4]  # type: ignore[attr-defined]
    assert row["fault_count"] == 2
    assert await held(ctx) == {"receivable": 6000}
    assert await counts(ctx) == {"receipts": 0}


async def test_a_wrong_total_refuses_all_of_it(ctx: Context, bill: Bill) -> None:
    asked = await bill(6000)
    data = a_file([paid(asked.ref1, 6000)]).replace(b"0000000006000000001", b"0000000006001000001")

    row = await take(ctx, data)

    assert row["standing"] == "refused"
    assert await held(ctx) == {"receivable": 6000}


async def test_the_same_file_is_refused_by_naming_its_first_import(
    ctx: Context, cashier: Context
) -> None:
    data = a_file([paid("77", 5)])
    await importing.take(cashier, io.BytesIO(data), "monday.txt")

    with pytest.raises(Conflict) as refusal:
        await importing.take(ctx, io.BytesIO(data), "other.txt")

    for part in ("monday.txt", "20 พ.ย. 2569 เวลา 10.42 น.", "สมหญิง เก็บเงิน"):
        assert part in refusal.value.sentence.th
    assert await held(ctx) == {BANK: 5, "suspense": -5}


async def test_an_empty_file_is_refused_at_once(ctx: Context) -> None:
    with pytest.raises(InvalidInput):
        await importing.take(ctx, io.BytesIO(b""), "empty.txt")


async def test_a_large_file_waits_for_the_background_and_goes_on_after_a_stop(
    ctx: Context, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SMALL", 100)
    monkeypatch.setattr(pieces, "PIECE", 7)
    asked = [await bill(6000, mark=str(n)) for n in range(20)]
    data = a_file([paid(one.ref1, 6000) for one in asked])
    file = await importing.take(ctx, io.BytesIO(data), "large.txt")
    assert (await importing.read_file(ctx, file))["standing"] == "waiting"
    note = noting.note_all

    async def stop(*given: object, **more: object) -> object:
        if (await importing.read_file(ctx, file))["done"] == 7:
            raise OSError("the machine stops")
        return await note(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(noting, "note_all", stop)
    with pytest.raises(OSError, match="stops"):
        await importing.post_file(ctx, file=str(file))
    half = await importing.read_file(ctx, file)
    monkeypatch.setattr(noting, "note_all", note)
    await importing.post_file(ctx, file=str(file))
    await importing.post_file(ctx, file=str(file))

    whole = await importing.read_file(ctx, file)
    assert (half["standing"], half["done"]) == ("posting", 7)
    assert (whole["standing"], whole["done"], whole["outcome"]["receipts"]) == ("done", 20, 20)
    assert await held(ctx) == {BANK: 120000}
    async with transaction(ctx) as connection:
        rows = await connection.fetch("SELECT number FROM treasury.receipt ORDER BY number")
    assert [row["number"] for row in rows] == list(range(1, 21))


async def test_a_file_that_is_posted_twice_at_once_is_posted_once(
    ctx: Context, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SMALL", 100)
    asked = [await bill(6000, mark=str(n)) for n in range(5)]
    data = a_file([paid(one.ref1, 6000) for one in asked])
    file = await importing.take(ctx, io.BytesIO(data), "large.txt")

    await asyncio.gather(*(importing.post_file(ctx, file=str(file)) for _ in range(3)))

    assert await held(ctx) == {BANK: 30000}
    assert await counts(ctx) == {"confirmed": 5, "receipts": 5}


async def test_an_office_sees_nothing_of_the_files_of_another(ctx: Context, other: Context) -> None:
    await send(ctx, [paid("77", 5)])

    assert await importing.list_files(replace(ctx, tenant=other.tenant)) == []


@given(
    st.lists(
        st.builds(
            paid,
            st.sampled_from(["1", "2"]),
            st.sampled_from([1, 2]),
            at=st.integers(0, 3),
        ),
        max_size=30,
    )
)
def test_lines_of_one_file_have_ids_of_their_own_and_the_same_in_another(
    lines: list[Line],
) -> None:
    ids = _ids(a_file(lines))

    assert len(set(ids)) == len(lines)
    assert set(_ids(a_file(lines[:-1]))) <= set(ids)
    # What is not plain is read line by line, and is the same.
    assert _ids(a_file(lines) + b"\r\n") == ids


def _ids(content: bytes) -> list[UUID | str]:
    file = io.BytesIO(content)
    seen = survey(file)
    file.seek(0)
    piece = Pieces(file, seen, zone=BANGKOK).next()
    return [*piece.paid.ids] if piece else []


async def test_the_planner_looks_at_the_tables_again_after_many_lines(ctx: Context) -> None:
    await send(ctx, [paid("77", 5, at=n) for n in range(MANY)])

    async with transaction(ctx) as connection:
        counted = await connection.fetchval(
            "SELECT min(reltuples) FROM pg_class"
            " WHERE oid IN ('treasury.payment'::regclass, 'treasury.event'::regclass)"
        )
    assert counted == MANY
