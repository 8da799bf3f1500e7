"""What the page of a case says beside the case itself."""

from collections.abc import Mapping
from typing import Any

from core.api import Context
from kit.casework.service import examining, fees
from kit.casework.service.acting import Open
from kit.casework.service.lines import TONES, clock_words
from kit.casework.service.reading import View
from kit.casework.states import IN_STEPS, LABELS, Act, Status
from kit.forms import Pin, Plot, outline_of
from kit.geo import Drawing, Point, map_near
from kit.thai import MONTHS, Days, Limit, WorkingDays, buddhist_year, calendar_of, due

_FIRST = Status.CHECKING
# What a page proposes for mending and for changing drawings; the officer may give another day.
_TO_MEND, _TO_CHANGE = WorkingDays(7), Days(30)


def describe_desk(ctx: Context, view: View, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of ``casework/case.html`` that follow from the case."""
    language = ctx.language
    titles = [LABELS[_FIRST], *(step.title for step in view.service.steps)]
    earlier = _earlier(view)
    return {
        "steps": [(title.to(language), None) for title in titles],
        "now": _place(view),
        "clock_words": clock_words(view.clock),
        "clock_tone": TONES[view.clock.urgency],
        "names": {one.code: one.name.to(language) for one in view.service.documents},
        "masked_id": view.masked_id,
        "months": [name.to(language) for name in MONTHS],
        "fix_by": _proposed(ctx, _TO_MEND),
        "change_by": _proposed(ctx, _TO_CHANGE),
        "earlier": [(step.code, step.title.to(language)) for step in earlier],
        "pauses": [(one.code, one.title.to(language)) for one in view.service.pauses],
        "late_owed": any(task["kind"] == "late_letter" for task in view.tasks),
        "opened": _opened(typed),
        "map": _map(ctx, view),
    }


def _proposed(ctx: Context, time: Limit) -> tuple[str, str, str]:
    """Return the last day of some time from today as a form has it: day, month, year."""
    day = due(ctx.today, time, calendar_of(ctx.tenant))
    return str(day.day), str(day.month), str(buddhist_year(day))


async def describe_examined(ctx: Context, view: View) -> dict[str, Any]:
    """Return what the rules found in a case, what was judged of it, and the bill of its fee."""
    opened = Open(view.case, view.service)
    return {
        "found": examining.found_in(opened),
        "checklist": await examining.checklist(ctx, opened),
        "may_judge": examining.may_judge(ctx, opened),
        "bill": await fees.bill_of(ctx, opened),
    }


def _map(ctx: Context, view: View) -> Drawing | None:
    """Return the map of what a case is about; None where no place was given."""
    answers = Open(view.case, view.service).answers
    given = [field for field in view.service.form if field.name in answers]
    pins = [Point(**answers[field.name]) for field in given if isinstance(field, Pin)]
    land = [outline_of(answers[field.name]) for field in given if isinstance(field, Plot)]
    outline = land[0].corners if land else ()
    return map_near(ctx.tenant, pins, outline) if pins or outline else None


def _place(view: View) -> int:
    """Return which step is the present one: 1 is the check, one more than all is the end."""
    codes = [step.code for step in view.service.steps]
    if view.status in IN_STEPS or (view.status is Status.RETURNED and view.case.step):
        return codes.index(str(view.case.step)) + 2
    return 1 if view.case.complete_on is None else len(codes) + 2


def _earlier(view: View) -> list[Any]:
    if view.status not in IN_STEPS:
        return []
    codes = [step.code for step in view.service.steps]
    return list(view.service.steps[: codes.index(str(view.case.step))])


def _opened(typed: Mapping[str, Any]) -> set[Act]:
    """Return the forms that were sent and came back: they stay open."""
    sent = {
        "what": {Act.RETURN, Act.CORRECT},
        "reasons": {Act.REFUSE},
        "to": {Act.SEND_BACK},
        "reason": {Act.LAPSE, Act.EXTEND},
    }
    return set().union(*(acts for name, acts in sent.items() if name in typed))
