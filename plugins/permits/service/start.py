"""Which way somebody's work takes: the services that are open to it, and what is known for them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import msgspec

from core.api import Context, Text
from kit.casework import Service, get_offered
from kit.law import of_office
from plugins.permits.rules.asked import OWN
from plugins.permits.rules.dated import BOOK
from plugins.permits.rules.ways import SMALL
from plugins.permits.service.examining import choose_way
from plugins.permits.services.start import QUESTIONS

__all__ = ["QUESTIONS", "Open", "open_ways"]


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """What is open to a piece of work.

    :ivar ways: the best first, each with why; none where the office is to be asked.
    :ivar why: of the best one, or why there is none.
    :ivar known: the answers for the form of the service, as they stand in its address.
    :ivar fast: whether the best is the fast lane.
    """

    ways: Sequence[tuple[Service, Text]]
    why: Text
    known: str
    fast: bool


async def open_ways(ctx: Context, values: Mapping[str, Any]) -> Open:
    """Return the ways of a piece of work.

    :param values: answers to ``QUESTIONS``.
    """
    way = choose_way(
        work=values["work"],
        use=values["use"],
        storeys=values["storeys"],
        area=Decimal(values["area"]),
        data=await of_office(ctx, BOOK),
        on=ctx.today,
    )
    known = {name: str(values[name]) for name in ("work", "use", "storeys", "area")}
    if values["work"] != "build":
        # Nobody alters or demolishes by a standard plan.
        known["plan"] = OWN
    chosen = [(way.service, way.why), (way.other, way.other_why)]
    return Open(
        ways=[(await get_offered(ctx, code), why) for code, why in chosen if code is not None],
        why=way.why,
        known=urlencode(known),
        fast=way.service == SMALL,
    )
