"""The first year of a place: billed with the certificate, or paid with the licence."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.api import Context, add, transaction
from kit.treasury import bills_by_id
from plugins.food_cert.rules.fees import FeeState, begins, ends
from plugins.food_cert.service.feeyears import bill_years
from plugins.food_cert.tables.fees import FeeYear


async def bill_first(ctx: Context, place: Mapping[str, Any]) -> UUID | None:
    """Bill the first year of a place whose certificate was just issued; return the bill.

    None where it is billed already, or nothing is to be paid.
    """
    return (await bill_years(ctx, [(place, 1)])).get((place["id"], 1))


async def note_first(ctx: Context, place: Mapping[str, Any], bill: UUID) -> bool:
    """Note that the first year was paid with the licence; return whether that is new.

    :param bill: of casework, which asked for it.
    """
    async with transaction(ctx):
        paid = (await bills_by_id(ctx, [bill]))[bill]
        row = {
            "tenant_id": ctx.tenant.id,
            "place_id": place["id"],
            "year": 1,
            "from_on": begins(place["opened_on"], 1),
            "until_on": ends(place["opened_on"], 1),
            "due_on": paid["due_on"],
            "area": Decimal(place["area"]),
            "instrument": place["instrument"],
            "amount": paid["total"],
            "waived": 0,
            "bill": bill,
            "surcharge": 0,
            "state": FeeState.SETTLED,
            "settled_on": ctx.today,
            "made_at": ctx.now,
        }
        return await add(FeeYear, row, unless=("tenant_id", "place_id", "year"))
