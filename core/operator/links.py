"""The links of this room in the officers' navigation."""

from core.context import EVERYWHERE, Context
from core.identity.holders import PEOPLE
from core.operator import announced
from core.operator.allowing import waiting
from core.operator.here import is_operator
from core.text import Text
from core.ui import NavItem

_AT_OPERATOR = (
    ("core.operator", NavItem(Text("หน่วยงานในระบบ", "Tenants"), "/desk/operator/tenants", order=5)),
    ("core.operator", NavItem(Text("สุขภาพ", "Health"), "/desk/operator/health", order=6)),
    (
        "core.operator",
        NavItem(Text("สถิติทั้งประเทศ", "National figures"), "/desk/operator/figures", order=7),
    ),
    (
        "core.operator",
        NavItem(Text("ประกาศ", "Announcements"), "/desk/operator/announcements", order=8),
    ),
    (
        "core.support",
        NavItem(Text("เข้าใช้ช่วยเหลือ", "Support access"), "/desk/operator/support", order=9),
    ),
)


async def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the operator's pages to who may open them, and to an office who asks to act there.

    :param area: ``"public"`` or ``"desk"``.
    """
    if area != "desk" or ctx.settings.operator is None:
        return []
    if is_operator(ctx):
        return [link for may, link in _AT_OPERATOR if ctx.actor.may(may)]
    links = []
    if ctx.actor.may(announced.PERMISSION):
        title = Text("ประกาศจากส่วนกลาง", "Announcements")
        links.append(NavItem(title, "/desk/announcements", order=78))
    if ctx.actor.permissions.get(PEOPLE, frozenset()) is EVERYWHERE:
        title = Text("ฝ่ายสนับสนุนเข้าใช้", "Support access")
        links.append(NavItem(title, "/desk/support", order=77, count=await waiting(ctx)))
    return links
