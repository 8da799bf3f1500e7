"""Take over a register of assets: send the file, look at it, take the rows that are right."""

from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.incidents.rules.headings import COLUMNS, NEEDED
from contrib.incidents.service import importing
from contrib.incidents.service.rights import ASSETS
from core.api import AppError, Context, Ctx, InvalidInput, Text, allow, page
from kit.documents import LARGEST_TABLE
from kit.forms import AnyRequest, read_files

PATH = "/desk/incidents/import"
SHOWN = 200
_ASSETS = allow(ASSETS)
_CHOOSE = Text("เลือกไฟล์ก่อน", "Choose the file first.")


@get(PATH, guards=[_ASSETS])
async def show_import(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Say what the file should look like, and ask for it."""
    return await _ask(request, ctx)


async def _ask(request: AnyRequest, ctx: Context, refusal: AppError | None = None) -> Response[str]:
    return await page(
        request,
        ctx,
        "incidents/import.html",
        status_code=refusal.status_code if refusal else 200,
        problems={"file": refusal.in_short.to(ctx.language)} if refusal else {},
        files=await importing.newest_imported(ctx),
        columns=COLUMNS,
        needed=NEEDED,
    )


@post(PATH, guards=[_ASSETS], request_max_body_size=LARGEST_TABLE + 100_000)
async def look(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Look into the file that was sent."""
    files = (await read_files(request)).get("file", [])
    try:
        if not files:
            raise InvalidInput({"file": _CHOOSE})
        id = await importing.look_into(ctx, await files[0].read(), files[0].filename)
    except AppError as refusal:
        return await _ask(request, ctx, refusal)
    return Redirect(f"{PATH}/{id}", status_code=303)


@get(PATH + "/{file:uuid}", guards=[_ASSETS])
async def show_file(request: AnyRequest, ctx: Ctx, file: FromPath[UUID]) -> Response[str]:
    """Show what a file holds, what must be corrected in it, what was taken over."""
    return await _show(request, ctx, file)


async def _show(
    request: AnyRequest, ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    return await page(
        request,
        ctx,
        "incidents/import_file.html",
        status_code=refusal.status_code if refusal else 200,
        file=await importing.read_imported(ctx, id),
        refusal=refusal.in_short.to(ctx.language) if refusal else None,
        shown=SHOWN,
    )


@post(PATH + "/{file:uuid}", guards=[_ASSETS])
async def take(request: AnyRequest, ctx: Ctx, file: FromPath[UUID]) -> Response[str] | Redirect:
    """Take over the file that was looked into."""
    try:
        await importing.take_over(ctx, file)
    except AppError as refusal:
        return await _show(request, ctx, file, refusal)
    return Redirect(f"{PATH}/{file}", status_code=303)


@get(PATH + "/{file:uuid}/report.csv", guards=[_ASSETS])
async def give_report(ctx: Ctx, file: FromPath[UUID]) -> Response[bytes]:
    """Give what must be corrected as a table."""
    headers = {"Content-Disposition": 'attachment; filename="report.csv"'}
    headers["Cache-Control"] = "no-store"
    data = await importing.report_csv(ctx, file)
    return Response(data, media_type="text/csv", headers=headers)


router = Router("/", route_handlers=[show_import, look, show_file, take, give_report])
