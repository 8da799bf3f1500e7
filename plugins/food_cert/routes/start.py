"""Which paper a place needs, what can be asked for after it, and a place whose size changes."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Ctx, Text, page, public
from kit.casework import to_draft
from kit.forms import AnyRequest, Place, Sheet, read, read_sheet, show_sheet, ungrouped
from plugins.food_cert.service import start
from plugins.food_cert.service.start import QUESTIONS, RESIZED

_CONTROLS = [control for field in QUESTIONS for control in field.controls]
_LONGEST = 60
_RESIZE = Sheet(
    title=Text("เปลี่ยนขนาดร้าน", "Change the size of a place"),
    back=("/food/after", Text("เรื่องอื่นของร้าน", "Other requests")),
    groups=ungrouped(*RESIZED),
    button=Text("ไปต่อ", "Go on"),
    intro=Text(
        "บอกพื้นที่ใหม่ ระบบเลือกแบบที่ต้องใช้ และกรอกข้อมูลที่ทะเบียนมีอยู่แล้วให้ ท่านตรวจแล้วยื่น",
        "Say how large it will be. The right form is chosen and filled in with what the register "
        "knows; you look at it and file.",
    ),
)


@get("/food", guards=[public])
async def show_start(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about the place, or say what it needs, and why."""
    asked = request.query_params
    typed = {one: [asked[one][:_LONGEST]] for one in _CONTROLS if one in asked}
    place = Place.of(ctx)
    reading = read(QUESTIONS, typed, place) if typed else None
    wrong = reading.problems if reading else {}
    return await page(
        request,
        ctx,
        "food_cert/start.html",
        fields=QUESTIONS,
        typed=typed,
        wrong=wrong,
        problems={name: text.to(ctx.language) for name, text in wrong.items()},
        place=place,
        found=await start.open_way(ctx, reading.values) if reading and not wrong else None,
    )


@get("/food/after", guards=[public])
async def show_after(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what can be asked for once a place has its paper."""
    number = request.query_params.get("paper", "")[:20]
    services = await start.after_paper(ctx)
    return await page(request, ctx, "food_cert/after.html", services=services, number=number)


@get("/food/change", guards=[public])
async def show_resize(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask how large a place will be."""
    number = request.query_params.get("paper", "")[:20]
    return await show_sheet(request, ctx, _RESIZE, values={"paper": number} if number else {})


@post("/food/change", guards=[public])
async def resize(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Begin what the new size needs, filled in with what is known."""
    reading = await read_sheet(request, ctx, _RESIZE)
    if reading.problems:
        return await show_sheet(request, ctx, _RESIZE, reading=reading)
    try:
        return to_draft(ctx, *await start.begin_resized(ctx, reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, _RESIZE, reading=reading, refusal=refusal)


router = Router("/", route_handlers=[show_start, show_after, show_resize, resize])
