"""Counter mode: one page on which a clerk files for who has come, and the slip."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery

from core.api import Context, Ctx, InvalidInput, Text, allow, page
from kit.casework import Known, Service, find_known, print_slip, read_slip
from kit.documents import qr_svg
from kit.forms import Place, Posted, first, read_files, read_posted
from kit.offline import Answer, note_answer, read_sending, reply
from kit.thai import Unreadable
from plugins.oss.forms import counter as forms
from plugins.oss.service import calling, counter

AnyRequest = Request[Any, Any, Any]

_COUNTER = allow("casework.counter")
_UPLOADS = 130_000_000  # bytes: some files of the largest size at once
_NUMBER = Text("เลขรับ {number}", "No. {number}")


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the national ID has told.

    :param looked: an ID was typed.
    :param known: the person; None for who is here for the first time.
    :param told: the same in words.
    :param problem: why the ID is none.
    """

    looked: bool = False
    known: Known | None = None
    told: str = ""
    problem: Text | None = None


@get("/desk/counter", guards=[_COUNTER])
async def show_counter(
    request: AnyRequest, ctx: Ctx, service: FromQuery[str] = ""
) -> Response[str]:
    """Show the empty form, for a service where one is named."""
    typed: Posted = {forms.SERVICE: [service]} if service else {}
    chosen, problems = await _chosen(ctx, typed)
    return await _show(request, ctx, chosen, typed, problems)


async def _chosen(ctx: Context, typed: Posted) -> tuple[Service | None, dict[str, Text]]:
    """Return the service that was typed; None, and why, where it is not one."""
    if forms.SERVICE not in typed:
        return None, {}
    try:
        services = await counter.listed(ctx)
        return counter.choose(services, first(typed, forms.SERVICE), control=forms.SERVICE), {}
    except InvalidInput as refusal:
        return None, refusal.problems


async def _show(
    request: AnyRequest,
    ctx: Context,
    service: Service | None,
    typed: Posted,
    problems: dict[str, Text],
    *,
    found: Found = Found(),  # noqa: B008 - frozen
    fragment: str | None = None,
) -> Response[str]:
    services = await counter.listed(ctx)
    numbers = {one.code: f"{number} {one.title.to(ctx.language)}" for number, one in services}
    if service is not None:
        typed = typed | {forms.SERVICE: [numbers[service.code]]}
    return await page(
        request,
        ctx,
        "oss/counter.html",
        fragment=fragment,
        status_code=422 if problems else 200,
        desk=await calling.desk(ctx),
        services=numbers,
        typed=typed,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        place=Place.of(ctx),
        found=found,
        sample=qr_svg(f"{ctx.origin}/track"),
        **forms.describe(service),
    )


@post("/desk/counter", guards=[_COUNTER], request_max_body_size=_UPLOADS)
async def file_errand(request: AnyRequest, ctx: Ctx) -> Response[Any]:
    """File what was typed; what is wrong comes back as it was typed."""
    sending = await read_sending(request, ctx)
    posted = await read_posted(request)
    service, problems = await _chosen(ctx, {forms.SERVICE: [""]} | posted)
    if first(posted, "do") == "look":
        return await _fill(request, ctx, service, posted)
    try:
        if service is None:
            raise InvalidInput(problems)
        if first(posted, "do") == "choose":
            return await _show(request, ctx, service, posted, {})
        answer = await _file(request, ctx, service, posted, sending.key)
    except InvalidInput as refusal:
        if "json" in request.headers.get("accept", ""):
            raise
        return await _show(request, ctx, service, posted, refusal.problems)
    return reply(request, ctx, await note_answer(ctx, sending, answer))


async def _fill(
    request: AnyRequest, ctx: Context, service: Service | None, posted: Posted
) -> Response[str]:
    """Show the form with what is known of the person, as a script does while one types."""
    found = await _look(ctx, posted)
    known = forms.typed_person(service, found.known) if found.known else {}
    typed = known | {name: texts for name, texts in posted.items() if any(texts)}
    return await _show(request, ctx, service, typed, {}, found=found)


async def _file(
    request: AnyRequest, ctx: Context, service: Service, posted: Posted, key: str
) -> Answer:
    errand = forms.read_errand(service, posted, Place.of(ctx))
    files = (await read_files(request)).get(forms.SCAN, [])
    filed = await counter.file_errand(
        ctx,
        service=service,
        person=errand.person,
        answers=errand.answers,
        seen=errand.seen,
        files=files[: forms.MOST_FILES],
        document=forms.document_of(service),
        control=forms.SCAN,
        key=key,
    )
    return Answer(f"/desk/counter/cases/{filed.id}", _NUMBER.format(number=filed.number))


@post("/desk/counter/fields", guards=[_COUNTER])
async def show_fields(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Give the part of the form that depends on the service."""
    posted = await read_posted(request)
    services = await counter.listed(ctx)
    service = counter.choose(services, first(posted, forms.SERVICE), control=forms.SERVICE)
    return await _show(request, ctx, service, posted, {}, fragment="fields")


@post("/desk/counter/person", guards=[_COUNTER])
async def show_person(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Give what is known of the person of a national ID; that it was read is recorded."""
    found = await _look(ctx, await read_posted(request))
    return await page(request, ctx, "oss/counter.html", fragment="known", found=found)


async def _look(ctx: Context, posted: Posted) -> Found:
    text = first(posted, "national_id")
    if not text.strip():
        return Found()
    try:
        known = await find_known(ctx, text)
    except Unreadable as refusal:
        return Found(looked=True, problem=refusal.sentence)
    told = forms.tell_person(known, ctx.language) if known else ""
    return Found(looked=True, known=known, told=told)


@get("/desk/counter/cases/{case:uuid}", guards=[_COUNTER])
async def show_slip(request: AnyRequest, ctx: Ctx, case: FromPath[UUID]) -> Response[str]:
    """Show the slip of what was filed, and the way to the next errand."""
    slip = await read_slip(ctx, case)
    return await page(
        request,
        ctx,
        "oss/counter_slip.html",
        slip=slip,
        qr=qr_svg(f"{ctx.origin}/t/{slip.track}"),
        desk=await calling.desk(ctx),
    )


@get("/desk/counter/cases/{case:uuid}/slip", guards=[_COUNTER])
async def give_slip(ctx: Ctx, case: FromPath[UUID]) -> Response[bytes]:
    """Give the slip for the printer of the counter."""
    headers = {"Content-Disposition": 'inline; filename="slip.pdf"'}
    pdf = await print_slip(ctx, case)
    return Response(pdf, media_type="application/pdf", headers=headers)


router = Router(
    "/", route_handlers=[show_counter, file_errand, show_fields, show_person, show_slip, give_slip]
)
