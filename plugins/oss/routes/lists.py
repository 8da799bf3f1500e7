"""The lists of a service's questions, documents and steps, and what their buttons do."""

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.response import Redirect

from core.api import AppError, Conflict, Context, page, wants_fragment
from kit.forms import Posted, first, read_posted, revision_of
from plugins.oss.forms.kinds import KINDS
from plugins.oss.routes.describing import around, describe_rows
from plugins.oss.rules.parts import Change, Kind, may_name, move, name_subject, remove
from plugins.oss.service.builder import edit
from plugins.oss.service.own import Own, get_own


async def show_parts(
    request: Request[Any, Any, Any],
    ctx: Context,
    own: Own,
    kind: Kind,
    refusal: AppError | None = None,
) -> Response[str]:
    """Show the list; of htmx, only the list itself."""
    return await page(
        request,
        ctx,
        "oss/builder_parts.html",
        fragment="parts",
        status_code=refusal.status_code if refusal else 200,
        rows=describe_rows(ctx, own.draft, kind),
        kinds=[(code, one.title.to(ctx.language)) for code, one in KINDS.items()],
        naming=[(one.name, one.label.to(ctx.language)) for one in may_name(own.draft)],
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        **around(ctx, own, kind),
    )


async def rearrange(
    request: Request[Any, Any, Any], ctx: Context, id: UUID, kind: Kind
) -> Response[str] | Redirect:
    """Move or remove a part, or choose the question that names the matter."""
    posted = await read_posted(request)
    try:
        await edit(ctx, id, revision=revision_of(posted), change=_asked(posted, kind))
    except Conflict as refusal:
        return await show_parts(request, ctx, await get_own(ctx, id), kind, refusal)
    if wants_fragment(request):
        return await show_parts(request, ctx, await get_own(ctx, id), kind)
    return Redirect(f"/desk/services/{id}/{kind}", status_code=303)


def _asked(posted: Posted, kind: Kind) -> Change:
    """Return the change that a button of the list stands for."""
    verb, _, key = first(posted, "do").partition(".")
    match verb:
        case "up":
            return lambda service, _: move(service, kind, key, -1)
        case "down":
            return lambda service, _: move(service, kind, key, 1)
        case "drop":
            return lambda service, _: remove(service, kind, key)
        case _:
            return lambda service, _: name_subject(service, first(posted, "subject"))
