"""For plugins that bring other ways to sign in: outside providers, and second factors.

They show their ways by the hooks of ``core.hooks.identity``, find out on pages of their own who
somebody is, and answer with what is here.
"""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.response import Redirect

from core.context import Context
from core.identity import sign_in
from core.identity.cookies import CODE, read_cookie
from core.identity.entering import browser_of, enter


async def let_in(
    request: Request[Any, Any, Any], ctx: Context, *, account: UUID, how: str, to: str = ""
) -> Redirect:
    """Let in a person whom an outside provider has identified, and go on to the page wanted.

    :param how: the provider, for the trail, e.g. ``"thaid"``.
    :param to: what the hook was given as ``next``.
    :raises NotFound: there is no such account.
    :raises InvalidInput: it is closed.
    """
    browser = browser_of(request, ctx)
    opened = await sign_in.admit(ctx, account=account, how=how, browser=browser)
    return await enter(request, ctx, opened, browser=browser, to=to)


async def pass_factor(
    request: Request[Any, Any, Any], ctx: Context, *, how: str, to: str = ""
) -> Redirect:
    """Let in whoever gave the password in this browser and has now shown a second factor.

    :param how: the factor, for the trail, e.g. ``"totp"``.
    :raises InvalidInput: no sign-in waits here, or it has waited too long.
    """
    browser = browser_of(request, ctx)
    token = read_cookie(request, ctx, CODE)
    opened = await sign_in.finish_with_factor(ctx, token=token, how=how, browser=browser)
    return await enter(request, ctx, opened, browser=browser, to=to)


async def waiting_account(request: Request[Any, Any, Any], ctx: Context) -> UUID | None:
    """Return whose sign-in waits in this browser for a second factor; None when none does."""
    return await sign_in.waiting_account(ctx, token=read_cookie(request, ctx, CODE))
