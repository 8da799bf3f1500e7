"""Teams, and what a team takes along: its requests, kept on a phone with their forms."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.requests import TEAM, TOLD, read_told
from contrib.disaster.routes.requests import words
from contrib.disaster.service import acting, queue, requests, teams
from contrib.disaster.service.rights import COMMAND, READ, RESCUE
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    Sheet,
    fill,
    form_page,
    read_posted,
    read_sheet,
    show_sheet,
)
from kit.offline import Answer, once, read_sending, reply
from kit.thai import clock_time, local

HOME, ROUNDS = "/desk/disaster/teams", "/desk/disaster/rounds"
_READ, _COMMAND, _RESCUE = allow(READ), allow(COMMAND), allow(RESCUE)
_NEW = Sheet(
    title=Text("ตั้งทีมช่วยเหลือ", "Form a team"),
    back=(HOME, Text("ทีมช่วยเหลือ", "Teams")),
    groups=TEAM,
    button=Text("ตั้งทีม", "Form it"),
)
_DONE = Text("ผลของคำขอเลขที่ {number}", "outcome of request no. {number}")


@get(HOME, guards=[_READ])
async def show_teams(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the teams, each with how many requests it has."""
    return await page(
        request,
        ctx,
        "disaster/teams.html",
        teams=await teams.read_teams(ctx),
        may={"command": ctx.actor.may(COMMAND), "rescue": ctx.actor.may(RESCUE)},
    )


@get(f"{HOME}/new", guards=[_COMMAND])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a team."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[_COMMAND])
async def form_team(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Form a team."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    try:
        await teams.form_team(ctx, {"can": "", **reading.values})
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(HOME, status_code=303)


@get(f"{ROUNDS}/{{team:uuid}}", guards=[_RESCUE])
async def show_round(request: AnyRequest, ctx: Ctx, team: FromPath[UUID]) -> Response[str]:
    """Show what a team has; the page and its forms are kept on a device."""
    return await page(
        request,
        ctx,
        "disaster/round.html",
        team=await teams.get_team(ctx, team),
        queue=await queue.queue(ctx, team=team, states=("assigned", "going")),
        quoted=lambda row: acting.quoted(ctx, row),
        **words(ctx),
    )


@get(f"{ROUNDS}/{{team:uuid}}/{{asked:uuid}}", guards=[_RESCUE])
async def show_form(
    request: AnyRequest, ctx: Ctx, team: FromPath[UUID], asked: FromPath[UUID]
) -> Response[str]:
    """Ask a team what came of a request."""
    now = local(ctx.now)
    begun = fill(TOLD, {"made_on": now.date().isoformat(), "made_time": clock_time(now, "th")})
    return await _show(request, ctx, team, asked, Reading({}, {}, begun))


async def _show(
    request: AnyRequest,
    ctx: Context,
    team: UUID,
    asked: UUID,
    reading: Reading,
    refusal: AppError | None = None,
) -> Response[str]:
    row = await requests.read_request(ctx, asked)
    return await form_page(
        request,
        ctx,
        "disaster/round_form.html",
        refusal=refusal,
        team=await teams.get_team(ctx, team),
        asked=row,
        number=acting.quoted(ctx, row),
        fields=TOLD,
        typed=reading.typed,
        **words(ctx),
    )


@post(f"{ROUNDS}/{{team:uuid}}/{{asked:uuid}}", guards=[_RESCUE])
async def tell(
    request: AnyRequest, ctx: Ctx, team: FromPath[UUID], asked: FromPath[UUID]
) -> Response[Any]:
    """Take what a team tells, once, however often a device sends it."""
    sending = await read_sending(request, ctx)
    reading, told = read_told(await read_posted(request), Place.of(ctx), ctx.now)
    try:
        if told is None:
            raise InvalidInput(reading.problems)
        row = await requests.get_request(ctx, asked)
        answer = Answer(f"{ROUNDS}/{team}", _DONE.format(number=acting.quoted(ctx, row)))

        async def act() -> Answer:
            await acting.tell_outcome(
                ctx, asked, told.outcome, note=told.note, made_at=told.made_at
            )
            return answer

        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, team, asked, reading, refusal)


router = Router("/", route_handlers=[show_teams, show_new, form_team, show_round, show_form, tell])
