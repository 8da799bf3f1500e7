"""How much waited on the desks each morning: the lines through the last days in the inbox."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.api import Context, transaction
from kit.casework.clock import soon_until
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.inbox import View
from kit.casework.states import Post
from kit.casework.tables import Tally
from kit.thai import calendar_of

WEEK = 7  # days, today included
_KEPT = timedelta(days=35)

# Once a morning; what counts as late and as soon is what the inbox counts.
_TALLY = """
INSERT INTO casework.tally (tenant_id, "on", unit, waits_for, held, late, soon)
SELECT $1, $2, unit, waits_for, count(*),
  count(*) FILTER (WHERE due_on < $2 AND paused_on IS NULL),
  count(*) FILTER (WHERE due_on BETWEEN $2 AND $3 AND paused_on IS NULL)
FROM casework."case" WHERE tenant_id = $1 AND closed_at IS NULL GROUP BY unit, waits_for
UNION ALL SELECT $1, $2, '', '', 0, 0, 0
ON CONFLICT (tenant_id, "on", unit, waits_for) DO NOTHING
"""


async def tally(ctx: Context) -> None:
    """Note what waits today; harmless to repeat."""
    until = soon_until(ctx.today, calendar_of(ctx.tenant))
    async with transaction(ctx) as connection:
        await connection.execute(_TALLY, ctx.tenant.id, ctx.today, until)
        await Tally.delete().where(Tally.of(ctx), Tally.on < ctx.today - _KEPT)


async def week_of(ctx: Context, now: Mapping[View, int]) -> dict[View, list[int]]:
    """Return for each view the counts of the last mornings and of now, the oldest first.

    Only days in a row up to today; an empty list while yesterday is not known.

    :param now: what each view holds now.
    """
    async with transaction(ctx):
        rows = await Tally.select().where(
            Tally.of(ctx), Tally.on > ctx.today - timedelta(days=WEEK), Tally.on < ctx.today
        )
    mornings = [ctx.today - timedelta(days=back) for back in range(1, WEEK)]
    known = {row["on"] for row in rows}
    unknown = next((n for n, day in enumerate(mornings) if day not in known), len(mornings))
    counts: dict[tuple[View, date], int] = {}
    for row in rows:
        for view, count in _shares(ctx, row["unit"], row["waits_for"], row).items():
            counts[view, row["on"]] = counts.get((view, row["on"]), 0) + count
    days = mornings[:unknown][::-1]
    return {
        view: [*(counts.get((view, day), 0) for day in days), count] if days else []
        for view, count in now.items()
    }


def _shares(ctx: Context, unit: str, desk: str, row: Mapping[str, int]) -> dict[View, int]:
    """Return what the cases of one desk add to each view of this officer."""
    readable = ctx.actor.may("casework.read", unit)
    mine = desk in PERMISSIONS and ctx.actor.may(PERMISSIONS[desk], unit)
    return {
        "mine": row["held"] if mine else 0,
        "late": row["late"] if readable else 0,
        "soon": row["soon"] if readable else 0,
        "applicant": row["held"] if readable and desk == Post.APPLICANT else 0,
    }
