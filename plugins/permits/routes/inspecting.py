"""Inspections of sites: the list that is taken along, the form, the records."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.documents import FileRefused
from kit.forms import AnyRequest, Place, fill, read_files, read_posted
from kit.geo import Point, map_near
from kit.law import figure
from kit.offline import Answer, note_answer, read_sending, reply
from kit.thai import clock_time, local
from plugins.permits.forms import inspection as forms
from plugins.permits.rules.inspecting import COLOURS, MOST_PHOTOS, NEEDED, SHOWN
from plugins.permits.service import inspected, inspection_paper, inspections
from plugins.permits.service.inspections import Photo, Site

HOME = "/desk/permits/inspect"
RECORDS = "/desk/permits/inspections"
# Which cases are whose the service asks: it depends on the service and the division.
_READ = allow("casework.read")
_UPLOADS = 120_000_000  # bytes: ten photos as a camera makes them, where no script makes them small
_DONE = Text("บันทึกการตรวจของเลขรับ {number}", "record of case {number}")


@get(HOME, guards=[_READ])
async def show_waiting(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the cases that wait for an inspection; the page and its forms are kept on a device."""
    sites = await inspections.waiting(ctx)
    return await page(
        request, ctx, "permits/inspect.html", sites=sites, most=inspections.MOST_LISTED
    )


@get(f"{HOME}/{{case:uuid}}", guards=[_READ])
async def show_inspection(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str]:
    """Ask what was found on a site."""
    now = local(ctx.now)
    begun = {"made_on": now.date().isoformat(), "made_time": clock_time(now, "th")}
    typed = fill(forms.WHEN, begun)
    return await _show(request, ctx, await inspections.site_of(ctx, case), typed)


async def _show(
    request: AnyRequest,
    ctx: Context,
    site: Site,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, Text] | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    problems = wrong or {}
    pins = [Point(**site.pin)] if site.pin else []
    return await page(
        request,
        ctx,
        "permits/inspect_form.html",
        status_code=refusal.status_code if refusal else 422 if problems else 200,
        spot=site,
        drawing=map_near(ctx.tenant, pins, [Point(**one) for one in site.plot]) if pins else None,
        forms=forms,
        shown=SHOWN,
        most=MOST_PHOTOS,
        needed={code: sentence.to(ctx.language) for code, sentence in NEEDED.items()},
        figure=figure,
        typed=typed,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        place=Place.of(ctx),
    )


@post(f"{HOME}/{{case:uuid}}", guards=[_READ], request_max_body_size=_UPLOADS)
async def record(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[Any]:
    """Take a record; what is wrong comes back as it was typed."""
    sending = await read_sending(request, ctx)
    site = await inspections.site_of(ctx, case)
    photos, refused = await _photos(request, ctx)
    posted = await read_posted(request)
    reading, found = forms.read_inspection(
        posted, Place.of(ctx), ctx.now, len(photos) + len(refused)
    )
    problems = refused | reading.problems
    try:
        if problems or found is None:
            raise InvalidInput(problems)
        id = await inspections.record(ctx, case, found, photos, key=sending.key)
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        said = None if problems else refusal
        return await _show(request, ctx, site, reading.typed, problems, said)
    answer = Answer(f"{RECORDS}/{id}", _DONE.format(number=site.case.number))
    return reply(request, ctx, await note_answer(ctx, sending, answer))


async def _photos(request: AnyRequest, ctx: Context) -> tuple[list[Photo], dict[str, Text]]:
    """Keep the photos that were sent; return the refusals by control."""
    sent, kept, refused = await read_files(request), list[Photo](), dict[str, Text]()
    for control, shows in forms.PHOTOS.items():
        for one in sent.get(control, []):
            if len(kept) == MOST_PHOTOS:
                return kept, refused | {control: NEEDED["fewer"]}
            try:
                data = await one.read()
                kept.append(await inspections.keep_photo_of(ctx, shows, one.filename, data))
            except FileRefused as refusal:
                refused[control] = refusal.sentence
    return kept, refused


@get(f"{RECORDS}/{{inspection:uuid}}", guards=[_READ])
async def show_record(request: AnyRequest, ctx: Ctx, inspection: FromPath[UUID]) -> Response[str]:
    """Show what was found, held against what was stated, with the photos."""
    found = await inspected.read_record(ctx, inspection)
    position = found.found.position
    return await page(
        request,
        ctx,
        "permits/inspection.html",
        record=found,
        drawing=map_near(ctx.tenant, [position], []) if position else None,
        shown=SHOWN,
        colours=COLOURS,
        figure=figure,
    )


@get(f"{RECORDS}/{{inspection:uuid}}/record.pdf", guards=[_READ])
async def print_record(ctx: Ctx, inspection: FromPath[UUID]) -> Response[bytes]:
    """Give the record as a paper."""
    found = await inspected.read_record(ctx, inspection)
    pdf = await inspection_paper.inspection_pdf(ctx, found)
    headers = {
        "Content-Disposition": 'inline; filename="inspection.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@get(f"{RECORDS}/{{inspection:uuid}}/photos/{{number:int}}", guards=[_READ])
async def open_photo(
    request: AnyRequest, ctx: Ctx, inspection: FromPath[UUID], number: FromPath[int]
) -> Response[bytes]:
    """Give a photo of a record."""
    small = "small" in request.query_params
    data, media_type = await inspected.read_photo(ctx, inspection, number, small=small)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[
        show_waiting,
        show_inspection,
        record,
        show_record,
        print_record,
        open_photo,
    ],
)
