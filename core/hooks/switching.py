"""Hooks of the switchboard. All are coroutine functions, called while its pages are shown."""

from collections.abc import Sequence

from core.context import Context
from core.hooks import hookspec
from core.ui import Effect, NavItem


@hookspec(budget=1.0)
async def effects_of_switch(  # type: ignore[empty-body]
    ctx: Context, plugin: str, on: bool
) -> Sequence[Effect]:
    """Tell what switching a plugin would change in what you keep; nothing is switched yet.

    :param plugin: its name; a plugin that is off is not asked about itself.
    :param on: whether it would be on afterwards.
    """


@hookspec(budget=0.5)
async def links_for_module(  # type: ignore[empty-body]
    ctx: Context, plugin: str
) -> Sequence[NavItem]:
    """Give the pages on which an administrator sets a plugin up, for what ``ctx.actor`` may do.

    :param plugin: its name; a plugin answers for itself, a room of the kit for what it serves.
    """
