from core.api import Context, add, new_id, transaction
from kit.documents import switching
from kit.documents.tables import IssuedPaper


async def issued(ctx: Context, template: str) -> None:
    paper = {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "template": template,
        "series": "",
        "number": "1",
        "code": f"code-{new_id().hex[-8:]}",
        "subject": "case/1",
        "contents": {},
        "issued_at": ctx.now,
    }
    async with transaction(ctx):
        await add(IssuedPaper, paper)


async def test_papers_of_the_plugin_are_counted_and_of_no_other(
    ctx: Context, other: Context
) -> None:
    for template in ("oss/paper", "oss/letter", "oss_two/paper", "os/paper", "documents/oss"):
        await issued(ctx, template)
    await issued(other, "oss/paper")

    [effect] = await switching.effects(ctx, "oss")

    assert effect.effect.th.startswith("2 ฉบับ ")
    assert await switching.effects(ctx, "permits") == []
