"""Letters and notes on their way out: queued with the change that sends them, tried until they go.

A message is the same at every attempt, and the other side knows it by its id, so that trying again
never makes a second letter. Who is cut off between the sending and the noting sends once more.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    NotFound,
    Text,
    add_later,
    audit,
    defer,
    into,
    need,
    notifications,
    people,
    transaction,
)
from kit.documents import Store
from plugins.eoffice.rules.dispatching import ASK_AFTER, SIGNED, next_attempt
from plugins.eoffice.rules.envelopes import envelop, pack, sign
from plugins.eoffice.rules.parcels import Note, NoteKind, Parcel, Unsent
from plugins.eoffice.service import carriers, correspondents
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.service.seals import seal
from plugins.eoffice.service.taking import note_about
from plugins.eoffice.tables.exchange import Dispatch

log = logging.getLogger(__name__)

JOB = "eoffice.send"
_DISPATCHES = into(Dispatch)
_NOT_FAILED = Text("รายการนี้ส่งไปแล้ว หรือกำลังส่งอยู่", "This was sent, or is being sent.")
_NONE = Text("ไม่พบรายการส่งนี้", "There is no such dispatch.")
STUCK = notifications.Message(
    name="eoffice.dispatch.stuck",
    subject=Text("หนังสือส่งถึง {receiver} ไม่ได้", "A letter does not reach {receiver}"),
    body=Text(
        "ระบบส่งหนังสือถึง {receiver} ไม่สำเร็จ ตรวจเหตุ แล้วส่งอีกครั้งหรือส่งทางอื่น",
        "A letter to {receiver} could not be sent. Look why, send it again or by another way.",
    ),
)


async def queue(
    ctx: Context,
    letter: UUID,
    to: Mapping[str, Any],
    content: Parcel | Note,
) -> None:
    """Send a letter or a note to an agency once this transaction has committed.

    :param to: the row of the agency.
    """
    what = content.kind if isinstance(content, Note) else "letter"
    signed = None
    if to["channel"] in SIGNED:
        receiver = to["node"] or to["neighbour"]
        envelope = envelop(content, sender=ctx.origin, receiver=receiver, written_at=ctx.now)
        signed = pack(sign(envelope, await seal(ctx)))
    row = {
        "tenant_id": ctx.tenant.id,
        "id": content.id,
        "letter_id": letter,
        "what": what,
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
    }
    add_later(_DISPATCHES, row)
    await _later(ctx, content.id)


async def answer(
    ctx: Context, letter: UUID, came: Mapping[str, Any], kind: NoteKind, **said: Any
) -> None:
    """Tell who sent a letter what became of it, in the transaction that is open.

    :param came: how it came.
    :param said: ``accept_number`` and ``accept_on``, or ``why``.
    """
    to = await correspondents.get(ctx, came["correspondent"])
    if to["channel"] != "hand":
        await queue(ctx, letter, to, note_about(came, kind, **said))


async def _later(ctx: Context, dispatch: UUID, at: datetime | None = None) -> None:
    await defer(ctx, JOB, at=at, lock=f"{JOB}/{ctx.tenant.id}/{dispatch}", dispatch=str(dispatch))


async def send(ctx: Context, dispatch: str) -> None:
    """Try to send what waits; the job of the worker. What was sent already is left alone."""
    row = await _get(ctx, UUID(dispatch))
    if row["state"] != "waiting":
        return
    to = await correspondents.get(ctx, row["correspondent"])
    store = Store(ctx.settings.data / "files")

    async def read(digest: str) -> bytes:
        return await store.read_async(ctx.tenant.id, digest)

    try:
        proof = await carriers.carry(ctx, row, to, read)
    except Unsent as problem:
        await _put_off(ctx, row, problem)
        return
    await _note_sent(ctx, row, proof)


async def _note_sent(ctx: Context, row: Mapping[str, Any], proof: bytes) -> None:
    received = ctx.now if proof and row["channel"] in SIGNED else None
    async with transaction(ctx):
        moved = (
            await Dispatch.update(
                {
                    Dispatch.state: "received" if received else "sent",
                    Dispatch.sent_at: ctx.now,
                    Dispatch.received_at: received,
                    Dispatch.proof: proof or None,
                    Dispatch.attempts: Dispatch.attempts + 1,
                    Dispatch.problem: None,
                }
            )
            .where(Dispatch.of(ctx), Dispatch.id == row["id"], Dispatch.state == "waiting")
            .returning(Dispatch.id)
        )
        if moved:
            await audit.record(
                ctx,
                "eoffice.dispatch.sent",
                f"letter/{row['letter_id']}",
                what=row["what"],
                to=row["receiver"],
            )


async def _put_off(ctx: Context, row: Mapping[str, Any], problem: Unsent) -> None:
    attempts = row["attempts"] + 1
    late = ctx.now - row["created_at"] >= ASK_AFTER
    ask = row["asked_at"] is None and (late or not problem.again)
    async with transaction(ctx):
        await Dispatch.update(
            {
                Dispatch.state: "waiting" if problem.again else "failed",
                Dispatch.attempts: attempts,
                Dispatch.problem: msgspec.json.encode(problem.why).decode(),
                Dispatch.asked_at: ctx.now if ask else row["asked_at"],
            }
        ).where(Dispatch.of(ctx), Dispatch.id == row["id"], Dispatch.state == "waiting")
        if problem.again:
            await _later(ctx, row["id"], next_attempt(attempts, ctx.now))
        if ask:
            await _ask(ctx, row)


async def _ask(ctx: Context, row: Mapping[str, Any]) -> None:
    for one in await people.holders_of(ctx, REGISTER):
        await notifications.send(
            ctx,
            to=one["id"],
            template=STUCK,
            key=f"eoffice/{row['id']}/stuck",
            href=f"/desk/eoffice/letters/{row['letter_id']}",
            receiver=row["receiver"],
        )


async def try_again(ctx: Context, dispatch: UUID) -> None:
    """Send something again that could not be sent, because a person says so.

    :raises Conflict: it was sent, or is tried anyway.
    """
    need(ctx, REGISTER)
    async with transaction(ctx):
        moved = (
            await Dispatch.update({Dispatch.state: "waiting", Dispatch.asked_at: None})
            .where(Dispatch.of(ctx), Dispatch.id == dispatch, Dispatch.state == "failed")
            .returning(Dispatch.letter_id)
        )
        if not moved:
            await _get(ctx, dispatch)
            raise Conflict(_NOT_FAILED)
        await audit.record(ctx, "eoffice.dispatch.repeated", f"letter/{moved[0]['letter_id']}")
        await _later(ctx, dispatch)


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


async def _get(ctx: Context, dispatch: UUID) -> dict[str, Any]:
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Dispatch.select()
            .where(Dispatch.of(ctx), Dispatch.id == dispatch)
            .first()
            .output(load_json=True)
        )
    if row is None:
        raise NotFound(_NONE)
    return row
