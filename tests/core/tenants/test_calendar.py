from datetime import date, time

import pytest

from core.audit.tables import AuditEntry
from core.context import Context
from core.db import transaction
from core.errors import InvalidInput, NotFound
from core.runtime import Runtime
from core.tenants.calendar import add_day, days_of_year, fill_holidays, remove_day, set_hours
from core.tenants.tables import Holiday
from core.tenants.tenant import Hours, Tenant
from core.text import Text

# Constitution Day, a Thursday.
CONSTITUTION = date(2026, 12, 10)
BRIDGE = date(2026, 12, 11)
WHY = Text("วันหยุดพิเศษตามมติคณะรัฐมนตรี", "")


async def now_known(runtime: Runtime, ctx: Context) -> Tenant:
    runtime.directory.forget()
    found = await runtime.directory.get(ctx.tenant.id)
    assert found is not None
    return found


async def test_a_calendar_begins_with_the_holidays_of_the_years_around_today(
    runtime: Runtime, ctx: Context
) -> None:
    await fill_holidays(ctx)

    tenant = await now_known(runtime, ctx)
    assert {day.year for day in tenant.closed} == {2025, 2026, 2027, 2028}
    assert tenant.closed[CONSTITUTION].th == "วันรัฐธรรมนูญ"
    assert not tenant.is_open(CONSTITUTION)
    assert tenant.is_open(BRIDGE)


async def test_a_year_is_filled_once_so_that_a_correction_stays(ctx: Context) -> None:
    await fill_holidays(ctx)
    async with transaction(ctx):
        await Holiday.delete().where(Holiday.on == CONSTITUTION)

    await fill_holidays(ctx)

    assert CONSTITUTION not in {day.on for day in await days_of_year(ctx, 2026)}


async def test_what_one_office_sets_for_itself_holds_for_no_other(
    runtime: Runtime, ctx: Context, other: Context
) -> None:
    await fill_holidays(ctx)
    await add_day(ctx, on=BRIDGE, is_open=False, name=WHY)
    await add_day(await _now(runtime, ctx), on=CONSTITUTION, is_open=True, name=WHY)

    here, there = await now_known(runtime, ctx), await now_known(runtime, other)
    assert (here.is_open(BRIDGE), here.is_open(CONSTITUTION)) == (False, True)
    assert (there.is_open(BRIDGE), there.is_open(CONSTITUTION)) == (True, False)
    assert [day.overruled for day in await days_of_year(ctx, 2026) if day.on == CONSTITUTION] == [
        True,
        False,
    ]


async def _now(runtime: Runtime, ctx: Context) -> Context:
    return runtime.context(await now_known(runtime, ctx), now=ctx.now, actor=ctx.actor)


async def test_what_was_set_is_taken_back_and_both_are_recorded(
    runtime: Runtime, ctx: Context
) -> None:
    await add_day(ctx, on=BRIDGE, is_open=False, name=WHY)
    await remove_day(ctx, on=BRIDGE)

    assert (await now_known(runtime, ctx)).is_open(BRIDGE)
    with pytest.raises(NotFound):
        await remove_day(ctx, on=BRIDGE)
    async with transaction(ctx):
        actions = (
            await AuditEntry.select(AuditEntry.action)
            .where(AuditEntry.of(ctx), AuditEntry.action.like("core.office_day.%"))
            .order_by(AuditEntry.id)
            .output(as_list=True)
        )
    assert actions == ["core.office_day.closed", "core.office_day.removed"]


@pytest.mark.parametrize(
    ("on", "is_open", "name", "field"),
    [
        (date(2026, 11, 21), False, WHY, "on.day"),  # a Saturday is closed anyhow
        (date(2026, 11, 20), True, WHY, "on.day"),  # a Friday is open anyhow
        (date(2026, 11, 20), False, Text(" ", ""), "name_th"),
    ],
)
async def test_a_day_that_changes_nothing_or_has_no_reason_is_refused(
    ctx: Context, on: date, is_open: bool, name: Text, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await add_day(ctx, on=on, is_open=is_open, name=name)

    assert list(refusal.value.problems) == [field]


@pytest.mark.parametrize(
    ("hours", "th", "en"),
    [
        (Hours(), "จันทร์–ศุกร์ 08.30–16.30 น.", "Monday–Friday 08:30–16:30"),
        (
            Hours(weekdays=(5, 0, 1, 2), closes=time(12)),
            "จันทร์–พุธ และ เสาร์ 08.30–12.00 น.",
            "Monday–Wednesday and Saturday 08:30–12:00",
        ),
        (
            Hours(weekdays=(0, 1, 3, 6)),
            "จันทร์, อังคาร, พฤหัสบดี และ อาทิตย์ 08.30–16.30 น.",
            "Monday, Tuesday, Thursday and Sunday 08:30–16:30",
        ),
        (Hours(weekdays=(6,)), "อาทิตย์ 08.30–16.30 น.", "Sunday 08:30–16:30"),
    ],
)
def test_hours_are_said_as_people_say_them(hours: Hours, th: str, en: str) -> None:
    assert (hours.text.th, hours.text.en) == (th, en)


async def test_changed_hours_are_known_at_once(runtime: Runtime, ctx: Context) -> None:
    await set_hours(ctx, Hours(opens=time(8), closes=time(15, 30), weekdays=(0, 1, 2, 3, 4, 5)))

    tenant = await now_known(runtime, ctx)
    assert tenant.hours.text.en == "Monday–Saturday 08:00–15:30"
    assert tenant.is_open(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("hours", "field"),
    [(Hours(weekdays=()), "weekdays"), (Hours(opens=time(9), closes=time(9)), "closes")],
)
async def test_hours_that_never_open_are_refused(ctx: Context, hours: Hours, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await set_hours(ctx, hours)

    assert list(refusal.value.problems) == [field]
