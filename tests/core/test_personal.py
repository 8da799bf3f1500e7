import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.db import new_id
from core.personal import blacken, holds_citizen_number, shorten_address


def citizen_number(first: list[int]) -> str:
    weighed = sum(digit * weight for digit, weight in zip(first, range(13, 1, -1), strict=True))
    return "".join(map(str, [*first, (11 - weighed % 11) % 10]))


numbers = st.lists(st.integers(0, 9), min_size=12, max_size=12).map(citizen_number)


@given(numbers)
def test_every_number_with_a_right_last_digit_is_found(number: str) -> None:
    assert holds_citizen_number(number)
    assert holds_citizen_number(f"เลข {number} ค่ะ")
    assert holds_citizen_number(
        f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    )


@given(numbers)
def test_a_number_with_a_wrong_last_digit_is_none(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert not holds_citizen_number(wrong)


@pytest.mark.parametrize(
    ("text", "blackened"),
    [
        ("โทร 081-234-5678 ด่วน", "โทร ••• ด่วน"),
        ("โทร0812345678ครับ", "โทร•••ครับ"),
        ("+66812345678", "•••"),
        ("053 276 491", "•••"),
        ("from somchai.j@example.co.th now", "from •••@••• now"),
        ("1-1017-00230-70-8", "•••"),
        ("เลขรับ 1254/2569", "เลขรับ 1254/2569"),
        ("2026-11-20T03:42:00.123456Z", "2026-11-20T03:42:00.123456Z"),
    ],
)
def test_what_points_to_a_person_is_blackened_and_the_rest_is_kept(
    text: str, blackened: str
) -> None:
    assert blacken(text) == blackened


@given(numbers, st.text(alphabet="ก ็่:,/", max_size=5))
def test_no_citizens_number_is_left(number: str, around: str) -> None:
    assert number not in blacken(around + number + around)


def test_ids_of_rows_stay_readable() -> None:
    for _ in range(2000):
        id = f"case/{new_id()}"
        assert blacken(id) == id


def test_an_address_is_known_by_its_owner_only() -> None:
    assert shorten_address("somchai@example.com") == "so•••@example.com"
    assert shorten_address("+66812345678") == "•••5678"
