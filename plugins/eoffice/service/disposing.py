"""Draw a list of documents whose time is over, and decide what becomes of each.

What is destroyed is paper. The files of a letter, its entries in registers and what was written on
it stay as they are; nothing here deletes a row or a file.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    new_id,
    read_reason,
    transaction,
)
from kit.thai import buddhist_year
from plugins.eoffice.rules.disposing import (
    ARCHIVE,
    KEEP,
    REASONED,
    Dissent,
    Kind,
    State,
    decisions_in,
)
from plugins.eoffice.service import rights
from plugins.eoffice.service.disposals import DUE, NO_LIST, due_values
from plugins.eoffice.service.kept import demand_office
from plugins.eoffice.tables.keeping import Disposal, DisposalItem

FARTHEST = 100  # years
LONGEST = 2_000  # characters of an opinion

_NOTHING = Text("ยังไม่มีหนังสือที่ครบกำหนด", "No document has come to its time.")
_THIS_YEAR = Text("ปีนี้จัดทำบัญชีแล้ว ใช้บัญชีเดิม", "This year's list is drawn. Use that one.")
_NOT_NOW = Text(
    "บัญชีนี้ไปขั้นอื่นแล้ว แก้ผลพิจารณาแบบนี้ไม่ได้ เปิดหน้านี้ใหม่",
    "The list has moved on, and this cannot be decided now. Open the page again.",
)
_CHOOSE = Text("เลือกหนังสือจากบัญชีอย่างน้อยหนึ่งรายการ", "Choose at least one document of the list.")
_UNTIL = Text(
    "กรอกปี พ.ศ. ที่เก็บถึง ตั้งแต่ปีของบัญชี", "Give the last Buddhist year, from that of the list on."
)
_MEMBER = Text("เลือกกรรมการจากรายชื่อ", "Choose a member of the committee.")
_OPINION = Text(
    f"เขียนความเห็น ไม่เกิน {LONGEST:,} ตัวอักษร", f"Write the opinion, at most {LONGEST:,} characters."
)
_DRAW = """
INSERT INTO eoffice.kept AS kept
  (tenant_id, letter_id, stage, paper, why, keeper, file_code, place, disposal)
SELECT l.tenant_id, l.id, 'finished', true, '', '', '', '', {id} {due}
ON CONFLICT (tenant_id, letter_id) DO UPDATE SET disposal = excluded.disposal, paper = true
WHERE kept.disposal IS NULL AND kept.stage = ANY ($2)
"""
_ENTER = """
INSERT INTO eoffice.disposal_item
  (tenant_id, disposal_id, turn, letter_id, decision, why, outcome)
SELECT k.tenant_id, k.disposal, row_number() OVER (
    ORDER BY k.file_code, k.year, k.number, l.closed_on, l.id),
  l.id, $3::varchar, '', ''
FROM eoffice.kept k JOIN eoffice.letter l ON l.tenant_id = $1 AND l.id = k.letter_id
WHERE k.tenant_id = $1 AND k.disposal = $2
"""


async def draw(ctx: Context, kind: str) -> UUID:
    """Draw the list of this year: every document on paper whose time is over and that is not held.

    :raises Conflict: there is one of this year, or nothing to put on it.
    """
    demand_office(ctx, rights.KEEP)
    id = new_id()
    values = await due_values(ctx, kind)
    draw_all = _DRAW.format(id=f"${len(values) + 1}::uuid", due=DUE[kind])
    try:
        async with transaction(ctx) as connection:
            await add(Disposal, _row(ctx, id, kind))
            done = await connection.execute(draw_all, *values, id)
            count = int(done.rpartition(" ")[2])
            if not count:
                raise Conflict(_NOTHING)
            first = ARCHIVE if kind == Kind.ARCHIVES else ""
            await connection.execute(_ENTER, ctx.tenant.id, id, first)
            await audit.record(
                ctx, "eoffice.disposal.drawn", f"disposal/{id}", kind=kind, count=count
            )
    except asyncpg.UniqueViolationError as clash:
        raise Conflict(_THIS_YEAR) from clash
    return id


def _row(ctx: Context, id: UUID, kind: str) -> dict[str, Any]:
    blank = ("order_number", "sent_number", "reply", "reply_number", "method", "why")
    return {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "kind": kind,
        "year": buddhist_year(ctx.today),
        "state": State.DRAWN,
        "drawn_on": ctx.today,
        "drawn_by_name": ctx.actor.name,
        "committee": [],
        "dissents": [],
        "revision": 1,
        **dict.fromkeys(blank, ""),
    }


class Decision(Struct, frozen=True, kw_only=True):
    """What becomes of some documents of a list.

    :param turns: their places on it.
    :param rest: all that nobody decided on yet, too.
    :param until: last Buddhist year, of those that are kept longer.
    :param why: of those that stay.
    """

    turns: Sequence[int]
    decision: str
    rest: bool = False
    until: int | None = None
    why: str = ""


async def decide(ctx: Context, disposal: UUID, decided: Decision) -> None:
    """Note what the committee, the head or the archives decided of documents of a list.

    :raises Conflict: that is not to be decided while the list stands so.
    :raises InvalidInput: documents, year or reason are missing.
    """
    async with transaction(ctx):
        row = await _hold(ctx, disposal)
        head = row["state"] == State.REPORTED
        demand_office(ctx, rights.DESTROY if head else rights.KEEP)
        if decided.decision not in decisions_in(row["kind"], row["state"]):
            raise Conflict(_NOT_NOW)
        until, why = _checked(row, decided)
        moved = (
            await DisposalItem.update(
                {
                    DisposalItem.decision: decided.decision,
                    DisposalItem.until: until,
                    DisposalItem.why: why,
                }
            )
            .where(
                DisposalItem.of(ctx),
                DisposalItem.disposal_id == disposal,
                _which(decided),
            )
            .returning(DisposalItem.turn)
        )
        if not moved:
            raise InvalidInput({"turns": _CHOOSE})
        await _bump(ctx, disposal)
        await audit.record(
            ctx,
            "eoffice.disposal.decided",
            f"disposal/{disposal}",
            decision=decided.decision,
            turns=sorted(decided.turns),
            count=len(moved),
            until=until,
            why=why,
        )


def _which(decided: Decision) -> Any:
    """Return the condition on documents that are decided on."""
    some = DisposalItem.turn.is_in(list(decided.turns) or [0])
    return some | (DisposalItem.decision == "") if decided.rest else some


def _checked(row: Mapping[str, Any], decided: Decision) -> tuple[int | None, str]:
    if not decided.turns and not decided.rest:
        raise InvalidInput({"turns": _CHOOSE})
    if decided.decision not in REASONED:
        return None, ""
    why = read_reason(decided.why)
    if decided.decision != KEEP:
        return None, why
    if decided.until is None or not row["year"] <= decided.until <= row["year"] + FARTHEST:
        raise InvalidInput({"until": _UNTIL})
    return decided.until, why


async def dissent(ctx: Context, disposal: UUID, said: Dissent) -> None:
    """Note what a member of the committee holds against what the others decided.

    :raises Conflict: the committee has reported already.
    """
    demand_office(ctx, rights.KEEP)
    if not 1 <= len(said.text) <= LONGEST:
        raise InvalidInput({"text": _OPINION})
    async with transaction(ctx):
        row = await _hold(ctx, disposal)
        if row["state"] != State.CONSIDERING:
            raise Conflict(_NOT_NOW)
        if said.name not in {one["name"] for one in row["committee"]}:
            raise InvalidInput({"name": _MEMBER})
        dissents = [*row["dissents"], msgspec.to_builtins(said)]
        await Disposal.update({Disposal.dissents: msgspec.json.encode(dissents).decode()}).where(
            Disposal.of(ctx), Disposal.id == disposal
        )
        await _bump(ctx, disposal)
        await audit.record(
            ctx, "eoffice.disposal.dissented", f"disposal/{disposal}", member=said.name
        )


async def _hold(ctx: Context, disposal: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = (
        await Disposal.select()
        .where(Disposal.of(ctx), Disposal.id == disposal)
        .lock_rows("UPDATE")
        .first()
        .output(load_json=True)
    )
    if row is None:
        raise NotFound(NO_LIST)
    return row


async def _bump(ctx: Context, disposal: UUID) -> None:
    """Have whoever looked at a list before look again before its next step."""
    await Disposal.update({Disposal.revision: Disposal.revision + 1}).where(
        Disposal.of(ctx), Disposal.id == disposal
    )
