"""The links of this room in the main navigation."""

from core.context import Context
from core.notifications import service
from core.text import Text
from core.ui import NavItem
from core.undelivered.service import count_undelivered as count_failures


async def links_for_navigation(ctx: Context, area: str) -> list[NavItem]:
    """Give the inbox to whoever has signed in, and to administrators what failed, if anything.

    :param area: ``"public"`` or ``"desk"``.
    """
    if ctx.actor.id is None:
        return []
    unread = await service.count_unread(ctx)
    links = [NavItem(Text("ข้อความ", "Messages"), "/notices", order=80, count=unread)]
    if area == "desk" and ctx.actor.may("core.modules"):
        failed = (await service.count_undelivered(ctx))["failed"]
        work = await count_failures(ctx)
        if failed or work:
            href = "/desk/messages" if failed else "/desk/undelivered"
            title = Text("ส่งไม่สำเร็จ", "Not delivered")
            links.append(NavItem(title, href, order=90, count=failed + work))
    return links
