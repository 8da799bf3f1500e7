"""The links of this room in the main navigation."""

from core.context import Context
from core.text import Text
from core.ui import NavItem


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the officers' page to whoever may manage them.

    :param area: ``"public"`` or ``"desk"``.
    """
    if area == "desk" and ctx.actor.may("core.people"):
        return [NavItem(Text("เจ้าหน้าที่", "Officers"), "/desk/people", order=70)]
    return []
