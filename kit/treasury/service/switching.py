"""What a switch would change in bills that are not paid yet."""

from core.api import Context, Effect, Text, transaction
from kit.thai import amount

_WHAT = Text("ใบแจ้งที่ยังไม่ชำระ", "Bills that are not paid yet")
_STAY = Text(
    "{count} ฉบับ รวม {owed} ยังชำระได้ และใบเสร็จออกตามปกติ",
    "{count}, {owed} in all: they can still be paid, and receipts are issued",
)
_OPEN = """
SELECT count(*) AS count, coalesce(sum(owed), 0)::bigint AS owed FROM treasury.bill
WHERE tenant_id = $1 AND state = 'open' AND source = $2
"""


async def effects(ctx: Context, plugin: str) -> list[Effect]:
    """Tell how many bills of a plugin are open, and of how much."""
    async with transaction(ctx) as connection:
        row = await connection.fetchrow(_OPEN, ctx.tenant.id, plugin)
    if not row["count"]:
        return []
    owed = Text(amount(row["owed"], "th"), amount(row["owed"], "en"))
    return [Effect(_WHAT, _STAY.format(count=f"{row['count']:,}", owed=owed))]
