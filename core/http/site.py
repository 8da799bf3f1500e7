"""What every page shows around its own content: the office, the navigation, the person."""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from litestar import Request

from core.audit import links as trail
from core.context import Context
from core.http.theme import palette, stylesheet
from core.identity import links as people
from core.notifications import links
from core.operator import links as operator
from core.tenants import links as office
from core.ui import NavItem

THEME_COOKIE = "theme"


def describe_site(request: Request[Any, Any, Any], ctx: Context) -> dict[str, Any]:
    """Return the values that ``core/base.html`` and ``core/desk.html`` need."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return {
        "site": _site(ctx),
        "nav": [],
        "person": _person(ctx),
        "support": ctx.actor.support,
        "theme": theme if theme in ("auto", "light", "dark") else "auto",
        "save_data": request.headers.get("save-data") == "on",
    }


@lru_cache(maxsize=10_000)
def colours(brand: str) -> str:
    """Return the sheet of a municipality's colours."""
    return stylesheet(palette(brand))


@lru_cache(maxsize=10_000)
def theme_url(brand: str) -> str:
    """Return the address of that sheet, which changes with it."""
    return f"/theme/{sha256(colours(brand).encode()).hexdigest()[:12]}.css"


def _site(ctx: Context) -> dict[str, Any]:
    tenant, language = ctx.tenant, ctx.language
    return {
        "id": tenant.id,
        "name": tenant.name.to(language),
        "place": tenant.place.to(language),
        "address": tenant.address.to(language),
        "phone": tenant.phone,
        "hours": tenant.hours.text.to(language),
        "logo": f"/logo/{tenant.logo}.png" if tenant.logo else None,
        "theme_css": theme_url(tenant.brand),
    }


def _person(ctx: Context) -> dict[str, Any] | None:
    if ctx.actor.id is None:
        return None
    return {
        "name": ctx.actor.name,
        "initials": ctx.actor.initials,
        "post": ctx.actor.post,
        "officer": ctx.actor.kind == "officer",
    }


async def navigation(request: Request[Any, Any, Any], ctx: Context) -> list[dict[str, Any]]:
    """Return the links that the core and the plugins give for the area of this page."""
    area = _area(request.url.path, ctx)
    items: list[NavItem] = await links.links_for_navigation(ctx, area)
    items += people.links_for_navigation(ctx, area)
    items += trail.links_for_navigation(ctx, area)
    items += office.links_for_navigation(ctx, area)
    items += await operator.links_for_navigation(ctx, area)
    for answer in await ctx.host.ask(ctx, "links_for_navigation", area=area):
        items += answer.value or ()
    here = request.url.path
    return [
        {
            "title": item.title.to(ctx.language),
            "href": item.href,
            "count": item.count,
            "current": here == item.href or here.startswith(f"{item.href}/"),
        }
        for item in sorted(items, key=lambda item: (item.order, item.href))
    ]


def _area(path: str, ctx: Context) -> str:
    """Return whose page it is; the inbox is of whoever looks."""
    of_officer = ctx.actor.kind == "officer" and path.startswith("/notices")
    return "desk" if of_officer or path.startswith("/desk") else "public"
