"""Documents of the office before they are signed: begun, changed, submitted, dropped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotAllowed,
    Text,
    add_later,
    audit,
    into,
    need,
    new_id,
    posts,
    transaction,
)
from kit.casework import read_request
from kit.documents import Checked
from kit.thai import long_day
from plugins.eoffice.rules import drafts
from plugins.eoffice.rules.kinds import KINDS
from plugins.eoffice.rules.retention import DEFAULT, chosen
from plugins.eoffice.rules.states import UNSIGNED, State
from plugins.eoffice.service import tasks
from plugins.eoffice.service.access import get_letter, list_readers, lock_letter, record
from plugins.eoffice.service.arrivals import CENTRAL
from plugins.eoffice.service.endorsements import Written, write
from plugins.eoffice.service.endorsing import settle
from plugins.eoffice.service.files import add_file, keep
from plugins.eoffice.service.petitions import KIND
from plugins.eoffice.service.rights import DRAFT
from plugins.eoffice.tables.letters import Letter

_LETTERS = into(Letter)
_KIND = Text("เลือกชนิดหนังสือจากรายการ", "Choose a kind of document from the list.")
_STALE = Text(
    "มีผู้แก้ร่างนี้ไปก่อนแล้ว สิ่งที่ท่านพิมพ์ยังอยู่ในช่อง เปิดร่างล่าสุดเทียบแล้วบันทึกใหม่",
    "Somebody changed this draft before. What you typed is still here; compare and save again.",
)
_NOT_YOURS = Text(
    "แก้ร่างได้เฉพาะผู้ร่าง หรือตำแหน่งที่ร่างรออยู่", "Only the drafter, or the post that the draft waits for."
)
_SIGNED = Text("หนังสือฉบับนี้ลงนามแล้ว แก้ไม่ได้", "This document is signed and stays as it is.")
_SECRET = Text(
    "ร่างที่ลับ หรือที่ตอบหนังสือลับ เปลี่ยนเป็นไม่ลับไม่ได้ ให้ร่างฉบับใหม่",
    "What is secret, or answers a secret letter, stays secret. Begin another draft.",
)
_TARGET = Text("เลือกตำแหน่งที่จะตรวจหรือลงนาม", "Choose the post that looks at it or signs.")

NEEDS_PDF = Text("แนบตัวหนังสือเป็นไฟล์ PDF", "Attach the document as a PDF.")


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer typed of a document.

    :param fields: by part of its form.
    :param to: ids of agencies in the address book that it goes to once it is signed.
    :param signer: key of the post that signs.
    """

    fields: dict[str, str]
    signer: str
    to: tuple[str, ...] = ()
    speed: str = "normal"
    secrecy: str = "normal"
    keywords: str = ""
    retention: str = DEFAULT


async def begin(
    ctx: Context,
    kind: str,
    typed: Typed,
    *,
    answers: UUID | None = None,
    case: UUID | None = None,
    file: Checked | None = None,
) -> UUID:
    """Begin a document.

    :param answers: the letter that it answers, which the actor may see.
    :param case: the case of a service that it is written for.
    :param file: the document itself as PDF, in place of a text that is typed.
    :raises InvalidInput: its kind, a part, its signer or its secrecy is wrong.
    """
    need(ctx, DRAFT)
    if kind not in KINDS:
        raise InvalidInput({"kind": _KIND})
    await _check(ctx, kind, typed, secrecy=await secrecy_of_answer(ctx, answers))
    if file is not None and file.kind != "pdf":
        raise InvalidInput({"file": NEEDS_PDF})
    if answers is not None:
        case = (await get_letter(ctx, answers))["case_id"]
    elif case is not None:
        await read_request(ctx, case)
    id = new_id()
    unit = await _unit(ctx)
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "way": "out",
        "kind": kind,
        "state": State.DRAFT,
        "number": "",
        **_columns(ctx, kind, typed),
        "unit": unit,
        "answers": answers,
        "case_id": case,
        "twin": "",
        "created_at": ctx.now,
        "created_by": ctx.actor.id,
        "revision": 1,
    }
    kept = await keep(ctx, file) if file else None
    async with transaction(ctx):
        add_later(_LETTERS, row)
        if kept is not None:
            add_file(ctx, id, kept, role="main", position=0)
        await record(ctx, "eoffice.draft.begun", row, kind=kind)
        if typed.secrecy != "normal" and ctx.actor.id:
            await list_readers(ctx, id, [ctx.actor.id])
    return id


async def _unit(ctx: Context) -> str:
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    return next((seat.post.unit for seat in seats if seat.post.unit), CENTRAL)


def _columns(ctx: Context, kind: str, typed: Typed) -> dict[str, Any]:
    fields = typed.fields
    subject = fields.get("subject") or fields.get("about") or KINDS[kind].title.th
    return {
        "subject": subject[:500],
        "sender": ctx.tenant.name.th,
        "recipient": fields.get("to", "")[:500],
        "secrecy": typed.secrecy,
        "speed": typed.speed,
        "keywords": typed.keywords,
        "retention": chosen(typed.retention, typed.secrecy),
        "signer": typed.signer,
        "content": {"fields": fields, "to": typed.to},
    }


async def secrecy_of_answer(ctx: Context, answers: UUID | None) -> str:
    """Return how secret an answer to a letter is at least: it repeats what stands in that one.

    :raises NotFound: the actor does not see the letter.
    """
    return "normal" if answers is None else str((await get_letter(ctx, answers))["secrecy"])


async def _check(ctx: Context, kind: str, typed: Typed, *, secrecy: str) -> None:
    wrong = drafts.problems(kind, typed.fields)
    if secrecy != "normal" and typed.secrecy == "normal":
        wrong["secrecy"] = _SECRET
    if wrong:
        raise InvalidInput(wrong)
    await tasks.post_of(ctx, typed.signer, field="signer")


async def change(ctx: Context, letter: UUID, typed: Typed, *, revision: int) -> None:
    """Change a document that is not signed yet.

    :param revision: on which state of it the page was based.
    :raises Conflict: somebody changed it meanwhile, or it is signed.
    :raises NotAllowed: it is not the actor's, and waits for another post.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        await demand_open(ctx, row)
        await _check(ctx, row["kind"], typed, secrecy=row["secrecy"])
        if row["revision"] != revision:
            raise Conflict(_STALE)
        columns = _columns(ctx, row["kind"], typed)
        columns["content"] = msgspec.json.encode(row["content"] | columns["content"]).decode()
        change_ = {getattr(Letter, name): value for name, value in columns.items()}
        await Letter.update({**change_, Letter.revision: revision + 1}).where(
            Letter.of(ctx), Letter.id == letter
        )
        if typed.secrecy != "normal" and ctx.actor.id:
            await list_readers(ctx, letter, [ctx.actor.id])
        await audit.record(ctx, "eoffice.draft.changed", f"letter/{letter}")


async def demand_open(ctx: Context, row: Mapping[str, Any]) -> None:
    """Return where the actor may change a document now.

    :raises Conflict: it is signed or dropped.
    :raises NotAllowed: it waits for another.
    """
    if row["way"] != "out" or row["state"] not in UNSIGNED:
        raise Conflict(_SIGNED)
    if row["state"] == State.DRAFT and row["created_by"] == ctx.actor.id:
        return
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    mine = {seat.post.key for seat in seats}
    waiting = await tasks.tasks_of(ctx, row["id"])
    if not any(one["state"] == "waiting" and one["post"] in mine for one in waiting):
        raise NotAllowed(_NOT_YOURS)


async def submit(ctx: Context, letter: UUID, *, to: str, text: str = "") -> None:
    """Put a draft before the post that looks at it, or signs.

    :param to: key of that post.
    """
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        await demand_open(ctx, row)
        if row["state"] != State.DRAFT:
            raise Conflict(_NOT_YOURS)
        target = await tasks.post_of(ctx, to)
        seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
        if not seats:
            raise NotAllowed(_NOT_YOURS)
        if target.post == seats[0].post:
            raise InvalidInput({"to": _TARGET})
        own = seats[0]
        seat = await posts.sign_in_post(ctx, own.post, own.title)
        written = Written(action="submit", text=text, to=(to,))
        id = await write(ctx, row, own.post.key, seat, written, [target])
        if row["secrecy"] != "normal":
            accounts = [account for account, _ in target.holders]
            await list_readers(ctx, letter, accounts, given_by=id)
        await tasks.open_task(
            ctx,
            row,
            target,
            asked="sign" if to == row["signer"] else "review",
            given_by=id,
            given_from=own.post.key,
        )
        await settle(ctx, row, "submit")


async def drop(ctx: Context, letter: UUID) -> None:
    """Drop a draft of one's own; it is kept, and goes no further."""
    async with transaction(ctx):
        row = await lock_letter(ctx, letter)
        if row["state"] != State.DRAFT or row["created_by"] != ctx.actor.id:
            raise Conflict(_NOT_YOURS)
        await Letter.update(
            {
                Letter.state: State.DROPPED,
                Letter.closed_on: ctx.today,
                Letter.revision: Letter.revision + 1,
            }
        ).where(Letter.of(ctx), Letter.id == letter)
        await audit.record(ctx, "eoffice.draft.dropped", f"letter/{letter}")


async def first_fields(ctx: Context, kind: str, answers: UUID | None) -> dict[str, str]:
    """Return what stands in a new document at first: its unit, and what it answers."""
    unit = ctx.tenant.units.get(await _unit(ctx))
    contact = [unit.name.th if unit else ctx.tenant.name.th]
    contact += [f"โทร. {ctx.tenant.phone}"] if ctx.tenant.phone else []
    contact += [f"ไปรษณีย์อิเล็กทรอนิกส์ {ctx.tenant.email}"] if ctx.tenant.email else []
    fields = {"unit": "\n".join(contact)}
    if answers is not None:
        row = await get_letter(ctx, answers)
        day = f" ลงวันที่ {long_day(row['dated_on'], 'th')}" if row["dated_on"] else ""
        what = "คำขอของ" if row["kind"] == KIND else "หนังสือ"
        fields |= {
            "subject": row["subject"],
            "to": row["sender"],
            "references": f"{what}{row['sender']} ที่ {row['number']}{day}",
        }
    parts = drafts.parts_of(kind)
    return {name: text for name, text in fields.items() if name in parts}
