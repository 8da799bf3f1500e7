import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Language
from kit.thai import Unreadable, long_day, paper_day, parse_day, parse_year, short_day

DAYS = st.dates(date(1857, 1, 1), date(2156, 12, 31))
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(("th", "en"))


def refusal(day: str, month: str, year: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        parse_day(day, month, year)
    return refused.value


@given(DAYS)
def test_a_day_is_read_back_from_its_thai_forms(day: date) -> None:
    for written in (long_day(day, "th"), short_day(day, "th")):
        assert parse_day(*written.split()) == day


@given(DAYS)
def test_a_day_is_read_back_from_a_paper(day: date) -> None:
    number, month, _, year = paper_day(day).split()

    assert parse_day(number, month, year) == day


@given(DAYS, LANGUAGES)
def test_the_name_of_a_month_is_read_in_both_languages(day: date, language: Language) -> None:
    month = long_day(day, language).split()[1]

    assert parse_day(str(day.day), month.upper(), str(day.year + 543)) == day


@given(DAYS)
def test_the_number_of_a_month_is_read(day: date) -> None:
    assert parse_day(f" {day.day:02} ", f"{day.month:02}", str(day.year + 543)) == day
    assert parse_day(str(day.day), str(day.month), str(day.year + 543)) == day


def test_a_year_of_the_common_era_is_named_in_the_buddhist_era() -> None:
    refused = refusal("25", "11", "2026")

    assert refused.sentence.th == "ปี 2026 เป็น ค.ศ. กรุณากรอกปีเป็น พ.ศ. เช่น 2569"
    assert "for example 2569" in refused.sentence.en
    assert refused.status_code == 422


@given(st.integers(0, 9999))
def test_a_year_that_is_suggested_can_be_entered(typed: int) -> None:
    try:
        assert parse_year(f"{typed:04}") == typed
    except Unreadable as refused:
        for suggested in re.findall("เช่น ([0-9]+)", refused.sentence.th):
            assert parse_year(suggested) == typed + 543


@pytest.mark.parametrize("year", ["69", "26", "256", "๖๙", "0"])
def test_a_year_that_could_be_of_either_era_is_refused(year: str) -> None:
    assert "ไม่ครบ 4 หลัก" in refusal("1", "1", year).sentence.th


@pytest.mark.parametrize("year", ["", "พ.ศ. 2569", "25690", "-569", "٢٥٦٩", "2 569"])
def test_a_year_that_is_no_year_is_refused(year: str) -> None:
    assert refusal("1", "1", year).sentence.th.startswith("กรอกปี พ.ศ.")


@pytest.mark.parametrize("year", ["1000", "2356", "2700", "9999"])
def test_a_year_far_away_is_refused(year: str) -> None:
    assert "2400 ถึง 2699" in refusal("1", "1", year).sentence.th


@pytest.mark.parametrize("day", ["", "0", "32", "315", "1.", "-1", "วันที่ 1"])
def test_a_day_that_no_month_has_is_refused(day: str) -> None:
    assert "1 ถึง 31" in refusal(day, "1", "2569").sentence.th


@pytest.mark.parametrize("month", ["", "0", "13", "พย", "Novem"])
def test_a_month_that_does_not_exist_is_refused(month: str) -> None:
    assert refusal("1", month, "2569").sentence.th == "เลือกเดือน"


def test_a_day_that_this_month_has_not_is_refused_with_its_last_day() -> None:
    refused = refusal("29", "กุมภาพันธ์", "2569")

    assert refused.sentence.th == "เดือนกุมภาพันธ์ 2569 มีถึงวันที่ 28 ตรวจวันที่อีกครั้ง"
    assert refused.sentence.en == "February B.E. 2569 ends on day 28. Check the day."
    assert parse_day("29", "2", "2571") == date(2028, 2, 29)
