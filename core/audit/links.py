"""The link of this room in the main navigation."""

from core.audit.browsing import PERMISSION
from core.context import EVERYWHERE, Context
from core.text import Text
from core.ui import NavItem


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the trail to whoever may read it.

    :param area: ``"public"`` or ``"desk"``.
    """
    held = ctx.actor.permissions.get(PERMISSION, frozenset())
    if area == "desk" and held is EVERYWHERE:
        return [NavItem(Text("บันทึกการใช้งาน", "Audit trail"), "/desk/audit", order=75)]
    return []
