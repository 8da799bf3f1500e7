"""The catalog for everybody: what there is, what is told of each plugin, feeds and badges."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath

from contrib.catalog.rules.badge import WORTHS, draw_badge
from contrib.catalog.rules.feeds import ATOM, JSON_FEED, as_atom, as_json
from contrib.catalog.service.shelf import HOME, feed, shelf, shelved
from core.api import Ctx, Language, Text, page
from core.api import public as everybody
from kit.forms import AnyRequest

_TITLE = Text("ปลั๊กอินที่รับรองและถูกระงับ", "Plugins approved and stopped")
_WITH: Mapping[str, Any] = {
    "worths": WORTHS,
    "feeds": [
        (JSON_FEED, _TITLE, f"{HOME}/feed.json"),
        (ATOM, _TITLE, f"{HOME}/feed.atom"),
    ],
}
_FEEDS = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
# Shown on pages of others.
_PICTURE = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}


@get(HOME, guards=[everybody])
async def show_shelf(request: AnyRequest, ctx: Ctx) -> Response[str]:
    """Show all plugins, or those that are looked for."""
    sought = request.query_params.get("q", "").strip()[:100]
    found = await shelf(ctx, sought)
    return await page(request, ctx, "catalog/shelf.html", shelf=found, sought=sought, **_WITH)


@get(f"{HOME}/feed.json", guards=[everybody], exclude_from_csrf=True)
async def give_json(ctx: Ctx) -> Response[bytes]:
    """Give what happened as JSON Feed."""
    told = as_json(await feed(ctx), f"{ctx.origin}{HOME}/feed.json")
    return Response(told, media_type=JSON_FEED, headers=_FEEDS)


@get(f"{HOME}/feed.atom", guards=[everybody], exclude_from_csrf=True)
async def give_atom(ctx: Ctx) -> Response[bytes]:
    """Give what happened as Atom."""
    told = as_atom(await feed(ctx), f"{ctx.origin}{HOME}/feed.atom")
    return Response(told, media_type=ATOM, headers=_FEEDS)


@get(f"{HOME}/{{plugin:str}}", guards=[everybody])
async def show_plugin(request: AnyRequest, ctx: Ctx, plugin: FromPath[str]) -> Response[str]:
    """Show one plugin with all its versions."""
    found = await shelved(ctx, plugin)
    return await page(request, ctx, "catalog/shelved.html", one=found, **_WITH)


@get(f"{HOME}/{{plugin:str}}/badge.svg", guards=[everybody], exclude_from_csrf=True)
async def give_badge(request: AnyRequest, ctx: Ctx, plugin: FromPath[str]) -> Response[str]:
    """Give the badge, in Thai, or in English where ``lang`` is ``en``."""
    found = await shelved(ctx, plugin)
    language: Language = "en" if request.query_params.get("lang") == "en" else "th"
    drawn = draw_badge(found.worth, language)
    return Response(drawn, media_type="image/svg+xml", headers=_PICTURE)


router = Router("/", route_handlers=[show_shelf, give_json, give_atom, show_plugin, give_badge])
