"""What came of tries by the conformance kit, as it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.catalog.service.submissions import read_submission, store_of
from contrib.catalog.tables.submissions import Report
from core.api import Context, NotFound, Text, transaction

_NO_REPORT = Text("ไม่พบรายงานนี้", "There is no such report.")


async def reports_of(ctx: Context, id: UUID) -> Sequence[Mapping[str, Any]]:
    """Return what came of each try of a submission, the newest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Report.select()
            .where(Report.of(ctx), Report.submission_id == id)
            .order_by(Report.id, ascending=False)
        )
    return rows


async def newest_report(ctx: Context, id: UUID) -> Mapping[str, Any] | None:
    """Return what came of the last try; None before the first."""
    return next(iter(await reports_of(ctx, id)), None)


async def read_kept(ctx: Context, id: UUID, report: UUID) -> bytes:
    """Return a report as it was written, as long as it still is what was kept.

    :raises NotFound: there is none, or it is not for the actor.
    """
    await read_submission(ctx, id)
    digests = {row["id"]: row["digest"] for row in await reports_of(ctx, id)}
    if not digests.get(report):
        raise NotFound(_NO_REPORT)
    return await store_of(ctx).read_async(ctx.tenant.id, digests[report])
