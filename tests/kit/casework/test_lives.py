"""A case led through any life that the law allows, checked against a record kept beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.api import AppError, Conflict, Context, transaction
from kit.casework.clock import letters_owed
from kit.casework.service import citizens, correcting, handling, late, returning, timing
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.returning import Defect
from kit.casework.service.tasks import set_tasks
from kit.casework.states import CLOSED, FROM, OPEN, Act, Status
from kit.casework.tables import Case, Passage, Task
from kit.documents.tables import IssuedPaper

Begin = Callable[..., Any]  # of a class of conftest.py, which cannot be imported
# Each example goes on in the same database, as the days of an office do.
lives = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


async def the_case(ctx: Context, id: Any) -> Any:
    async with transaction(ctx):
        return await Case.objects().where(Case.of(ctx), Case.id == id).first()


async def agrees(one: Any) -> None:
    """Hold what is kept against what the history says."""
    case = await the_case(one.ctx, one.id)
    assert case.status == one.status
    assert case.revision == one.revision
    assert (case.complete_on, case.due_on) == (one.complete_on, one.due_on)
    assert (case.paused_on, case.extensions) == (one.paused_on, one.extended)
    assert (case.defects_on, case.decided_on) == (one.defects_on, one.decided_on)
    assert (case.closed_at is not None) == (one.closed_on is not None)
    assert (case.closed_at is not None) == (Status(case.status) in CLOSED)
    async with transaction(one.ctx):
        rows = (
            await Passage.select()
            .where(Passage.of(one.ctx), Passage.case_id == one.id)
            .order_by(Passage.id)
        )
    assert [
        (row["step"], row["began_on"], row["due_on"], row["ended_on"], row["ended_by"])
        for row in rows
    ] == [(stay.step, stay.began, stay.due, stay.ended, stay.by) for stay in one.stays]


async def refused(one: Any) -> None:
    """Try what the law does not allow now, and what a stale page would send."""
    officer = replace(one.officers[0], now=one.ctx.now)
    allowed = set(one.acts())
    tries = {
        "take_up": lambda now: handling.take_up(officer, one.id, revision=now),
        "accept": lambda now: handling.accept(officer, one.id, revision=now),
        "return_": lambda now: returning.return_for_fix(
            officer, one.id, defects=[Defect("ก", "ข")],
            fix_by=one.today + timedelta(days=3), revision=now,
        ),
        "correct": lambda now: correcting.order_changes(
            officer, one.id, defects=[Defect("ก", "ข")],
            fix_by=one.today + timedelta(days=3), revision=now,
        ),
        "mend": lambda now: citizens.mend(one.ctx, one.id, files={}, words="ก", revision=now),
        "lapse": lambda now: returning.lapse(officer, one.id, reason="ก", revision=now),
        "forward": lambda now: handling.forward(officer, one.id, opinion="", revision=now),
        "approve": lambda now: handling.approve(officer, one.id, opinion="", revision=now),
        "refuse": lambda now: handling.refuse(officer, one.id, reasons=["ก"], revision=now),
        "extend": lambda now: timing.extend(officer, one.id, reason="ก", revision=now),
        "pause": lambda now: timing.pause(officer, one.id, cause="lab", revision=now),
        "resume": lambda now: timing.resume(officer, one.id, revision=now),
        "cancel": lambda now: citizens.cancel(one.ctx, one.id, revision=now),
    }  # fmt: skip
    # A mended file may be handed in a little after its day, when that was a closed one.
    late_but_open = "mend" if one.status == "returned_for_fix" else ""
    for name in sorted(tries.keys() - {late_but_open}):
        stale = name in allowed
        with pytest.raises(Conflict if stale else AppError):
            await tries[name](one.revision - stale)


@lives
@given(
    chosen=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 500)), min_size=3, max_size=14),
    kind=st.integers(0, 1),
    later=st.integers(0, 30),
)
async def test_a_case_is_always_where_the_law_puts_it(
    begin: Begin, chosen: list[tuple[int, int]], kind: int, later: int
) -> None:
    one = begin(kind, later=later)
    await one.file()
    for which, number in chosen:
        await refused(one)
        acts = [act for act in one.acts() if act != "cancel"] or one.acts()
        await one.do(acts[which % len(acts)], number)
        await agrees(one)


async def test_numbers_have_no_gaps_whatever_becomes_of_the_cases(begin: Begin) -> None:
    histories = [begin(number) for number in range(6)]
    for one in histories:
        await one.file()
        with pytest.raises(Conflict):
            await handling.accept(one.officers[0], one.id, revision=7)

    assert [one.number for one in histories] == [f"{n}/2569" for n in range(1, 7)]


def test_every_status_that_is_open_has_a_way_out_by_somebody() -> None:
    for status in OPEN:
        acts = {act for act, places in FROM.items() if status in places}
        assert acts - {Act.EXTEND, Act.PAUSE, Act.RESUME}, status
    assert not {act for act, places in FROM.items() if places & CLOSED}
    assert all(permission.startswith("casework.as_") for permission in PERMISSIONS.values())


async def overdue(begin: Begin) -> Any:
    one = begin(0)
    await one.file()
    await one.do("accept", 0)
    return one


@pytest.mark.parametrize(("days_late", "let"), [(0, True), (1, False)])
async def test_a_limit_is_extended_up_to_its_last_day_and_not_after(
    begin: Begin, days_late: int, let: bool
) -> None:
    one = await overdue(begin)
    wait = one.due_on - one.today + timedelta(days=days_late)
    one.ctx = replace(one.ctx, now=one.ctx.now + wait)

    if let:
        await one.do("extend", 0)
    else:
        with pytest.raises(Conflict):
            await one.do("extend", 0)

    await agrees(one)


async def turns(ctx: Context, one: Any) -> list[tuple[int, date]]:
    async with transaction(ctx):
        rows = (
            await Task.select(Task.turn, Task.due_on)
            .where(Task.of(ctx), Task.case_id == one.id, Task.kind == "late_letter")
            .order_by(Task.turn)
        )
    return [(row["turn"], row["due_on"]) for row in rows]


async def test_a_letter_is_owed_every_seventh_day_after_the_limit_and_no_other(
    begin: Begin,
) -> None:
    one = await overdue(begin)
    for days in range(-1, 23):
        ctx = replace(one.ctx, now=one.ctx.now + (one.due_on - one.today + timedelta(days=days)))
        await set_tasks(ctx)
        await set_tasks(ctx)

        expected = [
            (turn, one.due_on + timedelta(days=7 * turn))
            for turn in range(1, 9)
            if one.due_on + timedelta(days=7 * turn) <= ctx.today
        ]
        assert await turns(ctx, one) == expected
        assert letters_owed(one.due_on, ctx.today) == len(expected)


async def test_mornings_that_nobody_worked_are_made_up_for(begin: Begin) -> None:
    one = await overdue(begin)
    ctx = replace(one.ctx, now=one.ctx.now + (one.due_on - one.today + timedelta(days=21)))

    await set_tasks(ctx)

    assert [turn for turn, _ in await turns(ctx, one)] == [1, 2, 3]


async def test_each_letter_is_written_once_the_oldest_first_and_none_that_is_not_owed(
    begin: Begin,
) -> None:
    one = await overdue(begin)
    officer = replace(
        one.officers[0], now=one.ctx.now + (one.due_on - one.today + timedelta(days=14))
    )
    await set_tasks(officer)

    for _ in range(2):
        await late.send_late_letter(officer, one.id, reason="รอผลตรวจ")
    with pytest.raises(Conflict, match="owed"):
        await late.send_late_letter(officer, one.id, reason="รอผลตรวจ")

    async with transaction(officer):
        rows = await Task.select(Task.done_at).where(Task.of(officer), Task.case_id == one.id)
    assert all(row["done_at"] for row in rows)


async def test_no_letter_is_owed_while_the_clock_stands_still_or_after_the_end(
    begin: Begin,
) -> None:
    paused = begin(1)
    await paused.file()
    for act in ("accept", "pause"):
        await paused.do(act, 0)
    closed = await overdue(begin)
    later = replace(closed.ctx, now=closed.ctx.now + timedelta(days=40))
    await set_tasks(later)
    closed.ctx = later
    await closed.do("cancel", 0)
    await set_tasks(replace(later, now=later.now + timedelta(days=30)))

    assert await turns(later, paused) == []
    assert max(due for _, due in await turns(later, closed)) <= later.today


@pytest.mark.parametrize("act", ["refuse", "lapse"])
async def test_a_letter_that_ends_a_request_tells_to_whom_and_until_when_to_appeal(
    begin: Begin, act: str
) -> None:
    one = begin(1)
    await one.file()
    for before in ("accept", "forward") if act == "refuse" else ("return_", "wait", "wait"):
        await one.do(before, 6)
    await one.do(act, 0)

    async with transaction(one.ctx):
        letter = (
            await IssuedPaper.select(IssuedPaper.contents)
            .where(IssuedPaper.of(one.ctx), IssuedPaper.subject == f"case/{one.id}")
            .order_by(IssuedPaper.id, ascending=False)
            .first()
            .output(load_json=True)
        )
    appeal = letter["contents"]["appeal"]
    assert appeal["within"] == "๑๕ วัน"
    assert "ผู้บริหารท้องถิ่น" in str(appeal)
    assert "มาตรา ๔๔" in str(appeal) or "มาตรา 44" in str(appeal)
