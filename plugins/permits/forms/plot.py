"""The plot that a citizen types to see whether a house has room on it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.api import Text
from kit.forms import Number, Place, Reading, read

_METRES = Text("เมตร", "m")
FIELDS = (
    Number(
        "plot_width",
        Text("ที่ดินกว้าง ด้านติดถนน", "Width of the plot, along the road"),
        unit=_METRES,
        least=1,
        most=1_000,
        decimals=2,
    ),
    Number(
        "plot_depth",
        Text("ที่ดินลึก", "Depth of the plot"),
        unit=_METRES,
        least=1,
        most=1_000,
        decimals=2,
    ),
)


def read_plot(asked: Mapping[str, str], place: Place) -> Reading | None:
    """Return what was typed; None where nothing was asked."""
    names = [field.name for field in FIELDS]
    if not any(name in asked for name in names):
        return None
    return read(FIELDS, {name: [asked[name]] for name in names if name in asked}, place)


def sides(reading: Reading) -> Sequence[Decimal] | None:
    """Return width and depth of a plot, metres; None where something was wrong."""
    if reading.problems:
        return None
    return [Decimal(reading.values[field.name]) for field in FIELDS]
