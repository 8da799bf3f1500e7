"""What a hook promises: how long it may take, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.results import Result, result_of

# How long an implementation may hold the event loop: so many budgets, within so many seconds.
PATIENCE = 5
LEAST_PATIENCE = 2.0
MOST_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Spec:
    """A hook.

    :ivar longest: seconds for which an implementation may hold the loop at a stretch.
    """

    function: Callable[..., Any]
    budget: float | None
    longest: float
    result: Result

    @classmethod
    def of(cls, function: Any) -> "Spec":
        """Return the hook that a function declares."""
        budget: float | None = function.budget
        longest = min(max(LEAST_PATIENCE, PATIENCE * (budget or 0.0)), MOST_PATIENCE)
        return cls(function, budget, longest, result_of(function))
