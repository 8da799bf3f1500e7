"""The page from which officers reach every part of the work, and the figures of the office."""

from litestar import Response, Router, get

from contrib.disaster.rules.book import BOOK
from contrib.disaster.service import doors
from contrib.disaster.service.rights import FIGURES
from core.api import Ctx, NotAllowed, Text, officer, page
from kit.forms import AnyRequest
from kit.law import figures_router

_NONE = Text(
    "บัญชีของท่านไม่มีสิทธิในงานสาธารณภัย ถ้าต้องใช้ แจ้งผู้ดูแลระบบ",
    "Your account has no part in the work with disasters. Ask the administrator if you need it.",
)


@get(doors.HOME, guards=[officer])
async def show_doors(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show the parts of the work that the officer may see."""
    found = doors.doors(ctx)
    if not found:
        raise NotAllowed(_NONE)
    return await page(request, ctx, "disaster/desk.html", doors=found)


router = Router("/", route_handlers=[show_doors])
figures = figures_router(
    BOOK,
    permission=FIGURES,
    title=Text("น้ำหนักคะแนนและอัตราเงินช่วยเหลือ", "Weights of scores and rates of aid"),
    intro=Text(
        "คะแนนความเร่งด่วนคิดใหม่ทันทีที่น้ำหนักเปลี่ยน อัตราเงินช่วยเหลือใช้ค่าของวันที่เกิดเหตุเสมอ",
        "Scores follow at once when a weight changes. Aid goes by the rates of the day of the "
        "disaster.",
    ),
)
