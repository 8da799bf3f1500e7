import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import TITLES, full_name, initials, mask_name, short_name

MARKS = "ัิีึืุู่้๊๋์็"
NAMES = st.builds(
    str.__add__,
    st.sampled_from("กขสมอเXa"),
    st.text("กขคงจชดตนบปมยรลวสหอะาเแโใไำabcXYZ" + MARKS, max_size=12),
)


def letters(name: str) -> int:
    return sum(character not in MARKS for character in name)


def test_titles_begin_with_the_common_ones() -> None:
    assert [title.th for title in TITLES[:3]] == ["นาย", "นาง", "นางสาว"]


@pytest.mark.parametrize(
    ("title", "first", "last", "name"),
    [
        ("นางสาว", "สุภาพร", "ใจดี", "นางสาวสุภาพร ใจดี"),
        ("ดร.", "สุภาพร", "ใจดี", "ดร. สุภาพร ใจดี"),
        ("Mr.", "John", "Smith", "Mr. John Smith"),
        ("", "สุภาพร", "ใจดี", "สุภาพร ใจดี"),
        ("นาย", "สมชาย", "", "นายสมชาย"),
    ],
)
def test_a_full_name_is_written_as_on_the_card(
    title: str, first: str, last: str, name: str
) -> None:
    assert full_name(title, first, last) == name


def test_the_public_reads_a_first_name_and_one_letter() -> None:
    assert short_name("สุภาพร", "ใจดี") == "สุภาพร ใ."
    assert short_name("อรทัย", "มั่นคง") == "อรทัย ม."
    assert short_name("สุภาพร") == "สุภาพร"


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [
        ("สุภาพร", "ใจดี", "สภ"),
        ("อรทัย", "มั่นคง", "อท"),
        ("ธีรพงษ์", "วงศ์คำ", "ธพ"),
        ("สมชาย", "", "สช"),
        ("อำไพ", "", "อพ"),
        ("เก๋", "", "ก"),
        ("นก", "", "นก"),
        ("John", "smith", "JS"),
        ("", "", ""),
    ],
)
def test_two_letters_stand_for_a_person(first: str, last: str, letters: str) -> None:
    assert initials(first, last) == letters


def test_a_masked_name_is_the_one_of_the_face() -> None:
    assert mask_name("สมชาย", "จันทร์ดี", "th") == "คุณสม••• จัน•••"
    assert mask_name("สมชาย", "จันทร์ดี", "en") == "สม••• จัน•••"
    assert mask_name("ปู", "", "th") == "คุณ•••"


@given(NAMES, NAMES)
def test_a_mask_shows_two_letters_at_most_and_never_more_than_half(first: str, last: str) -> None:
    shown = mask_name(first, last, "en").split(" ")

    for name, part in zip((first, last), shown, strict=True):
        visible = part.removesuffix("•••")
        assert part != visible
        assert name.startswith(visible)
        assert letters(visible) <= min(2, letters(name) / 2)


@given(st.text("กขคงจชดต", min_size=4, max_size=12), st.text("กขคง", min_size=2, max_size=12))
def test_a_mask_says_nothing_of_the_rest_of_a_name(name: str, rest: str) -> None:
    assert mask_name(name, "", "th") == mask_name(name[:2] + rest, "", "th")
