"""The links of this room in the officers' navigation."""

from core.context import Context
from core.operator.here import is_operator
from core.text import Text
from core.ui import NavItem

_AT_OPERATOR = (
    ("core.operator", NavItem(Text("หน่วยงานในระบบ", "Tenants"), "/desk/operator", order=5)),
)


def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the operator's pages to who may open them.

    :param area: ``"public"`` or ``"desk"``.
    """
    if area != "desk" or not is_operator(ctx):
        return []
    return [link for may, link in _AT_OPERATOR if ctx.actor.may(may)]
