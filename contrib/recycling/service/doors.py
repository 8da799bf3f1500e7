"""Where people reach the waste bank: links, doors, what waits."""

from contrib.recycling.service.rights import CENTRE, COLLECT, FIGURES, READ
from core.api import Card, Context, NavItem, Text, transaction

HOME = "/desk/recycling"
TITLE = Text("ธนาคารขยะ ถังเงินถังทอง", "Waste bank")
_COUNTS = """
SELECT (SELECT count(*) FROM recycling.call WHERE tenant_id = $1 AND state = 'open') AS calls,
  (SELECT count(*) FROM recycling.load WHERE tenant_id = $1 AND state = 'questioned') AS questioned
"""
_PUBLIC = Card(
    Text("ราคารับซื้อวัสดุรีไซเคิล", "Prices for sorted waste"),
    Text(
        "ดูราคาวันนี้ เรียกรถไปรับถึงบ้าน เงินเข้าบัญชีสมาชิก",
        "See today's prices and have it fetched at your house; the money goes to your account.",
    ),
    "/recycling",
    Text("ดูราคา", "See the prices"),
    order=60,
    sign="trash",
)
_MINE = Card(
    Text("ธนาคารขยะของฉัน", "My waste bank"),
    Text("เรียกรถ ดูบัตรชั่งและยอดเงิน", "Call a collector, see tickets and your balance."),
    "/my/recycling",
    Text("เปิด", "Open"),
    order=60,
    sign="trash",
)


def cards(area: str) -> list[Card]:
    """Return the doors of a start page."""
    return {"public": [_PUBLIC], "my": [_MINE]}.get(area, [])


async def links(ctx: Context, area: str) -> list[NavItem]:
    """Return the links of the navigation for what the actor may do."""
    if area != "desk" or not any(ctx.actor.may(one) for one in (READ, COLLECT, CENTRE, FIGURES)):
        return []
    async with transaction(ctx) as connection:
        counts = await connection.fetchrow(_COUNTS, ctx.tenant.id)
    waiting = counts["calls"] if ctx.actor.may(COLLECT) else counts["questioned"]
    return [NavItem(Text("ธนาคารขยะ", "Waste bank"), HOME, order=47, count=waiting)]
