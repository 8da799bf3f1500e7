"""The page from which officers reach every part of the work with permits."""

from typing import Any

from litestar import Request, Response, Router, get

from core.api import Ctx, NotAllowed, Text, officer, page
from plugins.permits.service import doors

_NONE = Text(
    "บัญชีของท่านไม่มีสิทธิในงานใบอนุญาตก่อสร้าง ถ้าต้องใช้ แจ้งผู้ดูแลระบบ",
    "Your account has no part in the work with permits. Ask the administrator if you need it.",
)


@get(doors.HOME, guards=[officer])
async def show_doors(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the parts of the work that the officer may see."""
    found = await doors.doors(ctx)
    if not found:
        raise NotAllowed(_NONE)
    return await page(request, ctx, "permits/desk.html", doors=found)


router = Router("/", route_handlers=[show_doors])
