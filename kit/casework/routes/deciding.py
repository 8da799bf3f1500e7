"""The page before a decision is signed: what it does, who signs, what the citizen gets."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from core.api import Context, Ctx, allow, page
from kit.casework.service import deciding, reading
from kit.casework.states import Act
from kit.forms import Posted, first, revision_of


def is_unsure(act: str, posted: Posted) -> bool:
    """Return whether this is a decision that was not confirmed yet."""
    return act in deciding.DECISIONS and first(posted, "sure") != "yes"


async def show_decision(
    request: Request[Any, Any, Any], ctx: Context, case: UUID, act: Act, posted: Posted
) -> Response[str]:
    """Show a decision once more before it is signed.

    :raises AppError: it cannot be decided so, or nothing was written that must be.
    """
    revision = revision_of(posted)
    reasons = deciding.reasons(first(posted, "reasons")) if act is Act.REFUSE else ()
    await deciding.may_decide(ctx, case, act, revision=revision)
    view = await reading.view_as_officer(ctx, case)
    return await page(
        request,
        ctx,
        "casework/decide.html",
        view=view,
        act=act,
        facts=deciding.facts(ctx, view, act),
        reasons=reasons,
        typed={name: first(posted, name) for name in ("opinion", "reasons")},
        revision=revision,
    )


@get("/desk/cases/{case:uuid}/draft.pdf", guards=[allow("casework.read")])
async def open_draft(
    ctx: Ctx, case: FromPath[UUID], revision: FromQuery[int] = -1
) -> Response[bytes]:
    """Give the paper of an approval before it is signed."""
    pdf = await deciding.draft_paper(ctx, case, revision=revision)
    headers = {"Content-Disposition": 'inline; filename="draft.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


router = Router("/", route_handlers=[open_draft])
