"""Hooks around signing in, for providers and second factors that are plugins' own.

A provider's plugin finds out who somebody is on pages of its own and then calls
``signing_in.admit``; a factor's plugin calls ``signing_in.finish_with_factor`` with the token
of the sign-in that waits. Both then answer with ``signing_in.enter``.
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
