import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.catalog.rules.states import (
    ACT_WORDS,
    BY_ITSELF,
    ENDED,
    FOLLOWED,
    IN_WORDS,
    MOVES,
    TONES,
    Act,
    Side,
    State,
    act_towards,
    acts_at,
    after,
    side_of,
)
from core.errors import Conflict

CURATORS: tuple[Side, ...] = ("curator", "second", "any")
COME_FROM = {
    State.SIGNING: {Act.AGREE},
    State.SECOND: {Act.PROPOSE},
    State.PUBLISHED: {Act.PUBLISH, Act.CHECKED, Act.RENEW, Act.STOP},
    State.STOPPED: {Act.HALT, Act.RESUME},
    State.SUPERSEDED: {Act.SUPERSEDE, Act.STOP},
}


@given(st.lists(st.sampled_from(Act), max_size=60))
def test_whatever_is_done_a_submission_can_go_on_or_has_ended(acts: list[Act]) -> None:
    state, agreed = State.SUBMITTED, False
    for act in acts:
        try:
            new = after(state, act)
        except Conflict:
            assert (state, act) not in MOVES
            continue
        if new in COME_FROM:
            assert act in COME_FROM[new]
        agreed = (agreed or act == Act.AGREE) and new in FOLLOWED
        assert (new in FOLLOWED) == agreed
        state = new

    assert bool(acts_at(state, "publisher", *CURATORS)) == (state not in ENDED)


@given(st.sampled_from(State))
def test_publishers_only_withdraw_and_never_what_is_in_the_catalog(state: State) -> None:
    assert set(acts_at(state, "publisher")) <= {Act.WITHDRAW}
    assert Act.WITHDRAW not in acts_at(state, *CURATORS)
    assert not (state in FOLLOWED and acts_at(state, "publisher"))


def test_only_another_curator_agrees_and_nobody_does_what_happens_by_itself() -> None:
    offered = {(at, act) for at in State for act in acts_at(at, "curator", "any")}

    assert not {act for _, act in offered} & {Act.AGREE, Act.OBJECT, *BY_ITSELF}
    assert acts_at(State.SECOND, "second") == [Act.AGREE, Act.OBJECT]
    assert {side_of(at, act) for at, act in offered if at in FOLLOWED} == {"any"}


@given(st.sampled_from(sorted(FOLLOWED)), st.sampled_from(["approved", "superseded", "stopped"]))
def test_a_version_ends_where_the_catalog_has_it(state: State, published: str) -> None:
    act = act_towards(state, published)

    reached = after(state, act) if act else state
    in_catalog = {State.PUBLISHED: "approved", State.RETRYING: "approved"}
    assert in_catalog.get(reached, reached) == published
    assert act_towards(reached, published) is None


def test_what_is_not_possible_is_refused_with_where_it_stands() -> None:
    with pytest.raises(Conflict) as told:
        after(State.REFUSED, Act.TAKE)

    assert "ไม่รับ" in told.value.sentence.th


def test_every_state_and_act_has_its_words() -> None:
    assert set(IN_WORDS) == set(TONES) == set(State)
    assert set(ACT_WORDS) == set(Act)
