"""The page on which a plugin is handed over to another publisher."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from contrib.catalog.forms.handing_over import HAND_OVER
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.handing_over import hand_over
from contrib.catalog.service.rights import CURATE
from core.api import AppError, Ctx, Text, allow
from kit.forms import AnyRequest, Sheet, read_sheet, show_sheet

_MAY = allow(CURATE)
_SHEET = Sheet(
    title=Text("โอนปลั๊กอินให้ผู้เผยแพร่รายอื่น", "Hand a plugin over to another publisher"),
    back=(HOME, Text("ปลั๊กอินที่ส่ง", "Submissions")),
    groups=HAND_OVER,
    button=Text("โอนปลั๊กอิน", "Hand it over"),
    intro=Text(
        "ใช้เมื่อผู้เผยแพร่เดิมเลิกดูแลหรือติดต่อไม่ได้ รุ่นที่เผยแพร่แล้วยังใช้ได้ตามเดิม "
        "รุ่นต่อไปมาจากผู้เผยแพร่รายใหม่ เมื่อผู้ตรวจสองคนลงลายมือชื่อการโอนแล้ว",
        "For a plugin whose publisher has given it up or cannot be reached. Published versions "
        "stay; the next ones come from the new publisher, once two curators have signed that.",
    ),
    danger=True,
)


@get(f"{HOME}/hand-over", guards=[_MAY])
async def show_hand_over(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask which plugin goes to whom, and why."""
    return await show_sheet(request, ctx, _SHEET)


@post(f"{HOME}/hand-over", guards=[_MAY])
async def hand_plugin_over(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Let another publisher go on with a plugin."""
    reading = await read_sheet(request, ctx, _SHEET)
    if reading.problems:
        return await show_sheet(request, ctx, _SHEET, reading=reading)
    try:
        waits = await hand_over(ctx, **reading.values)
    except AppError as refusal:
        return await show_sheet(request, ctx, _SHEET, reading=reading, refusal=refusal)
    return Redirect(f"{HOME}/signing" if waits else HOME, status_code=303)


router = Router("/", route_handlers=[show_hand_over, hand_plugin_over])
