import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.incidents.rules.states import (
    ACT_WORDS,
    IN_WORDS,
    MOVES,
    OPEN,
    STAGES,
    TONES,
    Act,
    State,
    acts_at,
    after,
)
from core.errors import Conflict

ACTS = st.lists(st.sampled_from(Act), max_size=30)


def reachable(start: State) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        new = {MOVES[at, act] for act in acts_at(at)} - found
        found |= new
        waiting += new
    return found


@given(ACTS)
def test_whatever_is_done_a_report_is_never_without_a_way_out(acts: list[Act]) -> None:
    state = State.REPORTED
    for act in acts:
        if act in acts_at(state):
            state = after(state, act)
        else:
            with pytest.raises(Conflict):
                after(state, act)

    assert acts_at(state)
    assert State.DONE in reachable(state)
    assert State.REPORTED in reachable(state)


def test_every_state_is_reached_named_and_toned() -> None:
    assert reachable(State.REPORTED) == set(State)
    assert IN_WORDS.keys() == TONES.keys() == set(State)
    assert ACT_WORDS.keys() == set(Act)
    assert {act for _, act in MOVES} == set(Act)


def test_time_is_promised_wherever_the_office_itself_has_something_to_do() -> None:
    assert set(State) - OPEN == {State.DONE, State.REFUSED, State.MERGED}
    assert set(STAGES) == OPEN - {State.PASSED}
