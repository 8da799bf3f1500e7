"""The first look whether a house has room on a plot, with the margins of ``data/fit.json``."""

from decimal import Decimal
from pathlib import Path

import msgspec

from plugins.permits.rules.fit import Fit, Margin, fit
from plugins.permits.rules.plans import Plan

_DATA = msgspec.json.decode((Path(__file__).parents[1] / "data" / "fit.json").read_bytes())
MARGINS = msgspec.convert(_DATA["margins"], tuple[Margin, ...])


def fit_on(plan: Plan, width: Decimal, depth: Decimal) -> Fit | None:
    """Return whether a plan has room on a plot; None where it is too high for a first look.

    :param width: of the plot along the road, metres; ``depth`` away from it.
    """
    return fit(plan, width=width, depth=depth, margins=MARGINS)
