"""Take signed messages of other offices, and sign a receipt for each, the same however often."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import AppError, Context, Text, transaction
from plugins.eoffice.rules.dispatching import after_note
from plugins.eoffice.rules.envelopes import (
    Envelope,
    Forged,
    Receipt,
    Signed,
    check,
    digest_of,
    pack,
    read_envelope,
    read_receipt,
    sign,
    unpack,
)
from plugins.eoffice.rules.parcels import Arrived
from plugins.eoffice.service.access import head_of, record
from plugins.eoffice.service.seals import seal
from plugins.eoffice.service.taking import take
from plugins.eoffice.tables.exchange import Dispatch

_FORGED = Text(
    "ลายมือชื่อของข้อความไม่ตรงกับกุญแจของหน่วยงานผู้ส่งที่เก็บไว้ ไม่รับไว้",
    "The signature is not of the key that we know of the sender. It is not taken.",
)
_NOT_FOR_US = Text("ข้อความนี้ส่งถึงหน่วยงานอื่น", "This message is for another office.")


class NotTaken(AppError):
    """A message that is not what it says."""

    status_code = 403


def read(signed: Signed, key: str) -> Envelope:
    """Return what a message says that is signed by a key.

    :raises NotTaken: it is not, or says nothing.
    """
    try:
        check(signed, key)
        return read_envelope(signed)
    except Forged as forged:
        raise NotTaken(_FORGED) from forged


async def take_signed(
    ctx: Context,
    channel: str,
    signed: Signed,
    files: Mapping[str, bytes],
    *,
    sender: Mapping[str, Any],
    own: str,
) -> bytes:
    """Take a message of an agency, and return the receipt that the office signed for it.

    :param own: by which address the message must name this office.
    :raises NotTaken: it is forged, or for another.
    :raises InvalidInput: its files cannot be taken.
    """
    envelope = read(signed, sender["key"])
    if envelope.receiver.rstrip("/") != own:
        raise NotTaken(_NOT_FOR_US)
    receipt = Receipt(
        id=envelope.id,
        digest=digest_of(signed.message),
        sender=envelope.receiver,
        receiver=envelope.sender,
        received_at=ctx.now,
    )
    arrived = Arrived(
        key=f"{sender['id']}/{envelope.id}",
        content=envelope.content,
        files=dict(files),
        proof=pack(signed),
    )
    packed = pack(sign(receipt, await seal(ctx)))
    return await take(ctx, channel, arrived, sender=sender, receipt=packed) or packed


def sender_of(signed: Signed) -> str:
    """Return which address a message names as its sender's, before its signature is looked at.

    :raises Forged: it says nothing.
    """
    return read_envelope(signed).sender.rstrip("/")


def files_named(signed: Signed) -> list[str]:
    """Return the digests of the files that belong to a message, none of a note."""
    try:
        letter = read_envelope(signed).letter
    except Forged:
        return []
    return [one.digest for one in (letter.main, *letter.attachments)] if letter else []


def fits(receipt: bytes, message: bytes, key: str) -> bool:
    """Return whether a receipt is signed by a key and is for this message."""
    try:
        signed = unpack(receipt)
        check(signed, key)
        return read_receipt(signed).digest == digest_of(unpack(message).message)
    except Forged:
        return False


async def note_receipt(ctx: Context, receipt: bytes, *, sender: Mapping[str, Any]) -> None:
    """Keep the receipt that another office signed, with the dispatch that it is for.

    One that does not fit changes nothing.
    """
    try:
        dispatch = UUID(read_receipt(unpack(receipt)).id)
    except (Forged, ValueError):
        return
    which = (Dispatch.of(ctx), Dispatch.id == dispatch, Dispatch.correspondent == sender["id"])
    async with transaction(ctx):
        row = await Dispatch.select().where(*which).lock_rows("UPDATE").first()
        if row is None or row["proof"] or not fits(receipt, row["message"], sender["key"]):
            return
        change: dict[Any, Any] = {Dispatch.proof: receipt, Dispatch.received_at: ctx.now}
        if state := after_note(row["state"], "received"):
            change[Dispatch.state] = state
        await Dispatch.update(change).where(*which)
        letter = await head_of(ctx, row["letter_id"])
        await record(ctx, "eoffice.dispatch.answered", letter, state="received")
