"""Whether a house has room on a plot: a first look at widths, before the rules of the request."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from plugins.permits.rules.plans import Plan


class Margin(msgspec.Struct, frozen=True, kw_only=True):
    """What stays free on every side.

    :param up_to_height: metres of the building, inclusive.
    :param side: metres.
    """

    up_to_height: Decimal
    side: Decimal


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """What was compared, in metres.

    :param side: what stays free on every side.
    :param width: what the house needs along the road, with both sides; ``depth`` away from it.
    :param fits: as the plan is drawn.
    :param turned: only with its side towards the road.
    :param short_width: how much the plot is too narrow; 0 where it is not.
    :param short_depth: the same of its depth.
    """

    side: Decimal
    width: Decimal
    depth: Decimal
    fits: bool
    turned: bool
    short_width: Decimal
    short_depth: Decimal


def side_of(height: Decimal, margins: Sequence[Margin]) -> Decimal | None:
    """Return what stays free beside a building of a height; None where no margin is for it."""
    fitting = [one for one in margins if height <= one.up_to_height]
    return min(fitting, key=lambda one: one.up_to_height).side if fitting else None


def fit(plan: Plan, *, width: Decimal, depth: Decimal, margins: Sequence[Margin]) -> Fit | None:
    """Return whether a house and the room around it lie on a rectangular plot.

    :param width: of the plot along the road, metres; ``depth`` away from it.
    :returns: None where no margin is known for a house of this height.
    """
    side = side_of(plan.height, margins)
    if side is None:
        return None
    needed_width, needed_depth = plan.width + 2 * side, plan.depth + 2 * side
    fits = needed_width <= width and needed_depth <= depth
    nothing = Decimal(0)
    return Fit(
        side=side,
        width=needed_width,
        depth=needed_depth,
        fits=fits,
        turned=not fits and needed_depth <= width and needed_width <= depth,
        short_width=max(needed_width - width, nothing),
        short_depth=max(needed_depth - depth, nothing),
    )
