"""What goes back to who sent a letter: that it came, its receive number, or that it is not taken.

Who sent it is known by the address book. A letter of a stranger is taken too, but nothing goes
back until the registry has entered that agency.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from core.api import Conflict, Context, Text, need, new_id, transaction
from plugins.eoffice.rules.dispatching import NOTES
from plugins.eoffice.rules.parcels import Agency, Note, NoteKind, Parcel
from plugins.eoffice.service import correspondents, dispatches, registers
from plugins.eoffice.service.access import lock_letter, record
from plugins.eoffice.service.channels import KINDS
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.exchange import Arrival

_NOTHING_TO_TELL = Text(
    "แจ้งเลขรับไม่ได้ หนังสือยังไม่มีเลขรับ แจ้งไปแล้ว หรือผู้ส่งไม่อยู่ในสมุดที่อยู่",
    "There is nothing to tell: it has no receive number yet, that was told, or its sender is not "
    "in the address book.",
)


class Standing(Struct, frozen=True, kw_only=True):
    """How a letter that came over a channel stands between its sender and the office.

    :param known: whether its sender is in the address book.
    :param reached: whether notes go to it, and not by hand.
    :param told_at: when its receive number was last told; None before that.
    :param doubted: the number that the sender says cannot be, since it was told; "" for none.
    :param withdrawn_at: when the sender said that it is withdrawn.
    :param doubt: why somebody must look at how it came.
    """

    channel: str
    sender: Agency
    known: bool
    reached: bool
    told_at: datetime | None = None
    doubted: str = ""
    withdrawn_at: datetime | None = None
    doubt: Text | None = None

    @property
    def untold(self) -> bool:
        """Whether the sender waits for its receive number, for the first time or once more."""
        return self.reached and (self.told_at is None or bool(self.doubted))


async def arrival_of(ctx: Context, letter: UUID) -> dict[str, Any] | None:
    """Return how a letter came, where it came over a channel."""
    came, _ = await _arrivals(ctx, letter)
    return came


async def _arrivals(
    ctx: Context, letter: UUID
) -> tuple[dict[str, Any] | None, Sequence[dict[str, Any]]]:
    """Return how a letter came, and the notes of its sender about it, the first first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Arrival.select()
            .where(Arrival.of(ctx), Arrival.letter_id == letter)
            .order_by(Arrival.arrived_at)
            .output(load_json=True)
        )
    came = next((row for row in rows if "main" in row["content"]), None)
    return came, [row for row in rows if "main" not in row["content"]]


class Words(Struct, frozen=True, kw_only=True):
    """What somebody said of a letter and a person reads.

    :param title: which kind of note it is, in words.
    :param doubt: why it has no effect, of what would have one.
    """

    at: datetime
    sender: str
    title: Text
    number: str
    text: str
    doubt: Text | None = None


async def words_about(ctx: Context, letter: UUID) -> list[Words]:
    """Return what was said of a letter without effect, the first first."""
    _, said = await _arrivals(ctx, letter)
    return [
        Words(
            at=one["arrived_at"],
            sender=one["content"]["sender"]["name"] or one["content"]["sender"]["mailbox"],
            title=NOTES[one["content"]["kind"]],
            number=one["content"]["accept_number"],
            text=one["content"]["why"],
            doubt=msgspec.convert(one["doubt"], Text) if one["doubt"] else None,
        )
        for one in said
        if one["content"]["kind"] == "said" or one["doubt"]
    ]


async def sender_of(ctx: Context, came: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the agency of the address book that a letter came from; None for none."""
    if came["correspondent"] is not None:
        return await correspondents.get(ctx, came["correspondent"])
    return await known_by(ctx, came["channel"], msgspec.convert(came["content"]["sender"], Agency))


async def known_by(ctx: Context, channel: str, agency: Agency) -> dict[str, Any] | None:
    """Return the entry of an agency as a channel names it; None for none."""
    field = KINDS[channel].known_by
    name = getattr(agency, field)
    return await correspondents.find(ctx, channel=channel, **{field: name}) if name else None


async def answer(
    ctx: Context, letter: UUID, came: Mapping[str, Any], kind: NoteKind, **said: Any
) -> None:
    """Tell who sent a letter what became of it, in the transaction that is open.

    Nothing goes to a stranger, nor by hand.

    :param came: how it came.
    :param said: ``accept_number`` and ``accept_on``, or ``why``.
    """
    to = await sender_of(ctx, came)
    if to is None:
        return
    if came["correspondent"] is None:
        await Arrival.update({Arrival.correspondent: to["id"]}).where(
            Arrival.of(ctx), Arrival.channel == came["channel"], Arrival.key == came["key"]
        )
    if to["channel"] != "hand":
        await dispatches.queue(ctx, letter, to, _note_about(came, kind, **said))


def _note_about(came: Mapping[str, Any], kind: NoteKind, **said: Any) -> Note:
    parcel = msgspec.convert(came["content"], Parcel)
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


async def standing(
    ctx: Context, letter: UUID, notes: Sequence[Mapping[str, Any]]
) -> Standing | None:
    """Return how a letter stands with its sender; None where it came over no channel.

    :param notes: what was told about it, as :func:`dispatches.dispatches_of` gives it.
    """
    came, said = await _arrivals(ctx, letter)
    if came is None:
        return None
    to = await sender_of(ctx, came)
    told_at = max((one["created_at"] for one in notes if one["what"] == "accepted"), default=None)
    doubts = [
        one["content"]["accept_number"]
        for one in said
        if one["content"]["kind"] == "wrong_number" and told_at and one["arrived_at"] >= told_at
    ]
    withdrawn = [one["arrived_at"] for one in said if one["content"]["kind"] == "withdrawn"]
    return Standing(
        channel=came["channel"],
        sender=msgspec.convert(came["content"]["sender"], Agency),
        known=to is not None,
        reached=to is not None and to["channel"] != "hand",
        told_at=told_at,
        doubted=doubts[-1] if doubts else "",
        withdrawn_at=withdrawn[-1] if withdrawn else None,
        doubt=msgspec.convert(came["doubt"], Text) if came["doubt"] else None,
    )


async def tell_number(ctx: Context, letter: UUID) -> None:
    """Tell who sent a letter its number in the register, with the year.

    :raises Conflict: it has none yet, or the sender has it and does not doubt it.
    """
    need(ctx, REGISTER)
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        came = await arrival_of(ctx, letter)
        now = await standing(ctx, letter, await dispatches.dispatches_of(ctx, letter))
        entries = await registers.entries_of(ctx, letter)
        if came is None or now is None or not now.untold or not entries:
            raise Conflict(_NOTHING_TO_TELL)
        entered_on = entries[0]["entered_at"].astimezone(ctx.tenant.zone).date()
        number = registers.quoted(entries[0])
        said = {"accept_number": number, "accept_on": entered_on}
        await answer(ctx, letter, came, "accepted", **said)
        await record(ctx, "eoffice.number.told", row, number=number)
