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
    notifications,
    people,
    transaction,
    write_now,
)
from kit.documents import Checked, FileRefused, inspect_async
from plugins.eoffice.rules.parcels import Arrived, Enclosed, Parcel, Refused
from plugins.eoffice.service.access import list_registrars, record
from plugins.eoffice.service.answering import answer
from plugins.eoffice.service.arrivals import Intake, put_files, put_in
from plugins.eoffice.service.channels import KINDS
from plugins.eoffice.service.files import Kept, keep
from plugins.eoffice.service.hearing import hear, heed
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.exchange import Arrival

_MISSING = Text("ไฟล์ {name} ไม่มาด้วย หรือไม่ตรงกับหนังสือ", "The file {name} is missing, or another one.")
_FILE = Text("{name}: {why}", "{name}: {why}")
_LEFT = Text(
    "{file} เปิดไฟล์นี้ในตู้อีเมลกลาง หรือขอจากหน่วยงานผู้ส่ง",
    "{file} Open it in the central mailbox, or ask the sender for it.",
)
_TEXT = "text/plain"
_MOST_TEXT = 1_000_000  # bytes
_STRANGER = Text(
    "หน่วยงานผู้ส่งไม่อยู่ในสมุดที่อยู่ ระบบจึงไม่แจ้งกลับและไม่เปลี่ยนสถานะหนังสือให้เอง",
    "Its sender is not in the address book, so nothing goes back and nothing is changed by itself.",
)
_NO_LETTER = Text(
    "ไม่พบหนังสือที่แจ้งถึง ตรวจเลขที่และวันที่กับหน่วยงานที่แจ้ง",
    "The letter that this is about is not found. Compare number and day with who says it.",
)
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
) -> bytes | None:
    """Keep what came, once; return the receipt that was signed when it came for the first time.

    :param sender: the agency in the address book that it came from; None where it has none.
    :param receipt: what is signed for it now.
    :raises InvalidInput: for ``files``: one is missing, or cannot be taken.
    """
    content = arrived.content
    lasting = channel in KINDS and KINDS[channel].lasting
    checked: list[Checked] = []
    left: Text | None = None
    if isinstance(content, Parcel):
        checked, left = await _check(content, arrived.files, lasting=lasting)
    kept = [await keep(ctx, one) for one in checked]
    row = {
        "tenant_id": ctx.tenant.id,
        "channel": channel,
        "key": arrived.key,
        "letter_id": None,
        "correspondent": sender["id"] if sender else None,
        "content": msgspec.to_builtins(content),
        "proof": arrived.proof,
        "receipt": receipt,
        "arrived_at": ctx.now,
    }
    async with transaction(ctx):
        if not await add(Arrival, row, unless=("tenant_id", "channel", "key")):
            return await _receipt(ctx, channel, arrived.key)
        letter, doubt = await _effect(ctx, channel, arrived, kept, sender)
        doubt = doubt or left
        await Arrival.update({Arrival.letter_id: letter, Arrival.doubt: _as_json(doubt)}).where(
            Arrival.of(ctx), Arrival.channel == channel, Arrival.key == arrived.key
        )
        if letter and isinstance(content, Parcel) and channel in KINDS and KINDS[channel].receipts:
            await answer(ctx, letter, row, "received")
    return receipt


async def _effect(
    ctx: Context,
    channel: str,
    arrived: Arrived,
    kept: list[Kept],
    sender: Mapping[str, Any] | None,
) -> tuple[UUID | None, Text | None]:
    """Return which letter it is or is about, and why somebody must look at it."""
    content = arrived.content
    if isinstance(content, Refused):
        return None, content.why
    if isinstance(content, Parcel):
        return await _letter(ctx, content, kept), arrived.doubt
    if arrived.doubt:
        return await heed(ctx, channel, content), arrived.doubt
    letter = await hear(ctx, channel, content, sender)
    if letter is not None:
        return letter, None
    return None, _NO_LETTER if sender or not content.sender.is_named else _STRANGER


def _as_json(doubt: Text | None) -> str | None:
    return msgspec.json.encode(doubt).decode() if doubt else None


async def _receipt(ctx: Context, channel: str, key: str) -> bytes | None:
    row = (
        await Arrival.select(Arrival.receipt)
        .where(Arrival.of(ctx), Arrival.channel == channel, Arrival.key == key)
        .first()
    )
    return bytes(row["receipt"]) if row and row["receipt"] else None


async def _check(
    parcel: Parcel, files: Mapping[str, bytes], *, lasting: bool
) -> tuple[list[Checked], Text | None]:
    """Return the files of a letter as they came, each looked into, and which is left where it is.

    :param lasting: one beside the letter itself may be left, since it stays at the channel.
    """
    found: list[Checked] = []
    left: Text | None = None
    for one in (parcel.main, *parcel.attachments):
        data = files.get(one.digest)
        if data is None or sha256(data).hexdigest() != one.digest:
            raise InvalidInput({"files": _MISSING.format(name=one.name)})
        try:
            checked = _words(data, one) or await inspect_async(data, one.name)
        except FileRefused as refused:
            said = _FILE.format(name=one.name, why=refused.sentence)
            if lasting and one is not parcel.main:
                left = left or _LEFT.format(file=said)
                continue
            raise InvalidInput({"files": said}) from refused
        # What was received is kept byte for byte, pictures too.
        found.append(replace(checked, data=data))
    return found, left


def _words(data: bytes, one: Enclosed) -> Checked | None:
    """Return words that came as a file; None for anything else."""
    if not one.mime.startswith(_TEXT) or len(data) > _MOST_TEXT or b"\0" in data:
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return Checked(
        kind="text",
        mime=f"{_TEXT}; charset=utf-8",
        name=one.name[:200],
        data=data,
        thumbnail=None,
        pages=1,
        width=0,
        height=0,
    )


async def _letter(ctx: Context, parcel: Parcel, kept: list[Kept]) -> UUID:
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
    if parcel.secrecy != "normal":
        await list_registrars(ctx, letter)
    else:
        for one in await people.holders_of(ctx, REGISTER):
            await notifications.send(
                ctx,
                to=one["id"],
                template=CAME_IN,
                key=f"eoffice/{letter}/arrived",
                href=f"/desk/eoffice/arrivals/{letter}",
                sender=intake.sender[:120],
            )
    arrived = {"id": letter, "secrecy": parcel.secrecy}
    await record(ctx, "eoffice.letter.arrived", arrived, files=len(kept))
    return letter
