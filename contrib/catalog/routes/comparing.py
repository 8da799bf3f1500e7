"""What is other in a version, for who looks through it."""

from uuid import UUID

from litestar import Response, Router, get
from litestar.params import FromPath

from contrib.catalog.rules.differences import KIND_WORDS
from contrib.catalog.service.comparing import compare
from contrib.catalog.service.doors import HOME
from contrib.catalog.service.rights import READ
from core.api import Ctx, allow, page
from kit.forms import AnyRequest


@get(f"{HOME}/{{submission:uuid}}/changes", guards=[allow(READ)])
async def show_changes(request: AnyRequest, ctx: Ctx, submission: FromPath[UUID]) -> Response[str]:
    """Show what is other than in an earlier version, file by file."""
    against = request.query_params.get("against")
    return await page(
        request,
        ctx,
        "catalog/changes.html",
        compared=await compare(ctx, submission, against),
        kinds=KIND_WORDS,
    )


router = Router("/", route_handlers=[show_changes])
