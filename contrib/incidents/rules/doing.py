"""Which right an act asks for: screening is for the whole office, work for the division's."""

from collections.abc import Mapping

from contrib.incidents.rules.states import Act, State

SCREENS = frozenset(
    {Act.ASSIGN, Act.REFUSE, Act.FORWARD, Act.TAKE_BACK, Act.MERGE, Act.PART, Act.REOPEN}
)
# What a crew does where the work is, with photos: it has a page of its own.
IN_THE_FIELD = frozenset({Act.BEGIN, Act.CLOSE})
# Acts whose words everybody reads, as the answer of the office.
ANSWERS = frozenset({Act.REFUSE, Act.FORWARD, Act.CLOSE})
# Acts that ask for nothing but the button.
PLAIN = frozenset({Act.ACCEPT})
# What is done first of all that may be done, in a state.
FIRST: Mapping[State, Act] = {
    State.REPORTED: Act.ASSIGN,
    State.ASSIGNED: Act.ACCEPT,
    State.PASSED: Act.CLOSE,
    State.DONE: Act.REOPEN,
    State.REFUSED: Act.REOPEN,
    State.MERGED: Act.PART,
}


def is_screening(state: State, act: Act) -> bool:
    """Return whether an act is of those who screen; what was passed on, they close too."""
    return act in SCREENS or (act == Act.CLOSE and state == State.PASSED)
