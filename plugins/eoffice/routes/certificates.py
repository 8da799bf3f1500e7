"""The certificate with which an officer signs."""

from litestar import Response, Router, get, post
from litestar.response import Redirect

from core.api import AppError, Ctx, InvalidInput, allow, page
from kit.forms import AnyRequest, first, read_files, read_posted
from plugins.eoffice.service import certificates
from plugins.eoffice.service.rights import SIGN

PATH = "/desk/eoffice/certificate"


@get(PATH, guards=[allow(SIGN)])
async def show_certificate(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Ask for one's certificate."""
    return await _show(request, ctx)


async def _show(request: AnyRequest, ctx: Ctx, refusal: AppError | None = None) -> Response[str]:
    problems = refusal.problems if isinstance(refusal, InvalidInput) else {}
    return await page(
        request,
        ctx,
        "eoffice/certificate.html",
        status_code=refusal.status_code if refusal else 200,
        own=await certificates.own(ctx),
        problems={name: text.to(ctx.language) for name, text in problems.items()},
    )


@post(PATH, guards=[allow(SIGN)], request_max_body_size=2 * certificates.LARGEST)
async def keep(request: AnyRequest, ctx: Ctx) -> Response[str] | Redirect:
    """Keep one's certificate."""
    files = (await read_files(request)).get("certificate", [])
    raw = await files[0].read() if files else b""
    try:
        await certificates.keep(ctx, raw, first(await read_posted(request), "passphrase")[:200])
    except AppError as refusal:
        return await _show(request, ctx, refusal)
    return Redirect("/desk/eoffice", status_code=303)


router = Router("/", route_handlers=[show_certificate, keep])
