"""The services of an office, and what their rules find in a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.api import Context
from kit.casework import Examination, Service
from plugins.food_cert.service import complaints
from plugins.food_cert.service.limits import limits_on
from plugins.food_cert.services import declared
from plugins.food_cert.services.complaint import CODE as COMPLAINT


async def services(ctx: Context) -> Sequence[Service]:
    """Return the services as the office offers them today."""
    return declared(await limits_on(ctx, ctx.today))


async def examined(
    ctx: Context, service: Service, answers: Mapping[str, Any], on: date
) -> Examination:
    """Return what the rules find in a request."""
    if service.code == COMPLAINT:
        return await complaints.examined(ctx, answers)
    return Examination()
