"""One letter: what it is, where it went, what was written on it, and what may be written now."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, allow, page, posts
from kit.forms import AnyRequest, Place, Reading, first, read, read_posted, revision_of
from plugins.eoffice.forms.endorsing import endorsement
from plugins.eoffice.routes.answering import as_it_came
from plugins.eoffice.rules.dispatching import BY_NUMBER, CHANNELS, NOTES, STATES
from plugins.eoffice.rules.dispatching import TONES as TONES_OF_STATES
from plugins.eoffice.rules.endorsing import ACTIONS, ASKED
from plugins.eoffice.rules.registers import title_of
from plugins.eoffice.rules.states import (
    OPEN,
    SECRECIES,
    SENT,
    SPEEDS,
    TONES,
    UNSIGNED,
    WORDS,
    State,
)
from plugins.eoffice.service import (
    answering,
    certificates,
    correspondents,
    dispatches,
    endorsements,
    endorsing,
    petitions,
    printing,
    receiving,
    registers,
    retention,
    signing,
    tasks,
    telling,
)
from plugins.eoffice.service.access import answers_to, get_letter, open_letter
from plugins.eoffice.service.endorsements import Written
from plugins.eoffice.service.files import files_of, read_file
from plugins.eoffice.service.rights import DRAFT, READ, REGISTER, SIGN
from plugins.eoffice.service.signing import Signing

PATH = "/desk/eoffice/letters/{letter:uuid}"
_READ = allow(READ)
_WORDS: dict[str, Any] = {
    "actions": ACTIONS,
    "asked": ASKED,
    "words": WORDS,
    "tones": TONES,
    "speeds": SPEEDS,
    "secrecies": SECRECIES,
    "stands": STATES,
    "stands_tones": TONES_OF_STATES,
    "channels": CHANNELS,
    "notes": NOTES,
    "by_number": BY_NUMBER,
}


@get(PATH, guards=[_READ])
async def show_letter(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str]:
    """Show a letter that one may see."""
    row = await open_letter(ctx, letter)
    await tasks.note_read(ctx, letter)
    return await show(request, ctx, row)


async def show(
    request: AnyRequest,
    ctx: Context,
    row: Mapping[str, Any],
    *,
    reading: Reading | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    """Show a letter, with what is wrong with what was sent about it."""
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    wrong = {**(reading.problems if reading else {}), **told}
    seats, mine, open_tasks = await _mine(ctx, row["id"])
    return await page(
        request,
        ctx,
        "eoffice/letter.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        letter=row,
        waiting=open_tasks,
        mine=mine,
        seats=seats,
        fields=await _fields(ctx, mine) if mine else (),
        may=await _may(ctx, row, mine),
        kept=await retention.standing_of(ctx, row),
        typed=reading.typed if reading else {},
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=None if refusal is None or told else refusal.sentence.to(ctx.language),
        place=Place.of(ctx),
        **await _known(ctx, row["id"]),
        **await _exchanged(ctx, row),
        **_WORDS,
    )


async def _known(ctx: Context, letter: UUID) -> dict[str, Any]:
    """Return what belongs to a letter, and what its forms choose from."""
    return {
        "files": await files_of(ctx, letter),
        "entries": await registers.entries_of(ctx, letter),
        "written": await endorsements.endorsements_of(ctx, letter),
        "answered": await answers_to(ctx, letter),
        "agency_options": await _agencies(ctx),
        "unit_options": [
            (unit, one.name.to(ctx.language))
            for unit, one in ctx.tenant.units.items()
            if ctx.actor.may(REGISTER, unit)
        ],
        "certificate": await certificates.own(ctx),
        "post_options": [
            (one.post.key, one.title.to(ctx.language))
            for one in reversed(await posts.held_posts(ctx))
        ],
        "register_title": lambda key: title_of(key, ctx.tenant).to(ctx.language),
        "quoted": registers.quoted,
        "acting_line": lambda one: posts.acting_line(one["how"], one["post"], one["order"]).to(
            ctx.language
        ),
    }


async def _exchanged(ctx: Context, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what went between the office and other agencies about a letter."""
    went = await dispatches.dispatches_of(ctx, row["id"])
    came = row["way"] == "in"
    return {
        "dispatches": went,
        "steps": telling.steps_of(went) if ctx.actor.may(REGISTER) else {},
        "said_so": await answering.words_about(ctx, row["id"]),
        "standing": await answering.standing(ctx, row["id"], went) if came else None,
    }


async def _may(
    ctx: Context, row: Mapping[str, Any], mine: Mapping[str, Any] | None
) -> Mapping[str, bool]:
    """Return what else the actor may do with a letter now."""
    own = row["created_by"] == ctx.actor.id
    draft = row["way"] == "out" and row["state"] == State.DRAFT
    unsigned = row["way"] == "out" and row["state"] in UNSIGNED
    return {
        "submit": draft and own,
        "change": unsigned and ctx.actor.may(DRAFT) and (own if draft else mine is not None),
        "sign": bool(mine and mine["asked"] == "sign" and ctx.actor.may(SIGN)),
        "send": row["way"] == "out" and row["state"] in SENT and ctx.actor.may(REGISTER),
        "give": ctx.actor.may(REGISTER) and petitions.may_give(row),
        "tell": ctx.actor.may(REGISTER),
        "answer": row["way"] == "in" and row["state"] in OPEN and ctx.actor.may(DRAFT),
    }


async def _agencies(ctx: Context) -> list[tuple[str, str]]:
    """Return the address book for who keeps the register."""
    if not ctx.actor.may(REGISTER):
        return []
    return [(str(one["id"]), one["name"]) for one in await correspondents.all_of(ctx)]


async def _mine(
    ctx: Context, letter: UUID
) -> tuple[set[str], Mapping[str, Any] | None, list[dict[str, Any]]]:
    """Return the posts in which the actor sits, the task of one of them, and all that wait."""
    seats = await posts.seats_of(ctx, ctx.actor.id) if ctx.actor.id else []
    keys = {seat.post.key for seat in seats}
    waiting = [one for one in await tasks.tasks_of(ctx, letter) if one["state"] == "waiting"]
    return keys, next((one for one in waiting if one["post"] in keys), None), waiting


async def _fields(ctx: Context, task: Mapping[str, Any]) -> Any:
    held = [
        (one.post.key, one.title)
        for one in reversed(await posts.held_posts(ctx))
        if one.post.key != task["post"]
    ]
    return endorsement(task["asked"], held, returnable=bool(task["given_from"]))


@post(PATH + "/tasks/{task:uuid}", guards=[_READ])
async def endorse(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], task: FromPath[UUID]
) -> Response[str] | Redirect:
    """Write on a letter, and send it on by that."""
    row = await get_letter(ctx, letter)
    _, mine, _ = await _mine(ctx, letter)
    reading = None
    if mine is not None and mine["id"] == task:
        reading = read(await _fields(ctx, mine), await read_posted(request), Place.of(ctx))
        if reading.problems:
            return await show(request, ctx, row, reading=reading)
    written = _written(reading.values if reading else {})
    try:
        await endorsing.endorse(ctx, letter, task, written)
    except AppError as refusal:
        return await show(request, ctx, row, reading=reading, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


def _written(values: Mapping[str, Any]) -> Written:
    due = values.get("due_on")
    return Written(
        action=values.get("action", ""),
        text=values.get("text") or "",
        to=tuple(values.get("to") or ()),
        due_on=date.fromisoformat(due) if due else None,
    )


@post(PATH + "/recall/{endorsement:uuid}", guards=[_READ])
async def recall(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], endorsement: FromPath[UUID]
) -> Response[str] | Redirect:
    """Call back what one's post sent on."""
    row = await get_letter(ctx, letter)
    try:
        why = " ".join(first(await read_posted(request), "why").split())
        await endorsing.recall(ctx, letter, endorsement, why)
    except AppError as refusal:
        return await show(request, ctx, row, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


@get(PATH + "/files/{file:uuid}", guards=[_READ])
async def open_file(ctx: Ctx, letter: FromPath[UUID], file: FromPath[UUID]) -> Response[bytes]:
    """Give a file of a letter, as it came."""
    data, name, mime = await read_file(ctx, letter, file)
    return as_it_came(data, name, mime)


@get(PATH + "/sheet.pdf", guards=[_READ])
async def open_sheet(ctx: Ctx, letter: FromPath[UUID]) -> Response[bytes]:
    """Give the sheet of endorsements on paper."""
    pdf = await printing.print_endorsements(ctx, letter)
    headers = {"Content-Disposition": 'inline; filename="sheet.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@post(PATH + "/sign/{task:uuid}", guards=[allow(SIGN)])
async def sign(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID], task: FromPath[UUID]
) -> Response[str] | Redirect:
    """Sign a document, which gives it its number and sends it."""
    row = await get_letter(ctx, letter)
    posted = await read_posted(request)
    how = Signing(
        revision=revision_of(posted),
        text=" ".join(first(posted, "text").split())[:2000],
        circular=bool(first(posted, "circular")),
        passphrase=first(posted, "passphrase")[:200],
    )
    try:
        await signing.sign(ctx, letter, task, how)
    except AppError as refusal:
        return await show(request, ctx, row, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


@post(PATH + "/unit", guards=[allow(REGISTER)])
async def register_in_unit(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Enter a received letter in the register of a division."""
    row = await get_letter(ctx, letter)
    try:
        unit = first(await read_posted(request), "unit")
        await receiving.register_in_unit(ctx, letter, unit)
    except AppError as refusal:
        return await show(request, ctx, row, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


router = Router(
    "/",
    route_handlers=[show_letter, endorse, recall, open_file, open_sheet, sign, register_in_unit],
)
