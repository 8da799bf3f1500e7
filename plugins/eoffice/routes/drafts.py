"""Documents of the office before they are signed: written, looked at on paper, put forward."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, NotFound, Text, allow, posts
from kit.documents import MEGABYTE, Checked, FileRefused, inspect_async
from kit.forms import (
    AnyRequest,
    Reading,
    Sheet,
    first,
    read_files,
    read_posted,
    read_sheet,
    revision_of,
    show_sheet,
)
from plugins.eoffice.forms import drafting as forms
from plugins.eoffice.rules.kinds import KINDS
from plugins.eoffice.rules.retention import DEFAULT
from plugins.eoffice.service import composing, correspondents, drafts, enclosing
from plugins.eoffice.service.access import NO_LETTER, get_letter
from plugins.eoffice.service.drafts import Typed
from plugins.eoffice.service.rights import DRAFT, SECRETS

PATH = "/desk/eoffice/drafts"
_DRAFT = allow(DRAFT)
_KIND_SHEET = Sheet(
    title=Text("ร่างหนังสือ", "Draft a document"),
    back=("/desk/eoffice", Text("กล่องหนังสือ", "Letters")),
    groups=((Text("", ""), forms.kinds()),),
    button=Text("เริ่มร่าง", "Begin"),
)
_USUAL = {"speed": "normal", "secrecy": "normal", "retention": DEFAULT}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@get(f"{PATH}/new", guards=[_DRAFT])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask which kind it is; then what stands on it."""
    kind = request.query_params.get("kind", "")
    answers = _id(request.query_params.get("answers", ""))
    if kind not in KINDS:
        return await show_sheet(request, ctx, _KIND_SHEET)
    fields = await drafts.first_fields(ctx, kind, answers)
    secrecy = await drafts.secrecy_of_answer(ctx, answers)
    values = forms.values_of(fields, _USUAL | {"secrecy": secrecy})
    sheet = await _new_sheet(request, ctx, kind, secrecy)
    return await show_sheet(request, ctx, sheet, values=values)


def _as_file(request: AnyRequest) -> bool:
    return request.query_params.get("how") == "file"


@post(f"{PATH}/new", guards=[_DRAFT], request_max_body_size=25 * MEGABYTE)
async def begin(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Go on with a kind, or keep a new draft."""
    kind = request.query_params.get("kind", "")
    answers, case = (_id(request.query_params.get(name, "")) for name in ("answers", "case"))
    if kind not in KINDS:
        return await _choose(request, ctx, answers, case)
    sheet = await _new_sheet(request, ctx, kind, await drafts.secrecy_of_answer(ctx, answers))
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        file = await _file(request) if _as_file(request) else None
        letter = await drafts.begin(
            ctx, kind, _typed(kind, reading), answers=answers, case=case, file=file
        )
    except InvalidInput as refusal:
        return await _again(request, ctx, sheet, reading, refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


async def _choose(
    request: AnyRequest, ctx: Context, answers: UUID | None, case: UUID | None
) -> Response[str] | Redirect:
    chosen = await read_sheet(request, ctx, _KIND_SHEET)
    if chosen.problems:
        return await show_sheet(request, ctx, _KIND_SHEET, reading=chosen)
    more = f"&answers={answers}" if answers else f"&case={case}" if case else ""
    kind, how = chosen.values["kind"], chosen.values["how"]
    return Redirect(f"{PATH}/new?kind={kind}&how={how}{more}", status_code=303)


async def _file(request: AnyRequest) -> Checked:
    """Return the document that was sent as a file.

    :raises InvalidInput: for ``file``: there is none, or it is not one.
    """
    sent = (await read_files(request)).get("file", [])
    if not sent:
        raise InvalidInput({"file": drafts.NEEDS_PDF})
    try:
        return await inspect_async(await sent[0].read(), sent[0].filename)
    except FileRefused as refused:
        raise InvalidInput({"file": refused.sentence}) from refused


async def _again(
    request: AnyRequest, ctx: Context, sheet: Sheet, reading: Reading, refusal: AppError
) -> Response[str]:
    if isinstance(refusal, InvalidInput):
        refusal = InvalidInput(forms.controls(refusal.problems))
    return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)


async def _new_sheet(request: AnyRequest, ctx: Context, kind: str, secrecy: str) -> Sheet:
    written = not _as_file(request)
    return await _sheet(ctx, kind, back="/desk/eoffice", secrecy=secrecy, written=written)


async def _sheet(
    ctx: Context, kind: str, *, back: str, secrecy: str, written: bool, revision: int = 0
) -> Sheet:
    """Return the page of a document.

    :param secrecy: as it is, or as what it answers; what is secret stays so.
    """
    held = [(one.post.key, one.title) for one in reversed(await posts.held_posts(ctx))]
    agencies = [
        (str(one["id"]), Text(one["name"], one["name"]))
        for one in await correspondents.all_of(ctx)
        if one["active"]
    ]
    title, secrecies = KINDS[kind].title, _secrecies(ctx, secrecy)
    groups = forms.document(kind, held, agencies, secrecies=secrecies, written=written)
    return Sheet(
        title=title,
        back=(back, Text("ย้อนกลับ", "Back")),
        groups=((title, (forms.FILE,)), *groups) if not written and not revision else groups,
        button=Text("บันทึกร่าง", "Save the draft"),
        hidden={"revision": str(revision)} if revision else {},
    )


def _secrecies(ctx: Context, secrecy: str) -> list[str]:
    if secrecy != "normal":
        return ["secret"]
    return ["normal", "secret"] if ctx.actor.may(SECRETS) else ["normal"]


def _typed(kind: str, reading: Reading) -> Typed:
    values: Mapping[str, Any] = reading.values
    return Typed(
        fields=forms.fields_of(kind, values),
        signer=values["signer"],
        to=tuple(values.get("agencies") or ()),
        speed=values["speed"],
        secrecy=values["secrecy"],
        keywords=values.get("keywords") or "",
        retention=values.get("retention") or "",
    )


@get(PATH + "/{letter:uuid}", guards=[_DRAFT])
async def show_draft(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str]:
    """Show what stands on a draft, to be changed."""
    row = await _own(ctx, letter)
    await drafts.demand_open(ctx, row)
    known = ("signer", "speed", "secrecy", "keywords", "retention")
    more = {name: row[name] for name in known if row[name]}
    more["agencies"] = list(row["content"]["to"])
    values = forms.values_of(row["content"]["fields"], more)
    return await show_sheet(request, ctx, await _of(ctx, row), values=values)


async def _own(ctx: Context, letter: UUID) -> dict[str, Any]:
    row = await get_letter(ctx, letter)
    if row["way"] != "out":
        raise NotFound(NO_LETTER)
    return row


async def _of(ctx: Context, row: Mapping[str, Any]) -> Sheet:
    back = f"/desk/eoffice/letters/{row['id']}"
    return await _sheet(
        ctx,
        row["kind"],
        back=back,
        secrecy=row["secrecy"],
        written=await composing.own_file(ctx, row["id"]) is None,
        revision=row["revision"],
    )


@post(PATH + "/{letter:uuid}", guards=[_DRAFT])
async def change(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str] | Redirect:
    """Keep a changed draft."""
    row = await _own(ctx, letter)
    sheet = await _of(ctx, row)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        revision = revision_of(await read_posted(request))
        await drafts.change(ctx, letter, _typed(row["kind"], reading), revision=revision)
    except AppError as refusal:
        return await _again(request, ctx, sheet, reading, refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


@get(PATH + "/{letter:uuid}/draft.pdf", guards=[_DRAFT])
async def show_paper(ctx: Ctx, letter: FromPath[UUID]) -> Response[bytes]:
    """Give a draft as it will be printed."""
    await _own(ctx, letter)
    headers = {"Content-Disposition": 'inline; filename="draft.pdf"', "Cache-Control": "no-store"}
    pdf = await composing.preview(ctx, letter)
    return Response(pdf, media_type="application/pdf", headers=headers)


@post(PATH + "/{letter:uuid}/submit", guards=[_DRAFT])
async def submit(ctx: Ctx, request: AnyRequest, letter: FromPath[UUID]) -> Redirect:
    """Put a draft forward."""
    posted = await read_posted(request)
    await drafts.submit(ctx, letter, to=first(posted, "to"), text=first(posted, "text")[:2000])
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


@post(PATH + "/{letter:uuid}/drop", guards=[_DRAFT])
async def drop(ctx: Ctx, letter: FromPath[UUID]) -> Redirect:
    """Drop a draft of one's own."""
    await drafts.drop(ctx, letter)
    return Redirect("/desk/eoffice", status_code=303)


@post(PATH + "/{letter:uuid}/files", guards=[_DRAFT], request_max_body_size=100 * MEGABYTE)
async def enclose(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Put files to a draft, or take one from it."""
    here = f"/desk/eoffice/letters/{letter}"
    dropped = _id(first(await read_posted(request), "drop"))
    if dropped is not None:
        await enclosing.drop(ctx, letter, dropped)
        return Redirect(here, status_code=303)
    files = [
        await inspect_async(await one.read(), one.filename)
        for one in (await read_files(request)).get("files", [])
    ]
    await enclosing.enclose(ctx, letter, files)
    return Redirect(here, status_code=303)


router = Router(
    "/",
    route_handlers=[show_new, begin, show_draft, change, show_paper, submit, drop, enclose],
)
