"""The services that the office makes for itself: the list, a new one, its end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from core.api import AppError, Conflict, Context, Ctx, Text, allow, page
from kit.casework import Service, count_open, offered
from kit.forms import Place, read, read_posted, revision_of
from plugins.oss.forms.new import EMPTY, new_fields
from plugins.oss.forms.sheet import whole
from plugins.oss.routes.describing import around
from plugins.oss.rules.changes import changes
from plugins.oss.service import builder, publishing
from plugins.oss.service.own import BUILD, get_own, own_services

_BUILD = allow(BUILD)
Typed = Mapping[str, list[str]]


@get("/desk/services", guards=[_BUILD])
async def show_services(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """List the office's own services."""
    return await page(request, ctx, "oss/builder.html", services=await own_services(ctx))


@get("/desk/services/new", guards=[_BUILD])
async def show_new(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str]:
    """Ask what a new service is called and what it begins with."""
    return await _show_new(request, ctx, await offered(ctx), {}, {})


async def _show_new(
    request: Request[Any, Any, Any],
    ctx: Context,
    services: Mapping[str, Service],
    typed: Typed,
    problems: Mapping[str, Text],
) -> Response[str]:
    return await page(
        request,
        ctx,
        "oss/builder_new.html",
        status_code=422 if problems else 200,
        fields=new_fields({code: one.title for code, one in services.items()}),
        typed=typed,
        wrong=problems,
        problems={name: text.to(ctx.language) for name, text in problems.items()},
        place=Place.of(ctx),
    )


@post("/desk/services/new", guards=[_BUILD])
async def create(request: Request[Any, Any, Any], ctx: Ctx) -> Response[str] | Redirect:
    """Begin a service."""
    services = await offered(ctx)
    fields = new_fields({code: one.title for code, one in services.items()})
    reading = read(fields, await read_posted(request), Place.of(ctx))
    if reading.problems:
        return await _show_new(request, ctx, services, reading.typed, reading.problems)
    source = reading.values["source"]
    own = await builder.create(
        ctx, title=whole(reading.values, "title"), source="" if source == EMPTY else source
    )
    return Redirect(f"/desk/services/{own}/about", status_code=303)


@get("/desk/services/{own:uuid}/publish", guards=[_BUILD])
async def show_publish(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[str]:
    """Show what publishing would change, and what stands in its way."""
    return await _show_publish(request, ctx, own)


async def _show_publish(
    request: Request[Any, Any, Any], ctx: Context, id: UUID, refusal: AppError | None = None
) -> Response[str]:
    own = await get_own(ctx, id)
    before = own.in_force
    changed = changes(before, own.draft) if before else []
    counts = await count_open(ctx, [own.code])
    return await page(
        request,
        ctx,
        "oss/builder_publish.html",
        status_code=refusal.status_code if refusal else 200,
        changes=[one.to(ctx.language) for one in changed],
        open=counts[own.code],
        versions=await publishing.versions(ctx, id),
        refusal=refusal.sentence.to(ctx.language) if refusal else None,
        published="published" in request.query_params,
        **around(ctx, own, "publish"),
    )


@post("/desk/services/{own:uuid}/publish", guards=[_BUILD])
async def publish(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[str] | Redirect:
    """Publish the working copy."""
    try:
        await publishing.publish(ctx, own, revision=revision_of(await read_posted(request)))
    except Conflict as refusal:
        return await _show_publish(request, ctx, own, refusal)
    return Redirect(f"/desk/services/{own}/publish?published=1", status_code=303)


@get("/desk/services/{own:uuid}/retire", guards=[_BUILD])
async def show_retire(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[str]:
    """Ask whether nobody shall file it any more."""
    found = await get_own(ctx, own)
    counts = await count_open(ctx, [found.code])
    return await page(request, ctx, "oss/builder_retire.html", own=found, open=counts[found.code])


@post("/desk/services/{own:uuid}/retire", guards=[_BUILD])
async def retire(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[str] | Redirect:
    """Let nobody file it any more."""
    try:
        await publishing.retire(ctx, own, revision=revision_of(await read_posted(request)))
    except Conflict as refusal:
        return await _show_publish(request, ctx, own, refusal)
    return Redirect("/desk/services", status_code=303)


@post("/desk/services/{own:uuid}/discard", guards=[_BUILD])
async def discard(
    request: Request[Any, Any, Any], ctx: Ctx, own: FromPath[UUID]
) -> Response[str] | Redirect:
    """Throw the working copy away."""
    revision = revision_of(await read_posted(request))
    try:
        stays = await builder.discard(ctx, own, revision=revision)
    except Conflict as refusal:
        return await _show_publish(request, ctx, own, refusal)
    home = f"/desk/services/{own}/publish" if stays else "/desk/services"
    return Redirect(home, status_code=303)


router = Router(
    "/",
    route_handlers=[
        show_services,
        show_new,
        create,
        show_publish,
        publish,
        show_retire,
        retire,
        discard,
    ],
)
