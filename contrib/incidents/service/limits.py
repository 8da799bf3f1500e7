"""What the office promises about incidents, as it holds in the office."""

from datetime import date

from contrib.incidents.rules.book import BOOK
from core.api import Context
from kit.law import Limits
from kit.law import limits_on as of_book


async def limits_on(ctx: Context, on: date) -> Limits:
    """Return the figures that hold in the office on a day."""
    return await of_book(ctx, BOOK, on)
