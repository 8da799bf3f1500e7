"""Inspections of hygiene: the list that is taken along, the form, the records."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath

from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, officer, page
from kit.documents import FileRefused, keep_photo
from kit.forms import AnyRequest, Place, fill, first, read_files, read_posted
from kit.offline import Answer, note_answer, read_sending, reply
from kit.thai import clock_time, local
from plugins.food_cert.forms import hygiene as forms
from plugins.food_cert.rules.hygiene import (
    ANSWERS,
    MOST_PHOTOS,
    NEEDED,
    Checklist,
    checklist_on,
)
from plugins.food_cert.service import hygiene, hygiene_list, hygiene_paper, hygiene_reading
from plugins.food_cert.service.hygiene import Photo
from plugins.food_cert.service.hygiene_list import MOST_LISTED, Spot
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.service.rights import INSPECT

HOME = "/desk/food/inspect"
RECORDS = "/desk/food/inspections"
_INSPECT = allow(INSPECT)
_UPLOADS = 120_000_000  # bytes: ten photos as a camera makes them, where no script makes them small
_DONE = Text("บันทึกการตรวจ {name}", "inspection of {name}")


@get(HOME, guards=[_INSPECT])
async def show_waiting(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the places to inspect; the page and its forms are kept on a device."""
    spots = await hygiene_list.to_inspect(ctx)
    return await page(request, ctx, "food_cert/inspect.html", spots=spots, most=MOST_LISTED)


@get(f"{HOME}/{{place:uuid}}", guards=[_INSPECT])
async def show_form(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[str]:
    """Ask what was found in a place."""
    spot = await hygiene_list.spot_of(ctx, place)
    now = local(ctx.now)
    begun = {
        "reason": spot.reason,
        "made_on": now.date().isoformat(),
        "made_time": clock_time(now, "th"),
    }
    checklist = checklist_on(spot.place["kind"], ctx.today)
    return await _show(request, ctx, spot, checklist, fill(forms.ABOUT, begun))


async def _show(
    request: AnyRequest,
    ctx: Context,
    spot: Spot,
    checklist: Checklist,
    typed: Mapping[str, list[str]],
    wrong: Mapping[str, Text] | None = None,
    refusal: AppError | None = None,
) -> Response[str]:
    problems = wrong or {}
    return await page(
        request,
        ctx,
        "food_cert/inspect_form.html",
        status_code=refusal.status_code if refusal else 422 if problems else 200,
        spot=spot,
        checklist=checklist,
        answers=ANSWERS,
        forms=forms,
        most=MOST_PHOTOS,
        needed={code: sentence.to(ctx.language) for code, sentence in NEEDED.items()},
        limits=await limits_on(ctx, ctx.today),
        typed=typed,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        fields=Place.of(ctx),
    )


@post(f"{HOME}/{{place:uuid}}", guards=[_INSPECT], request_max_body_size=_UPLOADS)
async def record(request: AnyRequest, ctx: Ctx, place: FromPath[UUID]) -> Response[Any]:
    """Take a record; what is wrong comes back as it was typed."""
    sending = await read_sending(request, ctx)
    spot = await hygiene_list.spot_of(ctx, place)
    posted = await read_posted(request)
    checklist = hygiene.checklist_of(first(posted, "checklist"), spot.place["kind"])
    photos, refused = await _photos(request, ctx, checklist)
    count = len(photos) + len(refused)
    reading, found = forms.read_inspection(checklist, posted, Place.of(ctx), ctx.now, count)
    problems = refused | reading.problems
    try:
        if problems or found is None:
            raise InvalidInput(problems)
        id = await hygiene.record(ctx, place, found, photos, key=sending.key)
    except AppError as refusal:
        return await _refused(request, ctx, spot, checklist, reading.typed, refusal)
    answer = Answer(f"{RECORDS}/{id}", _DONE.format(name=spot.place["name"]))
    return reply(request, ctx, await note_answer(ctx, sending, answer))


async def _refused(
    request: AnyRequest,
    ctx: Context,
    spot: Spot,
    checklist: Checklist,
    typed: Mapping[str, list[str]],
    refusal: AppError,
) -> Response[str]:
    """Show the form again, or leave it to the error page where a device asks.

    :raises AppError: the refusal, told to a device.
    """
    if "json" in request.headers.get("accept", ""):
        raise refusal
    wrong = refusal.problems if isinstance(refusal, InvalidInput) else {}
    return await _show(request, ctx, spot, checklist, typed, wrong, None if wrong else refusal)


async def _photos(
    request: AnyRequest, ctx: Context, checklist: Checklist
) -> tuple[list[Photo], dict[str, Text]]:
    """Keep the photos that were sent; return the refusals by control."""
    sent, kept, refused = await read_files(request), list[Photo](), dict[str, Text]()
    for control, shows in forms.photos_of(checklist).items():
        for one in sent.get(control, []):
            if len(kept) == MOST_PHOTOS:
                return kept, refused | {control: NEEDED["fewer"]}
            try:
                photo = await keep_photo(ctx, one.filename, await one.read())
            except FileRefused as refusal:
                refused[control] = refusal.sentence
                continue
            kept.append(Photo(shows=shows, **msgspec.structs.asdict(photo)))
    return kept, refused


@get(f"{RECORDS}/{{inspection:uuid}}", guards=[officer])
async def show_record(request: AnyRequest, ctx: Ctx, inspection: FromPath[UUID]) -> Response[str]:
    """Show what was found, what is to be mended, and the photos."""
    found, place = await hygiene_reading.read_record(ctx, inspection)
    return await page(
        request, ctx, "food_cert/inspection.html", record=found, place=place, answers=ANSWERS
    )


@get(f"{RECORDS}/{{inspection:uuid}}/record.pdf", guards=[officer])
async def print_record(ctx: Ctx, inspection: FromPath[UUID]) -> Response[bytes]:
    """Give the record as a paper for the operator."""
    found, place = await hygiene_reading.read_record(ctx, inspection)
    pdf = await hygiene_paper.inspection_pdf(ctx, found, place)
    headers = {
        "Content-Disposition": 'inline; filename="inspection.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@get(f"{RECORDS}/{{inspection:uuid}}/photos/{{number:int}}", guards=[officer])
async def open_photo(
    request: AnyRequest, ctx: Ctx, inspection: FromPath[UUID], number: FromPath[int]
) -> Response[bytes]:
    """Give a photo of a record."""
    small = "small" in request.query_params
    data, media_type = await hygiene_reading.read_photo(ctx, inspection, number, small=small)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=86400"}
    return Response(data, media_type=media_type, headers=headers)


router = Router(
    "/",
    route_handlers=[show_waiting, show_form, record, show_record, print_record, open_photo],
)
