"""What has come in and waits to be registered: kept as it came, before anybody decides on it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add_later,
    into,
    need,
    new_id,
    transaction,
)
from kit.documents import Checked
from plugins.eoffice.rules.dispatching import NOTES
from plugins.eoffice.rules.parcels import Agency
from plugins.eoffice.rules.states import State
from plugins.eoffice.service.access import NO_LETTER, list_registrars, may_register, record
from plugins.eoffice.service.files import Kept, add_file, keep
from plugins.eoffice.service.rights import REGISTER, SECRETS
from plugins.eoffice.tables.exchange import Arrival
from plugins.eoffice.tables.letters import Letter

CENTRAL = "clerk"  # the division that keeps the central registry, of every office's first tree
MOST_FILES = 20
UNTAKEN, UNTAKEN_FOR = 20, timedelta(days=30)

_LETTERS = into(Letter)
_NO_FILES = Text(
    "แนบไฟล์หนังสือ หรือเลือกว่ามีเฉพาะกระดาษ", "Attach the letter, or say that there is only paper."
)
MANY_FILES = Text(
    f"แนบได้ไม่เกิน {MOST_FILES} ไฟล์ รวมเอกสารแนบเป็นไฟล์เดียวก่อน",
    f"At most {MOST_FILES} files. Put the enclosures into one first.",
)
MOVED = Text("หนังสือฉบับนี้ลงทะเบียนหรือส่งคืนไปแล้ว", "This letter was registered or sent back already.")

_CAME = """
SELECT l.*, EXISTS (SELECT FROM eoffice.file f
  WHERE f.tenant_id = $1 AND f.letter_id = l.id AND f.dropped_at IS NULL) AS filed
FROM eoffice.letter l WHERE l.tenant_id = $1 AND l.way = 'in' AND l.id = $2
"""


class Intake(Struct, frozen=True, kw_only=True):
    """What is known of a letter before it is registered."""

    number: str = ""
    dated_on: Any = None
    subject: str = ""
    sender: str = ""
    recipient: str = ""
    speed: str = "normal"
    secrecy: str = "normal"
    content: dict[str, Any] = {}
    unit: str = CENTRAL
    due_at: datetime | None = None
    kind: str = "external"
    case_id: UUID | None = None


async def take_in(
    ctx: Context, files: Sequence[Checked], *, paper_only: bool = False, secret: bool = False
) -> UUID:
    """Keep what was scanned or brought at the counter, to be registered next.

    :param files: the letter first, then what is enclosed.
    :param paper_only: there is no file, and shall be none.
    :param secret: it is there for the registrars of secret documents alone, from the first moment.
    :raises InvalidInput: no file, or too many.
    """
    need(ctx, SECRETS if secret else REGISTER)
    if not files and not paper_only:
        raise InvalidInput({"files": _NO_FILES})
    if len(files) > MOST_FILES:
        raise InvalidInput({"files": MANY_FILES})
    kept = [await keep(ctx, one) for one in files]
    async with transaction(ctx):
        intake = Intake(secrecy="secret" if secret else "normal")
        letter = put_in(ctx, intake)
        put_files(ctx, letter, kept)
        if secret:
            await list_registrars(ctx, letter)
        arrived = {"id": letter, "secrecy": intake.secrecy}
        await record(ctx, "eoffice.letter.arrived", arrived, files=len(kept))
    return letter


def put_in(ctx: Context, intake: Intake) -> UUID:
    """Note that a letter has arrived, in the transaction that is open."""
    id = new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "way": "in",
        "kind": intake.kind,
        "state": State.ARRIVED,
        "number": intake.number,
        "dated_on": intake.dated_on,
        "subject": intake.subject,
        "sender": intake.sender,
        "recipient": intake.recipient,
        "secrecy": intake.secrecy,
        "speed": intake.speed,
        "due_at": intake.due_at,
        "unit": intake.unit,
        "keywords": "",
        "case_id": intake.case_id,
        "content": intake.content,
        "signer": "",
        "retention": "",
        "twin": "",
        "created_at": ctx.now,
        "created_by": ctx.actor.id,
        "revision": 1,
    }
    add_later(_LETTERS, row)
    return id


def put_files(ctx: Context, letter: UUID, kept: Sequence[Kept]) -> None:
    """Note the kept files of a letter, the letter itself first."""
    for position, file in enumerate(kept):
        role = "enclosed" if position else "main"
        add_file(ctx, letter, file, role=role, position=position)


async def arrivals(ctx: Context) -> Sequence[dict[str, Any]]:
    """Return what waits to be registered, the oldest first."""
    need(ctx, REGISTER)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Letter.select()
            .where(
                Letter.of(ctx),
                Letter.way == "in",
                Letter.state == State.ARRIVED,
                *([] if may_register(ctx, "secret") else [Letter.secrecy == "normal"]),
            )
            .order_by(Letter.id)
            .limit(200)
            .output(load_json=True)
        )
    return rows


class Untaken(Struct, frozen=True, kw_only=True):
    """Something that came over a channel, of which only that it came is kept.

    :param what: the kind of a note; "" of a letter.
    :param subject: empty of a secret letter.
    :param said: the words of a note.
    """

    what: str
    number: str
    dated_on: date | None
    subject: str
    sender: Agency
    said: str
    why: Text
    arrived_at: datetime

    @property
    def title(self) -> Text:
        """What it is about, in words."""
        return NOTES[self.what] if self.what else Text(self.subject, self.subject)


async def untaken(ctx: Context) -> list[Untaken]:
    """Return what came lately and became no letter, nor word of one; the newest first."""
    need(ctx, REGISTER)
    async with transaction(ctx):
        rows = (
            await Arrival.select(Arrival.content, Arrival.doubt, Arrival.arrived_at)
            .where(
                Arrival.of(ctx),
                Arrival.doubt.is_not_null(),
                Arrival.letter_id.is_null(),
                Arrival.arrived_at > ctx.now - UNTAKEN_FOR,
            )
            .order_by(Arrival.arrived_at, ascending=False)
            .limit(UNTAKEN)
            .output(load_json=True)
        )
    return [_untaken(row) for row in rows]


def _untaken(row: dict[str, Any]) -> Untaken:
    content = row["content"]
    facts = {
        "what": content.get("kind", ""),
        "number": content["number"],
        "dated_on": content["dated_on"],
        "subject": content["subject"],
        "sender": content["sender"],
        "said": content["why"] if content.get("kind") else "",
        "why": row["doubt"],
        "arrived_at": row["arrived_at"],
    }
    return msgspec.convert(facts, Untaken)


async def get_arrival(ctx: Context, letter: UUID) -> dict[str, Any]:
    """Return what waits to be registered, and whether it has files, as ``filed``.

    :raises NotFound: there is no such letter.
    :raises Conflict: it was registered or sent back meanwhile.
    """
    need(ctx, REGISTER)
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_CAME, ctx.tenant.id, letter)
    if row is None or not may_register(ctx, row["secrecy"]):
        raise NotFound(NO_LETTER)
    if row["state"] != State.ARRIVED:
        raise Conflict(MOVED)
    return {**row, "content": msgspec.json.decode(row["content"])}
