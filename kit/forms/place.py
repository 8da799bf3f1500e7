"""Where and when a form is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.api import Context, Tenant
from kit.geo import (
    Area,
    Drawing,
    Landmark,
    Point,
    area_of,
    find_landmarks,
    landmarks_of,
    map_near,
    map_of,
)


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

    @property
    def landmarks(self) -> tuple[Landmark, ...]:
        """What can be found on its map by name."""
        return landmarks_of(self.tenant)

    def find(self, text: str) -> list[Landmark]:
        """Return the places on its map that fit what was typed."""
        return find_landmarks(self.tenant, text)

    def map(self, pins: Sequence[Point]) -> Drawing | None:
        """Return its map with some pins; None while its limits are not drawn."""
        return map_of(self.tenant, pins)

    def map_near(self, pins: Sequence[Point], outline: Sequence[Point]) -> Drawing | None:
        """Return the map of what lies around pins and a piece of land, else as :meth:`map`."""
        return map_near(self.tenant, pins, outline)
