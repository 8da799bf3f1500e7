"""The day of today, which is the one that pages know, whatever the day of a test's context is."""

from dataclasses import replace
from datetime import UTC, datetime

from core.context import Context
from core.tenants.tenant import BANGKOK


def year() -> int:
    """Return the year of the Buddhist Era."""
    return datetime.now(BANGKOK).year + 543


def at_present(ctx: Context) -> Context:
    """Return the same at this moment, for what pages look back on."""
    return replace(ctx, now=datetime.now(UTC))
