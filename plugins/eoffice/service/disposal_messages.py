"""The head of the office is told when a list waits for a decision."""

from collections.abc import Mapping
from typing import Any

from core.api import Context, Message, Text, notifications, people
from plugins.eoffice.service.rights import DESTROY

WAITS = Message(
    "eoffice.disposal.waits",
    Text("บัญชีหนังสือขอทำลาย ปี {year} รอท่านสั่งการ", "The list of {year} to destroy waits for you"),
    Text(
        "บัญชีหนังสือขอทำลาย ปี {year} รอท่านพิจารณาในฐานะหัวหน้าหน่วยงาน",
        "The list of documents to be destroyed of {year} waits for the head of the office.",
    ),
)


async def tell_head(ctx: Context, row: Mapping[str, Any], step: str) -> None:
    """Tell the head that a list waits, once for each step, in the transaction that is open."""
    for one in await people.holders_of(ctx, DESTROY):
        await notifications.send(
            ctx,
            to=one["id"],
            template=WAITS,
            key=f"eoffice/disposal/{row['id']}/{step}",
            href=f"/desk/eoffice/keeping/lists/{row['id']}",
            year=row["year"],
        )
