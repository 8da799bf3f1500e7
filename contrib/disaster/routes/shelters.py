"""Shelters at the desk: the list, one of them with who is in and what it holds."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.disaster.forms.shelters import SHELTER as ASKED
from contrib.disaster.forms.shelters import STAY, shelter_of, stay_of
from contrib.disaster.rules.households import FLAGS
from contrib.disaster.rules.stock import UNITS
from contrib.disaster.service import shelters, stock
from contrib.disaster.service.rights import COMMAND, READ, SHELTER
from core.api import AppError, Context, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet

HOME = "/desk/disaster/shelters"
_READ, _COMMAND, _SHELTER = allow(READ), allow(COMMAND), allow(SHELTER)
_NEW = Sheet(
    title=Text("เปิดศูนย์พักพิง", "Open a shelter"),
    back=(HOME, Text("ศูนย์พักพิง", "Shelters")),
    groups=ASKED,
    button=Text("เปิดศูนย์", "Open it"),
    intro=Text(
        "ชื่อ ที่ตั้ง โทรศัพท์ และจำนวนที่รับได้อีก แสดงให้ประชาชนเห็นทันที",
        "Name, place, telephone and how many more it takes are shown to everybody at once.",
    ),
)


@get(HOME, guards=[_READ])
async def show_shelters(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the shelters with how many more they take."""
    rows = await shelters.read_shelters(ctx)
    may = {"command": ctx.actor.may(COMMAND), "run": ctx.actor.may(SHELTER)}
    return await page(request, ctx, "disaster/shelters.html", shelters=rows, may=may)


@get(f"{HOME}/new", guards=[_COMMAND])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a shelter."""
    return await show_sheet(request, ctx, _NEW)


@post(f"{HOME}/new", guards=[_COMMAND])
async def open_new(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Open a shelter."""
    reading = await read_sheet(request, ctx, _NEW)
    if reading.problems:
        return await show_sheet(request, ctx, _NEW, reading=reading)
    try:
        id = await shelters.open_shelter(ctx, shelter_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, _NEW, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


@get(f"{HOME}/{{shelter:uuid}}", guards=[_SHELTER])
async def show_shelter(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str]:
    """Show a shelter."""
    return await _show(request, ctx, shelter)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "disaster/shelter.html",
        status_code=refusal.status_code if refusal else 200,
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        shelter=await shelters.get_shelter(ctx, id),
        stays=await shelters.who_is_in(ctx, id),
        holdings=await stock.holdings(ctx, id),
        records=await stock.handed_out(ctx, id),
        flags={code: words.to(ctx.language) for code, words in FLAGS.items()},
        units={code: words.to(ctx.language) for code, words in UNITS.items()},
        may_command=ctx.actor.may(COMMAND),
    )


def _stay(id: UUID) -> Sheet:
    return Sheet(
        title=Text("รับผู้พักพิง", "Take people in"),
        back=(f"{HOME}/{id}", Text("ศูนย์นี้", "This shelter")),
        groups=STAY,
        button=Text("รับเข้าศูนย์", "Take them in"),
    )


@get(f"{HOME}/{{shelter:uuid}}/stays/new", guards=[_SHELTER])
async def show_stay(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str]:
    """Ask who came."""
    row = await shelters.get_shelter(ctx, shelter)
    return await show_sheet(request, ctx, _stay(shelter), about=row["name"])


@post(f"{HOME}/{{shelter:uuid}}/stays/new", guards=[_SHELTER])
async def admit(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str] | Redirect:
    """Take people in."""
    sheet = _stay(shelter)
    reading = await read_sheet(request, ctx, sheet)
    if reading.problems:
        return await show_sheet(request, ctx, sheet, reading=reading)
    try:
        await shelters.admit(ctx, shelter, stay_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, sheet, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{shelter}", status_code=303)


@post(f"{HOME}/{{shelter:uuid}}/stays/{{stay:uuid}}/out", guards=[_SHELTER])
async def leave(
    request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID], stay: FromPath[UUID]
) -> Response[str] | Redirect:
    """Note that people left."""
    try:
        await shelters.leave(ctx, shelter, stay)
    except AppError as refusal:
        return await _show(request, ctx, shelter, refusal)
    return Redirect(f"{HOME}/{shelter}#stays", status_code=303)


@post(f"{HOME}/{{shelter:uuid}}/close", guards=[_COMMAND])
async def close(request: AnyRequest, ctx: Ctx, shelter: FromPath[UUID]) -> Response[str] | Redirect:
    """Close a shelter."""
    try:
        await shelters.close_shelter(ctx, shelter)
    except AppError as refusal:
        return await _show(request, ctx, shelter, refusal)
    return Redirect(HOME, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_shelters,
        show_new,
        open_new,
        show_shelter,
        show_stay,
        admit,
        leave,
        close,
    ],
)
