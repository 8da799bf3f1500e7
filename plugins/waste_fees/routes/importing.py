"""Take over the present register: send the file, look at it, take it."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Context, Ctx, Text, allow, page
from kit.documents import LARGEST_TABLE
from kit.forms import AnyRequest, first, read_files, read_posted
from plugins.waste_fees.rules.headings import COLUMNS
from plugins.waste_fees.rules.register import USES
from plugins.waste_fees.rules.rows import NEEDED
from plugins.waste_fees.service import importing
from plugins.waste_fees.service.importing import Preview
from plugins.waste_fees.service.rights import BILL, REGISTER, TARIFF

_REGISTER = allow(REGISTER)
_CHOOSE = Text("เลือกไฟล์ก่อน", "Choose the file first.")


@get("/desk/waste/import", guards=[_REGISTER])
async def show_import(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Say what the file should look like, and ask for it."""
    return await _show(request, ctx)


async def _show(
    request: AnyRequest,
    ctx: Context,
    *,
    preview: Preview | None = None,
    problem: Text | None = None,
) -> Response[str]:
    return await page(
        request,
        ctx,
        "waste_fees/import.html",
        status_code=422 if problem or (preview and preview.faults) else 200,
        preview=preview,
        problems={"file": problem.to(ctx.language)} if problem else {},
        columns=COLUMNS,
        needed=NEEDED,
        uses=USES,
        may={name: ctx.actor.may(name) for name in (REGISTER, TARIFF, BILL)},
    )


@post("/desk/waste/import", guards=[_REGISTER], request_max_body_size=LARGEST_TABLE + 100_000)
async def look(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Look into the file that was sent."""
    files = (await read_files(request)).get("file", [])
    if not files:
        return await _show(request, ctx, problem=_CHOOSE)
    try:
        preview = await importing.look_into(ctx, await files[0].read())
    except AppError as refusal:
        return await _show(request, ctx, problem=refusal.sentence)
    return await _show(request, ctx, preview=preview)


@post("/desk/waste/import/take", guards=[_REGISTER])
async def take(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Take over the file that was looked into."""
    try:
        await importing.take_over(ctx, first(await read_posted(request), "digest"))
    except (AppError, ValueError) as refusal:
        said = refusal.sentence if isinstance(refusal, AppError) else _CHOOSE
        return await _show(request, ctx, problem=said)
    return Redirect("/desk/waste", status_code=303)


router = Router("/", route_handlers=[show_import, look, take])
