"""The page from which officers reach every part of the work, and what waits for the register."""

from litestar import Response, Router, get

from core.api import Ctx, NotAllowed, Text, officer, page
from kit.casework import grants_router
from kit.forms import AnyRequest
from kit.law import figures_router
from plugins.food_cert.rules.book import BOOK
from plugins.food_cert.service import doors
from plugins.food_cert.service.carrying import CARRIER
from plugins.food_cert.service.rights import FIGURES

_NONE = Text(
    "บัญชีของท่านไม่มีสิทธิในงานสถานที่อาหาร ถ้าต้องใช้ แจ้งผู้ดูแลระบบ",
    "Your account has no part in the work with food places. Ask the administrator if you need it.",
)


@get(doors.HOME, guards=[officer])
async def show_doors(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the parts of the work that the officer may see."""
    found = await doors.doors(ctx)
    if not found:
        raise NotAllowed(_NONE)
    return await page(request, ctx, "food_cert/desk.html", doors=found)


router = Router("/", route_handlers=[show_doors])
requests = grants_router(
    CARRIER,
    title=Text("สถานที่อาหารที่รอแก้ทะเบียน", "Food places to put right"),
    intro=Text(
        "คำขอที่ออกเอกสารแล้ว แต่ยังไม่แก้ทะเบียน เพราะต้องให้เจ้าหน้าที่ตรวจก่อน",
        "The paper was issued, but an officer has to look before the register is changed.",
    ),
    label=Text("เลขที่หนังสือรับรองหรือใบอนุญาต", "Number of the certificate or licence"),
    leads="/desk/food/places",
)
figures = figures_router(
    BOOK,
    permission=FIGURES,
    title=Text("เกณฑ์ตามกฎหมายสาธารณสุข", "Figures of public health law"),
    intro=Text(
        "ระบบตรวจการแจ้งและคำขอด้วยค่าเหล่านี้ เรื่องที่ยื่นแล้วใช้ค่าของวันที่ยื่นเสมอ",
        "Notices and requests are checked by these. One that was filed keeps those of its day.",
    ),
)
