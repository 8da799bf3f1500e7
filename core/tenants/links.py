"""The link of this room in the main navigation."""

from core.context import Context
from core.text import Text
from core.ui import NavItem


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the switchboard to whoever may switch modules.

    :param area: ``"public"`` or ``"desk"``.
    """
    if area == "desk" and ctx.actor.may("core.modules"):
        return [NavItem(Text("โมดูล", "Modules"), "/desk/modules", order=72)]
    return []
