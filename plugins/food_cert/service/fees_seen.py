"""The fees of the office at a glance: what they are, what is owed, what comes next."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from core.api import Context, Text, transaction
from kit.treasury import standing_of
from plugins.food_cert.rules.bands import Band
from plugins.food_cert.service.bands import EXAMPLE, band_rows
from plugins.food_cert.service.billing import without_band
from plugins.food_cert.service.owing import Unpaid, to_stop, unpaid
from plugins.food_cert.service.revenues import SOURCE
from plugins.food_cert.service.waivers import waivers_of


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of the fees shows; amounts are satang.

    :ivar since: from which day the bands count; None of the example.
    :ivar coming: tariffs that have not begun, the next one first.
    :ivar waivers: that have not ended, the latest first.
    :ivar owed: by all, and ``late`` of it past its day.
    :ivar due: how many fees fall due this month and are not paid, and what they ask for.
    :ivar without: places that no band has.
    """

    bands: Sequence[Band]
    since: date | None
    source: Text
    coming: list[dict[str, Any]]
    waivers: list[dict[str, Any]]
    owed: int
    late: int
    due: tuple[int, int]
    unpaid: list[Unpaid]
    to_stop: list[Unpaid]
    without: list[dict[str, Any]]


_DUE = """
SELECT count(*) AS fees, coalesce(sum(amount - waived), 0)::bigint AS amount
FROM food_cert.fee_year
WHERE tenant_id = $1 AND state = 'billed' AND due_on BETWEEN $2 AND $3
"""


async def see(ctx: Context) -> Seen:
    """Return how the fees of the office stand."""
    first = ctx.today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    async with transaction(ctx) as connection:
        rows = await band_rows(ctx)
        begun = next((one for one in rows if one["from_on"] <= ctx.today), None)
        due = await connection.fetchrow(_DUE, ctx.tenant.id, first, last)
        stands = (await standing_of(ctx, SOURCE)).values()
        late = await unpaid(ctx)
        return Seen(
            bands=begun["bands"] if begun else EXAMPLE.bands,
            since=begun["from_on"] if begun else None,
            source=Text(begun["source"], begun["source"]) if begun else EXAMPLE.source,
            coming=[one for one in reversed(rows) if one["from_on"] > ctx.today],
            waivers=[one for one in await waivers_of(ctx) if one["until_on"] >= ctx.today],
            owed=sum(one.owed for one in stands),
            late=sum(one.late for one in stands),
            due=(due["fees"], due["amount"]),
            unpaid=late,
            to_stop=await to_stop(ctx, late),
            without=await without_band(ctx),
        )
