import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.context import SYSTEM, Context
from core.errors import Conflict, InvalidInput, NotAllowed
from core.text import Text
from kit.treasury import bills_of, cancel_bill, read_bill
from plugins.waste_fees.rules.tariffs import Band, Content
from plugins.waste_fees.service import points, privileges, readings, runs, slices, tariffs
from plugins.waste_fees.service.jobs import charge_job, jobs_today
from tests.plugins.waste_fees.conftest import Point, an_officer, rows

NOV, DUE = date(2026, 11, 1), date(2026, 12, 31)


async def counted(ctx: Context, *, months: int = 1, first: date = NOV, kind: str = "waste") -> Any:
    run = await runs.begin_run(ctx, kind, first_month=first, months=months, due_on=DUE)
    return await runs.read_run(ctx, run)


async def billed(ctx: Context, **more: Any) -> Any:
    run = await counted(ctx, **more)
    await runs.confirm_run(ctx, run["id"])
    return await runs.read_run(ctx, run["id"])


async def bills(ctx: Context) -> list[Any]:
    return await rows(ctx, "SELECT * FROM treasury.bill ORDER BY number")


async def test_counting_says_what_billing_then_does_and_charges_nothing(
    priced: Context, point: Point
) -> None:
    await point()
    await point(litres=150)
    exempt = await point()
    await privileges.register(priced, exempt, "waste/exempt", from_on=NOV, why="มติ")
    run = await counted(priced)
    assert (run["state"], run["bills"], run["amount"]) == ("counted", 2, 15000)
    assert run["odd"] == {"exempt": 1}
    assert [one[2] for one in run["samples"]] == ["exempt"]
    assert await bills(priced) == []

    await runs.confirm_run(priced, run["id"])
    done = await runs.read_run(priced, run["id"])

    assert (done["state"], done["bills"], done["amount"]) == ("done", 2, 15000)
    made = await bills(priced)
    assert [bill["total"] for bill in made] == [5000, 10000]
    assert made[0]["title_th"] == "ค่าเก็บและขนมูลฝอย พฤศจิกายน 2569"
    assert made[0]["ref2"] == "256911"


async def test_a_register_in_which_nobody_owes_is_counted_and_billed_as_nothing(
    priced: Context, point: Point
) -> None:
    assert (await counted(priced))["bills"] == 0
    await point(since=date(2030, 1, 1))
    done = await billed(priced)

    assert (done["state"], done["bills"], done["looked_at"]) == ("done", 0, 1)


async def test_a_month_is_billed_once_by_whatever_runs(priced: Context, point: Point) -> None:
    id = await point()
    await billed(priced)
    again = await billed(priced)
    assert (again["bills"], again["odd"]) == (0, {"before": 1})
    quarter = await billed(priced, months=3)

    assert quarter["amount"] == 10000
    [_, bill] = await bills(priced)
    charges = (await read_bill(priced, bill["id"]))["charges"]
    assert [one["period"] for one in charges] == ["256912", "257001"]
    assert bill["subject"] == f"point/{id}"


async def test_a_year_in_advance_is_one_bill_of_twelve_months(
    priced: Context, point: Point
) -> None:
    await point()
    year = await billed(priced, months=12, first=date(2027, 1, 15))

    assert (year["bills"], year["amount"]) == (1, 60000)


async def test_runs_at_the_same_moment_bill_once(priced: Context, point: Point) -> None:
    for _ in range(6):
        await point()
    known = [await counted(priced) for _ in range(3)]
    await asyncio.gather(
        *(runs.confirm_run(priced, run["id"]) for run in known), return_exceptions=True
    )
    for run in known:
        await runs.work(replace(priced, actor=SYSTEM), str(run["id"]))

    states = [(await runs.read_run(priced, run["id"]))["state"] for run in known]
    assert states == ["done"] * 3
    assert [bill["number"] for bill in await bills(priced)] == [1, 2, 3, 4, 5, 6]


async def test_a_run_that_dies_between_its_slices_goes_on_behind_them(
    priced: Context, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE", 2)
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    for _ in range(7):
        await point()
    run = (await counted(priced))["id"]
    await runs.work(priced, str(run))
    await runs.confirm_run(priced, run)
    assert not await slices.go_on(priced, run, slices=2)
    half = await runs.read_run(priced, run)
    assert (half["state"], half["bills"], half["looked_at"]) == ("running", 4, 4)

    await runs.stop_run(priced, run)
    assert await slices.go_on(priced, run, slices=5)
    assert len(await bills(priced)) == 4
    await runs.resume_run(priced, run)
    await asyncio.gather(*(runs.work(priced, str(run)) for _ in range(3)))

    whole = await runs.read_run(priced, run)
    assert (whole["state"], whole["bills"], whole["amount"]) == ("done", 7, 35000)
    assert [bill["number"] for bill in await bills(priced)] == list(range(1, 8))
    assert len(await rows(priced, "SELECT 1 FROM waste_fees.billed")) == 7


async def test_only_what_stands_as_the_officer_saw_it_is_moved(
    priced: Context, point: Point
) -> None:
    await point()
    run = (await counted(priced))["id"]
    for act in (runs.stop_run, runs.resume_run):
        with pytest.raises(Conflict):
            await act(priced, run)
    await runs.confirm_run(priced, run)
    with pytest.raises(Conflict):
        await runs.confirm_run(priced, run)
    with pytest.raises(NotAllowed):
        await counted(an_officer(priced, "waste_fees.read"))
    with pytest.raises(InvalidInput):
        await counted(priced, months=5)


async def test_arrears_stay_with_the_payer_before(priced: Context, point: Point) -> None:
    id = await point()
    before = (await points.read_point(priced, id))["payer"]
    await billed(priced)
    await points.change_point(
        priced, id, {"payer_name": "นางบัวผัน ใจยา"}, from_on=date(2026, 11, 20), why="ขายบ้าน"
    )
    await billed(priced, first=date(2026, 12, 1))

    after = (await points.read_point(priced, id))["payer"]
    old = await bills_of(priced, [before], subject=f"point/{id}")
    new = await bills_of(priced, [after], subject=f"point/{id}")
    assert [(one["payer_name"], one["ref2"]) for one in old] == [("นายสมชาย ใจดี", "256911")]
    assert [(one["payer_name"], one["ref2"]) for one in new] == [("นางบัวผัน ใจยา", "256912")]


async def test_a_bill_made_by_a_job_is_in_the_name_of_who_confirmed(
    priced: Context, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    await point()
    run = await runs.begin_run(priced, "waste", first_month=NOV, months=1, due_on=DUE)
    system = replace(priced, actor=SYSTEM)
    await runs.work(system, str(run))
    await runs.confirm_run(priced, run)
    await runs.work(system, str(run))

    [posting] = await rows(priced, "SELECT actor, actor_name FROM treasury.posting")
    assert (posting["actor"], posting["actor_name"]) == (priced.actor.id, priced.actor.name)


async def test_wastewater_by_meter_is_a_second_fee_of_the_same_machinery(
    priced: Context, point: Point
) -> None:
    metered, unread, without = await point(meter="M-1"), await point(), await point()
    title = Text("ค่าบำบัดน้ำเสีย", "Wastewater")
    await tariffs.make_kind(
        priced,
        code="water",
        title=title,
        revenue="waste_fees.wastewater",
        measure="metered",
        factor=80,
    )
    content = Content(bands=(Band(collect=250),))
    await tariffs.set_tariff(priced, "water", from_on=NOV, content=content, source="ประกาศ กก.วล.")
    for id, month, before, after in (
        (metered, NOV, 100, 121),
        (unread, date(2026, 10, 1), 0, 5),
    ):
        await readings.note_reading(priced, id, "water", month=month, before=before, after=after)
    run = await billed(priced, kind="water")

    assert (run["bills"], run["amount"], run["odd"]) == (1, 4200, {"no_reading": 1})
    [bill] = await bills(priced)
    assert bill["ref1"].startswith("02")
    assert bill["subject"] == f"point/{metered}"
    with pytest.raises(Conflict):
        await readings.note_reading(priced, metered, "water", month=NOV, before=100, after=130)
    with pytest.raises(InvalidInput):
        await readings.note_reading(priced, without, "water", month=NOV, before=9, after=8)

    await cancel_bill(an_officer(priced, "treasury.adjust"), bill["id"], why="อ่านมาตรผิด")
    await readings.note_reading(priced, metered, "water", month=NOV, before=100, after=130)
    again = await billed(priced, kind="water")

    assert (again["bills"], again["amount"]) == (1, 6000)
    assert [(one["state"], one["total"]) for one in await bills(priced)] == [
        ("cancelled", 4200),
        ("open", 6000),
    ]


async def test_a_tariff_that_was_billed_by_stays_one_that_was_not_goes(
    priced: Context, point: Point
) -> None:
    await point()
    later = date(2027, 1, 1)
    content = Content(bands=(Band(collect=6000),))
    new = await tariffs.set_tariff(
        priced, "waste", from_on=later, content=content, source="เทศบัญญัติ 2570"
    )
    await billed(priced, months=3)
    [bill] = await bills(priced)
    assert bill["total"] == 5000 + 5000 + 6000
    with pytest.raises(Conflict):
        await tariffs.withdraw_tariff(priced, new)
    with pytest.raises(InvalidInput):
        await tariffs.set_tariff(priced, "waste", from_on=later, content=content, source="ซ้ำ")
    far = await tariffs.set_tariff(
        priced, "waste", from_on=date(2027, 2, 1), content=content, source="ก"
    )
    await tariffs.withdraw_tariff(priced, far)

    assert [row["from_on"] for row in await tariffs.tariff_rows(priced, "waste")] == [
        later,
        date(2016, 10, 1),
    ]


async def test_a_job_done_once_is_charged_once(priced: Context, point: Point) -> None:
    id = await point()
    [code] = await jobs_today(priced)
    asked = await charge_job(priced, id, code, count=2, due_on=DUE, key="k")
    later = replace(priced, now=priced.now + timedelta(seconds=1))
    with pytest.raises(Conflict):
        await charge_job(later, id, code, count=2, due_on=DUE, key="k")

    assert asked.total == 30000
    assert len(await bills(priced)) == 1
