from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.treasury.codes.emvco import crc16, open_sealed, read_fields, seal, write_fields
from kit.treasury.refusals import Malformed

ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=20)
NAMES = st.integers(0, 99).map("{:02}".format)


@pytest.mark.parametrize(
    ("text", "check"),
    [("123456789", "29B1"), ("", "FFFF"), ("A", "B915"), ("AB", "4B74"), ("Hello", "DADA")],
)
def test_the_check_is_crc_16_ccitt_false(text: str, check: str) -> None:
    assert crc16(text) == check


def test_the_check_keeps_its_leading_zeros() -> None:
    checks = {crc16(str(number)) for number in range(5_000)}

    assert any(check.startswith("0") for check in checks)
    assert {len(check) for check in checks} == {4}


@given(st.dictionaries(NAMES, ASCII, max_size=15))
def test_fields_are_read_as_they_were_written(fields: dict[str, str]) -> None:
    text = write_fields(fields.items())

    assert read_fields(text) == fields
    assert list(read_fields(text)) == sorted(fields)


def test_a_field_without_value_is_left_out() -> None:
    assert write_fields([("02", ""), ("01", "A")]) == "0101A"


def test_a_value_of_more_than_99_characters_is_not_written() -> None:
    with pytest.raises(Malformed) as refused:
        write_fields([("02", "A" * 100)], within="30")

    assert refused.value.field == "30.02"
    assert "100" in refused.value.sentence.th


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("0", "0"),
        ("00", "00"),
        ("000", "00"),
        ("0002", "00"),
        ("00021", "00"),
        ("0000", "00"),
        ("000201AB", "AB"),
        ("000201AB01X", "AB"),
        ("00+101", "00"),
        ("00-101", "00"),
        ("00 201", "00"),
        ("0002010102 ", "01"),
        ("0002015303764x", "x"),
        ("00020153997", "53"),
    ],
)
def test_what_is_cut_short_or_no_field_is_refused(text: str, field: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_fields(text)

    assert refused.value.field == field


@pytest.mark.parametrize("sign", ["\n", "\x00", "é", "ก", "０", "٣", "\x7f"])
def test_what_is_not_printable_ascii_is_refused_by_its_place(sign: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_fields(f"0002{sign}1")

    assert "ตำแหน่งที่ 5 " in refused.value.sentence.th


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(Malformed) as refused:
        read_fields("000201000201")

    assert refused.value.sentence.en.startswith("The code has field 00 twice.")


def test_a_text_that_no_code_holds_is_not_read_at_all() -> None:
    with pytest.raises(Malformed, match="longer than 512"):
        read_fields("9" * 10_000_000)


def test_the_check_is_the_last_field() -> None:
    inner = seal("000201")

    assert open_sealed(inner) == {"00": "01"}
    for wrong in ("", "000201", inner + "0102AB", inner + " ", "6304FFFF" + inner):
        with pytest.raises(Malformed):
            open_sealed(wrong)


@given(st.integers(0, 9), st.sampled_from("0123456789ABCDEFabcdef "))
def test_one_wrong_sign_is_found_by_the_check(place: int, sign: str) -> None:
    right = seal("0002010102AB")
    wrong = right[:place] + sign + right[place + 1 :]
    if wrong == right:
        return

    with pytest.raises(Malformed):
        open_sealed(wrong)


@given(st.text(max_size=80) | st.text("0123456789ABC", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_fields, open_sealed):
        with suppress(Malformed):
            read(text)
