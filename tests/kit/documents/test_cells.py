"""Cells of tables that offices send: columns by name, days and figures as people type them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kit.documents import (
    clean_cell,
    day_of_cell,
    decimal_of_cell,
    find_columns,
    whole_of_cell,
)
from kit.thai import Unreadable, thai_digits

COLUMNS = {"name": ("ชื่อร้าน", "ชื่อ", "name"), "area": ("พื้นที่", "area"), "since": ("ตั้งแต่",)}
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MOST = 1_000_000


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        ("  ร้าน\n\u200b ป้าแดง ", "ร้าน ป้าแดง"),
        (12.0, "12"),
        (180.5, "180.5"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (date(2023, 10, 1), "2023-10-01"),
        (datetime(2023, 10, 1, 9, tzinfo=UTC), "2023-10-01T09:00:00+00:00"),
    ],
)
def test_a_cell_becomes_text_on_one_line(cell: Any, shown: str) -> None:
    assert clean_cell(cell) == shown


@given(st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes())
def test_any_cell_is_cleaned_for_good(cell: Any) -> None:
    shown = clean_cell(cell)

    assert "\n" not in shown
    assert clean_cell(shown) == shown


def test_columns_are_found_by_any_of_their_names_in_any_order() -> None:
    places, fault = find_columns(["AREA", None, " ชื่อ ", "ที่อยู่"], COLUMNS, ["name"])

    assert (places, fault) == ({"name": 2, "area": 0}, None)


def test_the_first_name_counts_where_two_are_there() -> None:
    assert find_columns(["name", "ชื่อร้าน"], COLUMNS, [])[0] == {"name": 1}


@pytest.mark.parametrize(
    ("heads", "column", "told"),
    [
        ([], "", "ชื่อร้าน, พื้นที่"),
        (["ชื่อ"], "", "พื้นที่"),
        (["ชื่อ", "พื้นที่", "ชื่อ"], "ชื่อ", "ชื่อ มีมากกว่าหนึ่ง"),
    ],
)
def test_heads_that_lack_or_repeat_a_column_are_refused_by_name(
    heads: list[str], column: str, told: str
) -> None:
    places, fault = find_columns(heads, COLUMNS, ["name", "area"])

    assert places == {}
    assert fault is not None
    assert (fault.row, fault.column) == (1, column)
    assert told in fault.sentence.th


@given(DAYS, st.sampled_from("/.-"), st.booleans())
@example(date(2024, 2, 29), "/", True)
def test_a_day_is_read_as_it_is_typed_and_as_a_program_keeps_it(
    day: date, between: str, thai: bool
) -> None:
    typed = f"{day.day}{between}{day.month:02}{between}{day.year + 543}"

    assert day_of_cell(thai_digits(typed) if thai else typed) == day
    assert day_of_cell(clean_cell(day)) == day
    assert day_of_cell(clean_cell(datetime(day.year, day.month, day.day, 17, 5))) == day  # noqa: DTZ001 - as of a workbook
    # Typed into a program that counts by the Common Era.
    assert day_of_cell(f"{day.year + 543}-{day.month:02}-{day.day:02}") == day


@pytest.mark.parametrize("text", ["", "วานนี้", "31/2/2566", "1/13/2566", "1/10/2023", "2023-02-29"])
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        day_of_cell(text)
    assert refusal.value.sentence.th


@given(st.integers(0, MOST), st.booleans())
def test_a_whole_number_is_read_in_every_way_it_is_typed(number: int, thai: bool) -> None:
    for typed in (f"{number}", f"{number:,}", f"{number}.00", clean_cell(float(number))):
        assert whole_of_cell(thai_digits(typed) if thai else typed, MOST) == number


@given(st.decimals(0, MOST, places=2), st.booleans())
def test_an_area_is_read_exactly_and_keeps_its_decimals(area: Decimal, thai: bool) -> None:
    for typed in (f"{area}", f"{area:,}", f"{area}00", clean_cell(float(area))):
        read = decimal_of_cell(thai_digits(typed) if thai else typed, MOST, 2)
        assert (read, str(read)) == (area, f"{area:.2f}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "สิบ",
        "12,34",
        "1.2.3",
        "1e3",
        "๑,๐๐๐,๐๐๑",
        "1000000.01",
        "9" * 5_000,
        "1 200",
        ".5",
    ],
)
def test_what_is_no_figure_or_too_large_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="whole number up to 1,000,000"):
        whole_of_cell(text, MOST)
    with pytest.raises(Unreadable, match="up to 1,000,000 with at most 2 decimals"):
        decimal_of_cell(text, MOST, 2)


def test_no_digit_is_lost_without_a_word() -> None:
    with pytest.raises(Unreadable):
        whole_of_cell("12.5", MOST)
    with pytest.raises(Unreadable):
        decimal_of_cell("180.505", MOST, 2)


@given(st.text() | st.from_regex(r"[0-9,.๐-๙]{1,12}", fullmatch=True))
def test_any_text_is_a_figure_within_its_limit_or_refused(text: str) -> None:
    try:
        read = decimal_of_cell(text, 500, 2)
    except Unreadable:
        return
    assert 0 <= read <= 500
    assert read == read.quantize(Decimal("0.01"))
