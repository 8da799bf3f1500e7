"""Exports of a register and year, which anybody can check."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from core.api import Context, Ctx, Text, allow, page
from kit.forms import AnyRequest, Sheet, show_sheet
from kit.thai import buddhist_year
from plugins.eoffice.forms import keeping as forms
from plugins.eoffice.routes.answering import take_sheet
from plugins.eoffice.rules.registers import title_of
from plugins.eoffice.service import exports
from plugins.eoffice.service.rights import KEEP

HOME = "/desk/eoffice/keeping/exports"
_KEEP = allow(KEEP)
_STATES = {
    "waiting": Text("กำลังจัดทำ", "Being made"),
    "done": Text("พร้อมดาวน์โหลด", "Ready"),
    "failed": Text("จัดทำไม่สำเร็จ", "Failed"),
}
_TONES = {"waiting": "run", "done": "ok", "failed": "bad"}


@get(HOME, guards=[_KEEP])
async def show_exports(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show which exports there are."""
    return await page(
        request,
        ctx,
        "eoffice/exports.html",
        exports=await exports.exports(ctx),
        title_of=lambda key: title_of(key, ctx.tenant).to(ctx.language),
        states=_STATES,
        tones=_TONES,
    )


def _sheet(ctx: Context) -> Sheet:
    known = [(key, title_of(key, ctx.tenant)) for key in exports.exportable(ctx)]
    return forms.exporting((HOME, Text("ชุดส่งออก", "Exports")), known)


@get(f"{HOME}/new", guards=[_KEEP])
async def show_new(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask which register of which year is exported."""
    values = {"year": str(buddhist_year(ctx.today))}
    return await show_sheet(request, ctx, _sheet(ctx), values=values)


@post(f"{HOME}/new", guards=[_KEEP])
async def ask(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Have a register exported."""

    async def do(values: Mapping[str, Any], _: int) -> None:
        await exports.ask(ctx, values["register"], int(values["year"]))

    return await take_sheet(request, ctx, _sheet(ctx), do)


@get(HOME + "/{export:uuid}/package.zip", guards=[_KEEP])
async def download(ctx: Ctx, export: FromPath[UUID]) -> Stream:
    """Give a package, piece by piece."""
    name, pieces = await exports.read(ctx, export)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Stream(pieces, media_type="application/zip", headers=headers)


router = Router("/", route_handlers=[show_exports, show_new, ask, download])
