"""Send what is on its way out, and try again until it goes.

A message is the same at every attempt, and the other side knows it by its id, so that trying again
never makes a second letter. Who is cut off between the sending and the noting sends once more.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    Text,
    need,
    notifications,
    people,
    transaction,
)
from kit.documents import Store
from plugins.eoffice.rules.dispatching import ASK_AFTER, SIGNED, next_attempt
from plugins.eoffice.rules.parcels import Unsent
from plugins.eoffice.service import carriers, correspondents
from plugins.eoffice.service.access import head_of, readers_of, record
from plugins.eoffice.service.dispatches import get_dispatch, send_behind, send_later
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.exchange import Dispatch

_NOT_FAILED = Text("รายการนี้ส่งไปแล้ว หรือกำลังส่งอยู่", "This was sent, or is being sent.")
_ELSEWHERE = Text("หน่วยงานปลายทาง", "the other office")
STUCK = notifications.Message(
    name="eoffice.dispatch.stuck",
    subject=Text("หนังสือส่งถึง {receiver} ไม่ได้", "A letter does not reach {receiver}"),
    body=Text(
        "ระบบส่งหนังสือถึง {receiver} ไม่สำเร็จ ตรวจเหตุ แล้วส่งอีกครั้งหรือส่งทางอื่น",
        "A letter to {receiver} could not be sent. Look why, send it again or by another way.",
    ),
)


async def send(ctx: Context, dispatch: str) -> None:
    """Try to send what waits; the job of the worker. What was sent already is left alone."""
    row = await get_dispatch(ctx, UUID(dispatch))
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
            letter = await head_of(ctx, row["letter_id"])
            told = {"what": row["what"], "to": row["receiver"]}
            await record(ctx, "eoffice.dispatch.sent", letter, **told)
            await send_behind(ctx, row["id"])


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
            await send_later(ctx, row, next_attempt(attempts, ctx.now))
        if ask:
            await _ask(ctx, row)


async def _ask(ctx: Context, row: Mapping[str, Any]) -> None:
    """Tell who keeps the register; of a secret letter those on its list, without the receiver."""
    letter, receiver = row["letter_id"], row["receiver"]
    asked = [one["id"] for one in await people.holders_of(ctx, REGISTER)]
    if (await head_of(ctx, letter))["secrecy"] != "normal":
        asked, receiver = list(await readers_of(ctx, letter)), _ELSEWHERE
    for account in asked:
        await notifications.send(
            ctx,
            to=account,
            template=STUCK,
            key=f"eoffice/{row['id']}/stuck",
            href=f"/desk/eoffice/letters/{letter}",
            receiver=receiver,
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
            .returning(Dispatch.id)
        )
        row = await get_dispatch(ctx, dispatch)
        if not moved:
            raise Conflict(_NOT_FAILED)
        letter = await head_of(ctx, row["letter_id"])
        await record(ctx, "eoffice.dispatch.repeated", letter)
        await send_later(ctx, row)
