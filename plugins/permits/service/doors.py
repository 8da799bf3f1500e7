"""The links that lead to the pages of permits."""

from core.api import Context, NavItem, Text
from plugins.permits.service.rights import PLANS


def links(ctx: Context) -> list[NavItem]:
    """Lead officers who care for it to the library of standard plans."""
    if not ctx.actor.may(PLANS):
        return []
    return [NavItem(Text("แบบบ้าน", "House plans"), "/desk/permits/plans", order=46)]
