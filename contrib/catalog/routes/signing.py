"""Documents that wait to be signed: read, taken along, and brought back signed."""

from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from contrib.catalog.rules.states import IN_ENTRY
from contrib.catalog.service import signing
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.kept import kept_here
from contrib.catalog.service.rights import CURATE
from core.api import AppError, Context, Ctx, NotFound, Text, allow, page
from kit.forms import AnyRequest, read_files

SIGN = f"{HOME}/signing"
_MAY = allow(CURATE)
_ROOM = signing.LARGEST + 1_000_000
_CHOOSE = Text("แนบไฟล์ที่ลงลายมือชื่อแล้วก่อน", "Attach the file that was signed first.")


@get(SIGN, guards=[_MAY])
async def show_waiting(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show what waits to be signed, in words."""
    return await _show(request, ctx, done=request.query_params.get("done", ""))


async def _show(
    request: AnyRequest,
    ctx: Context,
    *,
    done: str = "",
    about: str = "",
    refusal: Text | None = None,
    status: int = 200,
) -> Response[str]:
    desk = await signing.to_sign(ctx) if kept_here(ctx) is not None else None
    return await page(
        request,
        ctx,
        "catalog/signing.html",
        status_code=status,
        desk=desk,
        states=IN_ENTRY,
        automatic=ctx.settings.repository_key is not None,
        folder=ctx.settings.repository,
        done=done,
        about=about,
        refusal=refusal.to(ctx.language) if refusal else None,
    )


@get(f"{SIGN}/{{role:str}}/document", guards=[_MAY])
async def give_document(ctx: Ctx, role: FromPath[str]) -> Response[bytes]:
    """Give a document that waits, to be signed elsewhere."""
    data = await signing.read_document(ctx, role)
    told = f"attachment; filename*=UTF-8''{quote(role)}.json"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(data, media_type="application/octet-stream", headers=headers)


@post(f"{SIGN}/{{role:str}}", guards=[_MAY], request_max_body_size=_ROOM)
async def take_signed(
    request: AnyRequest, ctx: Ctx, role: FromPath[str]
) -> Response[str] | Redirect:
    """Take a document back with a signature; why one is not taken stands beside it."""
    sent = (await read_files(request)).get("signed")
    if not sent:
        return await _show(request, ctx, about=role, refusal=_CHOOSE, status=422)
    try:
        published = await signing.take_signatures(ctx, role, await sent[0].read())
    except AppError as refusal:
        return await _refused(request, ctx, role, refusal)
    if published.problem is not None:
        return await _show(request, ctx, refusal=published.problem, status=409)
    return Redirect(f"{SIGN}?done={'published' if published.roles else 'signed'}", status_code=303)


@post(f"{SIGN}/{{role:str}}/renew", guards=[_MAY])
async def renew_term(
    request: AnyRequest, ctx: Ctx, role: FromPath[str]
) -> Response[str] | Redirect:
    """Have a document whose term ends soon signed for another one."""
    try:
        await signing.renew_term(ctx, role)
    except AppError as refusal:
        return await _refused(request, ctx, role, refusal)
    return Redirect(SIGN, status_code=303)


async def _refused(
    request: AnyRequest, ctx: Context, role: str, refusal: AppError
) -> Response[str]:
    if isinstance(refusal, NotFound):
        raise refusal
    status = refusal.status_code
    return await _show(request, ctx, about=role, refusal=refusal.sentence, status=status)


router = Router("/", route_handlers=[show_waiting, give_document, take_signed, renew_term])
