"""Find reports: for everybody, without anything of a person, and for officers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.incidents.rules.states import OPEN
from contrib.incidents.tables.reports import Report
from core.api import Context, transaction

Row = Mapping[str, Any]


async def open_of_asset(ctx: Context, asset: UUID) -> Sequence[Row]:
    """Return the reports about an asset that are open, the oldest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Report.select(Report.code, Report.category, Report.state, Report.sent_at)
            .where(Report.of(ctx), Report.asset_id == asset, Report.state.is_in(sorted(OPEN)))
            .order_by(Report.sent_at)
        )
    return rows
