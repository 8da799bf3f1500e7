from core.context import Context
from core.identity import accounts, holders
from plugins.eoffice.service import demo, registers
from tests.plugins.eoffice.conftest import STAFF, rows


async def test_the_demonstration_has_letters_in_every_state(ctx: Context, other: Context) -> None:
    for number, (role, _, first, last, post) in enumerate(STAFF):
        account = await accounts.register_officer(
            ctx, first_name=first, last_name=last, post=post, phone=f"08120000{number:02}"
        )
        await holders.grant_role(ctx, account=account, role=role)

    await demo.fill(ctx)

    states = {row["state"] for row in await rows(ctx, "SELECT state FROM eoffice.letter")}
    sent = await registers.page_of(ctx, "send", 2569)
    assert states == {"arrived", "registered", "closed", "draft", "routed", "signed"}
    assert [one["state"] for one in sent] == ["void", "reserved", "used"]
