"""The hook by which the operator gathers figures: a coroutine function, called at night."""

from collections.abc import Sequence
from datetime import date

from core.context import Context
from core.hooks import hookspec
from core.ui import Volume


@hookspec(budget=8)
async def volumes_of_services(  # type: ignore[empty-body]
    ctx: Context, first: date, last: date
) -> Sequence[Volume]:
    """Give how much was asked for and decided of your services in each month, where there is any.

    Whoever runs the platform sees the sums over all municipalities, small ones hidden; nothing of a
    person belongs here.

    :param first: the first day of a month; ``last``: the last day of one.
    """
