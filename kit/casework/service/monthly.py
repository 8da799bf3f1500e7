"""The figures of every service by month."""

from collections.abc import Mapping
from datetime import date

import msgspec

from core.api import Context, transaction
from kit.casework.service import counted
from kit.casework.service.figures import Ended, Sieve, ended_of, moments_of, opened_days


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, and what was decided, of one service in one month."""

    filed: int = 0
    decided: Ended = Ended()


async def count_months(ctx: Context, sieve: Sieve) -> Mapping[tuple[date, str], Month]:
    """Return the figures by first day of the month and code of the service, where there are any."""
    asked = (ctx.tenant.id, sieve.units, sieve.service)
    days = (sieve.period.first, sieve.period.last)
    async with transaction(ctx) as connection:
        calendar = await opened_days(ctx, connection, *asked, *days)
        filed = await connection.fetch(
            counted.MONTHLY_FILED, *asked, *moments_of(ctx, sieve.period), ctx.tenant.zone.key
        )
        decided = await connection.fetch(counted.MONTHLY_DECIDED, *asked, *days, *calendar)
    months = {(row["month"], row["service"]): Month(filed=row["filed"]) for row in filed}
    for row in decided:
        key = (row["month"], row["service"])
        months[key] = msgspec.structs.replace(months.get(key, Month()), decided=ended_of(row))
    return dict(sorted(months.items()))
