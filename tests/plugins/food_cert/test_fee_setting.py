"""Bands and waivers as the office sets them, and what becomes of bills that are there."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.context import Context
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from plugins.food_cert.rules.bands import Band
from plugins.food_cert.rules.fee_days import FeeDays
from plugins.food_cert.service import (
    bands,
    billing,
    demo_fees,
    fees_seen,
    reminding,
    waivers,
)
from plugins.food_cert.service.reducing import reduce
from plugins.food_cert.service.rights import READ
from tests.plugins.food_cert.conftest import a_place, an_officer, rows
from tests.plugins.food_cert.fees import bill_of, bills, morning, on, owed_of, paid, years

OPENED = date(2025, 3, 10)
EVE = date(2027, 3, 9)
BILLED = EVE - timedelta(days=60)
NEW = (
    Band(instrument="certificate", above=Decimal(0), upto=Decimal(50), amount=5_000),
    Band(instrument="certificate", above=Decimal(50), upto=None, amount=15_000),
    Band(instrument="licence", above=Decimal(200), upto=None, amount=50_000),
)
LAW = {"law": "ประกาศกระทรวงมหาดไทย", "why": "ช่วยเหลือผู้ประกอบการ"}


async def test_bands_count_for_years_that_begin_on_their_day_or_later(
    ctx: Context, officer: Context
) -> None:
    await bands.set_bands(officer, NEW, from_on=date(2027, 3, 10), source="เทศบัญญัติ พ.ศ. 2569")
    before = await a_place(ctx, opened_on=OPENED - timedelta(days=1))
    after = await a_place(ctx, opened_on=OPENED)
    small = await a_place(ctx, opened_on=OPENED, area=Decimal(50))
    await morning(ctx, BILLED)

    assert await owed_of(ctx, [before, after, small]) == {
        before: 10_000,
        after: 15_000,
        small: 5_000,
    }
    assert len(
        await rows(ctx, "SELECT 1 FROM core.audit_entry WHERE action = 'food_cert.bands.set'")
    )


async def test_bands_of_the_past_or_with_a_gap_are_refused_by_field(officer: Context) -> None:
    yesterday = officer.today - timedelta(days=1)
    with pytest.raises(InvalidInput) as past:
        await bands.set_bands(officer, NEW, from_on=yesterday, source="เทศบัญญัติ")
    with pytest.raises(InvalidInput) as gap:
        await bands.set_bands(officer, NEW[1:], from_on=officer.today, source="เทศบัญญัติ")
    assert list(past.value.problems) == ["from_on.day"]
    assert list(gap.value.problems) == ["above_1"]
    reader = an_officer(officer, "ผู้อ่าน", READ)
    with pytest.raises(NotAllowed):
        await bands.set_bands(reader, NEW, from_on=officer.today, source="เทศบัญญัติ")

    assert await bands.band_rows(officer) == []


async def test_of_two_who_set_bands_for_a_day_one_is_told(officer: Context) -> None:
    wanted = (
        bands.set_bands(officer, NEW, from_on=officer.today, source="เทศบัญญัติ") for _ in range(4)
    )
    given = await asyncio.gather(*wanted, return_exceptions=True)

    assert len([one for one in given if isinstance(one, InvalidInput)]) == 3
    assert len(await bands.band_rows(officer)) == 1


async def test_bands_are_withdrawn_before_they_begin_and_not_after(officer: Context) -> None:
    tomorrow = officer.today + timedelta(days=1)
    coming = await bands.set_bands(officer, NEW, from_on=tomorrow, source="เทศบัญญัติ")
    begun = await bands.set_bands(officer, NEW, from_on=officer.today, source="เทศบัญญัติ")
    await bands.withdraw_bands(officer, coming)
    with pytest.raises(NotFound):
        await bands.withdraw_bands(officer, coming)
    with pytest.raises(Conflict):
        await bands.withdraw_bands(officer, begun)

    assert [one["id"] for one in await bands.band_rows(officer)] == [begun]


async def test_a_place_that_no_band_has_is_listed_and_billed_when_one_has_it(
    ctx: Context, officer: Context
) -> None:
    id = await a_place(ctx, opened_on=OPENED, area=Decimal(260))
    await morning(ctx, BILLED)
    assert await bills(ctx) == []
    seen = await fees_seen.see(on(ctx, BILLED))
    assert [one["id"] for one in seen.without] == [id]
    assert seen.since is None
    await bands.set_bands(on(ctx, BILLED), NEW, from_on=BILLED, source="เทศบัญญัติ")
    await morning(ctx, BILLED + timedelta(days=1))

    assert await owed_of(ctx, [id]) == {id: 15_000}
    assert await billing.without_band(on(ctx, BILLED)) == []


async def test_a_waiver_reduces_what_falls_due_within_it(ctx: Context, officer: Context) -> None:
    wanted: dict[str, Any] = {"from_on": EVE, "until_on": EVE + timedelta(days=1)} | LAW
    await waivers.add_waiver(officer, percent=33, **wanted)
    await waivers.add_waiver(officer, percent=100, instrument="licence", **wanted)
    half = await a_place(ctx, opened_on=OPENED)
    licence = {"instrument": "licence", "area": Decimal(300), "until": EVE}
    whole = await a_place(ctx, opened_on=OPENED, **licence)
    await morning(ctx, BILLED)

    assert await owed_of(ctx, [half, whole]) == {half: 6_700}
    [row] = await years(ctx, whole)
    assert (row["state"], row["waived"], row["bill"]) == ("waived", 20_000, None)
    await morning(ctx, EVE + timedelta(days=4))
    assert [one["surcharge"] for one in await years(ctx, half)] == [1_340]
    assert [one["surcharge"] for one in await years(ctx, whole)] == [0]


async def test_bills_that_are_there_are_let_off_and_what_was_paid_stays(
    ctx: Context, officer: Context
) -> None:
    places = [await a_place(ctx, opened_on=OPENED) for _ in range(4)]
    await morning(ctx, BILLED)
    untouched, some, most, all_ = [(await years(ctx, place))[0]["bill"] for place in places]
    for bill, amount in ((some, 1_000), (most, 8_000), (all_, 10_000)):
        await paid(ctx, BILLED, bill, amount)
    await waivers.add_waiver(on(officer, BILLED), from_on=EVE, until_on=EVE, percent=40, **LAW)
    for _ in range(2):
        await reduce(on(ctx, BILLED))

    owed = [(await bill_of(ctx, one))["owed"] for one in (untouched, some, most, all_)]
    assert owed == [6_000, 5_000, 0, 0]
    waived = [(await years(ctx, place))[0]["waived"] for place in places]
    assert waived == [4_000, 4_000, 2_000, 0]
    assert await rows(ctx, "SELECT 1 FROM treasury.payment WHERE waits <> ''") == []
    await waivers.add_waiver(on(officer, BILLED), from_on=EVE, until_on=EVE, percent=100, **LAW)
    await morning(ctx, BILLED + timedelta(days=1))
    assert await owed_of(ctx, places) == {}
    assert [(await years(ctx, one))[0]["state"] for one in places[:2]] == ["waived", "billed"]


async def test_a_waiver_of_the_past_is_refused_with_what_to_do_instead(officer: Context) -> None:
    yesterday = officer.today - timedelta(days=1)
    with pytest.raises(InvalidInput) as refusal:
        await waivers.add_waiver(officer, from_on=yesterday, until_on=EVE, percent=50, **LAW)
    assert "หน้าใบแจ้ง" in refusal.value.problems["from_on.day"].th
    with pytest.raises(InvalidInput) as wrong:
        await waivers.add_waiver(
            officer, from_on=EVE, until_on=yesterday, percent=101, instrument="x", **LAW
        )
    assert set(wrong.value.problems) == {"until_on.day", "percent", "instrument"}


async def test_a_waiver_that_is_withdrawn_before_it_begins_is_undone_for_who_has_not_paid(
    ctx: Context, officer: Context
) -> None:
    here = on(officer, BILLED)
    before = await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    days: dict[str, Any] = {"from_on": EVE, "until_on": EVE + timedelta(days=9), **LAW}
    waiver = await waivers.add_waiver(here, percent=100, **days)
    half = await waivers.add_waiver(here, percent=50, **days)
    after, payer = await a_place(ctx, opened_on=OPENED), await a_place(ctx, opened_on=OPENED)
    await morning(ctx, BILLED)
    assert await owed_of(ctx, [before, after, payer]) == {}
    await waivers.withdraw_waiver(here, waiver)
    await morning(ctx, BILLED + timedelta(days=1))
    assert await owed_of(ctx, [before, after]) == {before: 5_000, after: 5_000}
    [row] = await years(ctx, payer)
    await paid(ctx, BILLED, row["bill"], 5_000)
    await waivers.withdraw_waiver(here, half)
    await morning(ctx, BILLED + timedelta(days=2))

    assert await owed_of(ctx, [before, after, payer]) == {before: 10_000, after: 10_000}
    late = on(officer, EVE)
    begun = await waivers.add_waiver(late, percent=10, from_on=EVE, until_on=EVE, **LAW)
    with pytest.raises(Conflict):
        await waivers.withdraw_waiver(late, begun)


async def test_reminders_come_once_before_and_once_after_the_day(
    ctx: Context, officer: Context
) -> None:
    await a_place(ctx, opened_on=OPENED)
    await a_place(ctx, opened_on=OPENED, phone="")
    await morning(ctx, BILLED)
    for away in (-15, -14, -3, 0, 1, 7, 8, 30):
        await reminding.remind_fees(on(ctx, EVE + timedelta(days=away)))
    sent = await rows(
        ctx,
        "SELECT template, address, href, subject_th, body_th FROM core.message"
        " WHERE template LIKE 'food_cert.%' ORDER BY created_at, id",
    )

    assert [one["template"] for one in sent] == ["food_cert.fee_due_soon", "food_cert.fee_overdue"]
    assert sent[0]["address"] == "+66812345678"
    assert "9 มีนาคม 2570" in sent[0]["subject_th"]
    assert "100.00 บาท" in sent[0]["body_th"]
    codes = {one["code"] for one in await bills(ctx)}
    assert sent[0]["href"].removeprefix("/b/") in codes
    await reminding.set_fee_days(officer, FeeDays(before=0, after=1))
    [kept] = await rows(ctx, "SELECT settings FROM core.plugin_switch WHERE plugin = 'food_cert'")
    assert '"after": 1' in kept["settings"]


async def test_the_demonstration_has_arrears_bills_and_what_is_to_come(ctx: Context) -> None:
    for back in (2_000, 1_700, 1_400, 330):
        await a_place(ctx, opened_on=ctx.today - timedelta(days=back))
    await demo_fees.fill(ctx)
    seen = await fees_seen.see(ctx)

    assert [one.in_a_row for one in seen.unpaid] == [3, 2, 1]
    assert len(seen.to_stop) == len(seen.coming) == len(seen.waivers) == 1
    assert seen.owed > seen.late > 0
