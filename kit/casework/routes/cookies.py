"""The cookie by which a device opens the draft that was begun on it."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.response import Redirect

from core.api import Context
from kit.casework.service.drafts import KEPT

COOKIE = "draft"


def remember_draft(answer: Redirect, ctx: Context, draft: UUID, token: str) -> Redirect:
    """Return the answer with the token, sent back only to the pages of this draft."""
    answer.set_cookie(
        COOKIE,
        token,
        path=f"/apply/{draft}",
        max_age=int(KEPT.total_seconds()),
        httponly=True,
        secure=ctx.origin.startswith("https:"),
        samesite="lax",
    )
    return answer


def to_draft(ctx: Context, draft: UUID, token: str) -> Redirect:
    """Lead to the first page of a draft that was just begun."""
    return remember_draft(Redirect(f"/apply/{draft}/1", status_code=303), ctx, draft, token)


def draft_token(request: Request[Any, Any, Any]) -> str:
    """Return the token that the browser sent."""
    return request.cookies.get(COOKIE, "")
