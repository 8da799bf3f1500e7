import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from core.context import Actor, Context
from core.errors import AppError, Conflict, InvalidInput, NotAllowed, NotFound
from plugins.permits.rules.plans import Plan
from plugins.permits.service import library, plans
from tests.plugins.permits.conftest import a_plan, add_plan, an_officer, rows, the_files

DAY = timedelta(days=1)
WHY = "บันทึกที่ 5/2569"


async def change(ctx: Context, plan: Plan, based_on: int = 1, days: int = 1, **more: Any) -> int:
    changed: dict[str, Any] = {
        "from_on": ctx.today + days * DAY,
        "files": await the_files(ctx),
        "why": WHY,
    }
    return await library.change_plan(ctx, plan, based_on=based_on, **changed | more)


async def test_a_plan_is_offered_from_its_day_on(officer: Context) -> None:
    plan = await add_plan(officer, a_plan(signer="นายช่าง ภย.123"), officer.today + DAY)

    assert await plans.plans_in_force(officer, officer.today) == {}
    assert await plans.plans_in_force(officer, officer.today + DAY) == {"dpt-120": plan}
    [offer] = await plans.offers(officer, officer.today)
    assert offer.state == "coming"


async def test_plans_come_in_the_order_of_their_codes(officer: Context) -> None:
    for code in ("b", "a-2", "a-10"):
        await add_plan(officer, a_plan(code))

    assert list(await plans.plans_in_force(officer, officer.today)) == ["a-10", "a-2", "b"]


async def test_a_plan_cannot_begin_in_the_past(officer: Context) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await add_plan(officer, a_plan(), officer.today - DAY)

    assert "วันนี้คือ 20 พฤศจิกายน 2569" in refusal.value.problems["from_on.day"].th
    assert await rows(officer, "SELECT 1 FROM permits.plan") == []


async def test_a_change_begins_tomorrow_at_the_earliest(officer: Context) -> None:
    plan = await add_plan(officer, a_plan())
    with pytest.raises(InvalidInput) as refusal:
        await change(officer, plan, days=0)

    assert "ตั้งแต่ 21 พฤศจิกายน 2569" in refusal.value.problems["from_on.day"].th
    assert len((await plans.get_offer(officer, plan.code, officer.today)).versions) == 1


async def test_who_filed_before_a_change_keeps_the_version_of_that_day(officer: Context) -> None:
    plan = await add_plan(officer, a_plan())
    higher = a_plan(height=Decimal(6))
    assert await change(officer, higher) == 2
    filed_on, later = officer.today, officer.today + DAY

    assert (await plans.plans_in_force(officer, filed_on))[plan.code] == plan
    assert (await plans.plans_in_force(officer, later))[plan.code] == higher
    assert (await plans.plan_as_filed(officer, plan.code, filed_on)).number == 1
    assert (await plans.plan_as_filed(officer, plan.code, later)).plan == higher
    await library.withdraw_plan(officer, plan.code, from_on=officer.today, why=WHY)
    kept = await plans.plan_as_filed(officer, plan.code, filed_on)
    before = await plans.get_file(officer, plan.code, 1, "drawings", offered=True)
    assert (kept.plan, before.pages) == (plan, 2)


async def test_a_change_that_waits_is_replaced_by_one_that_begins_before_it(
    officer: Context,
) -> None:
    plan = await add_plan(officer, a_plan())
    await change(officer, a_plan(height=Decimal(6)), days=10)
    await change(officer, a_plan(height=Decimal(7)), based_on=2, days=9)
    later = replace(officer, now=officer.now + 20 * DAY)

    heights = [
        (await plans.plans_in_force(officer, officer.today + days * DAY))[plan.code].height
        for days in (0, 8, 9, 10, 20)
    ]
    assert heights == [5, 5, 7, 7, 7]
    assert (await plans.plan_as_filed(later, plan.code, later.today)).number == 3
    with pytest.raises(NotFound):
        await plans.get_file(later, plan.code, 2, "drawings", offered=True)


async def test_a_day_in_a_year_that_is_a_slip_is_refused(officer: Context) -> None:
    plan = await add_plan(officer, a_plan())
    far = officer.today + 371 * DAY
    for act in (
        add_plan(officer, a_plan("b"), far),
        change(officer, plan, days=371),
        library.withdraw_plan(officer, plan.code, from_on=far, why=WHY),
    ):
        with pytest.raises(InvalidInput) as refusal:
            await act
        assert "26 พฤศจิกายน 2570 ไกลเกินไป" in refusal.value.problems["from_on.year"].th


async def test_a_withdrawn_plan_is_offered_no_more_and_does_not_come_back(
    officer: Context,
) -> None:
    plan = await add_plan(officer, a_plan())
    await library.withdraw_plan(officer, plan.code, from_on=officer.today + DAY, why=WHY)

    assert list(await plans.plans_in_force(officer, officer.today)) == [plan.code]
    assert await plans.plans_in_force(officer, officer.today + DAY) == {}
    with pytest.raises(Conflict, match="withdrew"):
        await change(officer, plan)
    with pytest.raises(InvalidInput):
        await add_plan(officer, plan)
    with pytest.raises(Conflict, match="withdrew"):
        await library.withdraw_plan(officer, plan.code, from_on=officer.today, why=WHY)


async def test_a_plan_that_was_withdrawn_before_it_began_was_never_offered(
    officer: Context,
) -> None:
    plan = await add_plan(officer, a_plan(), officer.today + 5 * DAY)
    await library.withdraw_plan(officer, plan.code, from_on=officer.today, why=WHY)
    later = replace(officer, now=officer.now + 9 * DAY)

    with pytest.raises(NotFound):
        await plans.plan_as_filed(later, plan.code, later.today)
    with pytest.raises(NotFound):
        await plans.get_file(later, plan.code, 1, "drawings", offered=True)
    [offer] = await plans.offers(later, later.today)
    assert offer.state == "gone"


@pytest.mark.parametrize(("why", "days"), [("", 0), (" \n ", 0), ("x" * 501, 0), (WHY, -1)])
async def test_a_plan_is_withdrawn_with_a_reason_and_not_for_the_past(
    officer: Context, why: str, days: int
) -> None:
    plan = await add_plan(officer, a_plan())
    with pytest.raises(InvalidInput):
        await library.withdraw_plan(officer, plan.code, from_on=officer.today + days * DAY, why=why)

    assert list(await plans.plans_in_force(officer, officer.today)) == [plan.code]


async def refusals(*work: Any) -> list[AppError]:
    done = await asyncio.gather(*work, return_exceptions=True)
    refused = [one for one in done if isinstance(one, BaseException)]
    assert all(isinstance(one, AppError) for one in refused), refused
    return [one for one in refused if isinstance(one, AppError)]


async def test_of_two_officers_who_change_a_plan_at_once_the_second_is_told(
    ctx: Context, officer: Context
) -> None:
    plan = await add_plan(officer, a_plan())
    colleague = an_officer(ctx, "กัลยา พรหมมา")
    [refusal] = await refusals(change(officer, plan), change(colleague, plan))

    assert isinstance(refusal, Conflict)
    offer = await plans.get_offer(officer, plan.code, officer.today)
    assert [one.number for one in offer.versions] == [2, 1]
    assert refusal.sentence.th.startswith(offer.latest.made_by_name)
    assert "เวลา 10.42 น." in refusal.sentence.th


async def test_of_two_officers_who_withdraw_a_plan_at_once_the_second_is_told(
    officer: Context,
) -> None:
    plan = await add_plan(officer, a_plan())
    days: Any = {"from_on": officer.today, "why": WHY}
    told = await refusals(*(library.withdraw_plan(officer, plan.code, **days) for _ in range(2)))

    assert [type(one) for one in told] == [Conflict]
    actions = await trail(officer)
    assert actions.count("permits.plan.withdrawn") == 1


async def test_of_two_officers_who_take_a_code_at_once_the_second_is_told(
    officer: Context,
) -> None:
    told = await refusals(add_plan(officer, a_plan()), add_plan(officer, a_plan()))

    assert [type(one) for one in told] == [InvalidInput]
    assert len(await rows(officer, "SELECT 1 FROM permits.plan_version")) == 1


async def trail(ctx: Context) -> list[str]:
    found = await rows(
        ctx, "SELECT action FROM core.audit_entry WHERE subject = 'plan/dpt-120' ORDER BY id"
    )
    return [row["action"] for row in found]


async def test_every_change_leaves_its_entry(officer: Context) -> None:
    plan = await add_plan(officer, a_plan())
    await change(officer, plan)
    await library.withdraw_plan(officer, plan.code, from_on=officer.today, why=WHY)

    assert await trail(officer) == [
        "permits.plan.added",
        "permits.plan.changed",
        "permits.plan.withdrawn",
    ]


async def test_nobody_without_the_right_changes_the_library(officer: Context) -> None:
    plan = await add_plan(officer, a_plan())
    kept = await the_files(officer)
    clerk = an_officer(officer, "อรทัย มั่นคง", "treasury.read")
    citizen = replace(officer, actor=Actor(kind="citizen", name="นายสมชาย"))
    begins: Any = {"from_on": officer.today + DAY, "files": kept, "why": WHY}
    for who in (clerk, citizen):
        with pytest.raises(NotAllowed):
            await library.add_plan(who, a_plan("b"), **begins)
        with pytest.raises(NotAllowed):
            await library.change_plan(who, plan, based_on=1, **begins)
        with pytest.raises(NotAllowed):
            await library.withdraw_plan(who, plan.code, from_on=officer.today, why=WHY)
        with pytest.raises(NotAllowed):
            await the_files(who)

    assert await trail(officer) == ["permits.plan.added"]


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE permits.plan_version SET facts = '{}'",
        "DELETE FROM permits.plan_version",
        "UPDATE permits.plan_file SET digest = ''",
        "DELETE FROM permits.plan_file",
        "DELETE FROM permits.plan",
    ],
)
async def test_what_was_offered_cannot_be_touched_even_by_a_query(
    officer: Context, query: str
) -> None:
    await add_plan(officer, a_plan())
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await rows(officer, query)


async def test_an_office_sees_nothing_of_the_plans_of_another(
    officer: Context, other: Context
) -> None:
    plan = await add_plan(officer, a_plan())
    there = an_officer(other)
    kept = await the_files(officer)

    assert await plans.plans_in_force(there, there.today) == {}
    assert await plans.offers(there, there.today) == []
    with pytest.raises(NotFound):
        await plans.get_offer(there, plan.code, there.today)
    with pytest.raises(NotFound):
        await plans.get_file(there, plan.code, 1, "drawings", offered=False)
    with pytest.raises(NotFound):
        await library.withdraw_plan(there, plan.code, from_on=there.today, why=WHY)
    with pytest.raises(InvalidInput) as refusal:
        await library.add_plan(there, a_plan(), from_on=there.today, files=kept, why=WHY)
    assert set(refusal.value.problems) == {"drawings", "calculations"}
    await add_plan(there, a_plan(height=Decimal(6)))
    assert (await plans.plans_in_force(officer, officer.today))[plan.code].height == 5


async def test_figures_that_contradict_each_other_are_refused_with_the_day(
    officer: Context,
) -> None:
    wrong = a_plan(area=Decimal(500), height=Decimal(1))
    with pytest.raises(InvalidInput) as refusal:
        await add_plan(officer, wrong, officer.today - DAY)

    assert set(refusal.value.problems) == {"area", "height", "from_on.day"}
