"""The first year of a place: billed with the certificate, or paid with the licence."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from core.api import Context, add, transaction
from kit.treasury import bills_by_id
from plugins.food_cert.rules.fees import FeeState, begins, ends
from plugins.food_cert.service.feeyears import bill_years, last_year
from plugins.food_cert.tables.fees import FeeYear


async def begin_fees(ctx: Context, place: Mapping[str, Any], bill: UUID | None) -> None:
    """Bill the year that begins with a certificate or licence, or note that it was paid with it.

    It is the first one, or of a place that had the other paper before the one after its last.

    :param bill: of casework, where the fee was paid with the request.
    """
    year = await last_year(ctx, place["id"]) + 1
    if bill is None:
        await bill_first(ctx, place, year)
    else:
        await note_first(ctx, place, bill, year)


async def bill_first(ctx: Context, place: Mapping[str, Any], year: int = 1) -> UUID | None:
    """Bill the first year of a place whose certificate was just issued; return the bill.

    None where it is billed already, or nothing is to be paid.
    """
    return (await bill_years(ctx, [(place, year)])).get((place["id"], year))


async def note_first(ctx: Context, place: Mapping[str, Any], bill: UUID, year: int = 1) -> bool:
    """Note that the first year was paid with the licence; return whether that is new.

    :param bill: of casework, which asked for it.
    """
    async with transaction(ctx):
        paid = (await bills_by_id(ctx, [bill]))[bill]
        row = {
            "tenant_id": ctx.tenant.id,
            "place_id": place["id"],
            "year": year,
            "from_on": begins(place["opened_on"], year),
            "until_on": ends(place["opened_on"], year),
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
