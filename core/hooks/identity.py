"""Hooks around signing in, for providers and second factors that are plugins' own.

A provider's plugin finds out who somebody is on pages of its own and answers with
``providers.let_in``; a factor's plugin asks ``providers.waiting_account`` whose factor it
wants, and answers with ``providers.pass_factor``.
"""

from collections.abc import Sequence

from core.context import Context
from core.hooks import hookspec
from core.ui import NavItem


@hookspec(budget=0.5)
async def ways_to_sign_in(ctx: Context, next: str) -> Sequence[NavItem]:  # type: ignore[empty-body]
    """Give links to other ways of signing in, shown below the form.

    :param next: path of the page to lead to afterwards, "" for the start page.
    """


@hookspec(budget=0.5)
async def further_factors(ctx: Context) -> Sequence[NavItem]:  # type: ignore[empty-body]
    """Give links to what may be shown in place of the code that was sent."""
