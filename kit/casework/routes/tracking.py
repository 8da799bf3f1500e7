"""A case as the citizen follows it: by its link, or by number and phone."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import (
    AppError,
    Context,
    Ctx,
    InvalidInput,
    NotFound,
    Text,
    TooMany,
    page,
    public,
    signed_in,
)
from kit.casework.routes.cookies import to_draft
from kit.casework.routes.describing import describe_examined
from kit.casework.service import again, citizens, reading, remarks, uploads
from kit.casework.service.acting import Open
from kit.casework.service.catalogue import known_titles
from kit.casework.service.filing import count_filing
from kit.casework.service.joining import cards_of
from kit.casework.service.reading import View
from kit.casework.service.timeline import timeline
from kit.casework.states import Status
from kit.documents import papers_of, quoted_number, read_number, read_pdf
from kit.forms import first, read_files, read_posted, revision_of
from kit.thai import Unreadable, parse_phone
from kit.treasury import owed_by_me

_NUMBER = Text("กรอกเลขรับ เช่น 1254/2569", "Give the number, e.g. 1254/2569.")
_UPLOADS = 130_000_000  # bytes


@get("/track", guards=[public])
async def ask_for_number(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Ask for number and phone."""
    return await page(request, ctx, "casework/track_ask.html", typed={}, problems={})


@post("/track", guards=[public])
async def find_case(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Lead to the case that has this number and this phone."""
    posted = await read_posted(request)
    typed = {name: first(posted, name)[:60] for name in ("number", "phone")}
    try:
        track = await citizens.find_by_number(ctx, **_read(typed))
    except (InvalidInput, NotFound, TooMany) as refusal:
        return await _ask_again(request, ctx, typed, refusal)
    return Redirect(f"/t/{track}", status_code=303)


async def _ask_again(
    request: Request[Any, Any, Any], ctx: Context, typed: dict[str, str], refusal: AppError
) -> Response[str]:
    """Show the form with what was typed and what is wrong with it."""
    wrong = {"number": refusal.sentence}
    problems = refusal.problems if isinstance(refusal, InvalidInput) else wrong
    answer = await page(
        request,
        ctx,
        "casework/track_ask.html",
        status_code=refusal.status_code,
        typed=typed,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _read(typed: dict[str, str]) -> dict[str, Any]:
    problems: dict[str, Text] = {}
    number = read_number(typed["number"])
    if number is None:
        problems["number"] = _NUMBER
    phone = ""
    try:
        phone = parse_phone(typed["phone"])
    except Unreadable as refusal:
        problems["phone"] = refusal.sentence
    if number is None or problems:
        raise InvalidInput(problems)
    return {"serial": number[0], "year": number[1], "phone": phone}


@get("/t/{track:str}", guards=[public])
async def show_case(
    request: Request[Any, Any, Any], ctx: Ctx, track: FromPath[str]
) -> Response[str]:
    """Show a case to who holds its code."""
    return await _show(request, ctx, track)


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    track: str,
    problems: dict[str, str] | None = None,
    typed: str = "",
) -> Response[str]:
    case = await reading.find_tracked(ctx, track)
    view = await reading.view_as_citizen(ctx, case)
    return await page(
        request,
        ctx,
        "casework/track.html",
        **await _to_mend(ctx, view),
        **await describe_examined(ctx, view),
        **await cards_of(ctx, view, "track"),
        status_code=422 if problems else 200,
        view=view,
        track=track,
        events=timeline(ctx, view),
        papers=await papers_of(ctx, f"case/{case}"),
        readers=await citizens.readers_of(ctx, case),
        may_again=again.may_file_again(view.status),
        filed="filed" in request.query_params,
        problems=problems or {},
        typed=typed,
    )


async def _to_mend(ctx: Context, view: View) -> dict[str, Any]:
    """Return what can be sent again, and what waits to be, while something is to be put right."""
    if view.status is not Status.RETURNED:
        return {}
    holder = await citizens.mending(ctx, view.id)
    answers = Open(view.case, view.service).answers
    ordered = view.case.step is not None
    asked = view.service.documents_for(answers) if ordered else ()
    return {
        "files": await uploads.of_draft(ctx, view.id),
        "broken_off": await uploads.broken_off(ctx, holder),
        "asked_again": [one for one in asked if one.way == "upload"],
    }


@post("/t/{track:str}/say", guards=[public])
async def say(
    request: Request[Any, Any, Any], ctx: Ctx, track: FromPath[str]
) -> Response[str] | Redirect:
    """Take a question, or the answer to the office's question."""
    case = await reading.find_tracked(ctx, track)
    words = first(await read_posted(request), "words")
    try:
        await remarks.say_as_citizen(ctx, case, words=words)
    except InvalidInput as refusal:
        told = {name: text.to(ctx.language) for name, text in refusal.problems.items()}
        return await _show(request, ctx, track, told, words[: remarks.LONGEST])
    return Redirect(f"/t/{track}#talk", status_code=303)


@post("/t/{track:str}/mend", guards=[public], request_max_body_size=_UPLOADS)
async def mend(
    request: Request[Any, Any, Any], ctx: Ctx, track: FromPath[str]
) -> Response[str] | Redirect:
    """Take what was missing and give the case back to the office."""
    case = await reading.find_tracked(ctx, track)
    posted, files = await read_posted(request), await read_files(request)
    if "drop" in posted or "throw_away" in posted:
        holder = await citizens.mending(ctx, case)
        drop, throw_away = posted.get("drop", []), posted.get("throw_away", [])
        await uploads.take(ctx, holder, new={}, drop=drop, throw_away=throw_away)
        return Redirect(f"/t/{track}", status_code=303)
    try:
        await citizens.mend(
            ctx, case, files=files, words=first(posted, "words"), revision=revision_of(posted)
        )
    except InvalidInput as refusal:
        told = {name: text.to(ctx.language) for name, text in refusal.problems.items()}
        return await _show(request, ctx, track, told, first(posted, "words"))
    return Redirect(f"/t/{track}", status_code=303)


@post("/t/{track:str}/cancel", guards=[public])
async def cancel(
    request: Request[Any, Any, Any], ctx: Ctx, track: FromPath[str]
) -> Response[str] | Redirect:
    """Take the request back."""
    case = await reading.find_tracked(ctx, track)
    posted = await read_posted(request)
    if first(posted, "agreed") != "yes":
        view = await reading.view_as_citizen(ctx, case)
        return await page(request, ctx, "casework/track_cancel.html", view=view, track=track)
    await citizens.cancel(ctx, case, revision=revision_of(posted))
    return Redirect(f"/t/{track}", status_code=303)


@post("/t/{track:str}/again", guards=[public])
async def file_again(ctx: Ctx, track: FromPath[str]) -> Redirect:
    """Begin a request that came to nothing once more, with what was filled in."""
    case = await reading.find_tracked(ctx, track)
    await count_filing(ctx)
    return to_draft(ctx, *await again.file_again(ctx, case))


@post("/t/{track:str}/rate", guards=[public])
async def rate(request: Request[Any, Any, Any], ctx: Ctx, track: FromPath[str]) -> Redirect:
    """Take the citizen's rating of a case that has ended."""
    case = await reading.find_tracked(ctx, track)
    posted = await read_posted(request)
    await citizens.rate(
        ctx, case, stars=first(posted, "stars"), words=first(posted, "rating_words")
    )
    return Redirect(f"/t/{track}", status_code=303)


@get("/t/{track:str}/papers/{paper:uuid}", guards=[public])
async def download_paper(ctx: Ctx, track: FromPath[str], paper: FromPath[UUID]) -> Response[bytes]:
    """Give a paper of the case."""
    case = await reading.find_tracked(ctx, track)
    pdf, name = await read_pdf(ctx, paper, subject=f"case/{case}")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@get("/my", guards=[signed_in])
async def show_mine(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the cases and drafts of the account, and what plugins keep for it."""
    answers = await ctx.host.ask(ctx, "cards_for_home", area="my")
    cards = [card for answer in answers for card in answer.value or ()]
    return await page(
        request,
        ctx,
        "casework/my.html",
        cases=await citizens.my_cases(ctx),
        drafts=await citizens.my_drafts(ctx),
        titles=await known_titles(ctx),
        owed=await owed_by_me(ctx),
        cards=sorted(cards, key=lambda card: card.order),
        missing=[answer.plugin for answer in answers if answer.problem],
        quoted_number=quoted_number,
    )


@get("/t/{track:str}/files/{file:uuid}", guards=[public])
async def open_file(ctx: Ctx, track: FromPath[str], file: FromPath[UUID]) -> Response[bytes]:
    """Give back a file that the citizen attached."""
    case = await reading.find_tracked(ctx, track)
    data, attached = await uploads.open_attachment(ctx, case, file)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=attached.media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[
        ask_for_number,
        find_case,
        show_case,
        say,
        mend,
        cancel,
        file_again,
        rate,
        download_paper,
        show_mine,
        open_file,
    ],
)
