from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.operator.consent import (
    ASKED_FOR,
    FOLLOWS,
    Standing,
    State,
    closed,
    standing,
    taken_by_office,
    taken_by_operator,
)

NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)
STATES = some.sampled_from(list(State))


class TwoSides(RuleBasedStateMachine):
    """Office and operator act at will; word between them is late, comes twice, and out of order."""

    @initialize()
    def ask(self) -> None:
        self.now = NOW
        self.operator = State.ASKED
        self.office: State | None = None
        self.until: datetime | None = None
        self.consented = False
        self.over = False
        self.given_up = False
        self.to_office: list[State] = [State.ASKED]
        self.to_operator: list[State] = []

    @rule(minutes=some.integers(1, 12_000))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.to_office)
    @rule(data=some.data(), again=some.booleans())
    def word_reaches_the_office(self, data: some.DataObject, again: bool) -> None:
        told = data.draw(some.sampled_from(self.to_office))
        if not again:
            self.to_office.remove(told)
        if self.office is None:
            if told in (State.ASKED, State.WITHDRAWN):
                self.office = told
                self.over = told == State.WITHDRAWN
        elif (then := taken_by_office(self.office, told)) is not None:
            assert then in FOLLOWS[self.office]
            self.office, self.over = then, True
            self.to_operator.append(then)

    @precondition(lambda self: self.to_operator)
    @rule(data=some.data(), again=some.booleans())
    def word_reaches_the_operator(self, data: some.DataObject, again: bool) -> None:
        told = data.draw(some.sampled_from(self.to_operator))
        if not again:
            self.to_operator.remove(told)
        if (then := taken_by_operator(self.operator, told)) is not None:
            self.operator = then

    def stands(self) -> Standing | None:
        if self.office is None:
            return None
        return standing(self.office, asked_at=NOW, until=self.until, now=self.now)

    @precondition(lambda self: self.stands() == Standing.ASKED)
    @rule(minutes=some.integers(1, 1440))
    def the_office_consents(self, minutes: int) -> None:
        assert self.office is not None
        assert State.GIVEN in FOLLOWS[self.office]
        self.office, self.consented = State.GIVEN, True
        self.until = self.now + timedelta(minutes=minutes)
        self.to_operator.append(State.GIVEN)

    @precondition(lambda self: self.stands() == Standing.ASKED)
    @rule()
    def the_office_refuses(self) -> None:
        self.office, self.over = State.REFUSED, True
        self.to_operator.append(State.REFUSED)

    @precondition(lambda self: self.office == State.GIVEN)
    @rule()
    def the_office_ends_it(self) -> None:
        self.office, self.over = State.ENDED, True
        self.to_operator.append(State.ENDED)

    @rule()
    def the_operator_closes_it(self) -> None:
        then = closed(self.operator)
        if then is not None:
            self.operator, self.given_up = then, True
            self.to_office.append(then)

    @invariant()
    def nobody_acts_without_consent_nor_after_the_end(self) -> None:
        if self.stands() == Standing.COUNTS:
            assert self.consented
            assert not self.over
            assert self.until is not None
            assert self.now < self.until

    @invariant()
    def the_operator_never_knows_of_a_consent_that_was_not_given(self) -> None:
        if self.operator == State.GIVEN:
            assert self.consented
            assert not self.given_up

    def teardown(self) -> None:
        """When all word has arrived, what the operator gave up is over at the office too."""
        for told in sorted(self.to_office, key=lambda one: one != State.ASKED):
            if self.office is None:
                self.office = told
            elif (then := taken_by_office(self.office, told)) is not None:
                self.office = then
        if self.operator in (State.WITHDRAWN, State.ENDED):
            assert self.stands() != Standing.COUNTS


TestTwoSides = TwoSides.TestCase


@given(STATES, STATES)
def test_word_of_the_operator_never_makes_an_access_count(known: State, told: State) -> None:
    then = taken_by_office(known, told)

    assert then is None or then in FOLLOWS[known] - {State.GIVEN, State.REFUSED}


@given(STATES, STATES)
def test_word_that_arrives_late_changes_nothing_back(known: State, told: State) -> None:
    then = taken_by_operator(known, told)

    assert then in (None, told)
    assert then is None or taken_by_operator(then, known) is None


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.ENDED])
def test_what_is_over_stays_over(state: State) -> None:
    assert FOLLOWS[state] == frozenset()
    assert closed(state) is None


def test_time_alone_ends_an_ask_and_an_access() -> None:
    until = NOW + timedelta(minutes=30)

    def at(state: State, now: datetime) -> Standing:
        return standing(state, asked_at=NOW, until=until, now=now)

    assert at(State.ASKED, NOW + ASKED_FOR - timedelta(seconds=1)) == Standing.ASKED
    assert at(State.ASKED, NOW + ASKED_FOR) == Standing.LAPSED
    assert at(State.GIVEN, until - timedelta(seconds=1)) == Standing.COUNTS
    assert at(State.GIVEN, until) == Standing.OVER
    assert standing(State.GIVEN, asked_at=NOW, until=None, now=NOW) == Standing.OVER
