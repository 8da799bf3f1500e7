"""Where and when a form is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.api import Context, Tenant
from kit.geo import Area, Drawing, Point, area_of, map_of


@dataclass(frozen=True)
class Place:
    """A municipality on a day of its own, against which days, addresses and pins are held."""

    tenant: Tenant
    today: date

    @classmethod
    def of(cls, ctx: Context) -> "Place":
        """Return where and when ``ctx`` is."""
        return cls(ctx.tenant, ctx.today)

    @property
    def subdistricts(self) -> tuple[str, ...]:
        """Six-digit codes of the municipality's own sub-districts, offered first."""
        return self.tenant.subdistricts

    @cached_property
    def area(self) -> Area | None:
        """Its limits; None while they are not drawn, and then no pin is refused."""
        return area_of(self.tenant)

    def map(self, pins: Sequence[Point]) -> Drawing | None:
        """Return its map with some pins; None while its limits are not drawn."""
        return map_of(self.tenant, pins)
