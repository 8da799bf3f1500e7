"""The officer's desk: the inbox, a case, what is done with it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, allow, page
from kit.casework.routes.acts import carry_out
from kit.casework.routes.deciding import is_unsure, show_decision
from kit.casework.routes.describing import describe_desk, describe_examined
from kit.casework.service import assigning, inbox, reading, remarks, uploads
from kit.casework.service.acting import PERMISSIONS
from kit.casework.service.actions import possible
from kit.casework.service.catalogue import known_titles
from kit.casework.service.inbox import VIEWS, Wanted
from kit.casework.service.joining import cards_of
from kit.casework.service.lines import lines_of
from kit.casework.service.revoking import may_revoke
from kit.casework.service.tallying import week_of
from kit.casework.service.timeline import timeline
from kit.casework.states import Act, Post
from kit.documents import papers_of, read_pdf
from kit.forms import first, read_posted

_READ = allow("casework.read")


def _wanted(request: Request[Any, Any, Any]) -> Wanted:
    asked = request.query_params
    view = asked.get("view", "mine")
    return Wanted(
        view=view if view in (*VIEWS, "all", "closed") else "mine",
        words=asked.get("q", "")[:200],
        service=asked.get("service", "")[:80],
        unit=asked.get("unit", "")[:40],
        assignee=asked.get("assignee", "")[:40],
        after=asked.get("after", "")[:60],
    )


@get("/desk/cases", guards=[_READ])
async def show_inbox(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the inbox, the most urgent first."""
    wanted = _wanted(request)
    shown = await _inbox(ctx, wanted)
    return await page(
        request,
        ctx,
        "casework/inbox.html",
        wanted=wanted,
        given=_given(request),
        **shown,
    )


async def _inbox(ctx: Context, wanted: Wanted) -> dict[str, Any]:
    """Return the values of ``casework/inbox.html`` that follow from what is wanted."""
    found = await inbox.find_cases(ctx, wanted)
    counts = await inbox.count_views(ctx)
    colleagues = await assigning.colleagues(ctx)
    titles = await known_titles(ctx)
    return {
        "lines": await lines_of(ctx, found.cases, dict(colleagues)),
        "counts": counts,
        "weeks": await week_of(ctx, counts),
        "views": VIEWS,
        "colleagues": colleagues,
        "services": [(code, title.to(ctx.language)) for code, title in titles.items()],
        "units": [(unit.id, unit.name.to(ctx.language)) for unit in ctx.tenant.units.values()],
        "acts": _acts(ctx),
        "more": _address(wanted, found.after) if found.after else None,
        "here": _address(wanted, ""),
    }


def _acts(ctx: Context) -> set[str]:
    """Return what the officer can do to several cases at once."""
    held = ctx.actor.permissions
    steps = [held_at for post, held_at in PERMISSIONS.items() if post != Post.REGISTRY]
    acts = {"assign": ["casework.assign"], "check": [PERMISSIONS[Post.REGISTRY]], "forward": steps}
    return {act for act, needed in acts.items() if any(one in held for one in needed)}


def _address(wanted: Wanted, after: str) -> str:
    asked = {
        "view": wanted.view,
        "q": wanted.words,
        "service": wanted.service,
        "unit": wanted.unit,
        "assignee": wanted.assignee,
        "after": after,
    }
    return f"/desk/cases?{urlencode({name: text for name, text in asked.items() if text})}"


def _given(request: Request[Any, Any, Any]) -> tuple[int, int] | None:
    """Return of how many ticked cases how many were just given to somebody."""
    counts = [request.query_params.get(name, "") for name in ("given", "ticked")]
    if not all(text.isascii() and text.isdigit() and len(text) < 4 for text in counts):
        return None
    return int(counts[0]), int(counts[1])


@post("/desk/cases", guards=[allow("casework.assign")])
async def assign(request: Request[Any, Any, Any], ctx: Ctx) -> Redirect:
    """Give the ticked cases to an officer."""
    posted = await read_posted(request)
    ticked = posted.get("case", [])
    given = await assigning.assign(ctx, ticked, to=first(posted, "to"))
    told = urlencode({"given": given, "ticked": min(len(ticked), 999)})
    return Redirect(f"{_address(_wanted(request), '')}&{told}", status_code=303)


@get("/desk/cases/{case:uuid}", guards=[_READ])
async def show_case(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID]
) -> Response[str]:
    """Show a case with what can be done next."""
    return await _show(request, ctx, case)


async def _show(
    request: Request[Any, Any, Any],
    ctx: Context,
    case: UUID,
    refusal: AppError | None = None,
    typed: dict[str, Any] | None = None,
) -> Response[str]:
    view = await reading.view_as_officer(ctx, case)
    problems = refusal.problems if isinstance(refusal, InvalidInput) else {}
    return await page(
        request,
        ctx,
        "casework/case.html",
        status_code=refusal.status_code if refusal else 200,
        view=view,
        acts=possible(ctx, view),
        events=timeline(ctx, view),
        papers=await papers_of(ctx, f"case/{case}"),
        may_revoke=may_revoke(ctx, view.case.unit),
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        typed=typed or {},
        **await cards_of(ctx, view, "desk"),
        **describe_desk(ctx, view, typed or {}),
        **await describe_examined(ctx, view),
    )


@post("/desk/cases/{case:uuid}/{act:str}", guards=[_READ])
async def act(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID], act: FromPath[str]
) -> Response[str] | Redirect:
    """Carry out an act, a decision after one more look.

    When it cannot be done, the case comes back with what was typed.
    """
    posted = await read_posted(request)
    typed = {name: texts[0] for name, texts in posted.items()}
    if first(posted, "sure") == "no":
        return await _show(request, ctx, case, typed=typed)
    try:
        if is_unsure(act, posted):
            return await show_decision(request, ctx, case, Act(act), posted)
        await carry_out(ctx, case, act, posted)
    except AppError as refusal:
        return await _show(request, ctx, case, refusal, typed)
    return Redirect(f"/desk/cases/{case}", status_code=303)


@post("/desk/cases/{case:uuid}/say/{kind:str}", guards=[_READ])
async def say(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID], kind: FromPath[str]
) -> Response[str] | Redirect:
    """Add a note for the office, or a question for the citizen."""
    words = first(await read_posted(request), "words")
    try:
        chosen: remarks.Kind = "note" if kind == "note" else "question"
        await remarks.say_as_officer(ctx, case, kind=chosen, words=words)
    except InvalidInput as refusal:
        return await _show(request, ctx, case, refusal, {f"{kind}_words": words})
    return Redirect(f"/desk/cases/{case}#talk", status_code=303)


@post("/desk/cases/{case:uuid}/reveal", guards=[_READ])
async def reveal(request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID]) -> Response[str]:
    """Show the national ID once; who looked is recorded."""
    reason = first(await read_posted(request), "reason")
    number = await reading.reveal_national_id(ctx, case, reason=reason)
    return await page(
        request, ctx, "casework/reveal.html", fragment="revealed", number=number, case=case
    )


@get("/desk/cases/{case:uuid}/papers/{paper:uuid}", guards=[_READ])
async def open_paper(ctx: Ctx, case: FromPath[UUID], paper: FromPath[UUID]) -> Response[bytes]:
    """Give a paper of the case."""
    await reading.may_open(ctx, case)
    pdf, name = await read_pdf(ctx, paper, subject=f"case/{case}")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@get("/desk/cases/{case:uuid}/files/{file:uuid}", guards=[_READ])
async def open_file(
    request: Request[Any, Any, Any], ctx: Ctx, case: FromPath[UUID], file: FromPath[UUID]
) -> Response[bytes]:
    """Give a file of the case, or its thumbnail."""
    await reading.may_open(ctx, case)
    data, attached = await uploads.open_attachment(
        ctx, case, file, small="small" in request.query_params, read_by_office=True
    )
    media_type = attached.media_type if "small" not in request.query_params else "image/jpeg"
    return Response(data, media_type=media_type, headers={"Content-Disposition": "inline"})


router = Router(
    "/",
    route_handlers=[
        show_inbox,
        assign,
        show_case,
        act,
        say,
        reveal,
        open_paper,
        open_file,
    ],
)
