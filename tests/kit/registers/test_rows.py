"""Tables as offices send them, read row by row."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.registers import EMPTY_CELL, needed_of_cell, read_cells, text_of_cell
from tests.kit.registers.wells import HEADS, parse_wells

CELLS = st.one_of(
    st.none(),
    st.text(max_size=25),
    st.sampled_from(["บ-1", "บ-2", "081-234-5678"]),
    st.integers(),
    st.floats(),
    st.datetimes(),
)
TABLES = st.lists(st.lists(CELLS, max_size=4), max_size=8)


@given(TABLES)
def test_each_row_is_taken_or_has_a_fault_and_never_both(table: list[list[Any]]) -> None:
    parsed = parse_wells([HEADS, *table])
    good, bad = {row.at for row in parsed.rows}, {one.row for one in parsed.faults}

    assert not good & bad
    assert len(good | bad) == parsed.read <= len(table)
    assert [one.row for one in parsed.faults] == sorted(one.row for one in parsed.faults)


@given(TABLES)
def test_what_may_stand_there_once_does(table: list[list[Any]]) -> None:
    codes = [row.facts["code"] for row in parse_wells([HEADS, *table]).rows]

    assert len(codes) == len(set(codes))


@given(st.lists(st.sampled_from("กขค"), max_size=8))
def test_a_row_that_stands_there_twice_names_all_of_the_others(codes: list[str]) -> None:
    parsed = parse_wells([HEADS, *([code, "1"] for code in codes)])
    told = {one.row: one.sentence.en for one in parsed.faults}

    for at, code in enumerate(codes, start=2):
        others = [str(n) for n, one in enumerate(codes, start=2) if one == code and n != at]
        assert (at in told) == bool(others)
        if others:
            assert told[at].startswith(f"Row {', '.join(others)} has it")


def test_rows_are_counted_as_a_program_of_tables_does_and_empty_ones_are_skipped() -> None:
    parsed = parse_wells([HEADS, ["บ-1", "12"], ["", " ", None], ["บ-2", "ลึก"], ["", "3"]])

    assert parsed.read == 3
    assert [(row.at, row.facts["metres"]) for row in parsed.rows] == [(2, 12)]
    assert [(one.row, one.column) for one in parsed.faults] == [(4, HEADS[1]), (5, HEADS[0])]


def test_columns_stand_in_any_order_and_a_short_row_lacks_what_it_has_not() -> None:
    parsed = parse_wells([["ลึก", "อื่น", "CODE"], [7, "x", "บ-1"], [8]])

    assert [row.facts for row in parsed.rows] == [{"code": "บ-1", "metres": 7, "phone": ""}]
    assert [(one.row, one.column) for one in parsed.faults] == [(3, HEADS[0])]


def test_without_a_needed_column_no_row_is_read() -> None:
    parsed = parse_wells([HEADS[1:], ["1", ""]])

    assert (parsed.read, parsed.rows) == (0, [])
    [fault] = parsed.faults
    assert (fault.row, HEADS[0] in fault.sentence.th) == (1, True)


def test_every_cell_that_is_wrong_is_told_at_once() -> None:
    parsed = parse_wells([HEADS, ["", "-1", "โทร"]])

    assert [one.column for one in parsed.faults] == list(HEADS)


def test_cells_that_are_right_are_read_beside_those_that_are_wrong() -> None:
    readers = {"code": text_of_cell, "metres": needed_of_cell}
    values, wrong = read_cells({"code": "a-1"}, readers)

    assert values == {"code": "a-1"}
    assert wrong == {"metres": EMPTY_CELL}


def test_what_breaks_in_a_reader_is_no_fault_of_the_cell() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        read_cells({"code": "a"}, {"code": int})
