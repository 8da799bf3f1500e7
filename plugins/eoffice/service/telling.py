"""What the registry says of a letter that it sent: a wrong number there, or that it withdraws."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, Text, need, new_id, transaction
from plugins.eoffice.rules.dispatching import after_note, steps
from plugins.eoffice.rules.parcels import Note, NoteKind, Parcel
from plugins.eoffice.service import correspondents, dispatches
from plugins.eoffice.service.access import head_of, record
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.exchange import Dispatch

_ALL = frozenset({"again", "anew", "doubt", "withdraw"})
_OLD = frozenset({"again"})  # of notes, and of what was sent anew since
_MOVED = Text(
    "สถานะของหนังสือที่ส่งเปลี่ยนไปแล้ว เปิดหน้านี้ใหม่เพื่อดู",
    "The letter that was sent stands otherwise now. Open the page again.",
)


def steps_of(rows: Sequence[Mapping[str, Any]]) -> dict[UUID, frozenset[str]]:
    """Return what may be done about each dispatch; only the last to an agency is sent anew.

    :param rows: of one letter, the first first.
    """
    last = {row["correspondent"]: row["id"] for row in rows if row["what"] == "letter"}.values()
    return {
        row["id"]: steps(row["channel"], row["state"]) & (_ALL if row["id"] in last else _OLD)
        for row in rows
    }


async def doubt_number(ctx: Context, dispatch: UUID) -> None:
    """Tell who registered a letter that its receive number cannot be; the right one is awaited.

    :raises Conflict: it has no receive number, or that was doubted already.
    """
    await _tell(ctx, dispatch, "doubt", "wrong_number")


async def withdraw(ctx: Context, dispatch: UUID) -> None:
    """Tell an agency that a letter is withdrawn, which it has not registered as far as is known.

    :raises Conflict: it was registered or sent back meanwhile.
    """
    await _tell(ctx, dispatch, "withdraw", "withdrawn")


async def _tell(ctx: Context, dispatch: UUID, step: str, kind: NoteKind) -> None:
    need(ctx, REGISTER)
    async with transaction(ctx):
        row = await dispatches.get_dispatch(ctx, dispatch)
        if row["what"] != "letter" or step not in steps(row["channel"], row["state"]):
            raise Conflict(_MOVED)
        await say(ctx, row, kind)


async def say(ctx: Context, row: Mapping[str, Any], kind: NoteKind) -> UUID:
    """Tell an agency something of a letter that went there, in the transaction that is open.

    :param row: the dispatch of the letter.
    :returns: the dispatch of the note.
    :raises Conflict: it stands otherwise meanwhile.
    """
    content = msgspec.convert(row["content"], Parcel)
    note = Note(
        id=new_id(),
        kind=kind,
        letter=content.id,
        number=content.number,
        dated_on=content.dated_on,
        subject=content.subject,
        sender=content.sender,
        receiver=content.receiver,
        accept_number=row["accept_number"],
    )
    moved = (
        await Dispatch.update({Dispatch.state: after_note(row["state"], kind)})
        .where(Dispatch.of(ctx), Dispatch.id == row["id"], Dispatch.state == row["state"])
        .returning(Dispatch.id)
    )
    if not moved:
        raise Conflict(_MOVED)
    to = await correspondents.get(ctx, row["correspondent"])
    await dispatches.queue(ctx, row["letter_id"], {**to, "channel": row["channel"]}, note)
    await record(ctx, "eoffice.dispatch.told", await head_of(ctx, row["letter_id"]), what=kind)
    return note.id
