"""The work in the field on a phone: the list that is taken along, and the form, also offline."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from contrib.incidents.forms import fieldwork as forms
from contrib.incidents.routes.words import WORDS
from contrib.incidents.rules.fieldwork import FEWER, MOST_PHOTOS
from contrib.incidents.service import crew
from contrib.incidents.service.rights import WORK
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.documents import FileRefused, KeptPhoto, keep_photo
from kit.forms import AnyRequest, Place, fill, form_page, read_files, read_posted
from kit.offline import Answer, note_answer, read_sending, reply
from kit.thai import clock_time, local

HOME = "/desk/incidents/crew"
_WORK = allow(WORK)
_UPLOADS = 160_000_000  # bytes: ten photos as a camera makes them
_DONE = Text("งาน {code}", "work on {code}")


@get(HOME, guards=[_WORK])
async def show_jobs(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits for the actor; the page and its forms are kept on a device."""
    jobs, most = await crew.to_do(ctx), crew.MOST_LISTED
    return await page(request, ctx, "incidents/crew.html", jobs=jobs, most=most, **WORDS)


@get(f"{HOME}/{{report:uuid}}", guards=[_WORK])
async def show_form(request: AnyRequest, ctx: Ctx, report: FromPath[UUID]) -> Response[str]:
    """Ask what was done."""
    job, now = await crew.job_of(ctx, report), local(ctx.now)
    begun = {"made_on": now.date().isoformat(), "made_time": clock_time(now, "th")}
    return await _show(request, ctx, job, fill(forms.ABOUT, begun))


async def _show(
    request: AnyRequest,
    ctx: Context,
    job: Mapping[str, Any],
    typed: Mapping[str, list[str]],
    refusal: AppError | None = None,
) -> Response[str]:
    return await form_page(
        request,
        ctx,
        "incidents/crew_form.html",
        refusal=refusal,
        job=job,
        forms=forms,
        most=MOST_PHOTOS,
        typed=typed,
        **WORDS,
    )


@post(f"{HOME}/{{report:uuid}}", guards=[_WORK], request_max_body_size=_UPLOADS)
async def record(request: AnyRequest, ctx: Ctx, report: FromPath[UUID]) -> Response[Any]:
    """Take a note of the work; what is wrong comes back as it was typed."""
    sending, job = await read_sending(request, ctx), await crew.job_of(ctx, report)
    photos, refused = await _photos(request, ctx)
    posted, counts = await read_posted(request), [len(some) for some in photos.values()]
    reading, work = forms.read_work(posted, Place.of(ctx), ctx.now, *counts)
    try:
        if work is None or refused:
            raise InvalidInput({**reading.problems, **refused})
        await crew.record(ctx, report, work, photos["before"], photos["after"], key=sending.key)
    except AppError as refusal:
        # A device that sends later shows the refusal beside what it has kept.
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, job, reading.typed, refusal)
    answer = Answer(f"/desk/incidents/{report}", _DONE.format(code=job["code"]))
    return reply(request, ctx, await note_answer(ctx, sending, answer))


async def _photos(
    request: AnyRequest, ctx: Context
) -> tuple[dict[str, list[KeptPhoto]], dict[str, Text]]:
    """Keep the photos that were sent; return them by control, and what was refused."""
    sent, refused = await read_files(request), dict[str, Text]()
    kept: dict[str, list[KeptPhoto]] = {"before": [], "after": []}
    for control, photos in kept.items():
        for one in sent.get(control, []):
            if len(photos) == MOST_PHOTOS:
                refused[control] = FEWER
                break
            try:
                photos.append(await keep_photo(ctx, one.filename, await one.read()))
            except FileRefused as refusal:
                refused[control] = refusal.sentence
    return kept, refused


router = Router("/", route_handlers=[show_jobs, show_form, record])
