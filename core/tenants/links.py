"""The links of this room in the officers' navigation."""

from core.context import Context
from core.text import Text
from core.ui import NavItem

_LINKS = (
    ("core.settings", NavItem(Text("วันทำการ", "Office days"), "/desk/calendar", order=73)),
    ("core.settings", NavItem(Text("หน่วยงาน", "The office"), "/desk/office", order=75)),
    ("core.modules", NavItem(Text("โมดูล", "Modules"), "/desk/modules", order=76)),
)


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the pages of the office and its modules to whoever may change them.

    :param area: ``"public"`` or ``"desk"``.
    """
    return [link for may, link in _LINKS if area == "desk" and ctx.actor.may(may)]
