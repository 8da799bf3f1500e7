"""The page behind the sticker of a point, for anybody who scans it."""

from litestar import Response, Router, get
from litestar.params import FromPath

from core.api import Ctx, page, public
from kit.forms import AnyRequest
from plugins.waste_fees.service import stickers


@get("/w/{code:str}", guards=[public])
async def show_owed(request: AnyRequest, ctx: Ctx, code: FromPath[str]) -> Response[str]:
    """Show what is owed at a point now, and how to pay it."""
    return await page(request, ctx, "waste_fees/owed.html", stuck=await stickers.behind(ctx, code))


@get("/w/{code:str}/{number:int}/qr.png", guards=[public])
async def give_picture(ctx: Ctx, code: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """Give the QR of a bill as a picture."""
    png = await stickers.picture(ctx, code, number)
    headers = {"Content-Disposition": 'attachment; filename="thai-qr.png"'}
    return Response(png, media_type="image/png", headers=headers)


router = Router("/", route_handlers=[show_owed, give_picture])
