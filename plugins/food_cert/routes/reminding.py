"""When the holders of licences are reminded: the form of the office."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import Ctx, Text, allow
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet
from plugins.food_cert.forms.reminding import GROUPS, days_of, values_of
from plugins.food_cert.service import reminders
from plugins.food_cert.service.reminders import Reminding
from plugins.food_cert.service.rights import FIGURES

PATH, HOME = "/desk/food/reminders", "/desk/food/letters"
_FIGURES = allow(FIGURES)
_SHEET = Sheet(
    title=Text(
        "วันเตือนก่อนใบอนุญาตสถานที่อาหารหมดอายุ", "Reminders before a licence of food premises ends"
    ),
    back=(HOME, Text("หนังสือแจ้งเตือนการต่ออายุ", "Letters about renewals")),
    groups=GROUPS,
    button=Text("บันทึก", "Save"),
    intro=Text(
        "ระบบส่งข้อความถึงผู้รับใบอนุญาตที่มีบัญชีหรือเบอร์โทรศัพท์ ว่าต้องยื่นต่ออายุก่อนหมดอายุ "
        "ผู้ที่ยื่นแล้วไม่ได้รับ ช่องที่เว้นว่างคือไม่เตือน กฎหมายไม่ได้กำหนดจำนวนวัน",
        "Holders of licences who have an account or a phone are told to ask for the renewal before "
        "the licence ends; who has asked gets none. Left empty: no reminder. No law sets these "
        "days.",
    ),
)


@get(PATH, guards=[_FIGURES])
async def show_days(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the days of the office."""
    values = values_of(reminders.reminding(ctx).days)
    return await show_sheet(request, ctx, _SHEET, values=values)


@post(PATH, guards=[_FIGURES])
async def change_days(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep the days of the office."""
    reading = await read_sheet(request, ctx, _SHEET)
    if reading.problems:
        return await show_sheet(request, ctx, _SHEET, reading=reading)
    await reminders.set_reminding(ctx, Reminding(days_of(reading.values)))
    return Redirect(HOME, status_code=303)


router = Router("/", route_handlers=[show_days, change_days])
