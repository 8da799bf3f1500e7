"""Reports as rows: found, held while they change, and what was done with them written down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from contrib.incidents.tables.reports import Event, Report
from core.api import Context, NotFound, Text, add, new_id, transaction

NO_REPORT = Text(
    "ไม่พบเรื่องนี้ ตรวจเลขเรื่องหรือรหัสติดตามอีกครั้ง",
    "There is no such report. Check its number or the tracking code.",
)
# What was merged into another is held as that one: a merge leaves no chain behind.
_HOLD = "SELECT * FROM incidents.report WHERE tenant_id = $1 AND id = $2 FOR UPDATE"


async def get_report(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return a report.

    :raises NotFound: there is none.
    """
    return await _one(ctx, Report.id == id)


async def report_of_code(ctx: Context, code: str) -> dict[str, Any]:
    """Return the report of a number, as everybody quotes it.

    :raises NotFound: there is none.
    """
    return await _one(ctx, Report.code == code.strip())


async def _one(ctx: Context, which: Any) -> dict[str, Any]:
    async with transaction(ctx):
        row: dict[str, Any] | None = await Report.select().where(Report.of(ctx), which).first()
    if row is None:
        raise NotFound(NO_REPORT)
    return row


async def hold(ctx: Context, *ids: UUID) -> list[dict[str, Any]]:
    """Hold reports until the end of the transaction, and return them as they stand now.

    They are held in one order, so that of two who merge the same two nobody waits for ever.

    :returns: in the order in which they were asked for.
    :raises NotFound: one of them is not there.
    """
    held: dict[UUID, dict[str, Any]] = {}
    async with transaction(ctx) as connection:
        for id in sorted(set(ids)):
            row = await connection.fetchrow(_HOLD, ctx.tenant.id, id)
            if row is None:
                raise NotFound(NO_REPORT)
            held[id] = dict(row)
    return [held[id] for id in ids]


async def note(
    ctx: Context,
    report: UUID,
    act: str,
    state: str,
    *,
    words: str = "",
    for_all: bool = False,
    key: str | None = None,
    made_at: datetime | None = None,
) -> bool:
    """Write down what was done; False where it was under this key before.

    :param key: of a sending from a phone.
    :param made_at: aware; None for now.
    """
    row = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "report_id": report,
        "act": act,
        "state": state,
        "words": words,
        "for_all": for_all,
        "key": key,
        "made_at": made_at or ctx.now,
        "at": ctx.now,
        "actor_name": ctx.actor.name if ctx.actor.kind in ("officer", "system") else "",
    }
    return await add(Event, row, unless=("tenant_id", "key"))
