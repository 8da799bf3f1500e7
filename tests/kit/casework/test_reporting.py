from collections.abc import Callable
from datetime import date
from typing import Any

from kit.casework.service.reporting import volumes
from tests.kit.casework.test_opendata import decide

Begin = Callable[..., Any]


async def test_the_operator_is_given_what_was_filed_decided_and_in_time_by_month(
    begin: Begin,
) -> None:
    ctx = await decide(begin, 3, in_time=2)

    given = await volumes(ctx, date(2026, 10, 1), date(2026, 12, 31))
    answers = await ctx.host.ask(
        ctx, "volumes_of_services", first=date(2026, 12, 1), last=date(2026, 12, 31)
    )

    assert [(one.service, one.month, one.filed, one.decided, one.in_time) for one in given] == [
        ("oss.days", date(2026, 12, 1), 3, 3, 2)
    ]
    [own] = [one for one in answers if one.plugin == "casework"]
    assert own.problem is None
    assert own.value == given


async def test_of_months_in_which_nothing_was_there_is_nothing(begin: Begin) -> None:
    ctx = await decide(begin, 1, in_time=1)

    assert await volumes(ctx, date(2025, 1, 1), date(2025, 12, 31)) == []
