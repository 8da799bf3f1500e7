"""Enter a permit that was issued on paper before."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Ctx, Text, allow
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet
from plugins.permits.forms.earlier import earlier_of, questions
from plugins.permits.routes.register import HOME
from plugins.permits.service.earlier import enter
from plugins.permits.service.finding import USES, WORKS
from plugins.permits.service.rights import CARRY

_CARRY = allow(CARRY)
_SHEET = Sheet(
    title=Text("ลงทะเบียนใบอนุญาตที่ออกก่อนใช้ระบบ", "Enter a permit that was issued before"),
    back=(HOME, Text("ทะเบียนใบอนุญาต", "Register of permits")),
    groups=questions(WORKS, USES),
    button=Text("ลงทะเบียน", "Enter it"),
    intro=Text(
        "กรอกตามใบอนุญาตฉบับกระดาษ แล้วผู้ได้รับใบอนุญาตต่ออายุและแจ้งเรื่องต่อได้เหมือนใบอื่น "
        "เลขที่ของปีเดียวกันจะนับต่อจากใบที่ลงทะเบียน",
        "Fill it in from the paper. Its holder can then renew it and tell what comes after, as of "
        "all others, and the numbers of its year go on after it.",
    ),
)


@get(f"{HOME}/new", guards=[_CARRY])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask about a permit."""
    return await show_sheet(request, ctx, _SHEET)


@post(f"{HOME}/new", guards=[_CARRY])
async def enter_new(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Enter a permit."""
    reading = await read_sheet(request, ctx, _SHEET)
    if reading.problems:
        return await show_sheet(request, ctx, _SHEET, reading=reading)
    try:
        id = await enter(ctx, earlier_of(reading.values))
    except AppError as refusal:
        return await show_sheet(request, ctx, _SHEET, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/{id}", status_code=303)


router = Router("/", route_handlers=[show_new, enter_new])
