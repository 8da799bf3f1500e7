"""For how long no new licence can be asked for after one was revoked."""

from datetime import date, timedelta
from uuid import UUID

from core.api import Context, transaction
from plugins.food_cert.rules.orders import last_barred
from plugins.food_cert.rules.places import spot_of
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.tables.orders import Order
from plugins.food_cert.tables.register import Place

_YEAR = timedelta(days=366)
_NONE = UUID(int=0)


async def barred_until(ctx: Context, *, company_id: str, phone: str, same: str) -> date | None:
    """Return the last day on which a licence cannot be asked for after a revocation.

    None where none was revoked of this company, this telephone, or at this spot.

    :param phone: E.164; may be empty, as may ``company_id``.
    :param same: of :func:`plugins.food_cert.rules.places.sameness`.

    Law: Public Health Act B.E. 2535, s. 62.
    """
    years = (await limits_on(ctx, ctx.today))["bar.years"].whole
    async with transaction(ctx):
        orders = await Order.select(Order.place_id, Order.issued_on).where(
            Order.of(ctx),
            Order.kind == "revoke",
            Order.state != "withdrawn",
            Order.issued_on > ctx.today - _YEAR * years,
        )
        places = await Place.select(Place.id, Place.company_id, Place.phone, Place.sameness).where(
            Place.of(ctx), Place.id.is_in([one["place_id"] for one in orders] or [_NONE])
        )
    concerned = {
        one["id"]
        for one in places
        if (company_id and one["company_id"] == company_id)
        or (phone and one["phone"] == phone)
        or spot_of(one["sameness"]) == spot_of(same)
    }
    last = max(
        (last_barred(one["issued_on"], years) for one in orders if one["place_id"] in concerned),
        default=None,
    )
    return last if last is not None and ctx.today <= last else None
