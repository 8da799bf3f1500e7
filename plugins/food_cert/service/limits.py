"""The figures of law as they hold in the office."""

from datetime import date

from core.api import Context
from kit.law import Limits
from kit.law import limits_on as of_book
from plugins.food_cert.rules.book import BOOK


async def limits_on(ctx: Context, on: date) -> Limits:
    """Return the figures that hold in the office on a day."""
    return await of_book(ctx, BOOK, on)
