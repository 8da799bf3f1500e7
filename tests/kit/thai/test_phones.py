import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import Unreadable, mask_phone, parse_phone, show_phone, thai_digits

MOBILES = st.from_regex(r"\A0[689][0-9]{8}\Z")
FIXED = st.from_regex(r"\A0[23457][0-9]{7}\Z")


@pytest.mark.parametrize(
    "typed",
    [
        "0812345678",
        "08-1234-5678",
        "081 234 5678",
        "๐๘๑-๒๓๔๕๖๗๘",
        "+66812345678",
        "+66 (0)81-234-5678",
        "0066812345678",
        "081.234.5678",
        " 081–2345678 ",
    ],
)
def test_one_number_is_kept_the_same_however_it_is_typed(typed: str) -> None:
    assert parse_phone(typed) == "+66812345678"


def test_a_phone_is_shown_in_the_groups_of_thailand() -> None:
    assert show_phone("+66812345678") == "08-1234-5678"
    assert show_phone("+6653123456") == "0-5312-3456"
    assert show_phone("1567") == "1567"


def test_a_masked_phone_is_the_one_of_the_face() -> None:
    assert mask_phone("+66812344417") == "08•-•••-4417"
    assert mask_phone("+6653123456") == "05•-•••-456"
    assert mask_phone("1567") == "•••"


@given(MOBILES | FIXED)
def test_a_number_is_kept_shown_and_read_back(number: str) -> None:
    kept = parse_phone(number)

    assert re.fullmatch(r"\+66[0-9]{8,9}", kept)
    assert parse_phone(show_phone(kept)) == kept
    assert parse_phone(thai_digits(number)) == kept
    assert parse_phone(kept) == kept


@given(MOBILES | FIXED, st.text("0123456789", min_size=4, max_size=4))
def test_a_mask_says_nothing_of_four_digits(number: str, other: str) -> None:
    hidden_otherwise = number[:2] + other + number[6:]

    assert mask_phone(parse_phone(number)) == mask_phone(parse_phone(hidden_otherwise))


@given(st.text())
def test_what_is_no_stored_number_shows_nothing_of_itself(text: str) -> None:
    assert mask_phone(text) == "•••"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("081234567", "เบอร์มือถือต้องมี 10 หลัก ตอนนี้มี 9 หลัก"),
        ("08123456789", "เบอร์มือถือต้องมี 10 หลัก ตอนนี้มี 11 หลัก"),
        ("05312345", "เบอร์บ้านหรือสำนักงานต้องมี 9 หลัก ตอนนี้มี 8 หลัก"),
        ("812345678", "เบอร์โทรศัพท์ขึ้นต้นด้วย 0 เช่น 08-1234-5678 ตรวจเบอร์อีกครั้ง"),
        ("", "เบอร์โทรศัพท์ขึ้นต้นด้วย 0 เช่น 08-1234-5678 ตรวจเบอร์อีกครั้ง"),
        ("+44 20 7946 0000", "เบอร์โทรศัพท์มีเฉพาะตัวเลข ตรวจตัว “+” อีกครั้ง"),
        ("053-123456 ต่อ 12", "เบอร์โทรศัพท์มีเฉพาะตัวเลข ตรวจตัว “ต” อีกครั้ง"),
        ("٠٨١٢٣٤٥٦٧٨", "เบอร์โทรศัพท์มีเฉพาะตัวเลข ตรวจตัว “٠” อีกครั้ง"),
    ],
)
def test_what_is_no_phone_number_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_phone(typed)

    assert refused.value.sentence.th == sentence
