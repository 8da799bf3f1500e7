"""The times of the fast lane, taken from what happens to its cases and their visits.

News come late, twice and in any order. So every piece of them only ever says what the case and the
visit say of themselves, and the later of two instants stays.
"""

from datetime import datetime
from uuid import UUID

from core.api import Context, transaction
from kit.casework import Course, Status, VisitState, read_course
from plugins.permits.rules.ways import SMALL
from plugins.permits.service.offering import VISIT

_ENDS = (Status.REJECTED, Status.LAPSED, Status.CANCELLED)
_NOTE = """
INSERT INTO permits.counter AS known (tenant_id, case_id, number, filed_at, approved_at, issued_at,
  ended_at, booked_for, visit_at, arrived_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (tenant_id, case_id) DO UPDATE SET
  approved_at = GREATEST(known.approved_at, excluded.approved_at),
  issued_at = GREATEST(known.issued_at, excluded.issued_at),
  ended_at = GREATEST(known.ended_at, excluded.ended_at),
  booked_for = CASE WHEN excluded.visit_at >= COALESCE(known.visit_at, '-infinity')
    THEN excluded.booked_for ELSE known.booked_for END,
  visit_at = GREATEST(known.visit_at, excluded.visit_at),
  arrived_at = GREATEST(known.arrived_at, excluded.arrived_at)
"""


async def follow_case(ctx: Context, case: UUID, service: str) -> None:
    """Note the times of a case of the fast lane, as it has them now."""
    if service == SMALL:
        await _note(ctx, case, await read_course(ctx, case))


async def follow_visit(
    ctx: Context, case: UUID, *, code: str, state: str, starts_at: datetime, at: datetime
) -> None:
    """Note what became of the visit of a case.

    :param state: a value of ``kit.casework.VisitState``.
    :param at: when that was noted.
    """
    if code != VISIT:
        return
    course = await read_course(ctx, case)
    issued_at = course.reached.get(Status.ISSUED)
    # Who comes again for a paper that is out already does not begin anew.
    came = state == VisitState.ARRIVED and (issued_at is None or at <= issued_at)
    await _note(
        ctx,
        case,
        course,
        booked_for=None if state == VisitState.CANCELLED else starts_at,
        visit_at=at,
        arrived_at=at if came else None,
    )


async def _note(
    ctx: Context,
    case: UUID,
    course: Course,
    *,
    booked_for: datetime | None = None,
    visit_at: datetime | None = None,
    arrived_at: datetime | None = None,
) -> None:
    reached = course.reached
    issued_at = reached.get(Status.ISSUED)
    ended = [reached[status] for status in _ENDS if status in reached]
    async with transaction(ctx) as connection:
        await connection.execute(
            _NOTE,
            ctx.tenant.id,
            case,
            course.number,
            course.filed_at,
            # What costs nothing is issued as it is approved.
            reached.get(Status.WAITING_FEE, issued_at),
            issued_at,
            max(ended, default=None),
            booked_for,
            visit_at,
            arrived_at,
        )
