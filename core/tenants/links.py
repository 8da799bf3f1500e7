"""The link of this room in the main navigation."""

from core.context import Context
from core.text import Text
from core.ui import NavItem


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the calendar of the office to whoever may change its settings.

    :param area: ``"public"`` or ``"desk"``.
    """
    if area == "desk" and ctx.actor.may("core.settings"):
        return [NavItem(Text("วันทำการ", "Office days"), "/desk/calendar", order=73)]
    return []
