from collections.abc import Awaitable, Callable

from core.api import Context
from kit.treasury.service import switching
from kit.treasury.service.billing import Asked

Bill = Callable[..., Awaitable[Asked]]


async def test_open_bills_of_a_plugin_are_counted_with_what_is_owed(
    ctx: Context, other: Context, bill: Bill
) -> None:
    await bill(6000, 4025, mark="one")
    await bill(10_000_00, mark="two")

    [effect] = await switching.effects(ctx, "waste_fees")

    assert effect.effect.th.startswith("2 ฉบับ รวม 10,100.25 บาท ")
    assert effect.effect.en.startswith("2, 10,100.25 baht")
    assert await switching.effects(ctx, "permits") == []
    assert await switching.effects(other, "waste_fees") == []
