"""A report as it is followed by its tracking code: state, photos, rating, reopening."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.forms.report import RATING, REOPENING, rated
from contrib.incidents.routes.words import WORDS
from contrib.incidents.rules.states import ACT_WORDS
from contrib.incidents.service import following, pictures
from core.api import AppError, Context, Ctx, NotFound, page, public
from kit.documents import read_code
from kit.forms import AnyRequest, Place, Reading, fill, form_page, read, read_posted

PATH = "/incidents/t"
_NOTHING = Reading({}, {}, {})


@get(PATH, guards=[public])
async def ask(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Ask for the tracking code, and lead to its report."""
    typed = request.query_params.get("code", "")
    problems = {}
    if typed:
        try:
            voice = await following.voice_of(ctx, typed)
            return Redirect(f"{PATH}/{voice['track']}", status_code=303)
        except NotFound as refusal:
            problems = {"code": refusal.sentence.to(ctx.language)}
    return await page(
        request,
        ctx,
        "incidents/track_ask.html",
        status_code=404 if problems else 200,
        typed=typed[:40],
        problems=problems,
    )


@get(f"{PATH}/{{track:str}}", guards=[public])
async def show(request: AnyRequest, ctx: Ctx, track: FromPath[str]) -> Response[str]:
    """Show where a report stands, for one of those who speak of it."""
    return await _show(request, ctx, track)


async def _show(
    request: AnyRequest,
    ctx: Context,
    track: str,
    reading: Reading = _NOTHING,
    refusal: AppError | None = None,
) -> Response[str]:
    seen = await following.follow(ctx, track)
    return await form_page(
        request,
        ctx,
        "incidents/track.html",
        fields=(*RATING, *REOPENING),
        typed=fill(RATING, rated(seen.voice)) | reading.typed,
        wrong=reading.problems,
        refusal=refusal,
        seen=seen,
        track=read_code(track),
        sent="sent" in request.query_params,
        rating=RATING,
        reopening=REOPENING,
        acts=ACT_WORDS,
        **WORDS,
    )


@post(f"{PATH}/{{track:str}}/rate", guards=[public])
async def rate(request: AnyRequest, ctx: Ctx, track: FromPath[str]) -> Response[str] | Redirect:
    """Take the stars that were given."""
    reading = read(RATING, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _show(request, ctx, track, reading)
    stars, words = int(reading.values["stars"]), reading.values.get("words", "")
    try:
        await following.rate(ctx, track, stars, words)
    except AppError as refusal:
        return await _show(request, ctx, track, reading, refusal)
    return Redirect(f"{PATH}/{track}", status_code=303)


@post(f"{PATH}/{{track:str}}/reopen", guards=[public])
async def reopen(request: AnyRequest, ctx: Ctx, track: FromPath[str]) -> Response[str] | Redirect:
    """Have it done again, for a reason."""
    reading = read(REOPENING, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _show(request, ctx, track, reading)
    try:
        await following.reopen(ctx, track, reading.values["why"])
    except AppError as refusal:
        return await _show(request, ctx, track, reading, refusal)
    return Redirect(f"{PATH}/{track}", status_code=303)


@get(f"{PATH}/{{track:str}}/photos/{{photo:uuid}}", guards=[public])
async def open_photo(
    request: AnyRequest, ctx: Ctx, track: FromPath[str], photo: FromPath[UUID]
) -> Response[bytes]:
    """Give a photo of the crew, or of who holds the tracking code."""
    voice = await following.voice_of(ctx, track)
    small = "small" in request.query_params
    data, media_type = await pictures.read_for_all(
        ctx, voice["report_id"], photo, voice=voice["id"], small=small
    )
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)


router = Router("/", route_handlers=[ask, show, rate, reopen, open_photo])
