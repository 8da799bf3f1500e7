"""What an inspector found at a house, also where there is no signal."""

from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from contrib.disaster.forms.claims import INSPECTED, damage_of
from contrib.disaster.service import appraising, claims, events, households
from contrib.disaster.service.limits import limits_on
from contrib.disaster.service.rights import CLAIMS
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow
from kit.documents import KeptPhoto, keep_photo
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    fill,
    form_page,
    read,
    read_files,
    read_posted,
    revision_of,
)
from kit.offline import Answer, once, read_sending, reply

HOME = "/desk/disaster/claims"
MOST_PHOTOS = 6
_CLAIMS = allow(CLAIMS)
_UPLOADS = 100_000_000  # bytes: six photos as a camera makes them
_DONE = Text("ผลตรวจคำขอเลขที่ {number}", "inspection of claim no. {number}")


@get(f"{HOME}/{{claim:uuid}}/inspect", guards=[_CLAIMS])
async def show_form(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[str]:
    """Ask what was found."""
    row = await claims.read_claim(ctx, claim)
    told = row["found"] or {name: row["told"][name] for name in ("house", "days")}
    return await _show(request, ctx, row, Reading({}, {}, fill(INSPECTED, told)))


async def _show(
    request: AnyRequest,
    ctx: Context,
    row: dict[str, Any],
    reading: Reading,
    refusal: AppError | None = None,
) -> Response[str]:
    event = await events.get_event(ctx, row["event_id"])
    return await form_page(
        request,
        ctx,
        "disaster/claim_inspect.html",
        refusal=refusal,
        claim=row,
        home=await households.get_household(ctx, row["household_id"]),
        limits=await limits_on(ctx, event["begun_on"]),
        fields=INSPECTED,
        typed=reading.typed,
        most=MOST_PHOTOS,
    )


@post(f"{HOME}/{{claim:uuid}}/inspect", guards=[_CLAIMS], request_max_body_size=_UPLOADS)
async def record(request: AnyRequest, ctx: Ctx, claim: FromPath[UUID]) -> Response[Any]:
    """Take what was found, once, and value the claim by it."""
    sending = await read_sending(request, ctx)
    posted = await read_posted(request)
    row = await claims.read_claim(ctx, claim)
    reading = read(INSPECTED, posted, Place.of(ctx))
    try:
        if reading.problems:
            raise InvalidInput(reading.problems)
        photos = await _photos(request, ctx)
        damage, revision = damage_of(reading.values), revision_of(posted)
        answer = Answer(f"{HOME}/{claim}", _DONE.format(number=row["number"]))

        async def act() -> Answer:
            await appraising.appraise(ctx, claim, damage, photos, revision=revision)
            return answer

        return reply(request, ctx, await once(ctx, sending, act))
    except AppError as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, row, reading, refusal)


async def _photos(request: AnyRequest, ctx: Context) -> list[KeptPhoto]:
    sent = (await read_files(request)).get("photos", [])[:MOST_PHOTOS]
    return [await keep_photo(ctx, one.filename, await one.read()) for one in sent]


router = Router("/", route_handlers=[show_form, record])
