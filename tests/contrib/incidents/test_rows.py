from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contrib.incidents.rules.assets import read_code
from contrib.incidents.rules.headings import COLUMNS, NEEDED
from contrib.incidents.rules.rows import parse_rows
from kit.thai import Unreadable

TODAY = date(2026, 11, 20)
CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.floats(),
    st.dates(),
    st.sampled_from(["MH-1", "18.74", "เสาไฟ"]),
)
HEADS = [titles[0] for titles in COLUMNS.values()]
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@given(st.lists(st.lists(CELLS, min_size=len(HEADS), max_size=len(HEADS)), max_size=8))
def test_whatever_stands_in_a_register_each_row_is_read_or_has_its_fault(
    lines: list[list[Any]],
) -> None:
    parsed = parse_rows([HEADS, *lines], None, TODAY)

    good, bad = {row.at for row in parsed.rows}, {fault.row for fault in parsed.faults}
    assert not good & bad
    assert len(good | bad) == parsed.read <= len(lines)
    assert len({row.facts["code"] for row in parsed.rows}) == len(good)
    assert all(fault.column in HEADS for fault in parsed.faults)


@given(st.text(SIGNS, min_size=2, max_size=30), st.sampled_from([" ", "  ", ""]))
def test_a_code_is_read_however_it_is_spaced_and_cased(code: str, gap: str) -> None:
    assert read_code(gap.join(code.lower())) == code
    assert read_code(read_code(code)) == code


@pytest.mark.parametrize("typed", ["", "A", "-A1", "A1-", "เสา1", "A" * 31, "A/1", "../etc"])
def test_what_no_address_can_hold_is_no_code(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_code(typed)


def test_a_register_without_codes_or_positions_is_refused_as_a_whole() -> None:
    parsed = parse_rows([["ชื่อ"], ["เสา"]], None, TODAY)

    [fault] = parsed.faults
    assert fault.row == 1
    assert all(COLUMNS[name][0] in fault.sentence.th for name in NEEDED)
