from hypothesis import given
from hypothesis import strategies as st

from plugins.eoffice.rules.dispatching import (
    CHANNELS,
    NOTES,
    OF_SENDER,
    STATES,
    TONES,
    after_note,
    steps,
)

NOTE = st.sampled_from(sorted(NOTES))
STATE = st.sampled_from(sorted(STATES))
CHANNEL = st.sampled_from(sorted(CHANNELS))


@given(STATE, NOTE)
def test_what_is_said_twice_changes_nothing_more(state: str, note: str) -> None:
    after = after_note(state, note)

    assert after is None or (after in STATES and after_note(after, note) is None)
    assert TONES.keys() == STATES.keys()


@given(st.lists(st.sampled_from(sorted(set(NOTES) - OF_SENDER))))
def test_once_registered_a_letter_stays_so_until_its_number_is_doubted(notes: list[str]) -> None:
    state = "accepted"
    for note in notes:
        state = after_note(state, note) or state

    assert state == "accepted"
    assert after_note(state, "withdrawn") is None
    assert after_note(state, "wrong_number") == "wrong_number"


@given(CHANNEL, STATE)
def test_what_can_be_done_leads_somewhere(channel: str, state: str) -> None:
    may = steps(channel, state)

    assert ("doubt" in may) <= (after_note(state, "wrong_number") is not None)
    assert ("withdraw" in may) <= (after_note(state, "withdrawn") is not None)
    assert ("anew" in may) <= (state == "withdrawn" or after_note(state, "withdrawn") is not None)
    assert not may & {"doubt", "withdraw", "anew"} or state not in ("waiting", "wrong_number")
