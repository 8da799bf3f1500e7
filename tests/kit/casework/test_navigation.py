from dataclasses import replace

from core.context import EVERYWHERE, Actor, Context
from kit.casework.service import inbox


async def test_nobody_is_led_to_an_inbox_that_would_refuse_them(ctx: Context) -> None:
    hrefs = {}
    for permission in ("casework.services", "casework.read"):
        actor = Actor(kind="officer", permissions={permission: EVERYWHERE})
        links = await inbox.links(replace(ctx, actor=actor), "desk")
        hrefs[permission] = [link.href for link in links]

    assert hrefs == {"casework.services": [], "casework.read": ["/desk/cases"]}
