"""The desk's pages of what plugins have left that are off or gone."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from core.api import Context, Ctx, NavItem, Text, officer, page, posts
from kit.documents.kept import PAGE, find_kept, get_kept, read_kept, shelves

PATH = "/desk/kept"
_OFF = Text("{title} (ปิดอยู่)", "{title} (off)")


@get(PATH + "/{plugin:str}", guards=[officer])
async def show_kept(
    request: Request[Any, Any, Any],
    ctx: Ctx,
    plugin: FromPath[str],
    q: FromQuery[str] = "",
    before: FromQuery[UUID | None] = None,
) -> Response[str]:
    """Show the records that have every word of a query."""
    found = await find_kept(ctx, plugin, q, before=before)
    return await page(
        request,
        ctx,
        "documents/kept.html",
        plugin=plugin,
        title=(await shelves(ctx))[plugin],
        query=q[:200],
        found=found,
        more=str(found[-1]["id"]) if len(found) == PAGE else "",
    )


@get(PATH + "/{plugin:str}/{record:uuid}", guards=[officer])
async def show_record(
    request: Request[Any, Any, Any], ctx: Ctx, plugin: FromPath[str], record: FromPath[UUID]
) -> Response[str]:
    """Show a record as it was left."""
    return await page(
        request,
        ctx,
        "documents/kept_record.html",
        plugin=plugin,
        title=(await shelves(ctx)).get(plugin),
        record=await get_kept(ctx, plugin, record),
        acting_line=lambda one: posts.acting_line(one["how"], one["post"], one["order"]).to(
            ctx.language
        ),
    )


@get(PATH + "/{plugin:str}/{record:uuid}/files/{file:uuid}", guards=[officer])
async def open_kept(
    ctx: Ctx, plugin: FromPath[str], record: FromPath[UUID], file: FromPath[UUID]
) -> Response[bytes]:
    """Give a file of a record, as it came."""
    data, name, mime = await read_kept(ctx, plugin, record, str(file))
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=mime, headers=headers)


async def links(ctx: Context) -> list[NavItem]:
    """Lead officers to what plugins have left that are off."""
    if ctx.actor.kind != "officer":
        return []
    return [
        NavItem(_OFF.format(title=title), f"{PATH}/{plugin}", order=90)
        for plugin, title in (await shelves(ctx)).items()
    ]


router = Router("/", route_handlers=[show_kept, show_record, open_kept])
