import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules.states import (
    ACT_WORDS,
    ENDED,
    IN_WORDS,
    MOVES,
    OF_PUBLISHERS,
    TONES,
    Act,
    State,
    acts_at,
    after,
)
from core.errors import Conflict


@given(st.lists(st.sampled_from(Act)))
def test_whatever_is_done_a_submission_can_go_on_or_has_ended(acts: list[Act]) -> None:
    state = State.SUBMITTED
    for act in acts:
        try:
            state = after(state, act)
        except Conflict:
            assert (state, act) not in MOVES

    ways = [*acts_at(state, publisher=True), *acts_at(state, publisher=False)]
    assert bool(ways) == (state not in ENDED)


@given(st.sampled_from(State))
def test_publishers_only_withdraw_and_curators_never_do(state: State) -> None:
    assert set(acts_at(state, publisher=True)) <= OF_PUBLISHERS
    assert not set(acts_at(state, publisher=False)) & OF_PUBLISHERS


def test_what_is_not_possible_is_refused_with_where_it_stands() -> None:
    with pytest.raises(Conflict) as told:
        after(State.REFUSED, Act.TAKE)

    assert "ไม่รับ" in told.value.sentence.th


def test_every_state_and_act_has_its_words() -> None:
    assert set(IN_WORDS) == set(TONES) == set(State)
    assert set(ACT_WORDS) == set(Act)
