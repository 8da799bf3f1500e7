"""Letters and notes on their way out: queued in the change that sends them, to be sent after it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, NotFound, Text, add_later, defer, into, transaction
from plugins.eoffice.rules.dispatching import BY_NUMBER, SIGNED
from plugins.eoffice.rules.envelopes import envelop, pack, sign
from plugins.eoffice.rules.parcels import Note, Parcel
from plugins.eoffice.rules.registers import plain_number
from plugins.eoffice.service.seals import seal
from plugins.eoffice.tables.exchange import Dispatch

SEND = "eoffice.send"
_DISPATCHES = into(Dispatch)
NONE = Text("ไม่พบรายการส่งนี้", "There is no such dispatch.")


async def queue(
    ctx: Context,
    letter: UUID,
    to: Mapping[str, Any],
    content: Parcel | Note,
    *,
    behind: UUID | None = None,
) -> None:
    """Send a letter or a note to an agency once this transaction has committed.

    :param to: the row of the agency.
    :param behind: the dispatch that has to be sent before.
    """
    signed = None
    if to["channel"] in SIGNED:
        receiver = to["node"] or to["neighbour"]
        envelope = envelop(content, sender=ctx.origin, receiver=receiver, written_at=ctx.now)
        signed = pack(sign(envelope, await seal(ctx)))
    row = {
        "tenant_id": ctx.tenant.id,
        "id": content.id,
        "letter_id": letter,
        "what": content.kind if isinstance(content, Note) else "letter",
        "correspondent": to["id"],
        "receiver": to["name"],
        "channel": to["channel"],
        "state": "waiting",
        "content": msgspec.to_builtins(content),
        "message": signed,
        "attempts": 0,
        "created_at": ctx.now,
        "created_by": ctx.actor.id,
        "accept_number": "",
        "why": "",
        "behind": behind,
    }
    add_later(_DISPATCHES, row)
    if behind is None:
        await send_later(ctx, row)


async def send_later(ctx: Context, dispatch: Mapping[str, Any], at: datetime | None = None) -> None:
    """Have a dispatch sent, in the transaction that is open."""
    lock = f"{SEND}/{ctx.tenant.id}/{_line_of(dispatch)}"
    await defer(ctx, SEND, at=at, lock=lock, dispatch=str(dispatch["id"]))


def _line_of(dispatch: Mapping[str, Any]) -> str:
    """Return in which line it stands: what is in one line is sent one after another."""
    if dispatch["channel"] not in BY_NUMBER:
        return str(dispatch["id"])
    return f"{dispatch['channel']}/{plain_number(dispatch['content']['number'])}"


async def send_behind(ctx: Context, sent: UUID) -> None:
    """Have sent what had to wait for a dispatch, in the transaction that is open."""
    rows = (
        await Dispatch.select()
        .where(Dispatch.of(ctx), Dispatch.behind == sent, Dispatch.state == "waiting")
        .output(load_json=True)
    )
    for row in rows:
        await send_later(ctx, row)


async def dispatches_of(ctx: Context, letter: UUID) -> list[dict[str, Any]]:
    """Return to whom a letter and the notes about it went, the first first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Dispatch.select()
            .where(Dispatch.of(ctx), Dispatch.letter_id == letter)
            .order_by(Dispatch.id)
            .output(load_json=True)
        )
    return rows


async def last_to(ctx: Context, letter: UUID, agency: UUID) -> dict[str, Any] | None:
    """Return the last dispatch of a letter itself to an agency; None where it never went there."""
    rows = [
        row
        for row in await dispatches_of(ctx, letter)
        if row["what"] == "letter" and row["correspondent"] == agency
    ]
    return rows[-1] if rows else None


async def get_dispatch(ctx: Context, dispatch: UUID) -> dict[str, Any]:
    """Return a dispatch.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Dispatch.select()
            .where(Dispatch.of(ctx), Dispatch.id == dispatch)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(NONE)
    return row
