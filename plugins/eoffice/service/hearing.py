"""What another agency says of a letter, and what that makes of it.

Only the agency that a letter went to or came from speaks of it; what strangers say changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.api import Context, Text, audit, notifications, people, transaction
from plugins.eoffice.rules.dispatching import OF_SENDER, after_note
from plugins.eoffice.rules.ecms_matching import same_letter_key
from plugins.eoffice.rules.parcels import Note
from plugins.eoffice.rules.registers import plain_number
from plugins.eoffice.rules.states import State
from plugins.eoffice.service.access import head_of, readers_of, record
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.tables.exchange import Dispatch
from plugins.eoffice.tables.letters import Letter

NOT_TAKEN = notifications.Message(
    name="eoffice.dispatch.refused",
    subject=Text("{agency} ไม่รับหนังสือที่ส่งไป", "{agency} does not take a letter of ours"),
    body=Text(
        "{agency} ไม่รับหนังสือ หรือแจ้งว่าส่งผิดหน่วยงาน ตรวจเหตุและที่อยู่ แล้วส่งใหม่หรือส่งทางอื่น",
        "{agency} does not take a letter, or says it is another's. Look why, correct the address, "
        "and send it anew.",
    ),
)
DOUBTED = notifications.Message(
    name="eoffice.number.doubted",
    subject=Text("{agency} แจ้งว่าเลขรับไม่ถูกต้อง", "{agency} doubts a receive number"),
    body=Text(
        "{agency} แจ้งว่าเลขรับของหนังสือที่ส่งมาไม่ถูกต้อง ตรวจทะเบียนรับ แล้วแจ้งเลขรับอีกครั้ง",
        "{agency} says that the receive number of its letter is wrong. Look into the register and "
        "tell the number again.",
    ),
)
UNDELIVERED = notifications.Message(
    name="eoffice.dispatch.undelivered",
    subject=Text("หนังสือส่งไม่ถึง {agency}", "A letter did not reach {agency}"),
    body=Text(
        "อีเมลที่ส่งถึง {agency} ส่งไม่ถึง ตรวจที่อยู่ของหน่วยงาน แล้วส่งใหม่หรือส่งทางอื่น",
        "What was sent to {agency} did not arrive. Correct the address, and send it anew.",
    ),
)
SAID = notifications.Message(
    name="eoffice.letter.spoken_of",
    subject=Text("{agency} มีข้อความถึงหนังสือฉบับหนึ่ง", "{agency} writes about a letter"),
    body=Text(
        "{agency} มีข้อความถึงหนังสือฉบับหนึ่ง เปิดอ่านที่หน้าหนังสือ แล้วดำเนินการ",
        "{agency} writes about a letter. Read it on the page of the letter, and act on it.",
    ),
)
WITHDRAWN = notifications.Message(
    name="eoffice.letter.withdrawn",
    subject=Text("{agency} ขอถอนหนังสือที่รับไว้แล้ว", "{agency} withdraws a letter that is registered"),
    body=Text(
        "{agency} ขอถอนหนังสือที่ลงทะเบียนรับแล้ว ตรวจกับผู้ส่งก่อนดำเนินการต่อ",
        "{agency} withdraws a letter that is registered. Ask it before anything more is done.",
    ),
)
_THE_SENDER = Text("หน่วยงานผู้ส่ง", "The sender")

_SENT = """
SELECT d.id, d.letter_id, d.state, d.content ->> 'number' AS number, l.secrecy
FROM eoffice.dispatch d JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = d.letter_id
WHERE d.tenant_id = $1 AND d.correspondent = $2 AND d.what = 'letter' AND
"""
_SENT_BY_ID = _SENT + " d.id = $3 FOR UPDATE OF d"
# What was never tried is not what the other side speaks of.
_SENT_ON = (
    _SENT + " d.content ->> 'dated_on' = $3 AND (d.state <> 'waiting' OR d.attempts > 0)"
    " ORDER BY d.id DESC FOR UPDATE OF d"
)
# Of a channel that carries ids, whoever says it.
_OF_ANYBODY = """
SELECT d.id, d.letter_id, d.state, d.receiver, l.secrecy
FROM eoffice.dispatch d JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = d.letter_id
WHERE d.tenant_id = $1 AND d.channel = $2 AND d.what = 'letter' AND d.id = $3 FOR UPDATE OF d
"""
_CAME_AS = """
SELECT a.letter_id, l.secrecy
FROM eoffice.arrival a JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = a.letter_id
WHERE a.tenant_id = $1 AND a.channel = $2 AND a.content ->> 'id' = $3
  AND a.content ->> 'main' IS NOT NULL LIMIT 1
"""
_CAME_ON = """
SELECT a.correspondent, a.content ->> 'id' AS parcel, a.content ->> 'number' AS number,
  a.content ->> 'subject' AS subject, l.id AS letter_id, l.secrecy, l.sender
FROM eoffice.arrival a JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = a.letter_id
WHERE a.tenant_id = $1 AND a.channel = $2 AND a.content ->> 'dated_on' = $3
  AND a.content ->> 'main' IS NOT NULL
ORDER BY a.arrived_at DESC
"""


async def hear(
    ctx: Context, channel: str, note: Note, sender: Mapping[str, Any] | None
) -> UUID | None:
    """Let a note have its effect, in the transaction that is open.

    :param sender: the agency of the address book that says it; None where it is not there, or
        where the channel does not tell who said it.
    :returns: the letter that it is about; None where there is no such letter.
    """
    if note.kind == "said":
        return await heed(ctx, channel, note)
    if note.kind == "undeliverable":
        return await _returned(ctx, channel, note)
    if note.kind in OF_SENDER:
        return await _of_theirs(ctx, channel, note, sender)
    return await _of_ours(ctx, note, sender) if sender else None


async def heed(ctx: Context, channel: str, note: Note) -> UUID | None:
    """Have the registry read what is said of a letter; by itself nothing comes of it.

    :returns: the letter, as :func:`hear`.
    """
    if note.letter is None:
        return None
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_OF_ANYBODY, ctx.tenant.id, channel, note.letter)
        if row is None:
            row = await connection.fetchrow(_CAME_AS, ctx.tenant.id, channel, str(note.letter))
    if row is None:
        return None
    await _tell_registry(ctx, SAID, note, row, note.sender.name or note.sender.mailbox)
    letter: UUID = row["letter_id"]
    return letter


async def _returned(ctx: Context, channel: str, note: Note) -> UUID | None:
    """Note that a letter of ours did not arrive, which the channel says and no agency."""
    if note.letter is None:
        return None
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_OF_ANYBODY, ctx.tenant.id, channel, note.letter)
    if row is None:
        return None
    letter: UUID = row["letter_id"]
    if (state := after_note(row["state"], note.kind)) is not None:
        await Dispatch.update({Dispatch.state: state, Dispatch.why: note.why[:500]}).where(
            Dispatch.of(ctx), Dispatch.id == row["id"]
        )
        await _tell_registry(ctx, UNDELIVERED, note, row, row["receiver"])
        await record(ctx, "eoffice.dispatch.answered", await head_of(ctx, letter), state=state)
    return letter


async def _of_ours(ctx: Context, note: Note, sender: Mapping[str, Any]) -> UUID | None:
    row = await _sent(ctx, note, sender)
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
    if state in ("rejected", "misdirected"):
        await _tell_registry(ctx, NOT_TAKEN, note, row, sender["name"])
    await record(ctx, "eoffice.dispatch.answered", await head_of(ctx, letter), state=state)
    return letter


async def _sent(ctx: Context, note: Note, sender: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the dispatch that a note is about, held; of two of one number the last."""
    async with transaction(ctx) as connection:
        if note.letter is not None:
            row: Mapping[str, Any] | None = await connection.fetchrow(
                _SENT_BY_ID, ctx.tenant.id, sender["id"], note.letter
            )
            return row
        rows = await connection.fetch(
            _SENT_ON, ctx.tenant.id, sender["id"], note.dated_on.isoformat()
        )
    number = plain_number(note.number)
    return next((row for row in rows if plain_number(row["number"]) == number), None)


async def _of_theirs(
    ctx: Context, channel: str, note: Note, sender: Mapping[str, Any] | None
) -> UUID | None:
    row = await _came(ctx, channel, note, sender)
    if row is None:
        return None
    letter: UUID = row["letter_id"]
    if note.kind == "wrong_number":
        await _tell_registry(ctx, DOUBTED, note, row, row["sender"])
        await audit.record(ctx, "eoffice.letter.doubted", f"letter/{letter}")
        return letter
    await Letter.update({Letter.state: State.RETURNED, Letter.closed_on: ctx.today}).where(
        Letter.of(ctx), Letter.id == letter, Letter.state == State.ARRIVED
    )
    [now] = await Letter.select(Letter.state).where(Letter.of(ctx), Letter.id == letter)
    if now["state"] != State.RETURNED:
        await _tell_registry(ctx, WITHDRAWN, note, row, row["sender"])
    await audit.record(ctx, "eoffice.letter.withdrawn", f"letter/{letter}")
    return letter


async def _came(
    ctx: Context, channel: str, note: Note, sender: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """Return the letter that came and that a note is about; of two of one number the last."""
    async with transaction(ctx) as connection:
        rows: Sequence[Mapping[str, Any]] = await connection.fetch(
            _CAME_ON, ctx.tenant.id, channel, note.dated_on.isoformat()
        )
    if sender is None:
        return _only(note, rows)
    number, parcel = plain_number(note.number), str(note.letter) if note.letter else None
    return next(
        (
            row
            for row in rows
            if row["correspondent"] == sender["id"]
            and plain_number(row["number"]) == number
            and parcel in (None, row["parcel"])
        ),
        None,
    )


def _only(note: Note, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return what a note is about that does not say whose it is, where only one agency's can be.

    Nodes tell of a wrong receive number only to which office it is said.
    """
    if note.sender.is_named:
        return None
    key = same_letter_key(note.number, note.dated_on, note.subject, "")
    alike = [
        row
        for row in rows
        if same_letter_key(row["number"], note.dated_on, row["subject"], "") == key
    ]
    return alike[0] if len({row["correspondent"] for row in alike}) == 1 else None


async def _tell_registry(
    ctx: Context,
    message: notifications.Message,
    note: Note,
    row: Mapping[str, Any],
    agency: str,
) -> None:
    """Have the registry look at a letter; of a secret one its list, not even told whose it is."""
    secret = row["secrecy"] != "normal"
    asked = [one["id"] for one in await people.holders_of(ctx, REGISTER)]
    if secret:
        asked = list(await readers_of(ctx, row["letter_id"]))
    for account in asked:
        await notifications.send(
            ctx,
            to=account,
            template=message,
            key=f"eoffice/{note.id}/{note.kind}",
            href=f"/desk/eoffice/letters/{row['letter_id']}",
            agency=_THE_SENDER if secret else agency[:120],
        )
