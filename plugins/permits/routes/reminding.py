"""When the holders of permits are reminded: the form of the office."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import Ctx, Text, allow
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet
from plugins.permits.forms.reminding import GROUPS, days_of, values_of
from plugins.permits.routes.register import HOME
from plugins.permits.service import reminders
from plugins.permits.service.reminders import Reminding
from plugins.permits.service.rights import REMINDERS

PATH = "/desk/permits/reminders"
_REMINDERS = allow(REMINDERS)
_SHEET = Sheet(
    title=Text("วันเตือนก่อนใบอนุญาตหมดอายุ", "Reminders before a permit expires"),
    back=(HOME, Text("ทะเบียนใบอนุญาต", "Register of permits")),
    groups=GROUPS,
    button=Text("บันทึก", "Save"),
    intro=Text(
        "ระบบส่งข้อความถึงผู้รับใบอนุญาตที่ยังใช้ได้ ว่าถ้างานไม่เสร็จต้องยื่นต่ออายุก่อนหมดอายุ "
        "ช่องที่เว้นว่างคือไม่เตือน กฎหมายไม่ได้กำหนดจำนวนวัน",
        "Holders of valid permits are told to ask for a renewal before the permit expires if the "
        "work is not done. Left empty: no reminder. No law sets these days.",
    ),
)


@get(PATH, guards=[_REMINDERS])
async def show_days(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the days of the office."""
    values = values_of(reminders.reminding(ctx).days)
    return await show_sheet(request, ctx, _SHEET, values=values)


@post(PATH, guards=[_REMINDERS])
async def change_days(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep the days of the office."""
    reading = await read_sheet(request, ctx, _SHEET)
    if reading.problems:
        return await show_sheet(request, ctx, _SHEET, reading=reading)
    await reminders.set_reminding(ctx, Reminding(days_of(reading.values)))
    return Redirect(HOME, status_code=303)


router = Router("/", route_handlers=[show_days, change_days])
