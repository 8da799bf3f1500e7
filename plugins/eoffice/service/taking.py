"""What comes over a channel: kept once and for good; a letter then waits, a note has effect."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Context,
    InvalidInput,
    Text,
    add,
    audit,
    new_id,
    notifications,
    people,
    transaction,
    write_now,
)
from kit.documents import Checked, FileRefused, inspect_async
from plugins.eoffice.rules.dispatching import after_note
from plugins.eoffice.rules.parcels import Arrived, Note, NoteKind, Parcel, Refused
from plugins.eoffice.rules.registers import plain_number
from plugins.eoffice.service.access import list_readers
from plugins.eoffice.service.arrivals import Intake, put_files, put_in
from plugins.eoffice.service.files import keep
from plugins.eoffice.service.rights import REGISTER, SECRETS
from plugins.eoffice.tables.exchange import Arrival, Dispatch

_MISSING = Text("ไฟล์ {name} ไม่มาด้วย หรือไม่ตรงกับหนังสือ", "The file {name} is missing, or another one.")
_FILE = Text("{name}: {why}", "{name}: {why}")
CAME_IN = notifications.Message(
    name="eoffice.letter.arrived",
    subject=Text("หนังสือเข้าใหม่จาก {sender}", "A new letter from {sender}"),
    body=Text("มีหนังสือจาก {sender} รอลงทะเบียนรับ", "A letter from {sender} waits to be registered"),
)


async def take(
    ctx: Context,
    channel: str,
    arrived: Arrived,
    *,
    sender: Mapping[str, Any] | None,
    receipt: bytes | None = None,
    doubt: str = "",
) -> bytes | None:
    """Keep what came, once; return the receipt that was signed when it came for the first time.

    :param sender: the agency in the address book that it came from, where that is sure.
    :param receipt: what is signed for it now.
    :param doubt: why it changes nothing by itself, in words for the registry.
    :raises InvalidInput: for ``files``: one is missing, or cannot be taken.
    """
    content = arrived.content
    checked = await _check(content, arrived.files) if isinstance(content, Parcel) else []
    kept = [(one, await keep(ctx, one.data)) for one in checked]
    row = {
        "tenant_id": ctx.tenant.id,
        "channel": channel,
        "key": arrived.key,
        "letter_id": None,
        "correspondent": sender["id"] if sender else None,
        "content": content,
        "proof": arrived.proof,
        "receipt": receipt,
        "doubt": content.why.th[:300] if isinstance(content, Refused) else doubt,
        "arrived_at": ctx.now,
    }
    async with transaction(ctx):
        if not await add(Arrival, row, unless=("tenant_id", "channel", "key")):
            return await _receipt(ctx, channel, arrived.key)
        letter: UUID | None = None
        if isinstance(content, Parcel):
            letter = await _letter(ctx, content, kept)
        elif isinstance(content, Note) and not doubt:
            letter = await _answer(ctx, content, sender)
        await Arrival.update({Arrival.letter_id: letter}).where(
            Arrival.of(ctx), Arrival.channel == channel, Arrival.key == arrived.key
        )
    return receipt


async def _receipt(ctx: Context, channel: str, key: str) -> bytes | None:
    row = (
        await Arrival.select(Arrival.receipt)
        .where(Arrival.of(ctx), Arrival.channel == channel, Arrival.key == key)
        .first()
    )
    return bytes(row["receipt"]) if row and row["receipt"] else None


async def _check(parcel: Parcel, files: Mapping[str, bytes]) -> list[Checked]:
    """Return the files of a letter as they came, each looked into."""
    found = []
    for one in (parcel.main, *parcel.attachments):
        data = files.get(one.digest)
        if data is None or sha256(data).hexdigest() != one.digest:
            raise InvalidInput({"files": _MISSING.format(name=one.name)})
        try:
            checked = await inspect_async(data, one.name)
        except FileRefused as refused:
            said = _FILE.format(name=one.name, why=refused.sentence)
            raise InvalidInput({"files": said}) from refused
        # What was received is kept byte for byte, pictures too.
        found.append(replace(checked, data=data))
    return found


async def _letter(ctx: Context, parcel: Parcel, kept: list[tuple[Checked, str]]) -> UUID:
    intake = Intake(
        number=parcel.number[:80],
        dated_on=parcel.dated_on,
        subject=parcel.subject[:500],
        sender=(parcel.sender.name or parcel.sender.mailbox)[:300],
        recipient=(parcel.receiver.post or parcel.receiver.name)[:500],
        speed=parcel.speed,
        secrecy=parcel.secrecy,
        content={
            "references": msgspec.to_builtins(parcel.references),
            "enclosures": parcel.enclosures,
        },
    )
    letter = put_in(ctx, intake)
    put_files(ctx, letter, kept)
    await write_now()
    secret = parcel.secrecy != "normal"
    holders = await people.holders_of(ctx, SECRETS if secret else REGISTER)
    if secret:
        await list_readers(ctx, letter, [one["id"] for one in holders])
    else:
        for one in holders:
            await notifications.send(
                ctx,
                to=one["id"],
                template=CAME_IN,
                key=f"eoffice/{letter}/arrived",
                href=f"/desk/eoffice/arrivals/{letter}",
                sender=intake.sender[:120],
            )
    await audit.record(ctx, "eoffice.letter.arrived", f"letter/{letter}", files=len(kept))
    return letter


async def _answer(ctx: Context, note: Note, sender: Mapping[str, Any] | None) -> UUID | None:
    """Note what the other side says of a letter of ours; None where there is no such letter."""
    row = await _dispatch_of(ctx, note, sender)
    if row is None:
        return None
    letter: UUID = row["letter_id"]
    state = after_note(row["state"], note.kind)
    if state is None:
        return letter
    change: dict[Any, Any] = {Dispatch.state: state, Dispatch.problem: None}
    if state == "received":
        change[Dispatch.received_at] = ctx.now
    else:
        change |= {
            Dispatch.answered_at: ctx.now,
            Dispatch.accept_number: note.accept_number[:80],
            Dispatch.why: note.why[:500],
        }
    await Dispatch.update(change).where(Dispatch.of(ctx), Dispatch.id == row["id"])
    await audit.record(ctx, "eoffice.dispatch.answered", f"letter/{letter}", state=state)
    return letter


async def _dispatch_of(
    ctx: Context, note: Note, sender: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """Return the dispatch that a note is about, held; only the agency it went to speaks of it."""
    if sender is None:
        return None
    where: list[Any] = [
        Dispatch.of(ctx),
        Dispatch.what == "letter",
        Dispatch.correspondent == sender["id"],
    ]
    if note.letter is not None:
        where.append(Dispatch.id == note.letter)
    rows: list[dict[str, Any]] = (
        await Dispatch.select().where(*where).lock_rows("UPDATE").output(load_json=True)
    )
    if note.letter is not None:
        return rows[0] if rows else None
    wanted = (plain_number(note.number), note.dated_on.isoformat())
    return next(
        (
            row
            for row in reversed(rows)
            if (plain_number(row["content"]["number"]), row["content"]["dated_on"]) == wanted
        ),
        None,
    )


async def arrival_of(ctx: Context, letter: UUID) -> dict[str, Any] | None:
    """Return how a letter came, where it came over a channel from a known agency."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Arrival.select()
            .where(
                Arrival.of(ctx),
                Arrival.letter_id == letter,
                Arrival.correspondent.is_not_null(),
            )
            .order_by(Arrival.arrived_at)
            .first()
            .output(load_json=True)
        )
    return row


def note_about(arrival: Mapping[str, Any], kind: NoteKind, **said: Any) -> Note:
    """Return a note to the sender of a letter that came.

    :param said: ``accept_number`` and ``accept_on``, or ``why``.
    """
    parcel = msgspec.convert(arrival["content"], Parcel)
    return Note(
        id=new_id(),
        kind=kind,
        letter=parcel.id,
        number=parcel.number,
        dated_on=parcel.dated_on,
        subject=parcel.subject,
        sender=parcel.receiver,
        receiver=parcel.sender,
        **said,
    )
