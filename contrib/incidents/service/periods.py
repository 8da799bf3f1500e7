"""The time that each thing takes which the office promises, held against what was promised."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from contrib.incidents.rules.book import BOOK
from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.hours import due_at
from contrib.incidents.rules.states import STAGES, Stage, State
from contrib.incidents.tables.reports import Period
from core.api import Context, add, new_id, transaction
from kit.law import in_force, of_office

_END = """
UPDATE incidents.period SET ended_at = greatest(begun_at, $3),
  in_time = greatest(begun_at, $3) <= due_at
WHERE tenant_id = $1 AND report_id = $2 AND ended_at IS NULL
"""


async def promises(
    ctx: Context, category: str, begun: datetime, stages: Iterable[Stage] = Stage
) -> list[datetime]:
    """Return the last moment of each stage, one after the other, by the figures of its day."""
    entries, moments = (*BOOK.starting, *await of_office(ctx, BOOK)), [begun]
    for stage in stages:
        day = moments[-1].astimezone(ctx.tenant.zone).date()
        hours = in_force(entries, day)[f"{category}.{stage}"].whole
        moments.append(due_at(moments[-1], hours, CATEGORIES[category].counted, ctx.tenant))
    return moments[1:]


async def follow(
    ctx: Context, report: dict[str, Any], state: State, moment: datetime, *, anew: bool
) -> datetime | None:
    """End what was running and begin what runs in a state; return when that is due.

    :param report: as it will be: its category and unit count.
    :param anew: also where the stage stays the same, which else runs on.
    :returns: None where nothing is promised in that state.
    """
    stage = STAGES.get(state)
    if stage == STAGES.get(State(report["state"])) and not anew:
        due: datetime | None = report["due_at"]
        return due
    async with transaction(ctx) as connection:
        await connection.execute(_END, ctx.tenant.id, report["id"], moment)
        if stage is None:
            return None
        [until] = await promises(ctx, report["category"], moment, [stage])
        await add(Period, _row(ctx, report, stage, moment, until))
    return until


def _row(
    ctx: Context, report: dict[str, Any], stage: Stage, begun: datetime, until: datetime
) -> dict[str, Any]:
    id: UUID = new_id()
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "report_id": report["id"],
        "stage": stage,
        "category": report["category"],
        "unit": report["unit"],
        "begun_at": begun,
        "due_at": until,
    }
