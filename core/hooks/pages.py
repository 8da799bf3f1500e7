"""Hooks called while a page is shown. All are coroutine functions.

They are called outside of a transaction, each with a budget of seconds.
"""

from collections.abc import Sequence

from core.context import Context
from core.hooks import hookspec
from core.ui import Card, FrontPage, NavItem


@hookspec(budget=0.2)
async def links_for_navigation(ctx: Context, area: str) -> Sequence[NavItem]:  # type: ignore[empty-body]
    """Give the links of this plugin for the main navigation, for what ``ctx.actor`` may do.

    ``NavItem.order`` places a link, ``NavItem.count`` says what waits behind it.

    :param area: ``"public"`` for citizens' pages, ``"desk"`` for officers'.
    """


@hookspec(budget=0.5)
async def cards_for_home(ctx: Context, area: str) -> Sequence[Card]:  # type: ignore[empty-body]
    """Give what this plugin shows on the start page, or on the page of who has signed in.

    A card is a title, a sentence, and one way to go on.

    :param area: ``"public"`` for the start page, ``"my"`` for a person's own.
    """


@hookspec(budget=1.0)
async def page_for_home(ctx: Context) -> FrontPage | None:
    """Give the public start page in place of the core's own.

    Its template is given the cards of all plugins. Of several plugins that give a page, the first
    by its name is taken.
    """
