"""What a switch would change in papers: nothing, and that is worth saying."""

from core.api import Context, Effect, Text, transaction

_WHAT = Text("เอกสารที่ออกแล้ว", "Papers that were issued")
_STAY = Text(
    "{count} ฉบับ ยังเปิดดู ดาวน์โหลด และตรวจได้เหมือนเดิม",
    "{count} can still be opened, downloaded and checked",
)
# Templates are named <plugin>/<paper>, and the sign after "/" is "0".
_COUNT = """
SELECT count(*) FROM documents.paper
WHERE tenant_id = $1 AND template ~>=~ ($2 || '/') AND template ~<~ ($2 || '0')
"""


async def effects(ctx: Context, plugin: str) -> list[Effect]:
    """Tell how many papers a plugin has issued."""
    async with transaction(ctx) as connection:
        count = await connection.fetchval(_COUNT, ctx.tenant.id, plugin)
    return [Effect(_WHAT, _STAY.format(count=f"{count:,}"))] if count else []
