"""The public page of a bill: whoever holds its code sees what to pay, and how."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from core.api import Context, Ctx, NotFound, Text, page, public
from kit.documents import read_code
from kit.treasury.codes.payments import BillPayment, Transfer
from kit.treasury.codes.pictures import barcode_png, payment_png, payment_svg
from kit.treasury.service import mine, showing
from kit.treasury.service.showing import Shown

_NO_CODE = Text(
    "ใบแจ้งนี้ไม่มี QR สำหรับชำระแล้ว เปิดหน้าใบแจ้งเพื่อดูสถานะ",
    "There is no QR to pay this bill by now. See its page for how it stands.",
)


@get("/b", guards=[public])
async def ask_for_code(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """Ask for the code of a bill; one that was typed leads to its page."""
    if (read := read_code(code)) is not None:
        return Redirect(f"/b/{read}", status_code=303)
    return await _ask(request, ctx, code[:60], wrong=bool(code.strip()), status=200)


@get("/b/{code:str}", guards=[public])
async def show_bill(
    request: Request[Any, Any, Any], ctx: Ctx, code: FromPath[str]
) -> Response[str]:
    """Show a bill to who holds its code."""
    try:
        shown = await _shown(ctx, code)
    except NotFound:
        return await _ask(request, ctx, code[:60], wrong=True, status=404)
    return await page(
        request,
        ctx,
        "treasury/bill.html",
        shown=shown,
        svg=payment_svg(shown.code) if shown.code else None,
        barcode=isinstance(shown.code, BillPayment),
        mine=await mine.is_mine(ctx, shown.row["payer_id"]),
        payee=shown.code.biller if isinstance(shown.code, BillPayment) else "",
    )


async def _ask(
    request: Request[Any, Any, Any], ctx: Context, typed: str, *, wrong: bool, status: int
) -> Response[str]:
    return await page(
        request, ctx, "treasury/bill_ask.html", status_code=status, typed=typed, wrong=wrong
    )


async def _shown(ctx: Context, code: str) -> Shown:
    return await showing.show_bill(ctx, await showing.find_by_code(ctx, code))


async def _code(ctx: Context, code: str) -> tuple[Shown, BillPayment | Transfer]:
    shown = await _shown(ctx, code)
    if shown.code is None:
        raise NotFound(_NO_CODE)
    return shown, shown.code


@get("/b/{code:str}/qr.png", guards=[public])
async def save_qr(ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Give the QR as a picture that a phone can keep and a bank's app can open."""
    shown, payment = await _code(ctx, code)
    return _picture(payment_png(payment), "image/png", f"qr-{shown.row['ref1']}.png")


@get("/b/{code:str}/qr.svg", guards=[public])
async def draw_qr(ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Give the QR as a drawing that scales."""
    shown, payment = await _code(ctx, code)
    drawn = payment_svg(payment).encode()
    return _picture(drawn, "image/svg+xml", f"qr-{shown.row['ref1']}.svg")


@get("/b/{code:str}/barcode.png", guards=[public])
async def save_barcode(ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    """Give the barcode for counters with scanners; a transfer by tax ID has none."""
    shown, payment = await _code(ctx, code)
    if not isinstance(payment, BillPayment):
        raise NotFound(_NO_CODE)
    return _picture(barcode_png(payment), "image/png", f"barcode-{shown.row['ref1']}.png")


def _picture(data: bytes, media_type: str, name: str) -> Response[bytes]:
    """Return a code, never kept by caches: what it asks for changes with every payment."""
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)


router = Router("/", route_handlers=[ask_for_code, show_bill, save_qr, draw_qr, save_barcode])
