"""Files in pieces, for lines that break: of a draft, and of a case that is being put right."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, patch, post
from litestar.params import FromPath

from core.api import Context, Ctx, public
from kit.casework.routes.cookies import draft_token
from kit.casework.service import citizens, drafts, reading, uploads
from kit.casework.service.attaching import Holder, attach_upload, refuse_early
from kit.documents import (
    LARGEST_PIECE,
    MEGABYTE,
    Upload,
    append,
    begin,
    discard,
    read_begun,
    show,
)

AnyRequest = Request[Any, Any, Any]

_DRAFT = "/apply/{draft:uuid}/uploads"
_CASE = "/t/{track:str}/uploads"


async def _of_draft(request: AnyRequest, ctx: Context, draft: UUID) -> Holder:
    return uploads.holder_of(await drafts.open_unfiled(ctx, draft, draft_token(request)))


async def _of_case(ctx: Context, track: str) -> Holder:
    return await citizens.mending(ctx, await reading.find_tracked(ctx, track))


async def _begin(request: AnyRequest, ctx: Context, holder: Holder) -> Response[None]:
    begun = read_begun(request)
    document = await refuse_early(ctx, holder, begun)
    largest = document.megabytes * MEGABYTE
    return await begin(request, ctx, holder.owner, begun, largest=largest)


async def _append(request: AnyRequest, ctx: Context, holder: Holder, key: str) -> Response[Any]:
    async def finish(upload: Upload) -> dict[str, str]:
        return await attach_upload(ctx, holder, upload)

    return await append(request, ctx, holder.owner, key, finish)


@post(_DRAFT, guards=[public])
async def begin_of_draft(request: AnyRequest, ctx: Ctx, draft: FromPath[UUID]) -> Response[None]:
    """Begin to send a file with a draft."""
    return await _begin(request, ctx, await _of_draft(request, ctx, draft))


@get(_DRAFT + "/{key:str}", guards=[public])
async def show_of_draft(
    request: AnyRequest, ctx: Ctx, draft: FromPath[UUID], key: FromPath[str]
) -> Response[None]:
    """Say how far a file of a draft got."""
    return await show(ctx, (await _of_draft(request, ctx, draft)).owner, key)


@patch(_DRAFT + "/{key:str}", guards=[public], request_max_body_size=LARGEST_PIECE)
async def append_of_draft(
    request: AnyRequest, ctx: Ctx, draft: FromPath[UUID], key: FromPath[str]
) -> Response[Any]:
    """Take a piece of a file of a draft."""
    return await _append(request, ctx, await _of_draft(request, ctx, draft), key)


@delete(_DRAFT + "/{key:str}", guards=[public], status_code=204)
async def discard_of_draft(
    request: AnyRequest, ctx: Ctx, draft: FromPath[UUID], key: FromPath[str]
) -> Response[None]:
    """Throw away a file of a draft that is on its way."""
    return await discard(ctx, (await _of_draft(request, ctx, draft)).owner, key)


@post(_CASE, guards=[public])
async def begin_of_case(request: AnyRequest, ctx: Ctx, track: FromPath[str]) -> Response[None]:
    """Begin to send a file that was missing."""
    return await _begin(request, ctx, await _of_case(ctx, track))


@get(_CASE + "/{key:str}", guards=[public])
async def show_of_case(ctx: Ctx, track: FromPath[str], key: FromPath[str]) -> Response[None]:
    """Say how far a file that was missing got."""
    return await show(ctx, (await _of_case(ctx, track)).owner, key)


@patch(_CASE + "/{key:str}", guards=[public], request_max_body_size=LARGEST_PIECE)
async def append_of_case(
    request: AnyRequest, ctx: Ctx, track: FromPath[str], key: FromPath[str]
) -> Response[Any]:
    """Take a piece of a file that was missing."""
    return await _append(request, ctx, await _of_case(ctx, track), key)


@delete(_CASE + "/{key:str}", guards=[public], status_code=204)
async def discard_of_case(ctx: Ctx, track: FromPath[str], key: FromPath[str]) -> Response[None]:
    """Throw away a file that was missing and is on its way."""
    return await discard(ctx, (await _of_case(ctx, track)).owner, key)


router = Router(
    "/",
    route_handlers=[
        begin_of_draft,
        show_of_draft,
        append_of_draft,
        discard_of_draft,
        begin_of_case,
        show_of_case,
        append_of_case,
        discard_of_case,
    ],
)
