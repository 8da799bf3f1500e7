"""Hooks that documents calls: where the templates of papers lie, and what happens to papers."""

from pathlib import Path
from uuid import UUID

from core.api import Context, hookspec
from kit.documents.standing import PaperStanding


@hookspec()
def register_papers() -> Path:  # type: ignore[empty-body]
    """Give the folder with the Typst templates of the plugin, named ``<plugin>/<paper>.typ``."""


@hookspec(budget=0.5)
async def standing_for_paper(ctx: Context, paper: UUID, subject: str) -> PaperStanding | None:
    """Say how what a paper says stands today: that a licence is suspended, a permit expired.

    It stands on the page on which anybody checks a paper, above its words; with the tone ``bad``
    the page says that the paper is genuine but not in force. With the plugin switched off the
    paper is checked all the same, without it.

    :param paper: its id; it is genuine and was not taken back.
    :param subject: what it belongs to, ``<noun>/<id>``.
    :returns: None where the plugin did not issue it, or knows no more than the paper.
    """


@hookspec(budget=8)
async def on_paper_revoked(ctx: Context, event: UUID, paper: UUID, subject: str) -> None:
    """A paper was taken back: from now on its verification page says so.

    :param subject: what it belongs to, ``<noun>/<id>``.
    """
