"""Pages that belong to no service: the start page, the look, the language, health."""

from typing import Any

from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core import db
from core.context import Context
from core.http import metrics
from core.http.forgery import EXCLUDED
from core.http.guards import AWAKE, WHILE_SUSPENDED, public
from core.http.inject import Ctx
from core.http.pages import page
from core.http.reentry import safe_path
from core.http.shell import LANGUAGE_COOKIE
from core.http.site import THEME_COOKIE, colours
from core.runtime import RUNTIME, Runtime
from core.text import LANGUAGES

_YEAR = 365 * 24 * 3600


@get("/", guards=[public])
async def show_home(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show the front door: a plugin's, or the core's own, filled by the plugins."""
    answers = await ctx.host.ask(ctx, "cards_for_home", area="public")
    cards = [card for answer in answers for card in answer.value or ()]
    missing = [answer.plugin for answer in answers if answer.problem]
    shared: dict[str, Any] = {
        "cards": sorted(cards, key=lambda card: card.order),
        "missing": missing,
    }
    front = await _front_of_plugin(request, ctx, shared)
    return front or await page(request, ctx, "core/home.html", **shared)


async def _front_of_plugin(
    request: Request[Any, Any, Any], ctx: Context, shared: dict[str, Any]
) -> Response[str] | None:
    answers = await ctx.host.ask(ctx, "page_for_home")
    shared["missing"] += [answer.plugin for answer in answers if answer.problem]
    given = {answer.plugin: answer.value for answer in answers if answer.value is not None}
    if not given:
        return None
    first = min(given)
    try:
        return await page(request, ctx, given[first].template, **shared, **given[first].values)
    except Exception as problem:
        # What a plugin's template raises costs the plugin, not the front door.
        ctx.host.quarantine.failed(ctx, first, given[first].template, problem)
        shared["missing"].append(first)
        return None


@get("/gallery", guards=[public])
async def show_gallery(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Show every component of the face, for authors of plugins."""
    return await page(request, ctx, "core/gallery.html")


@get("/theme/{name:str}", guards=[public], opt={EXCLUDED: True, WHILE_SUSPENDED: True})
async def show_theme(ctx: Ctx, name: FromPath[str]) -> Response[str]:
    """Serve the municipality's colours; the name changes with them."""
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return Response(colours(ctx.tenant.brand), media_type="text/css", headers=headers)


@post("/theme", guards=[public], opt=AWAKE)
async def choose_theme(request: Request[Any, Any, Any], ctx: Ctx) -> Redirect:
    """Remember light, dark or as the device says."""
    form = await request.form()
    chosen = str(form.get("theme", "auto"))
    answer = Redirect(safe_path(str(form.get("next", "/"))), status_code=303)
    theme = chosen if chosen in ("light", "dark") else "auto"
    answer.set_cookie(THEME_COOKIE, theme, max_age=_YEAR)
    return answer


@get("/language/{language:str}", guards=[public], opt=AWAKE)
async def choose_language(
    request: Request[Any, Any, Any], ctx: Ctx, language: FromPath[str]
) -> Redirect:
    """Remember the language and go back to the page."""
    answer = Redirect(safe_path(request.query_params.get("next", "/")), status_code=303)
    if language in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR)
    return answer


@get("/health", media_type=MediaType.TEXT)
async def check_health() -> Response[str]:
    """Say whether the process and its database answer."""
    try:
        async with db.across_tenants() as connection:
            await connection.fetchval("SELECT 1")
    except db.AWAY:
        return Response("the database does not answer", status_code=503, media_type=MediaType.TEXT)
    return Response("ok", media_type=MediaType.TEXT)


@get("/metrics", media_type=MediaType.TEXT)
async def show_metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Give the figures to Prometheus; the proxy in front keeps it from the public."""
    runtime: Runtime = request.scope[RUNTIME]  # type: ignore[literal-required]
    figures = await metrics.exposition(runtime.database_url, runtime.settings.data)
    return Response(figures, media_type="text/plain; version=0.0.4")


router = Router(
    "/",
    route_handlers=[
        show_home,
        show_gallery,
        show_theme,
        choose_theme,
        choose_language,
        check_health,
        show_metrics,
    ],
)
