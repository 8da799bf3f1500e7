from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Language
from kit.thai import (
    buddhist_year,
    clock_time,
    fiscal_year,
    fiscal_year_days,
    full_day,
    full_moment,
    local,
    long_day,
    month_year,
    paper_day,
    short_day,
    short_moment,
    weekday,
)

WEDNESDAY = date(2026, 11, 25)
# 01:30 on 21 November in Bangkok, when it is still the day before in UTC.
NIGHT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "full", "long", "short"),
    [
        ("th", "วันพุธที่ 25 พฤศจิกายน 2569", "25 พฤศจิกายน 2569", "25 พ.ย. 2569"),
        (
            "en",
            "Wednesday 25 November 2026 (B.E. 2569)",
            "25 November 2026 (B.E. 2569)",
            "25 Nov 2026",
        ),
    ],
)
def test_a_day_is_written_as_offices_write_it(
    language: Language, full: str, long: str, short: str
) -> None:
    assert full_day(WEDNESDAY, language) == full
    assert long_day(WEDNESDAY, language) == long
    assert short_day(WEDNESDAY, language) == short


def test_a_paper_names_the_era_in_thai_digits() -> None:
    assert paper_day(WEDNESDAY) == "๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙"


def test_a_month_stands_with_its_year() -> None:
    assert month_year(WEDNESDAY, "th") == "พฤศจิกายน 2569"
    assert month_year(WEDNESDAY, "en") == "November 2026"


def test_a_weekday_stands_alone() -> None:
    assert weekday(date(2026, 12, 24), "th") == "พฤหัสบดี"
    assert weekday(date(2026, 12, 27), "en") == "Sunday"


def test_a_moment_is_written_with_its_time() -> None:
    instant = datetime(2026, 11, 20, 3, 42, tzinfo=UTC)

    assert full_moment(instant, "th") == "20 พฤศจิกายน 2569 เวลา 10.42 น."
    assert short_moment(instant, "th") == "20 พ.ย. 2569 เวลา 10.42 น."
    assert full_moment(instant, "en") == "20 November 2026 (B.E. 2569), 10:42"
    assert short_moment(instant, "en") == "20 Nov 2026, 10:42"


def test_an_instant_is_shown_on_the_day_of_bangkok() -> None:
    assert local(NIGHT).date() == date(2026, 11, 21)
    assert long_day(NIGHT, "th") == "21 พฤศจิกายน 2569"
    assert weekday(NIGHT, "en") == "Saturday"
    assert clock_time(NIGHT, "th") == "01.30 น."
    assert buddhist_year(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == 2570
    assert fiscal_year(datetime(2026, 9, 30, 17, 0, tzinfo=UTC)) == 2570


def test_a_time_of_day_is_local_already() -> None:
    assert clock_time(time(8, 30), "th") == "08.30 น."
    assert clock_time(time(16, 5), "en") == "16:05"


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no zone"):
        local(NIGHT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 9, 30), 2569),
        (date(2026, 10, 1), 2570),
        (date(2026, 12, 31), 2570),
        (date(2027, 1, 1), 2570),
        (date(2027, 9, 30), 2570),
    ],
)
def test_the_budget_year_is_named_by_its_end(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@given(st.dates(date(1857, 10, 1), date(2150, 1, 1)))
def test_every_day_lies_within_its_own_budget_year(day: date) -> None:
    first, last = fiscal_year_days(fiscal_year(day))

    assert first <= day <= last
    assert fiscal_year(first - timedelta(days=1)) == fiscal_year(last) - 1
    assert fiscal_year(last + timedelta(days=1)) == fiscal_year(first) + 1
