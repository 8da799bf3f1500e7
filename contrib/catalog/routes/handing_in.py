"""Publishers register and hand in versions of their plugins."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from contrib.catalog.forms.questions import PUBLISHER, QUESTIONS
from contrib.catalog.service import publishers, submissions
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.opening import LARGEST, Sent
from contrib.catalog.service.rights import SUBMIT
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.forms import (
    AnyRequest,
    Place,
    Reading,
    Sheet,
    read,
    read_files,
    read_posted,
    read_sheet,
    show_sheet,
)

_MAY = allow(SUBMIT)
_ROOM = 2 * LARGEST + 1_000_000
_REGISTER = Sheet(
    title=Text("ลงทะเบียนผู้เผยแพร่", "Register a publisher"),
    back=(HOME, Text("ปลั๊กอินที่ส่ง", "Submissions")),
    groups=PUBLISHER,
    button=Text("ลงทะเบียน", "Register"),
)
_CHOOSE = {
    "wheel": Text("แนบไฟล์ wheel ของรุ่นนี้", "Attach the wheel of this version."),
    "source": Text("แนบซอร์สของรุ่นนี้", "Attach the source of this version."),
}


@get(f"{HOME}/publisher", guards=[_MAY])
async def show_register(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for the publisher."""
    return await show_sheet(request, ctx, _REGISTER)


@post(f"{HOME}/publisher", guards=[_MAY])
async def register(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Register the publisher."""
    reading = await read_sheet(request, ctx, _REGISTER)
    if reading.problems:
        return await show_sheet(request, ctx, _REGISTER, reading=reading)
    try:
        await publishers.register(ctx, **reading.values)
    except AppError as refusal:
        return await show_sheet(request, ctx, _REGISTER, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/new", status_code=303)


@get(f"{HOME}/new", guards=[_MAY])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Ask for a version, once the publisher is registered."""
    if await publishers.my_publisher(ctx) is None:
        return Redirect(f"{HOME}/publisher", status_code=303)
    return await _show(request, ctx, Reading({}, {}, {}))


async def _show(
    request: AnyRequest, ctx: Context, reading: Reading, refusal: AppError | None = None
) -> Response[str]:
    told = refusal.problems if isinstance(refusal, InvalidInput) else {}
    wrong = {**reading.problems, **told}
    plain = None if refusal is None or told else refusal.sentence.to(ctx.language)
    return await page(
        request,
        ctx,
        "catalog/new.html",
        status_code=refusal.status_code if refusal else 422 if wrong else 200,
        fields=QUESTIONS,
        typed=reading.typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        refusal=plain,
        place=Place.of(ctx),
    )


@post(f"{HOME}/new", guards=[_MAY], request_max_body_size=_ROOM)
async def hand_in(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Take a version; what is wrong comes back, and both files are attached again."""
    reading = read(QUESTIONS, await read_posted(request), Place.of(ctx))
    try:
        sent = await _sent(request, reading.values)
        if reading.problems:
            return await _show(request, ctx, reading)
        id = await submissions.submit(ctx, sent)
    except AppError as refusal:
        return await _show(request, ctx, reading, refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


async def _sent(request: AnyRequest, answers: dict[str, object]) -> Sent:
    """Return what was handed in.

    :raises InvalidInput: a file was not chosen.
    """
    files = await read_files(request)
    if missing := {name: text for name, text in _CHOOSE.items() if name not in files}:
        raise InvalidInput(missing)
    wheel, source = files["wheel"][0], files["source"][0]
    return Sent(
        wheel_name=wheel.filename[-200:],
        wheel=await wheel.read(),
        source_name=source.filename[-200:],
        source=await source.read(),
        answers=answers,
    )


router = Router("/", route_handlers=[show_register, register, show_new, hand_in])
