"""The figures that the operator gathers: every service by month, sums only."""

from datetime import date

from core.api import Context, Volume
from kit.casework.periods import Period
from kit.casework.service.catalogue import known_services
from kit.casework.service.figures import Sieve
from kit.casework.service.monthly import count_months


async def volumes(ctx: Context, first: date, last: date) -> list[Volume]:
    """Return what was filed, decided and in time of each service in each month."""
    months = await count_months(ctx, Sieve(period=Period(first, last)))
    services = await known_services(ctx)
    return [
        Volume(
            service=code,
            title=services[code].title,
            month=day,
            filed=month.filed,
            decided=month.decided.total,
            in_time=month.decided.in_time,
        )
        for (day, code), month in months.items()
    ]
