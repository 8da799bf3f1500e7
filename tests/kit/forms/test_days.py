from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.forms import Day, Place, fill, read

LABEL = Text("วันที่เกิดเหตุ", "Day of it")


def posted(day: str, month: str, year: str) -> dict[str, list[str]]:
    return {"on.day": [day], "on.month": [month], "on.year": [year]}


def test_a_day_is_stored_in_iso_form(place: Place) -> None:
    assert read([Day("on", LABEL)], posted("๒๐", "11", "2569"), place).values == {
        "on": "2026-11-20"
    }


@pytest.mark.parametrize(
    ("typed", "at", "sentence"),
    [
        (("", "", ""), "on.day", "กรอกวันที่เกิดเหตุให้ครบทั้งวันที่ เดือน และปี พ.ศ."),
        (("1", "11", "2026"), "on.year", "ปี 2026 เป็น ค.ศ. กรุณากรอกปีเป็น พ.ศ. เช่น 2569"),
        (("1", "", "2569"), "on.month", "เลือกเดือน"),
        (("31", "2", "2569"), "on.day", "เดือนกุมภาพันธ์ 2569 มีถึงวันที่ 28 ตรวจวันที่อีกครั้ง"),
        (("x", "2", "2569"), "on.day", "กรอกวันที่เป็นตัวเลข 1 ถึง 31"),
    ],
)
def test_the_control_that_is_wrong_is_told(
    typed: tuple[str, str, str], at: str, sentence: str, place: Place
) -> None:
    problems = read([Day("on", LABEL)], posted(*typed), place).problems

    assert {name: text.th for name, text in problems.items()} == {at: sentence}


def test_every_part_that_is_wrong_is_told_at_once(place: Place) -> None:
    problems = read([Day("on", LABEL)], posted("32", "", "69"), place).problems

    assert list(problems) == ["on.day", "on.month", "on.year"]


@pytest.mark.parametrize(
    ("day", "taken"),
    [
        (date(2026, 10, 20), False),
        (date(2026, 10, 21), True),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
    ],
)
def test_limits_from_today_are_inclusive(day: date, taken: bool, place: Place) -> None:
    field = Day("on", LABEL, earliest_days=-30, latest_days=0)

    reading = read([field], fill([field], {"on": day.isoformat()}), place)

    assert (reading.problems == {}) == taken


def test_a_day_outside_is_told_with_the_limit(place: Place) -> None:
    field = Day("on", LABEL, earliest_days=-30, latest_days=0)

    assert read([field], posted("21", "11", "2569"), place).problems["on.day"].th == (
        "วันที่เกิดเหตุต้องไม่หลังวันที่ 20 พฤศจิกายน 2569 ตอนนี้เป็น 21 พฤศจิกายน 2569 ตรวจอีกครั้ง"
    )


def test_of_two_limits_the_narrower_counts(place: Place) -> None:
    field = Day("on", LABEL, earliest=date(2026, 11, 1), earliest_days=-30, latest_days=5)

    assert field.limits(place) == (date(2026, 11, 1), date(2026, 11, 25))


def test_the_example_is_a_day_that_would_be_taken(place: Place) -> None:
    hint = Day("on", LABEL, earliest_days=14).hint(place)

    assert hint == Text("เช่น 4 ธันวาคม 2569", "For example 4 December 2026 (B.E. 2569)")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back(place: Place, day: date) -> None:
    field = Day("on", LABEL)
    limited = Day("on", LABEL, earliest=day, latest=day)

    value = {"on": day.isoformat()}

    assert read([field], fill([field], value), place).values == value
    assert read([limited], fill([limited], value), place).values == value
    before = {"on": (day - timedelta(days=1)).isoformat()}
    assert list(read([limited], fill([limited], before), place).problems) == ["on.day"]
