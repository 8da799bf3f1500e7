"""What tests of yearly fees share: a day to act on, rows of fees, money that is taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from core.context import SYSTEM, Context
from kit.thai import BANGKOK
from plugins.food_cert.service import billing, owing, surcharges
from plugins.food_cert.service.places import get_place
from tests.plugins.food_cert.conftest import rows
from tests.plugins.waste_fees.conftest import pay


def on(ctx: Context, day: date, hour: int = 6) -> Context:
    """The system on the morning of a day."""
    return replace(ctx, now=datetime.combine(day, time(hour), BANGKOK), actor=SYSTEM)


async def morning(ctx: Context, day: date) -> None:
    """Run the jobs of a morning."""
    await billing.bill(on(ctx, day))
    await surcharges.surcharge_overdue(on(ctx, day))


async def years(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    return list(reversed(await owing.years_of(ctx, place)))


async def owed_of(ctx: Context, places: Sequence[UUID]) -> dict[UUID, int]:
    """What places owe in all, satang; who owes nothing is not among them."""
    bills = await owing.bills_to_pay(ctx, places)
    return {place: sum(one["owed"] for one in some) for place, some in bills.items()}


async def bill_of(ctx: Context, bill: UUID) -> Any:
    [row] = await rows(ctx, "SELECT * FROM treasury.bill WHERE id = $1", bill)
    return row


async def bills(ctx: Context) -> list[Any]:
    return await rows(ctx, "SELECT * FROM treasury.bill ORDER BY due_on, id")


async def paid(ctx: Context, day: date, bill: UUID, amount: int) -> UUID | None:
    """Take cash for a bill on a day, and let the plugin hear of it.

    Return the place when it is not in arrears any more.
    """
    here = on(ctx, day, 11)
    await pay(here, bill, amount)
    if (await bill_of(ctx, bill))["state"] == "settled":
        place = await owing.follow_settled(here, bill)
        return None if place is None or await owing.in_arrears(here, place) else place
    return None


async def place_row(ctx: Context, place: UUID) -> dict[str, Any]:
    return await get_place(ctx, place)
