"""Render a page, or the fragment of it that htmx asked for."""

from typing import Any

from jinja2_fragments import render_block
from litestar import MediaType, Request, Response
from markupsafe import Markup

from core.context import Context
from core.http.forgery import FIELD, token_of
from core.http.site import describe_site, navigation
from core.operator.announced import unread
from core.text import Text

VARY = "HX-Request, HX-Boosted, HX-History-Restore-Request, HX-Request-Type, Cookie"


async def page(
    request: Request[Any, Any, Any],
    ctx: Context,
    template: str,
    *,
    fragment: str | None = None,
    into: str | None = None,
    status_code: int = 200,
    **values: Any,
) -> Response[str]:
    """Render ``template``, or only its block ``fragment`` for htmx.

    A boosted link and a restored history entry want the whole page although
    htmx asks for them. The answer varies with those headers, so caches are told.

    :param template: ``<plugin>/<page>.html``.
    :param fragment: a block of that template whose element has the same id.
    :param into: id of the element htmx shall replace instead of the one it meant to.
    """
    values["nav"] = await navigation(request, ctx)
    if request.url.path.startswith("/desk"):
        values["bulletins"] = await unread(ctx)
    return bare_page(
        request, ctx, template, fragment=fragment, into=into, status_code=status_code, **values
    )


def bare_page(
    request: Request[Any, Any, Any],
    ctx: Context,
    template: str,
    *,
    fragment: str | None = None,
    into: str | None = None,
    status_code: int = 200,
    **values: Any,
) -> Response[str]:
    """Render a page that asks no plugin for anything, as an error page must not."""
    environment = request.app.template_engine.engine  # type: ignore[union-attr]
    context = _context(request, ctx) | values
    headers = {"Vary": VARY, "Cache-Control": "no-store"}
    if fragment is not None and wants_fragment(request):
        body = render_block(environment, template, fragment, **context)
        if into is not None:
            headers |= {"HX-Retarget": f"#{into}", "HX-Reswap": "outerHTML"}
    else:
        body = environment.get_template(template).render(**context)
    return Response(body, status_code=status_code, media_type=MediaType.HTML, headers=headers)


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """Return whether htmx asks for a part of a page."""
    headers = request.headers
    return (
        headers.get("hx-request") == "true"
        and headers.get("hx-boosted") != "true"
        and headers.get("hx-history-restore-request") != "true"
        and headers.get("hx-request-type") != "full"
    )


def _context(request: Request[Any, Any, Any], ctx: Context) -> dict[str, Any]:
    token = token_of(request)
    return describe_site(request, ctx) | {
        "ctx": ctx,
        "lang": ctx.language,
        "t": _thai if ctx.language == "th" else _english,
        "path": request.url.path,
        "query": request.url.query,
        "csrf_token": token,
        "csrf_input": Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token),
        "toast": None,
        "bulletins": [],
    }


def _thai(th: str, _en: str) -> str:
    return th


def _english(_th: str, en: str) -> str:
    return en


def plain_page(sentence: Text, status_code: int) -> Response[str]:
    """Return a page for an address that is no municipality's: no colours, no name, one sentence."""
    body = (
        '<!doctype html><html lang="th"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{sentence.th}</title><p>{sentence.th}</p><p lang=en>{sentence.en}</p></html>"
    )
    return Response(body, status_code=status_code, media_type=MediaType.HTML)
