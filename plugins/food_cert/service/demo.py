"""The demonstration: places in every state, and what became of them."""

from core.api import Context
from plugins.food_cert.service import (
    demo_fees,
    demo_hygiene,
    demo_import,
    demo_orders,
    demo_register,
)


async def fill(ctx: Context) -> None:
    """Fill the register, then inspect its places, bill them, order something of some, write."""
    await demo_register.fill(ctx)
    await demo_hygiene.fill(ctx)
    await demo_fees.fill(ctx)
    await demo_orders.fill(ctx)
    await demo_import.fill(ctx)
