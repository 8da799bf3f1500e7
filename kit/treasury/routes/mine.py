"""A citizen's own bills and receipts."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath

from core.api import Ctx, page, signed_in
from kit.treasury.routes.files import pdf_file
from kit.treasury.service import mine


@get("/my/bills", guards=[signed_in])
async def show_mine(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show what the account owes and has paid."""
    count, total = await mine.owed_by_me(ctx)
    return await page(
        request,
        ctx,
        "treasury/my.html",
        bills=await mine.my_bills(ctx),
        count=count,
        total=total,
    )


@get("/my/receipts/{receipt:uuid}/copy.pdf", guards=[signed_in])
async def my_copy(ctx: Ctx, receipt: FromPath[UUID]) -> Response[bytes]:
    """Give a copy of a receipt of the account."""
    return pdf_file(*await mine.my_receipt(ctx, receipt, original=False))


@post("/my/receipts/{receipt:uuid}/original.pdf", guards=[signed_in], status_code=200)
async def my_original(ctx: Ctx, receipt: FromPath[UUID]) -> Response[bytes]:
    """Give the original of a receipt of the account, once; then a copy."""
    return pdf_file(*await mine.my_receipt(ctx, receipt, original=True))


router = Router("/", route_handlers=[show_mine, my_copy, my_original])
