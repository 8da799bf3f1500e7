"""The page that everybody looks at in a disaster: light, and answered anew only when it changed."""

from litestar import Response, Router, get

from contrib.disaster.service.public import Situation, situation
from core.api import Ctx, page, public
from kit.forms import AnyRequest

# Seconds for which a browser does not ask again, and for which caches on the way answer.
_PAGE, _DATA = 15, 30


@get("/disaster", guards=[public])
async def show_situation(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show how it stands: where, how deep, which shelters have room, how to ask for help."""
    found = await situation(ctx)
    # What else the page shows: who looks, in which language and light.
    headers = {
        "ETag": found.tag(ctx.language, str(ctx.actor.id), request.headers.get("cookie", "")),
        "Cache-Control": f"private, max-age={_PAGE}",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response("", status_code=304, headers=headers)
    shown = await page(request, ctx, "disaster/situation.html", situation=found)
    shown.headers.update(headers)
    return shown


@get("/disaster/situation.json", guards=[public])
async def give_situation(request: AnyRequest, ctx: Ctx) -> Response[Situation | None]:
    """Give the same to programs and boards elsewhere; caches on the way may answer."""
    found = await situation(ctx)
    headers = {"ETag": found.tag(), "Cache-Control": f"public, max-age={_DATA}"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(None, status_code=304, headers=headers)
    return Response(found, headers=headers)


router = Router("/", route_handlers=[show_situation, give_situation])
