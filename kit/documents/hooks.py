"""Hooks that documents calls: where the templates of papers lie, and what happens to papers."""

from pathlib import Path
from uuid import UUID

from core.api import Context, hookspec


@hookspec()
def register_papers() -> Path:  # type: ignore[empty-body]
    """Give the folder with the Typst templates of the plugin, named ``<plugin>/<paper>.typ``."""


@hookspec(budget=30)
async def on_paper_revoked(ctx: Context, event: UUID, paper: UUID, subject: str) -> None:
    """A paper was taken back: from now on its verification page says so.

    :param subject: what it belongs to, ``<noun>/<id>``.
    """
