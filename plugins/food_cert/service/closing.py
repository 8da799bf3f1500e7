"""What is not owed any more: of a business that closes, of a licence that was not renewed.

Law: Public Health Act B.E. 2535, s. 65: the fee is owed as long as the business is run, and is
not surcharged where closing was told before it is due the next time (``rules.fees.told_in_time``).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.api import Context, Text, audit, transaction
from kit.treasury import cancel_bill, read_bill, still_owed, waive
from plugins.food_cert.rules.fees import Asked, FeeState, told_in_time
from plugins.food_cert.service.feeyears import VOIDED, change_year, fee_rows
from plugins.food_cert.service.revenues import by_law
from plugins.food_cert.tables.fees import FeeYear

_CLOSED = Text(
    "แจ้งเลิกกิจการก่อนเริ่มรอบปีนี้ พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 65",
    "Closing was told before this year began, Public Health Act s. 65",
)
_NOT_RAISED = Text(
    "แจ้งเลิกกิจการก่อนถึงกำหนดครั้งต่อไป พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 65",
    "Closing was told before the fee is due the next time, Public Health Act s. 65",
)
_EXPIRED = Text(
    "ใบอนุญาตสิ้นอายุและไม่ได้ขอต่อ พ.ร.บ.การสาธารณสุข พ.ศ. 2535 มาตรา 55",
    "The licence ended and its renewal was not asked for, Public Health Act s. 55",
)

# Who bills the place at this moment is waited for.
_HOLD = "SELECT id FROM food_cert.place WHERE tenant_id = $1 AND id = $2 FOR UPDATE"


async def close_fees(ctx: Context, place: Mapping[str, Any], told_on: date) -> None:
    """Take back and let off what a place does not owe because its closing was told on a day.

    Unpaid bills of years that begin after it are cancelled, and a fee whose next one was not due
    by then is not surcharged: what of a surcharge is unpaid is let off. What was paid stays.
    """
    async with transaction(ctx) as connection:
        await connection.fetch(_HOLD, ctx.tenant.id, place["id"])
        rows = await fee_rows(ctx, place["id"])
        asked = [Asked(one["year"], one["due_on"], one["state"]) for one in rows]
        later = [one for one in rows if one["from_on"] > told_on]
        await _take_back(ctx, later, _CLOSED)
        free = [
            one
            for one in rows
            if one["from_on"] <= told_on
            and one["state"] in (FeeState.BILLED, FeeState.SETTLED)
            and told_in_time(asked, one["year"], told_on)
        ]
        for one in free:
            await change_year(ctx, place["id"], one["year"], {FeeYear.told_on: told_on})
            if one["surcharge_bill"]:
                await let_off(ctx, one["surcharge_bill"], one["surcharge"], _NOT_RAISED)
        await audit.record(
            ctx,
            "food_cert.fees.closed",
            f"place/{place['id']}",
            told_on=told_on.isoformat(),
            years=[one["year"] for one in later],
        )


async def drop_coming(ctx: Context, place: UUID, on: date, why: Text) -> None:
    """Take back the unpaid years of a place that begin after a day."""
    async with transaction(ctx):
        rows = [one for one in await fee_rows(ctx, place) if one["from_on"] > on]
        await _take_back(ctx, rows, why)


async def let_off(ctx: Context, bill: UUID, amount: int, why: Text) -> int:
    """Let the payer off so much of a bill as is unpaid of an amount; return the satang."""
    async with transaction(ctx):
        [charge] = (await read_bill(ctx, bill))["charges"]
        less: int = min(amount, charge["owes"])
        if less > 0:
            await waive(by_law(ctx), charge["id"], amount=less, why=why.th)
    return max(less, 0)


async def _take_back(ctx: Context, rows: Sequence[Mapping[str, Any]], why: Text) -> None:
    """Cancel years that are not paid, with their bills."""
    async with transaction(ctx):
        bills = [one["bill"] for one in rows if one["state"] == FeeState.BILLED and one["bill"]]
        owed = {one["id"] for one in await still_owed(ctx, bills)} if bills else set()
        for one in rows:
            if one["bill"] in owed:
                await cancel_bill(by_law(ctx), one["bill"], why=why.th)
            elif one["state"] != FeeState.WAIVED:
                continue
            await change_year(ctx, one["place_id"], one["year"], VOIDED)


_EXPIRED_YEARS = """
SELECT f.place_id, f.year, f.state, f.bill FROM food_cert.place p
JOIN food_cert.fee_year f ON f.tenant_id = p.tenant_id AND f.place_id = p.id
WHERE p.tenant_id = $1 AND p.instrument = 'licence' AND p.until < $2 AND p.renewing IS NULL
  AND p.state IN ('valid', 'suspended', 'stopped') AND f.state = 'billed' AND f.from_on > p.until
ORDER BY f.place_id, f.year
"""


async def drop_expired(ctx: Context) -> None:
    """Take back the unpaid next year of licences that ended without a request to renew."""
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_EXPIRED_YEARS, ctx.tenant.id, ctx.today)
        await _take_back(ctx, rows, _EXPIRED)
