"""Hooks called when something has happened. All are coroutine functions.

They are called after the commit, at least once each, by the worker; ``event``
tells two deliveries of one fact from two facts. What an implementation raises
undoes nothing: it is tried again, and in the end listed for a person.
"""

from uuid import UUID

from core.context import Context
from core.hooks import hookspec


@hookspec(budget=8)
async def on_plugin_switched(ctx: Context, event: UUID, plugin: str, on: bool) -> None:
    """A plugin was switched on or off for the municipality.

    :param plugin: its name; a plugin that was just switched off is not asked any more.
    """
