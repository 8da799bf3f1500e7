from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import buddhist_year
from plugins.eoffice.rules.book import BOOK
from plugins.eoffice.rules.disposing import (
    DECISIONS,
    STATES,
    TITLES,
    Act,
    Kind,
    State,
    after,
    decisions_in,
    due_on,
    members,
    silent_after,
)
from plugins.eoffice.rules.disposing import TONES as TONES_OF_LISTS
from plugins.eoffice.rules.retention import (
    CLASSES,
    DEFAULT,
    STAGES,
    TONES,
    chosen,
    class_of,
    cuts,
    last_day,
    last_year,
    made_before,
    stamp_of,
)

LIMITS = BOOK.latest
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
CODES = st.sampled_from([*CLASSES, ""])
YEARS = st.integers(2500, 2640)


@given(CODES, DAYS)
def test_keeping_ends_with_the_last_day_of_a_buddhist_year(code: str, closed: date) -> None:
    last = last_year(code, closed, LIMITS)

    if last is None:
        assert class_of(code).ends != "years"
        return
    end = last_day(last)
    assert (end.month, end.day) == (12, 31)
    assert buddhist_year(end) == last
    assert last - buddhist_year(closed) == LIMITS[class_of(code).figure].whole


@given(CODES, DAYS, YEARS)
def test_what_a_list_draws_is_what_is_past_its_last_year(
    code: str, closed: date, year: int
) -> None:
    last, cut = last_year(code, closed, LIMITS), cuts(LIMITS, year).get(code or DEFAULT)

    past = last is not None and last_day(last) < last_day(year - 1) + timedelta(1)
    assert past == (cut is not None and closed <= cut)


@given(DAYS, st.integers(2500, 2700))
def test_a_year_that_a_person_set_counts_whatever_the_class(closed: date, until: int) -> None:
    assert {last_year(code, closed, LIMITS, until) for code in CLASSES} == {until}


@pytest.mark.parametrize(
    ("code", "last", "words"),
    [
        ("ordinary", 2579, "เก็บถึง พ.ศ. 2579"),
        ("", 2579, "เก็บถึง พ.ศ. 2579"),
        ("copies", 2574, "เก็บถึง พ.ศ. 2574"),
        ("routine", 2570, "เก็บถึง พ.ศ. 2570"),
        ("finance", 2574, "เก็บถึง พ.ศ. 2574"),
        ("history", None, "ห้ามทำลาย"),
        ("law", None, "ยังไม่ได้กำหนดปีที่เก็บถึง"),
        ("of-another-time", None, "ห้ามทำลาย"),
    ],
)
def test_classes_are_kept_as_long_as_the_figures_say(
    code: str, last: int | None, words: str
) -> None:
    assert last_year(code, date(2026, 12, 31), LIMITS) == last
    assert stamp_of(code, last).th == words


def test_a_secret_document_has_the_class_of_secrets_and_no_other_does() -> None:
    assert chosen("routine", "secret") == "secret"
    assert chosen("secret", "normal") == chosen("nonsense", "normal") == "ordinary"
    assert chosen("routine", "normal") == "routine"


def test_every_stage_state_and_kind_has_its_words_and_its_tone() -> None:
    assert STAGES.keys() == TONES.keys()
    assert set(STATES) == set(TONES_OF_LISTS) == set(State)
    assert set(TITLES) == set(Kind)


def test_lists_are_due_in_time_after_the_year() -> None:
    assert due_on("destroy", 2570, LIMITS) == date(2027, 3, 1)
    assert due_on("destroy", 2571, LIMITS) == date(2028, 2, 29)
    assert due_on("archives", 2570, LIMITS) == date(2027, 1, 31)
    assert made_before(LIMITS, 2570) == date(2006, 12, 31)


@given(DAYS)
def test_silence_is_agreement_once_sixty_days_are_over(sent: date) -> None:
    assert silent_after(sent, LIMITS) - sent == timedelta(60)


@given(st.sampled_from(Kind), st.lists(st.sampled_from(Act), max_size=40))
def test_nothing_is_carried_out_that_did_not_go_the_whole_way(kind: Kind, acts: list[Act]) -> None:
    state, seen = State.DRAWN, [State.DRAWN]
    for act in acts:
        then = after(kind, act, state)
        if then is not None and then != state:
            state = then
            seen.append(then)

    looked_at = ("considering", "reported", "agreed")
    whole = {
        Kind.DESTROY: ["drawn", *looked_at, "sent", "answered", "approved", "done"],
        Kind.ARCHIVES: ["drawn", "sent", "done"],
    }[kind]
    way = [one for one in seen if one != State.DROPPED]
    assert way == whole[: len(way)]
    assert (State.DROPPED in seen) == (seen[-1] == State.DROPPED)
    assert not (State.DROPPED in seen and {"approved", "done"} & set(way))


@given(st.sampled_from(Kind), st.sampled_from(State))
def test_what_was_decided_to_be_kept_is_never_decided_to_be_destroyed_later(
    kind: Kind, state: State
) -> None:
    allowed = set(decisions_in(kind, state))

    assert allowed <= set(DECISIONS)
    assert "destroy" not in allowed or state == State.CONSIDERING


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ก | ข\nค|ง\n", ["ก", "ค"]),
        ("\n  ก |  ข \n\n", ["ก"]),
        ("", []),
        ("ไม่มีตำแหน่ง", None),
        ("| ตำแหน่ง", None),
        (f"{'ก' * 201} | ข", None),
    ],
)
def test_a_committee_is_read_a_line_for_each(typed: str, names: list[str] | None) -> None:
    found = members(typed)

    assert names == (None if found is None else [one.name for one in found])


@given(st.text())
def test_any_text_is_a_committee_or_none(typed: str) -> None:
    found = members(typed)

    assert found is None or all(one.name and one.post for one in found)
