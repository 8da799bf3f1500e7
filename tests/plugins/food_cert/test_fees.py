import asyncio
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import Context
from core.db import transaction
from core.statements import Rows
from core.text import Text
from plugins.food_cert.rules.fees import begins, ends
from plugins.food_cert.service import billing, first, owing, places, surcharges
from plugins.food_cert.service.closing import close_fees
from plugins.food_cert.tables.register import Place
from tests.plugins.food_cert.conftest import a_place, rows
from tests.plugins.food_cert.fees import (
    bill_of,
    bills,
    morning,
    on,
    owed_of,
    paid,
    place_row,
    years,
)

OPENED = date(2025, 3, 10)
EVE = date(2027, 3, 9)  # of its third year
BILLED = EVE - timedelta(days=60)


async def test_the_first_year_is_billed_with_the_certificate_once(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    bill = await first.bill_first(on(ctx, OPENED), await place_row(ctx, id))
    again = await first.bill_first(on(ctx, OPENED), await place_row(ctx, id))

    assert bill is not None
    assert again is None
    made = await bill_of(ctx, bill)
    assert (made["total"], made["due_on"], made["kind"]) == (10_000, date(2025, 4, 9), "06")
    assert made["payer_name"] == "นางคำปัน ใจยา"
    assert "10 มีนาคม 2568 ถึง 9 มีนาคม 2569" in made["title_th"]
    [charge] = await rows(ctx, "SELECT title_th FROM treasury.charge")
    assert charge["title_th"].endswith("ครัวคำปัน")
    assert (await place_row(ctx, id))["payer"] == made["payer_id"]
    assert await owed_of(ctx, [id]) == {id: 10_000}
    [asked] = (await owing.bills_to_pay(ctx, [id]))[id]
    assert asked["href"] == f"/b/{made['code']}"


async def test_a_later_year_is_billed_its_days_before_and_due_on_the_eve(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED - timedelta(days=1))
    assert await bills(ctx) == []
    for later in range(5):
        await morning(ctx, BILLED + timedelta(days=later))

    [row] = await years(ctx, id)
    assert (row["year"], row["from_on"], row["due_on"]) == (3, date(2027, 3, 10), EVE)
    [bill] = await bills(ctx)
    assert (bill["total"], bill["due_on"]) == (10_000, EVE)


@given(st.dates(date(2016, 1, 1), date(2030, 12, 31)), st.integers(0, 4_000), st.integers(0, 90))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
async def test_the_database_counts_years_as_the_rules_do(
    ctx: Context, opened_on: date, days: int, more: int
) -> None:
    for day in (opened_on + timedelta(days=days), begins(opened_on, days % 9 + 1)):
        async with transaction(ctx) as connection:
            year = 1 + await connection.fetchval(
                "SELECT extract(year FROM age($1::date, $2::date))::int", day, opened_on
            )
        assert begins(opened_on, year) <= day <= ends(opened_on, year)


async def test_nothing_is_billed_twice_by_two_workers_at_once(ctx: Context) -> None:
    for _ in range(12):
        await a_place(ctx, opened_on=OPENED)
    here = on(ctx, BILLED)
    await asyncio.gather(*(billing.bill(here) for _ in range(5)))
    assert len(await bills(ctx)) == 12

    late = on(ctx, EVE + timedelta(days=4))
    await asyncio.gather(*(surcharges.surcharge_overdue(late) for _ in range(5)))
    assert [one["total"] for one in await bills(ctx)] == [10_000] * 12 + [2_000] * 12
    [numbers] = await rows(ctx, "SELECT max(number) AS most FROM treasury.bill WHERE kind = '06'")
    assert numbers["most"] == 12


async def test_a_slice_that_dies_leaves_nothing_half_done(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        await a_place(ctx, opened_on=OPENED)
    monkeypatch.setattr(billing, "SLICE", 2)

    async def die(*_: object, **__: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("plugins.food_cert.service.feeyears._keep", die)
        with pytest.raises(OSError, match="power cut"):
            await morning(ctx, BILLED)
    assert await bills(ctx) == []
    assert await rows(ctx, "SELECT 1 FROM food_cert.fee_year") == []
    await morning(ctx, BILLED)

    assert len(await bills(ctx)) == 5
    assert len(await rows(ctx, "SELECT 1 FROM food_cert.fee_year WHERE bill IS NOT NULL")) == 5


@pytest.mark.parametrize("state", ["notified", "applied", "stopped", "revoked", "closed"])
async def test_only_what_is_run_lawfully_is_billed(ctx: Context, state: str) -> None:
    await a_place(ctx, opened_on=OPENED, state=state)
    await a_place(ctx, opened_on=OPENED, state="suspended")
    await morning(ctx, BILLED)

    assert len(await bills(ctx)) == 1


async def test_who_was_stopped_is_billed_for_the_year_that_runs_when_it_goes_on(
    ctx: Context,
) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await first.bill_first(on(ctx, OPENED), await place_row(ctx, id))
    await rows(ctx, "UPDATE food_cert.place SET state = 'stopped'")
    await morning(ctx, BILLED)
    resumed = date(2028, 5, 20)
    await morning(ctx, resumed - timedelta(days=1))
    assert [one["year"] for one in await years(ctx, id)] == [1]
    await rows(ctx, "UPDATE food_cert.place SET state = 'valid'")
    await morning(ctx, resumed)

    [_, row] = await years(ctx, id)
    assert (row["year"], row["due_on"]) == (4, resumed + timedelta(days=30))


async def test_a_place_from_paper_is_not_asked_again_for_the_year_that_runs(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=date(2012, 6, 1))
    await morning(ctx, date(2026, 11, 20))
    assert await bills(ctx) == []
    await morning(ctx, date(2027, 4, 1))

    assert [one["year"] for one in await years(ctx, id)] == [16]


async def test_of_a_licence_the_first_year_is_only_noted(ctx: Context) -> None:
    other = await a_place(ctx, opened_on=OPENED)
    paid_by = await first.bill_first(on(ctx, OPENED), await place_row(ctx, other))
    assert paid_by is not None
    await rows(ctx, "UPDATE food_cert.fee_year SET bill = NULL")
    id = await a_place(ctx, opened_on=OPENED, instrument="licence", area=Decimal(320))
    place = await place_row(ctx, id)

    assert await first.note_first(on(ctx, OPENED), place, paid_by)
    assert not await first.note_first(on(ctx, OPENED), place, paid_by)
    [row] = await years(ctx, id)
    assert (row["state"], row["amount"], row["bill"]) == ("settled", 10_000, paid_by)


async def _licence(ctx: Context, renewing: UUID | None) -> UUID:
    return await a_place(
        ctx,
        opened_on=date(2026, 3, 10),
        instrument="licence",
        area=Decimal(320),
        until=EVE,
        renewing=renewing,
    )


async def test_a_licence_that_was_not_renewed_owes_no_next_year(ctx: Context) -> None:
    id, kept = await _licence(ctx, None), await _licence(ctx, UUID(int=9))
    await morning(ctx, BILLED)
    assert [one["total"] for one in await bills(ctx)] == [20_000, 20_000]
    await morning(ctx, EVE)
    assert len(await owed_of(ctx, [id, kept])) == 2
    await morning(ctx, EVE + timedelta(days=1))

    assert [one["state"] for one in await years(ctx, id)] == ["void"]
    assert await owed_of(ctx, [id, kept]) == {kept: 20_000}
    await morning(ctx, EVE + timedelta(days=10))
    assert [one["surcharge"] for one in await years(ctx, id)] == [0]
    assert [one["surcharge"] for one in await years(ctx, kept)] == [4_000]


async def test_a_renewal_that_was_entered_late_is_billed_after_all(ctx: Context) -> None:
    id = await _licence(ctx, None)
    await morning(ctx, BILLED)
    await morning(ctx, EVE + timedelta(days=1))
    await rows(ctx, "UPDATE food_cert.place SET renewing = $1", UUID(int=9))
    await morning(ctx, EVE + timedelta(days=2))

    [row] = await years(ctx, id)
    assert (row["state"], row["due_on"]) == ("billed", EVE + timedelta(days=32))
    assert await owed_of(ctx, [id]) == {id: 20_000}


async def test_what_is_in_arrears_is_surcharged_once_after_the_days_for_banks(
    ctx: Context,
) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    [bill] = await bills(ctx)
    await paid(ctx, EVE, bill["id"], 3_333)
    await morning(ctx, EVE + timedelta(days=3))
    assert len(await bills(ctx)) == 1
    for later in (4, 5, 40):
        await morning(ctx, EVE + timedelta(days=later))

    [row] = await years(ctx, id)
    assert row["surcharge"] == 1_333, "20 per cent of 66.67 baht, rounded down"
    [_, more] = await bills(ctx)
    assert (more["id"], more["total"], more["kind"]) == (row["surcharge_bill"], 1_333, "08")
    assert "ร้อยละ 20" in more["title_th"]


async def test_a_place_may_go_on_when_the_last_arrears_are_paid(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    overdue = EVE + timedelta(days=4)
    await morning(ctx, overdue)
    [fee, more] = await bills(ctx)

    assert await paid(ctx, overdue, fee["id"], 5_000) is None
    assert await paid(ctx, overdue, fee["id"], 5_000) is None, "the surcharge is owed"
    assert await paid(ctx, overdue, more["id"], 2_000) == id
    [row] = await years(ctx, id)
    assert (row["state"], row["settled_on"]) == ("settled", overdue)
    assert await owing.follow_settled(on(ctx, overdue), UUID(int=7)) is None


async def test_a_fee_that_is_owed_again_is_asked_for_again(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    [bill] = await bills(ctx)
    await paid(ctx, BILLED, bill["id"], 10_000)
    await rows(ctx, "UPDATE treasury.bill SET state = 'open', owed = 10000")
    await owing.follow_reopened(on(ctx, EVE), bill["id"])

    [row] = await years(ctx, id)
    assert (row["state"], row["settled_on"]) == ("billed", None)


async def test_more_than_two_in_a_row_can_be_stopped(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    for year in (2027, 2028, 2029):
        await morning(ctx, date(year, 3, 1))
        here = on(ctx, date(year, 3, 20))
        assert await owing.to_stop(here) == ([] if year < 2029 else await owing.unpaid(here))
    last = on(ctx, date(2029, 3, 20))
    [one] = await owing.to_stop(last)

    assert (one.place, one.in_a_row, one.since) == (id, 3, EVE)
    await rows(ctx, "UPDATE food_cert.place SET state = 'stopped'")
    assert await owing.to_stop(last) == []
    assert len(await owing.unpaid(last)) == 1
    [card] = await owing.cards_of_place(last, await place_row(ctx, id))
    assert "9 มีนาคม 2570" in card.body.th


async def test_who_closes_owes_no_year_that_begins_later_and_no_last_surcharge(
    ctx: Context,
) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    await morning(ctx, EVE + timedelta(days=4))
    told_on = date(2028, 2, 20)
    await morning(ctx, told_on)
    assert len(await bills(ctx)) == 3
    await close_fees(on(ctx, told_on), await place_row(ctx, id), told_on)
    place = await place_row(ctx, id)
    await places.change_place(
        ctx,
        place,
        {Place.state: "closed", Place.closed_on: told_on},
        what="entered",
        words=Text("เลิก", "Closed"),
    )
    await morning(ctx, date(2028, 6, 1))

    assert [one["state"] for one in await years(ctx, id)] == ["billed", "void"]
    assert await owed_of(ctx, [id]) == {id: 10_000}, "the fee itself stays"


async def test_who_closes_after_the_next_due_day_keeps_the_surcharge(ctx: Context) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    await morning(ctx, EVE + timedelta(days=4))
    await morning(ctx, date(2028, 2, 20))
    told_on = date(2028, 3, 9)  # on which the next fee is due
    await close_fees(on(ctx, told_on), await place_row(ctx, id), told_on)
    await rows(ctx, "UPDATE food_cert.place SET state = 'closed'")

    assert await owed_of(ctx, [id]) == {id: 12_000}


async def test_a_morning_without_anything_due_is_a_few_queries(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await a_place(ctx, opened_on=OPENED)
    await first.bill_first(on(ctx, OPENED), await place_row(ctx, id))
    asked: list[str] = []
    execute = Rows._execute

    async def count(connection: Rows, query: str, *arguments: object, **how: object) -> object:
        asked.append(query)
        return await execute(connection, query, *arguments, **how)

    monkeypatch.setattr(Rows, "_execute", count)
    await morning(ctx, OPENED + timedelta(days=2))

    about = [one for one in asked if "food_cert." in one]
    assert len(about) == 4, "waivers, expired licences, years to bill, overdue fees"
    assert len(asked) <= 10


async def test_who_closes_while_bills_are_made_is_not_billed_after_it(ctx: Context) -> None:
    ids = [await a_place(ctx, opened_on=OPENED) for _ in range(8)]

    async def close(id: UUID) -> None:
        async with transaction(ctx) as connection:
            await close_fees(on(ctx, BILLED), await place_row(ctx, id), BILLED)
            await connection.execute(
                "UPDATE food_cert.place SET state = 'closed', closed_on = $2 WHERE id = $1",
                id,
                BILLED,
            )

    await asyncio.gather(billing.bill(on(ctx, BILLED)), *map(close, ids))

    assert await owed_of(ctx, ids) == {}
    assert {one["state"] for id in ids for one in await years(ctx, id)} <= {"void"}
