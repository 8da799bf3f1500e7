"""The demonstration as a whole: each part finds what the parts before it have left."""

from dataclasses import replace

from core.context import Context
from plugins.food_cert.service import demo
from tests.plugins.food_cert.conftest import rows

PARTS = ("place", "inspection", "fee_year", "premises_order", "imported", "letter_run")


async def test_every_part_of_the_demonstration_is_filled(ctx: Context) -> None:
    await demo.fill(replace(ctx, tenant=replace(ctx.tenant, subdistricts=("500109",))))

    empty = [one for one in PARTS if not await rows(ctx, f"SELECT 1 FROM food_cert.{one} LIMIT 1")]  # noqa: S608
    assert empty == []
