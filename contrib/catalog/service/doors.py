"""The ways to the Curator's desk and to the catalog."""

from contrib.catalog.service import shelf
from contrib.catalog.service.kept import kept_here
from contrib.catalog.service.rights import CURATE, SUBMIT
from contrib.catalog.service.submissions import waiting
from core.api import Context, NavItem, Text

HOME = "/desk/curation"
_TITLE = Text("ตรวจปลั๊กอิน", "Plugins to approve")
_ALL = Text("คลังปลั๊กอิน", "Plugins")
_MINE = Text("ส่งปลั๊กอิน", "Hand in plugins")


async def links(ctx: Context) -> list[NavItem]:
    """Lead curators to what waits, publishers to what they handed in."""
    if ctx.actor.may(CURATE):
        return [NavItem(_TITLE, HOME, order=60, count=await waiting(ctx))]
    return [NavItem(_MINE, HOME, order=60)] if ctx.actor.may(SUBMIT) else []


def public_links(ctx: Context) -> list[NavItem]:
    """Lead everybody to the catalog that is kept here."""
    return [NavItem(_ALL, shelf.HOME, order=60)] if kept_here(ctx) else []
