import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from core.api import EVERYWHERE, Context, transaction
from kit.casework.service import bulk, handling, inbox
from kit.casework.service.inbox import View, Wanted
from kit.casework.service.tallying import tally, week_of
from kit.thai import search_query

Begin = Callable[..., Any]  # of a class of conftest.py, which cannot be imported
SignIn = Callable[..., Awaitable[httpx.AsyncClient]]
MOST_QUERIES = 12


async def filed(begin: Begin, count: int, *acts: str, kind: int = 0) -> list[Any]:
    histories = []
    for number in range(count):
        one = begin(kind + 2 * number)
        await one.file()
        for act in acts:
            await one.do(act, 0)
        histories.append(one)
    return histories


def ids(histories: list[Any]) -> list[str]:
    return [str(one.id) for one in histories]


async def found(ctx: Context, **wanted: Any) -> set[UUID]:
    return {one.id for one in (await inbox.find_cases(ctx, Wanted(**wanted))).cases}


async def test_cases_are_sifted_by_service_and_by_whom_they_are_given_to(begin: Begin) -> None:
    [checked], [new] = await filed(begin, 1, "take_up"), await filed(begin, 1, kind=1)
    me = checked.officers[0]

    assert await found(me, view="all") == {checked.id, new.id}
    assert await found(me, view="all", service="oss.days") == {new.id}
    assert await found(me, view="all", assignee="me") == {checked.id}
    assert await found(me, view="all", assignee="none") == {new.id}
    assert await found(me, view="all", assignee=str(me.actor.id)) == {checked.id}
    assert await found(checked.officers[1], view="all", assignee="me") == set()
    assert await found(me, view="all", assignee="x' OR true") == set()


async def test_words_find_what_has_them_and_nothing_of_another_municipality(
    begin: Begin, other: Context
) -> None:
    [one] = await filed(begin, 1)
    me = one.officers[0]

    for words in ("นาย", "า", "นา ย", "-"):
        assert await found(me, view="all", words=words) == {one.id}, words
    assert await found(me, view="all", words="ไม่มีคำนี้") == set()
    async with transaction(other) as connection:
        wanted = search_query("นาย", within=me.tenant.id)
        ids = await connection.fetch("SELECT casework.cases_about($1::text::tsquery)", wanted)
    assert ids == []


async def test_closed_cases_come_newest_first_and_page_by_page_each_once(begin: Begin) -> None:
    histories = await filed(begin, inbox.PAGE + 3)
    for number, one in enumerate(histories):
        one.ctx = replace(one.ctx, now=one.ctx.now + timedelta(minutes=number))
        await one.do("cancel", 0)
    me = histories[0].officers[0]

    first = await inbox.find_cases(me, Wanted(view="closed"))
    second = await inbox.find_cases(me, Wanted(view="closed", after=first.after))

    seen = [one.id for one in (*first.cases, *second.cases)]
    assert seen == [one.id for one in reversed(histories)]
    assert second.after == ""
    for broken in ("x", "2026-11-20_x", f"2026-11-20T10:00_{UUID(int=1)}"):
        assert await found(me, view="closed", after=broken) == set()


async def test_a_plan_takes_up_what_is_new_and_says_why_not_the_rest(begin: Begin) -> None:
    new = await filed(begin, 2)
    [checked] = await filed(begin, 1, "take_up")
    me = new[0].officers[0]

    plan = await bulk.plan(me, "check", [*ids([*new, checked]), str(UUID(int=1)), "x"])

    assert [one.number for one in plan.ready] == [one.number for one in new]
    assert [(one.number, "ตรวจสอบเอกสาร" in str(one.why_not)) for one in plan.left] == [
        (checked.number, True)
    ]
    assert plan.unknown == 2


async def test_what_is_passed_on_goes_to_the_one_step_to_which_most_go(begin: Begin) -> None:
    most = await filed(begin, 2, "accept")
    [other] = await filed(begin, 1, "accept", kind=1)
    [last] = await filed(begin, 1, "accept", "forward", kind=1)
    me = most[0].officers[0]

    plan = await bulk.plan(me, "forward", ids([other, last, *most]))
    done = await bulk.carry_out_each(me, "forward", plan.ready, opinion="เห็นควร")

    assert plan.step is not None
    assert plan.step.th == "เสนอความเห็น"
    assert [one.id for one in done if one.why_not is None] == [one.id for one in most]
    assert {one.id: str(one.why_not.en) for one in plan.left if one.why_not} == {
        other.id: "Its next step is “Sign”, not that of the others. "
        "Select it apart and pass it on again.",
        last.id: "This step decides: open the case and decide it.",
    }


async def test_who_sits_at_no_such_desk_can_do_it_to_none(begin: Begin) -> None:
    histories = await filed(begin, 2)
    held = {"casework.read": EVERYWHERE, "casework.as_mayor": EVERYWHERE}
    me = histories[0].officers[0]
    mayor = replace(me, actor=replace(me.actor, permissions=held))
    elsewhere = replace(
        me, actor=replace(me.actor, permissions={"casework.read": frozenset({"clerk"})})
    )

    plan = await bulk.plan(mayor, "check", ids(histories))
    unseen = await bulk.plan(elsewhere, "check", ids(histories))

    assert (len(plan.ready), len(plan.left)) == (0, 2)
    assert (unseen.ready, unseen.left, unseen.unknown) == ((), (), 2)


async def test_of_two_who_confirm_the_same_cases_each_case_is_done_once(begin: Begin) -> None:
    histories = await filed(begin, 4)
    plan = await bulk.plan(histories[0].officers[0], "check", ids(histories))

    both = await asyncio.gather(
        *(
            bulk.carry_out_each(officer, "check", plan.ready, opinion="")
            for officer in histories[0].officers
        )
    )

    assert sum(one.why_not is None for done in both for one in done) == 4
    assert all(one.why_not.th for done in both for one in done if one.why_not)


async def test_a_case_changed_since_it_was_confirmed_is_left_and_the_rest_is_done(
    begin: Begin,
) -> None:
    histories = await filed(begin, 3)
    first, second = histories[0].officers
    plan = await bulk.plan(first, "check", ids(histories))
    await handling.take_up(second, histories[1].id, revision=1)

    done = await bulk.carry_out_each(first, "check", plan.ready, opinion="")

    assert [one.why_not is None for one in done] == [True, False, True]
    assert second.actor.name in str(done[1].why_not)


async def test_the_lines_of_the_tiles_are_what_waited_on_each_morning(begin: Begin) -> None:
    await filed(begin, 2, "accept")
    [returned] = await filed(begin, 1, "return_")
    me = returned.officers[0]
    limited = {"casework.read": frozenset({"clerk"}), "casework.as_mayor": EVERYWHERE}
    other = replace(me, actor=replace(me.actor, permissions=limited))
    for day in (3, 12, 15, 16, 17):
        await tally(replace(me, now=me.now + timedelta(days=day)))
        await tally(replace(me, now=me.now + timedelta(days=day)))  # the job may run twice
    now: dict[View, int] = {"mine": 2, "late": 2, "soon": 0, "applicant": 1}
    here = replace(me, now=me.now + timedelta(days=18))

    week = await week_of(here, now)

    # The morning of the 14th is not known, so that the line begins after it.
    assert week == {
        "mine": [2, 2, 2, 2],
        "late": [2, 2, 2, 2],
        "soon": [0, 0, 0, 0],
        "applicant": [1, 1, 1, 1],
    }
    assert (await week_of(replace(other, now=here.now), now))["late"] == [0, 0, 0, 2]
    assert (await week_of(replace(me, now=me.now + timedelta(days=30)), now))["mine"] == []


async def test_an_officer_ticks_confirms_and_is_told_what_was_done(
    begin: Begin, sign_in: SignIn
) -> None:
    histories = await filed(begin, 3)
    signed_in = await sign_in("registry")
    inbox_page = await signed_in.get("/desk/cases")
    token = signed_in.cookies["csrf"]
    assert 'formaction="/desk/bulk"' in inbox_page.text

    chosen = {"_csrf_token": token, "act": "check", "case": ids(histories[:2])}
    asked = await signed_in.post("/desk/bulk", data=chosen)
    confirmed = {**chosen, "case": [f"{one.id}:1" for one in histories[:2]]}
    done = await signed_in.post("/desk/bulk/done", data=confirmed)
    again = await signed_in.post("/desk/bulk/done", data=confirmed)

    assert "<h1>รับเรื่องไปตรวจ 2 เรื่อง</h1>" in asked.text
    assert "<h1>รับเรื่องไปตรวจแล้ว 2 เรื่อง</h1>" in done.text
    assert "<h1>รับเรื่องไปตรวจแล้ว 0 เรื่อง</h1>" in again.text
    assert all(one.number in again.text for one in histories[:2])
    none = await signed_in.post("/desk/bulk", data={"_csrf_token": token, "act": "check"})
    assert "ไม่มีเรื่องที่ทำได้" in none.text


async def test_a_page_of_the_inbox_asks_at_most_twelve_queries(begin: Begin, ctx: Context) -> None:
    me = (await filed(begin, 3))[0].officers[0]
    await tally(me)
    seen: list[str] = []
    async with transaction(ctx) as connection:
        connection.add_query_logger(lambda record: seen.append(record.query))
        wanted = Wanted(view="all", assignee="none", service="oss.try", words="นาย")
        listed = await inbox.find_cases(me, wanted)
        await week_of(me, await inbox.count_views(me))
        await inbox.links(me, "desk")
    assert listed.cases
    # Beside these the page asks once each for declarations, officers and titles of services.
    assert len(seen) + 3 <= MOST_QUERIES
