"""What has come in: scanned at the counter or come over a channel, and entered in the register."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page, posts
from kit.documents import MEGABYTE, Checked, FileRefused, inspect_async
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    fields_of,
    fill,
    first,
    read,
    read_files,
    read_posted,
)
from plugins.eoffice.forms.receiving import head, values_of
from plugins.eoffice.rules.dispatching import CHANNELS
from plugins.eoffice.service import answering, arrivals, channels, receiving, returning
from plugins.eoffice.service.files import files_of
from plugins.eoffice.service.receiving import Head
from plugins.eoffice.service.rights import REGISTER, SECRETS

PATH = "/desk/eoffice/arrivals"
_REGISTER = allow(REGISTER)
_UNREADABLE = Text("{name}: {sentence}", "{name}: {sentence}")


@get(PATH, guards=[_REGISTER])
async def show_arrivals(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits to be registered, and take in what was scanned."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest, ctx: Context, refusal: InvalidInput | None = None
) -> Response[str]:
    problems = refusal.problems if refusal else {}
    return await page(
        request,
        ctx,
        "eoffice/arrivals.html",
        status_code=refusal.status_code if refusal else 200,
        waiting=await arrivals.arrivals(ctx),
        untaken=await arrivals.untaken(ctx),
        silent=await channels.silent(ctx),
        channels=CHANNELS,
        secrets=ctx.actor.may(SECRETS),
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )


@post(PATH, guards=[_REGISTER], request_max_body_size=100 * MEGABYTE)
async def take_in(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep what was scanned, and go on to its entry."""
    try:
        files = await _checked(request)
        posted = await read_posted(request)
        letter = await arrivals.take_in(
            ctx,
            files,
            paper_only=bool(first(posted, "paper_only")),
            secret=bool(first(posted, "secret")),
        )
    except InvalidInput as refusal:
        return await _show(request, ctx, refusal)
    return Redirect(f"{PATH}/{letter}", status_code=303)


async def _checked(request: AnyRequest) -> list[Checked]:
    found = []
    for file in (await read_files(request)).get("files", []):
        try:
            found.append(await inspect_async(await file.read(), file.filename))
        except FileRefused as refused:
            said = _UNREADABLE.format(name=file.filename[:80], sentence=refused.sentence)
            raise InvalidInput({"files": said}) from refused
    return found


@get(PATH + "/{letter:uuid}", guards=[_REGISTER])
async def show_arrival(request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]) -> Response[str]:
    """Show what has come, beside the form of its entry."""
    arrival = await arrivals.get_arrival(ctx, letter)
    known = {"speed": "normal", "secrecy": "normal", "recipient": ctx.tenant.name.th}
    return await _form(request, ctx, arrival, values=known | values_of(arrival))


async def _form(
    request: AnyRequest,
    ctx: Context,
    arrival: Mapping[str, Any],
    *,
    values: Mapping[str, Any] | None = None,
    reading: Reading | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    groups = await _groups(ctx)
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    wrong = {**(reading.problems if reading else {}), **told}
    plain = None if refusal is None or told else refusal.sentence.to(ctx.language)
    twin = refusal.letter if isinstance(refusal, receiving.AlreadyRegistered) else None
    return await page(
        request,
        ctx,
        "eoffice/arrival.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        arrival=arrival,
        files=await files_of(ctx, arrival["id"]),
        standing=await answering.standing(ctx, arrival["id"], []),
        groups=groups,
        typed=reading.typed if reading else fill(fields_of(groups), values or {}),
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=plain,
        twin=twin,
        place=Place.of(ctx),
    )


async def _groups(ctx: Context) -> Any:
    held = [(one.post.key, one.title) for one in reversed(await posts.held_posts(ctx))]
    return head(held, secrets=ctx.actor.may(SECRETS))


@post(PATH + "/{letter:uuid}", guards=[_REGISTER])
async def register(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Enter a letter in the register."""
    arrival = await arrivals.get_arrival(ctx, letter)
    fields = fields_of(await _groups(ctx))
    reading = read(fields, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _form(request, ctx, arrival, reading=reading)
    try:
        await receiving.register(ctx, letter, _head(ctx, reading.values))
    except AppError as refusal:
        return await _form(request, ctx, arrival, reading=reading, refusal=refusal)
    return Redirect(f"/desk/eoffice/letters/{letter}", status_code=303)


def _head(ctx: Context, values: Mapping[str, Any]) -> Head:
    due = values.get("due_on")
    closes = ctx.tenant.hours.closes
    due_at = (
        datetime.combine(date.fromisoformat(due), closes, tzinfo=ctx.tenant.zone) if due else None
    )
    texts = {
        name: values.get(name) or ""
        for name in (
            "number",
            "sender",
            "recipient",
            "subject",
            "keywords",
            "retention",
            "remark",
            "answers",
        )
    }
    return Head(
        dated_on=date.fromisoformat(values["dated_on"]),
        secrecy=values["secrecy"],
        speed=values["speed"],
        due_at=due_at,
        first=values["first"],
        **texts,
    )


@post(PATH + "/{letter:uuid}/back", guards=[_REGISTER])
async def send_back(
    request: AnyRequest, ctx: Ctx, letter: FromPath[UUID]
) -> Response[str] | Redirect:
    """Do not take a letter, and say why."""
    arrival = await arrivals.get_arrival(ctx, letter)
    try:
        posted = await read_posted(request)
        await returning.send_back(
            ctx, letter, first(posted, "why"), misdirected=bool(first(posted, "misdirected"))
        )
    except InvalidInput as refusal:
        return await _form(request, ctx, arrival, values=values_of(arrival), refusal=refusal)
    return Redirect(PATH, status_code=303)


router = Router("/", route_handlers=[show_arrivals, take_in, show_arrival, register, send_back])
