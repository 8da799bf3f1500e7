"""How long a document is kept: its class, its last year, and what it was closed with."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    audit,
    read_reason,
    transaction,
)
from kit.thai import buddhist_year
from plugins.eoffice.rules.endorsing import ACTIONS
from plugins.eoffice.rules.retention import (
    CLASSES,
    SECRET,
    SET_BY_LAW,
    WITH_OFFICE,
    WITH_OWNER,
    Stage,
    class_of,
    last_year,
    stamp_of,
)
from plugins.eoffice.rules.states import OPEN, State
from plugins.eoffice.service.access import lock_letter, record
from plugins.eoffice.service.holds import holds_of
from plugins.eoffice.service.kept import (
    demand_unit,
    ensure,
    is_keeper,
    kept_of,
    limits_today,
    move,
    units_kept,
)
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.tables.keeping import Kept
from plugins.eoffice.tables.letters import Letter
from plugins.eoffice.tables.registers import Entry

FARTHEST = 100  # years from now
# What is not a record of the office yet, or never became one, is not kept.
RECORDS = frozenset({State.REGISTERED, State.SIGNED, State.CLOSED})

_CLASS = Text("เลือกชั้นการเก็บจากรายการ", "Choose a class from the list.")
_UNTIL = Text(
    f"กรอกปี พ.ศ. ที่เก็บถึง ตั้งแต่ปีนี้ ไม่เกิน {FARTHEST} ปี",
    f"Give the last Buddhist year, from this one on, at most {FARTHEST} years away.",
)
_SECRET = Text(
    "ชั้นนี้ใช้กับเอกสารลับ และเอกสารลับใช้ชั้นนี้เท่านั้น",
    "This class is for secret documents, which have no other.",
)
_ENDED = Text(
    "ต้นฉบับกระดาษฉบับนี้ทำลายหรือส่งมอบแล้ว หรืออยู่ในบัญชีที่กำลังดำเนินการ",
    "The paper was destroyed or handed over, or is on a list that is being dealt with.",
)
_NO_RECORD = Text("ทำได้เมื่อลงทะเบียนหรือลงนามแล้ว", "First it is registered or signed.")
_NOT_YOURS = Text(
    "กำหนดได้เฉพาะเจ้าหน้าที่เก็บหนังสือ หรือผู้ร่างขณะที่ยังไม่ปิดเรื่อง",
    "Only who keeps documents sets this, or the drafter while it is open.",
)
_NOT_CLOSED = Text(
    "ปิดเรื่องไม่ได้ เลือกหนังสือที่ลงนามแล้วและไม่มีตำแหน่งใดค้างพิจารณา",
    "This cannot be closed: choose signed documents that wait for no post.",
)
_KEEPER = Text("กรอกชื่อและตำแหน่งผู้เก็บ", "Say who keeps it, with the post.")
_CLOSE = """
UPDATE eoffice.letter l SET state = 'closed', closed_on = $3, revision = revision + 1
WHERE l.tenant_id = $1 AND l.id = ANY ($2) AND l.way = 'out' AND l.state = 'signed'
  AND l.unit = ANY ($4) AND l.secrecy = 'normal'
  AND NOT EXISTS (SELECT FROM eoffice.task t
    WHERE t.tenant_id = $1 AND t.letter_id = l.id AND t.state = 'waiting')
RETURNING l.id
"""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is kept.

    :param code: class of keeping; ``last`` the last Buddhist year, None for good or unset.
    :param stamp: words of the stamp of keeping.
    :param row: what was noted of it beside; None for nothing.
    :param holds: orders not to destroy it, lifted ones too.
    """

    code: str
    title: Text
    last: int | None
    stamp: Text | None
    stage: str
    row: Mapping[str, Any] | None
    holds: Sequence[Mapping[str, Any]]

    @property
    def held(self) -> bool:
        """Whether it may not be destroyed now."""
        return any(one["lifted_at"] is None for one in self.holds)


async def standing_of(ctx: Context, letter: Mapping[str, Any]) -> Standing:
    """Return how a document is kept, of a letter that the actor may see."""
    row = await kept_of(ctx, letter["id"])
    code, closed = letter["retention"], letter["closed_on"]
    until = row["until"] if row else None
    last = last_year(code, closed, await limits_today(ctx), until) if closed else until
    stage: str = row["stage"] if row else Stage.FINISHED
    return Standing(
        code=code,
        title=class_of(code).title,
        last=last,
        stamp=stamp_of(code, last) if closed else None,
        stage=stage if closed else Stage.WORKING,
        row=row,
        holds=await holds_of(ctx, letter["id"]),
    )


async def set_class(
    ctx: Context, letter: UUID, code: str, why: str, *, until: int | None = None
) -> None:
    """Choose another class of keeping.

    :param until: last Buddhist year, of a class whose time another law sets.
    :raises InvalidInput: there is no such class, or the year is missing or odd.
    :raises Conflict: its paper is gone, or on its way.
    """
    reason = read_reason(why)
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        _demand(ctx, row)
        year = _checked(ctx, row, code, until)
        await ensure(ctx, [letter])
        if not await move(ctx, [letter], WITH_OFFICE, {Kept.until: year, Kept.why: reason}):
            raise Conflict(_ENDED)
        await Letter.update({Letter.retention: code, Letter.revision: Letter.revision + 1}).where(
            Letter.of(ctx), Letter.id == letter
        )
        told = {"was": row["retention"], "now": code, "until": year, "why": reason}
        await record(ctx, "eoffice.letter.classed", row, **told)


def _demand(ctx: Context, row: Mapping[str, Any]) -> None:
    if row["state"] not in RECORDS:
        raise Conflict(_NO_RECORD)
    own = row["created_by"] == ctx.actor.id and row["state"] in OPEN
    if not own and not is_keeper(ctx, row["unit"]):
        raise NotAllowed(_NOT_YOURS)


def _checked(ctx: Context, row: Mapping[str, Any], code: str, until: int | None) -> int | None:
    if code not in CLASSES:
        raise InvalidInput({"code": _CLASS})
    if (code == SECRET) != (row["secrecy"] != "normal"):
        raise InvalidInput({"code": _SECRET})
    if code not in SET_BY_LAW:
        return None
    year = buddhist_year(ctx.today)
    if until is None or not year <= until <= year + FARTHEST:
        raise InvalidInput({"until": _UNTIL})
    return until


async def close(ctx: Context, letters: Sequence[UUID]) -> None:
    """Close documents of the office that are signed and wait for nobody: keeping begins.

    :raises Conflict: one of them is not so, or not the actor's to keep; then none is closed.
    """
    wanted = list(dict.fromkeys(letters))
    async with transaction(ctx) as connection:
        closed = await connection.fetch(_CLOSE, ctx.tenant.id, wanted, ctx.today, units_kept(ctx))
        if len(closed) < len(wanted) or not wanted:
            raise Conflict(_NOT_CLOSED)
        await Entry.update({Entry.action: ACTIONS["finish"].title.th}).where(
            Entry.of(ctx), Entry.letter_id.is_in(wanted), Entry.action == ""
        )
        for one in wanted:
            await audit.record(ctx, "eoffice.letter.closed", f"letter/{one}")


async def keep_for_audit(ctx: Context, letter: UUID, keeper: str) -> None:
    """Leave a document with its owner, who needs it for audits.

    :param keeper: who is answerable for it, with the post.

    Law: Regulation on Correspondence B.E. 2526, cl. 55.
    """
    if not 1 <= len(keeper) <= 200:
        raise InvalidInput({"keeper": _KEEPER})
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        demand_unit(ctx, KEEP, row["unit"])
        if row["state"] != State.CLOSED:
            raise Conflict(_NO_RECORD)
        await ensure(ctx, [letter])
        change = {Kept.stage: Stage.AUDIT, Kept.keeper: keeper}
        if not await move(ctx, [letter], WITH_OWNER, change):
            raise Conflict(_ENDED)
        await record(ctx, "eoffice.letter.filed", row, keeper=keeper)


async def file_away(ctx: Context, letter: UUID, *, file_code: str, place: str, paper: bool) -> None:
    """Say where a document is found, and whether there is paper.

    :raises Conflict: its paper is gone, or on its way.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        demand_unit(ctx, KEEP, row["unit"])
        if row["state"] not in RECORDS:
            raise Conflict(_NO_RECORD)
        await ensure(ctx, [letter])
        change = {Kept.file_code: file_code[:40], Kept.place: place[:200], Kept.paper: paper}
        if not await move(ctx, [letter], WITH_OFFICE, change):
            raise Conflict(_ENDED)
        await record(ctx, "eoffice.letter.filed", row, paper=paper)
