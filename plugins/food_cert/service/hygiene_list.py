"""Which food premises are to be inspected, the most urgent first, to be taken along."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, need, transaction
from kit.casework import Whereabouts, cases_at
from plugins.food_cert.rules.hygiene import COMPLAINT, FIRST, FOLLOW_UP, YEARLY
from plugins.food_cert.rules.places import ALIVE, OWES
from plugins.food_cert.service.complaints import complained
from plugins.food_cert.service.places import get_place
from plugins.food_cert.service.rights import INSPECT

# So many forms are kept on a device beside the list.
MOST_LISTED = 25
# A yearly inspection is listed so long before its last day, so that rounds can be planned.
SOON = timedelta(days=30)
# The service whose request waits for an inspection, and its step.
ASKING, STEP = "food_cert.licence", "inspect"

_LAST = """LEFT JOIN LATERAL (
  SELECT made_at, follow_by, next_by FROM food_cert.inspection i
  WHERE i.tenant_id = p.tenant_id AND i.place_id = p.id
  ORDER BY made_at DESC, id DESC LIMIT 1) AS last ON true"""
_WAITING = f"""
SELECT p.*, last.made_at, last.follow_by, last.next_by FROM food_cert.place p {_LAST}
WHERE p.tenant_id = $1 AND p.state = ANY($2::varchar[]) AND (last.follow_by IS NOT NULL
  OR last.next_by <= $4::date OR p.id = ANY($6::uuid[])
  OR last.made_at IS NULL AND (p.state = ANY($3::varchar[]) OR p.case_id = ANY($5::uuid[])))
ORDER BY CASE WHEN last.follow_by IS NOT NULL THEN 0
  WHEN p.id = ANY($6::uuid[]) THEN 1 WHEN last.made_at IS NOT NULL THEN 3
  WHEN p.case_id = ANY($5::uuid[]) THEN 1 ELSE 2 END,
  COALESCE(last.follow_by, last.next_by, p.opened_on), p.id
LIMIT {MOST_LISTED}"""  # noqa: S608 - of constants alone
_ONE = f"""
SELECT p.*, last.made_at, last.follow_by, last.next_by FROM food_cert.place p {_LAST}
WHERE p.tenant_id = $1 AND p.id = $2"""  # noqa: S608 - of constants alone


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place as its inspector needs it there.

    :ivar place: columns of the register, without those that hold JSON ready to use.
    :ivar reason: why it is inspected, a key of ``REASONS``.
    :ivar due_on: the last day, None where there is none.
    :ivar case: the request that waits for it, if one does.
    """

    place: Mapping[str, Any]
    reason: str
    due_on: date | None
    case: Whereabouts | None


async def to_inspect(ctx: Context) -> list[Spot]:
    """Return what is to be inspected, at most ``MOST_LISTED``.

    Follow-ups come first, those that are overdue before the others; then what a complaint or a
    request waits for, then places that were never inspected, the oldest first, then yearly ones.

    :raises NotAllowed: the actor inspects no food premises.
    """
    need(ctx, INSPECT)
    asking = await _asking(ctx)
    async with transaction(ctx) as connection:
        rows = await connection.fetch(
            _WAITING,
            ctx.tenant.id,
            sorted(ALIVE),
            sorted(OWES),
            ctx.today + SOON,
            list(asking.requests),
            list(asking.complaints),
        )
    return [_spot(row, asking) for row in rows]


async def spot_of(ctx: Context, place: UUID) -> Spot:
    """Return a place as its inspector needs it there.

    :raises NotFound: the register has no such place.
    :raises NotAllowed: the actor inspects no food premises.
    """
    need(ctx, INSPECT)
    asking = await _asking(ctx)
    async with transaction(ctx) as connection:
        await get_place(ctx, place)
        return _spot(await connection.fetchrow(_ONE, ctx.tenant.id, place), asking)


class _Asking(msgspec.Struct, frozen=True):
    """Cases that wait for an inspection: by their id, and complaints by the id of the place."""

    requests: Mapping[UUID, Whereabouts]
    complaints: Mapping[UUID, Whereabouts]


async def _asking(ctx: Context) -> _Asking:
    cases = await cases_at(ctx, ASKING, STEP, units=None, limit=MOST_LISTED)
    return _Asking({one.id: one for one in cases}, await complained(ctx))


def _spot(row: Mapping[str, Any], asking: _Asking) -> Spot:
    case = asking.requests.get(row["case_id"]) if row["made_at"] is None else None
    reason = YEARLY if row["next_by"] else FOLLOW_UP if row["follow_by"] else FIRST
    if row["id"] in asking.complaints and reason != FOLLOW_UP:
        reason, case = COMPLAINT, asking.complaints[row["id"]]
    planned = None if reason == COMPLAINT else row["follow_by"] or row["next_by"]
    due_on = planned or (case.due_on if case else None)
    return Spot(place=dict(row), reason=reason, due_on=due_on, case=case)
