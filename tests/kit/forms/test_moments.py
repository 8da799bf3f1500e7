from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import InvalidInput, Text
from kit.forms import Place, moment_fields, read, read_moment
from kit.thai import BANGKOK

FIELDS = moment_fields(Text("วันที่ตรวจ", "Day"), Text("เวลาที่ตรวจ", "Time"))
NOW = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)  # 10.42 in Bangkok


def test_a_day_and_a_clock_are_the_instant_of_the_municipality(place: Place) -> None:
    posted = {"made_on.day": ["20"], "made_on.month": ["11"], "made_on.year": ["2569"]}
    reading = read(FIELDS, posted | {"made_time": ["๐๙.๓๐ น."]}, place)

    assert reading.problems == {}
    assert read_moment(reading.values, place, NOW) == datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@given(st.times(), st.sampled_from([".", ":"]))
def test_every_clock_of_a_day_before_is_read(place: Place, clock: time, between: str) -> None:
    values = {"made_on": "2026-11-19", "made_time": f"{clock:%H}{between}{clock:%M}"}
    made = read_moment(values, place, NOW)

    assert made is not None
    assert (made.astimezone(BANGKOK).hour, made.astimezone(BANGKOK).minute) == (
        clock.hour,
        clock.minute,
    )


@pytest.mark.parametrize("clock", ["", "24.00", "9.5", "เที่ยง", "10.60", "110.00", "1030"])
def test_what_is_no_clock_is_told_at_its_control(clock: str, place: Place) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_moment({"made_on": "2026-11-20", "made_time": clock}, place, NOW)

    assert set(refusal.value.problems) == {"made_time"}


@pytest.mark.parametrize(("clock", "taken"), [("10.42", True), ("10.57", True), ("10.58", False)])
def test_a_clock_may_run_a_little_ahead_and_never_counts_as_later(
    clock: str, taken: bool, place: Place
) -> None:
    values = {"made_on": "2026-11-20", "made_time": clock}
    if taken:
        made = read_moment(values, place, NOW)
        assert made is not None
        assert NOW - timedelta(minutes=1) < made <= NOW
    else:
        with pytest.raises(InvalidInput):
            read_moment(values, place, NOW)


def test_nothing_is_said_of_what_was_not_read(place: Place) -> None:
    assert read_moment({"made_on": "2026-11-20"}, place, NOW) is None
    assert read_moment({"made_time": "10.00"}, place, NOW) is None
