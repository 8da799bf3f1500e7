from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import (
    Calendar,
    Days,
    Limit,
    WorkingDays,
    add_working_days,
    due,
    late_letter_days,
    next_open,
    seed_holidays,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
SOON = st.integers(0, 60).map(lambda days: date(2026, 12, 1) + timedelta(days=days))
CALENDARS = st.builds(
    Calendar,
    holidays=st.frozensets(SOON, max_size=20),
    weekdays_off=st.frozensets(st.integers(0, 6), max_size=6),
    open_days=st.frozensets(SOON, max_size=5),
)
LIMITS: st.SearchStrategy[Limit] = st.builds(WorkingDays, st.integers(1, 40)) | st.builds(
    Days, st.integers(1, 90)
)

OFFICE = Calendar(holidays=frozenset(day for day, _ in seed_holidays(2026)))


def open_days_of(calendar: Calendar, first: date) -> list[date]:
    """List the open days of three years the slow way: cross out, then put back."""
    every = [first + timedelta(days=days) for days in range(1_100)]
    crossed_out = {day for day in every if day.weekday() in calendar.weekdays_off}
    crossed_out |= calendar.holidays
    return [day for day in every if day in calendar.open_days or day not in crossed_out]


def test_a_limit_of_working_days_leaps_over_weekends_and_holidays() -> None:
    # Thursday 3 December 2026: Saturday 5 is a holiday, Monday 7 in lieu of it, Thursday 10 too.
    assert due(date(2026, 12, 3), WorkingDays(1), OFFICE) == date(2026, 12, 4)
    assert due(date(2026, 12, 3), WorkingDays(2), OFFICE) == date(2026, 12, 8)
    assert due(date(2026, 12, 3), WorkingDays(4), OFFICE) == date(2026, 12, 11)
    assert due(date(2026, 12, 3), WorkingDays(5), OFFICE) == date(2026, 12, 14)


def test_a_limit_of_calendar_days_counts_every_day_but_ends_on_an_open_one() -> None:
    assert due(date(2026, 11, 9), Days(45), OFFICE) == date(2026, 12, 24)
    assert due(date(2026, 11, 20), Days(15), OFFICE) == date(2026, 12, 8)
    assert due(date(2026, 11, 20), Days(14), OFFICE) == date(2026, 12, 4)


def test_an_office_may_open_on_a_day_that_is_closed_elsewhere() -> None:
    saturday = date(2026, 11, 28)
    opened = Calendar(open_days=frozenset({saturday}), holidays=frozenset({saturday}))

    assert due(date(2026, 11, 27), WorkingDays(1), opened) == saturday


@given(DAYS | SOON, st.integers(1, 60), CALENDARS)
def test_working_days_are_those_of_a_list_of_open_days(
    start: date, count: int, calendar: Calendar
) -> None:
    assert (
        add_working_days(start, count, calendar)
        == open_days_of(calendar, start + timedelta(days=1))[count - 1]
    )


@given(DAYS | SOON, CALENDARS)
def test_a_closed_day_rolls_to_the_next_open_one(day: date, calendar: Calendar) -> None:
    assert next_open(day, calendar) == open_days_of(calendar, day)[0]


@given(SOON, LIMITS, CALENDARS)
def test_a_limit_ends_later_than_it_starts_and_on_an_open_day(
    start: date, limit: Limit, calendar: Calendar
) -> None:
    last = due(start, limit, calendar)

    assert last > start
    assert last in open_days_of(calendar, start)


@given(SOON, st.integers(1, 90), CALENDARS)
def test_a_limit_of_calendar_days_is_never_shortened(
    start: date, count: int, calendar: Calendar
) -> None:
    plain = start + timedelta(days=count)
    last = due(start, Days(count), calendar)

    assert last >= plain
    assert [day for day in open_days_of(calendar, plain) if day < last] == []


@given(SOON, st.integers(1, 60), CALENDARS)
def test_days_that_were_added_are_counted_between(
    start: date, count: int, calendar: Calendar
) -> None:
    assert working_days_between(start, add_working_days(start, count, calendar), calendar) == count


@given(SOON, SOON, CALENDARS)
def test_days_between_are_those_of_a_list_and_turn_with_the_order(
    start: date, end: date, calendar: Calendar
) -> None:
    earlier, later = sorted((start, end))
    listed = [day for day in open_days_of(calendar, earlier) if earlier < day <= later]

    assert working_days_between(earlier, later, calendar) == len(listed)
    assert working_days_between(later, earlier, calendar) == -len(listed)


def test_a_late_office_writes_every_seven_days() -> None:
    limit = date(2026, 11, 4)

    assert list(late_letter_days(limit, date(2026, 11, 10))) == []
    assert list(late_letter_days(limit, date(2026, 11, 20))) == [
        date(2026, 11, 11),
        date(2026, 11, 18),
    ]


@given(DAYS, st.integers(-10, 400))
def test_no_week_of_lateness_goes_without_its_letter(limit: date, days: int) -> None:
    until = limit + timedelta(days=days)
    letters = [limit, *late_letter_days(limit, until)]

    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(letters))
    assert until - letters[-1] < timedelta(days=7)


@given(LIMITS)
def test_a_limit_is_stored_and_loaded_as_what_it_was(limit: Limit) -> None:
    loaded = msgspec.json.decode(msgspec.json.encode(limit), type=Limit)

    assert loaded == limit
    assert type(loaded) is type(limit)


@given(CALENDARS)
def test_a_calendar_is_stored_and_loaded_as_what_it_was(calendar: Calendar) -> None:
    assert msgspec.json.decode(msgspec.json.encode(calendar), type=Calendar) == calendar


def test_a_limit_is_read_in_the_unit_of_its_law() -> None:
    assert WorkingDays(7).text.th == "7 วันทำการ"
    assert WorkingDays(7).text.en == "7 working days"
    assert WorkingDays(1).text.en == "1 working day"
    assert Days(45).text.th == "45 วัน"
    assert Days(1).text.en == "1 day"


@pytest.mark.parametrize("kind", [WorkingDays, Days])
def test_a_limit_of_no_days_is_a_mistake(kind: type[Limit]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        kind(0)
    with pytest.raises(msgspec.ValidationError, match="at least one"):
        msgspec.convert({"type": kind.__struct_config__.tag, "count": -1}, type=Limit)


def test_an_office_that_never_opens_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never opens"):
        Calendar(weekdays_off=frozenset(range(7)))
