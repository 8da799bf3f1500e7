from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.incidents.rules.book import BOOK
from contrib.incidents.rules.categories import CATEGORIES, GROUPS, Counted, categories_for
from contrib.incidents.rules.hours import due_at, spent
from contrib.incidents.rules.near import box_around
from core.tenants.tenant import BANGKOK, Hours, Tenant
from core.text import Text
from kit.geo import Point, distance_m

NAME = Text("เทศบาล", "Municipality")
OFFICE = Tenant(
    id="maehia",
    kind="เทศบาลเมือง",
    name=NAME,
    place=NAME,
    address=NAME,
    closed={date(2026, 12, 7): NAME},
    opened=frozenset({date(2026, 12, 12)}),
)
MOMENTS = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("begun", "hours", "due"),
    [
        (at(4, 9), 2, at(4, 11)),
        (at(4, 15, 30), 2, at(8, 9, 30)),  # over a week-end and a holiday
        (at(4, 20), 1, at(8, 9, 30)),  # sent in the evening
        (at(4, 8, 30), 8, at(4, 16, 30)),  # a whole day ends with the office
        (at(11, 16), 1, at(12, 9)),  # a Saturday on which the office is open
    ],
)
def test_hours_of_the_office_are_counted_only_while_it_is_open(
    begun: datetime, hours: int, due: datetime
) -> None:
    assert due_at(begun, hours, "working", OFFICE) == due
    assert spent(begun, due, "working", OFFICE) == timedelta(hours=hours)


def test_hours_of_the_clock_do_not_stop() -> None:
    assert due_at(at(4, 20), 4, "plain", OFFICE) == at(5, 0)
    assert spent(at(4, 20), at(5, 0), "plain", OFFICE) == timedelta(hours=4)


@given(MOMENTS, st.integers(1, 400), st.sampled_from(["working", "plain"]))
def test_what_is_due_uses_up_exactly_its_hours(
    begun: datetime, hours: int, counted: Counted
) -> None:
    due = due_at(begun, hours, counted, OFFICE)

    assert due > begun
    assert spent(begun, due, counted, OFFICE) == timedelta(hours=hours)
    assert due <= due_at(begun, hours + 1, counted, OFFICE)


def test_an_office_that_closes_as_it_opens_promises_for_later_not_for_ever() -> None:
    hours = Hours(weekdays=())
    never = replace(OFFICE, hours=hours, opened=frozenset({date(2026, 12, 12)}))

    with pytest.raises(ValueError, match="never opens"):
        due_at(at(4, 9), 1, "working", never)


@given(
    st.floats(6, 20),
    st.floats(98, 105),
    st.floats(0, 360),
    st.floats(1, 2_000),
)
def test_the_box_holds_all_that_is_near(lat: float, lon: float, turn: float, far: float) -> None:
    middle = Point(lat, lon)
    box = box_around(middle, far)
    corners = [Point(box.south, lon), Point(box.north, lon), Point(lat, box.west)]

    assert all(distance_m(middle, corner) >= far * 0.999 for corner in corners)


def test_every_category_has_its_times_its_group_and_its_words() -> None:
    promised = {f"{code}.{step}" for code in CATEGORIES for step in ("screen", "accept", "repair")}

    assert promised <= BOOK.latest.keys()
    assert {one.group for one in CATEGORIES.values()} == set(GROUPS)
    assert [one.code for one in categories_for("pole")][:2] == ["lighting", "wire"]
    assert {one.counted for one in CATEGORIES.values()} == {"working", "plain"}
