"""Letters that answer each other, and the cases of services that they belong to."""

from collections.abc import Mapping
from typing import Any

from core.api import Context, InvalidInput, Text, notifications, publish, transaction
from plugins.eoffice.rules.registers import plain_number
from plugins.eoffice.service.access import SEEN, seeing

_NO_SUCH = Text(
    "ไม่พบหนังสือของเราเลขที่นี้ที่ลงนามแล้ว ตรวจเลขที่ หรือเว้นว่างไว้",
    "No signed letter of ours has this number. Check it, or leave it empty.",
)
ANSWERED = notifications.Message(
    name="eoffice.letter.answered",
    subject=Text("มีหนังสือตอบเรื่อง {subject}", "There is an answer about {subject}"),
    body=Text(
        "{sender} ตอบหนังสือเรื่อง {subject} แล้ว ลงรับไว้แล้ว",
        "{sender} answered the letter about {subject}; it is registered.",
    ),
)
_OURS = (
    "SELECT l.* FROM eoffice.letter l WHERE l.tenant_id = $1 AND l.way = 'out'"  # noqa: S608 - our own words
    " AND l.number <> '' AND replace(l.number, ' ', '') = $6 AND " + SEEN
)


async def ours(ctx: Context, number: str) -> Mapping[str, Any]:
    """Return the office's own letter of a number, of those that the actor may see.

    :raises InvalidInput: for ``answers``: there is none.
    """
    values = await seeing(ctx)
    async with transaction(ctx) as connection:
        row: Mapping[str, Any] | None = await connection.fetchrow(
            _OURS, *values, plain_number(number)
        )
    if row is None:
        raise InvalidInput({"answers": _NO_SUCH})
    return row


async def tell(ctx: Context, letter: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """Tell who drafted a letter, and other plugins, that it was answered; in the transaction."""
    if letter["created_by"] and answer["secrecy"] == letter["secrecy"] == "normal":
        await notifications.send(
            ctx,
            to=letter["created_by"],
            template=ANSWERED,
            key=f"eoffice/{answer['id']}/answers",
            href=f"/desk/eoffice/letters/{letter['id']}",
            subject=letter["subject"][:120],
            sender=answer["sender"][:120],
        )
    if letter["secrecy"] == "normal":
        await publish(
            ctx,
            "on_letter_answered",
            letter=letter["id"],
            answer=answer["id"],
            case=letter["case_id"],
        )
