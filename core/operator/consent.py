"""How support access comes and goes: which state may follow which, and when it counts.

The operator's person asks; an administrator of the office gives or refuses; either side ends it.
Nothing but the office's own act makes it count, and what is over stays over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from core.text import Text

# For so long an ask can be answered.
ASKED_FOR = timedelta(days=7)
# What may be asked for, in minutes; the office may give less.
DURATIONS: Mapping[int, Text] = {
    30: Text("30 นาที", "30 minutes"),
    60: Text("1 ชั่วโมง", "1 hour"),
    120: Text("2 ชั่วโมง", "2 hours"),
    240: Text("4 ชั่วโมง", "4 hours"),
    480: Text("8 ชั่วโมง", "8 hours"),
    1440: Text("24 ชั่วโมง", "24 hours"),
}


class State(StrEnum):
    """What was done last, as it is kept."""

    ASKED = "asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    ENDED = "ended"


class Standing(StrEnum):
    """How an access stands at a moment: time goes on by itself."""

    ASKED = "asked"
    LAPSED = "lapsed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    COUNTS = "counts"
    OVER = "over"
    ENDED = "ended"


FOLLOWS: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.REFUSED, State.WITHDRAWN, State.GIVEN}),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.GIVEN: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
}
# Later ones are of later acts, whatever the order in which word of them arrives.
_RANK = {
    State.ASKED: 0,
    State.WITHDRAWN: 1,
    State.REFUSED: 2,
    State.GIVEN: 2,
    State.ENDED: 3,
}


def standing(
    state: State, *, asked_at: datetime, until: datetime | None, now: datetime
) -> Standing:
    """Return how an access stands at this moment."""
    if state == State.ASKED:
        return Standing.ASKED if now < asked_at + ASKED_FOR else Standing.LAPSED
    if state == State.GIVEN:
        return Standing.COUNTS if until is not None and now < until else Standing.OVER
    return Standing(state.value)


def closed(state: State) -> State | None:
    """Return what an access becomes when the operator gives it up; None where it is over."""
    if state == State.ASKED:
        return State.WITHDRAWN
    return State.ENDED if state == State.GIVEN else None


def taken_by_office(known: State, told: State) -> State | None:
    """Return what an access becomes at the office by word of the operator; None: nothing.

    Whatever the operator says, it never makes an access count.
    """
    return closed(known) if told in (State.WITHDRAWN, State.ENDED) else None


def taken_by_operator(known: State, told: State) -> State | None:
    """Return what the operator's copy becomes by word of the office; None: it is older.

    What the operator took back meanwhile never counts: the office is told, and ends it.
    """
    if known == State.WITHDRAWN and told == State.GIVEN:
        return None
    return told if _RANK[told] > _RANK[known] else None
