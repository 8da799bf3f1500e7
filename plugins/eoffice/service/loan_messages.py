"""What is told of loans: that one waits to be allowed, and once that one is overdue.

Who has a document too long is told; of another agency, who lent it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, Message, Text, audit, notifications, people, transaction
from kit.thai import said_day
from plugins.eoffice.service.rights import LEND

JOB = "eoffice.remind_loans"
AT_ONCE = 200
_LOANS = "/desk/eoffice/keeping/loans"
ASKED = Message(
    "eoffice.loan.asked",
    Text("{agency} ขอยืมหนังสือ: {subject}", "{agency} asks for a document: {subject}"),
    Text(
        "{agency} ขอยืมหนังสือเรื่อง {subject} รอท่านหรือผู้อำนวยการขึ้นไปอนุญาต",
        "{agency} asks to borrow a document about {subject}. You, or another director or above, "
        "may allow it.",
    ),
)
LATE = Message(
    "eoffice.loan.late",
    Text("หนังสือที่ยืมเกินกำหนดคืน: {subject}", "A document that was lent is overdue: {subject}"),
    Text(
        "หนังสือเรื่อง {subject} ที่ {name} ยืมไป ครบกำหนดคืน {day} นำส่งคืนหน่วยเก็บ หรือติดตามจากผู้ยืม",
        "{name} borrowed a document about {subject}, due on {day}. Return it to storage, or ask "
        "the borrower.",
    ),
)
# Each loan is noted once.
_NOTE = """
UPDATE eoffice.loan b SET reminded_on = $2
FROM (
  SELECT id FROM eoffice.loan
  WHERE tenant_id = $1 AND state = 'lent' AND due_on < $2 AND reminded_on IS NULL
  ORDER BY due_on, id LIMIT $3
) late, eoffice.letter l
WHERE b.tenant_id = $1 AND b.id = late.id AND b.reminded_on IS NULL
  AND l.tenant_id = $1 AND l.id = b.letter_id
RETURNING b.id, b.account, b.asked_by, b.name, b.agency, b.due_on, l.subject, l.secrecy
"""


async def tell_asked(ctx: Context, loan: UUID, letter: Mapping[str, Any], agency: str) -> None:
    """Tell who may allow a loan that it waits, in the transaction that is open."""
    for one in await people.holders_of(ctx, LEND, unit=letter["unit"]):
        await notifications.send(
            ctx,
            to=one["id"],
            template=ASKED,
            key=f"eoffice/loan/{loan}/asked",
            href=f"{_LOANS}?view=asked",
            subject=letter["subject"][:120],
            agency=agency,
        )


async def remind(ctx: Context) -> None:
    """Tell of the loans that nobody was told of; every morning, again without harm."""
    while await _some(ctx) == AT_ONCE:
        pass


async def _some(ctx: Context) -> int:
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_NOTE, ctx.tenant.id, ctx.today, AT_ONCE)
        for row in rows:
            to = row["account"] or row["asked_by"]
            if to is None or row["secrecy"] != "normal":
                continue
            await notifications.send(
                ctx,
                to=to,
                template=LATE,
                key=f"eoffice/loan/{row['id']}/late",
                href="" if row["account"] else f"{_LOANS}?view=late",
                subject=row["subject"][:120],
                name=" ".join(filter(None, (row["name"], row["agency"]))),
                day=said_day(row["due_on"]),
            )
        if rows:
            await audit.record(ctx, "eoffice.loan.reminded", "loan/late", count=len(rows))
    return len(rows)
