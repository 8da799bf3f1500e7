"""Register a letter that has arrived: its receive number, and the post that looks at it first.

Law: Regulation on Correspondence B.E. 2526, cl. 35 to 40 (sort, stamp, enter, hand on).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import Struct, structs

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    audit,
    defer,
    posts,
    transaction,
)
from plugins.eoffice.rules.registers import RECEIVE, SECRET_RECEIVE, register_of, twin_of
from plugins.eoffice.rules.retention import DEFAULT, chosen
from plugins.eoffice.rules.states import State
from plugins.eoffice.service import answering, cases, registers, tasks
from plugins.eoffice.service.access import (
    get_letter,
    list_readers,
    lock_letter,
    may_register,
)
from plugins.eoffice.service.arrivals import get_arrival
from plugins.eoffice.service.printing import STAMP
from plugins.eoffice.service.registers import Drawn
from plugins.eoffice.service.rights import REGISTER
from plugins.eoffice.service.searching import add_words
from plugins.eoffice.tables.letters import Letter

_MOVED = Text(
    "หนังสือฉบับนี้มีผู้ลงทะเบียนหรือส่งคืนไปแล้ว เปิดหน้านี้ใหม่",
    "Somebody registered this letter or sent it back. Open the page again.",
)
_NOT_YOURS = Text(
    "หนังสือลับลงทะเบียนได้เฉพาะนายทะเบียนข้อมูลข่าวสารลับ ส่งต่อให้นายทะเบียนโดยไม่เปิดอ่าน",
    "Only the registrar of secret documents enters a secret letter. Hand it over unread.",
)
_ABOVE = Text(
    "ระบบไม่เก็บไฟล์ของเอกสารลับมากและลับที่สุด ส่งคืนรายการนี้แล้วรับใหม่แบบมีเฉพาะกระดาษ",
    "Files of secret and top secret documents are not kept here. Send this back and take it in as "
    "paper only.",
)
_TWIN = Text(
    "หนังสือเลขที่และวันที่นี้จากหน่วยงานเดียวกันรับไว้แล้ว เลขรับ {number} ตรวจก่อนว่าส่งซ้ำหรือไม่",
    "A letter of this number, day and agency was registered before as {number}. Look whether it "
    "was sent twice.",
)

_NO_UNIT = Text(
    "ลงรับแทนส่วนราชการนี้ไม่ได้ เลือกส่วนราชการที่ท่านเป็นธุรการ",
    "You do not keep the register of this division. Choose one that you keep.",
)
_STANDS = Text("ลงรับในทะเบียนนี้แล้ว", "It stands in this register already.")
_SECRET = Text("หนังสือลับอยู่ในทะเบียนลับเท่านั้น", "A secret letter stands in the secret register alone.")


class AlreadyRegistered(Conflict):
    """A letter of this number, day and sender stands in the register already.

    :param letter: the one that does.
    """

    def __init__(self, letter: UUID, sentence: Text) -> None:
        super().__init__(sentence)
        self.letter = letter


class Head(Struct, frozen=True, kw_only=True):
    """What is entered of a letter from outside.

    :param answers: number of the office's own letter that it answers; "" for none.
    :param first: key of the post that it goes to.
    """

    number: str
    dated_on: date
    sender: str
    recipient: str
    subject: str
    secrecy: str = "normal"
    speed: str = "normal"
    due_at: datetime | None = None
    keywords: str = ""
    retention: str = DEFAULT
    remark: str = ""
    answers: str = ""
    first: str


async def register(ctx: Context, letter: UUID, head: Head) -> Drawn:
    """Register a letter and put it before the first post.

    :raises AlreadyRegistered: the same letter stands in the register.
    :raises Conflict: it was registered or sent back meanwhile.
    :raises InvalidInput: ``first`` is no post that somebody sits in.
    """
    if not may_register(ctx, head.secrecy):
        raise NotAllowed(_NOT_YOURS)
    async with transaction(ctx):
        arrival = await get_arrival(ctx, letter)
        if head.secrecy == "above" and arrival["filed"]:
            raise InvalidInput({"secrecy": _ABOVE})
        target = await tasks.post_of(ctx, head.first, field="first")
        came = await answering.arrival_of(ctx, letter)
        answered = await cases.ours(ctx, head.answers) if head.answers else None
    book = RECEIVE if head.secrecy == "normal" else SECRET_RECEIVE
    twin = twin_of(book, head.number, head.dated_on, head.sender)

    async def write(drawn: Drawn) -> None:
        row = await _write(ctx, arrival, head, twin, target)
        if answered is not None:
            await _answer(ctx, row, answered)
        if came is not None:
            said = {"accept_number": str(drawn.number), "accept_on": ctx.today}
            await answering.answer(ctx, letter, came, "accepted", **said)

    try:
        return await registers.enter(ctx, book, _entry(letter, head), write)
    except asyncpg.UniqueViolationError as clash:
        if clash.constraint_name != "letter_twin_key":
            raise
        raise await _already(ctx, twin) from clash


async def register_in_unit(ctx: Context, letter: UUID, unit: str) -> Drawn:
    """Enter a letter of the central register in that of a division too (ทะเบียนรับกอง).

    :raises NotFound: the actor may not see the letter.
    :raises Conflict: it stands there already, or is no letter that was received.
    """
    if unit not in ctx.tenant.units or not ctx.actor.may(REGISTER, unit):
        raise NotAllowed(_NO_UNIT)
    row = await get_letter(ctx, letter)
    register = register_of(RECEIVE, unit)
    before = await registers.entries_of(ctx, letter)
    if row["way"] != "in" or not before or any(one["register"] == register for one in before):
        raise Conflict(_STANDS)
    if row["secrecy"] != "normal":
        raise Conflict(_SECRET)
    async with transaction(ctx):
        await lock_letter(ctx, letter)
        again = await registers.entries_of(ctx, letter)
        if any(one["register"] == register for one in again):
            raise Conflict(_STANDS)
        facts = {
            "letter_id": letter,
            "letter_number": row["number"],
            **{name: row[name] for name in ("dated_on", "sender", "recipient", "subject")},
        }
        drawn = await registers.enter_here(ctx, register, facts)
        await audit.record(ctx, "eoffice.letter.registered", f"letter/{letter}", register=register)
    return drawn


def _entry(letter: UUID, head: Head) -> dict[str, Any]:
    return {
        "letter_id": letter,
        "letter_number": head.number,
        "dated_on": head.dated_on,
        "sender": head.sender,
        "recipient": head.recipient,
        "subject": head.subject,
        "remark": head.remark,
    }


async def _write(
    ctx: Context, arrival: Mapping[str, Any], head: Head, twin: str, target: posts.Held
) -> dict[str, Any]:
    letter, filed = arrival["id"], arrival["filed"]
    moved = (
        await Letter.update(
            {
                Letter.state: State.REGISTERED,
                Letter.number: head.number,
                Letter.dated_on: head.dated_on,
                Letter.subject: head.subject,
                Letter.sender: head.sender,
                Letter.recipient: head.recipient,
                Letter.secrecy: head.secrecy,
                Letter.speed: head.speed,
                Letter.due_at: head.due_at,
                Letter.keywords: head.keywords,
                Letter.retention: chosen(head.retention, head.secrecy),
                Letter.twin: twin,
                Letter.revision: Letter.revision + 1,
            }
        )
        .where(Letter.of(ctx), Letter.id == letter, Letter.state == State.ARRIVED)
        .returning(Letter.id)
    )
    if not moved:
        raise Conflict(_MOVED)
    row = {"id": letter, "case_id": arrival["case_id"], **structs.asdict(head)}
    if head.secrecy == "normal":
        await add_words(ctx, row, filed=filed)
    else:
        holders = [account for account, _ in target.holders]
        await list_readers(ctx, letter, [*([ctx.actor.id] if ctx.actor.id else []), *holders])
    await tasks.open_task(ctx, row, target, asked="consider")
    if filed:
        await defer(ctx, STAMP, letter=str(letter))
    await audit.record(ctx, "eoffice.letter.registered", f"letter/{letter}")
    return row


async def _answer(ctx: Context, row: Mapping[str, Any], answered: Mapping[str, Any]) -> None:
    """Note that a letter answers one of ours, and whose case that is."""
    case = row["case_id"] or answered["case_id"]
    await Letter.update({Letter.answers: answered["id"], Letter.case_id: case}).where(
        Letter.of(ctx), Letter.id == row["id"]
    )
    await cases.tell(ctx, answered, row)


async def _already(ctx: Context, twin: str) -> Conflict:
    async with transaction(ctx):
        row = await Letter.select(Letter.id).where(Letter.of(ctx), Letter.twin == twin).first()
    if row is None:
        return Conflict(_MOVED)
    entries = await registers.entries_of(ctx, row["id"])
    number = registers.quoted(entries[0]) if entries else ""
    return AlreadyRegistered(row["id"], _TWIN.format(number=number))
