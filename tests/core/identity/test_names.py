import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.names import full_name, initials, name_order


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("นางสาว", "สุภาพร", "ใจดี"), "นางสาวสุภาพร ใจดี"),
        (("Mr.", "John", "Smith"), "Mr. John Smith"),
        (("", "คำ", ""), "คำ"),
        (("พ.ต.อ.", "ก้อง", "เกียรติ"), "พ.ต.อ. ก้อง เกียรติ"),
    ],
)
def test_a_thai_title_is_written_against_the_name(parts: tuple[str, str, str], name: str) -> None:
    assert full_name(*parts) == name


@pytest.mark.parametrize(
    ("first", "last", "letters"),
    [("เกษม", "ไชยา", "กช"), ("แม่น", "โสภา", "มส"), ("John", "smith", "JS"), ("คำ", "", "ค")],
)
def test_initials_are_the_first_consonants(first: str, last: str, letters: str) -> None:
    assert initials(first, last) == letters


def test_thai_names_stand_as_in_a_dictionary() -> None:
    names = ["แก้ว", "ขวัญ", "เกษม", "กมล", "โชติ", "ใจดี", "Anna"]

    assert sorted(names, key=name_order) == ["Anna", "กมล", "เกษม", "แก้ว", "ขวัญ", "ใจดี", "โชติ"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_every_name_has_initials_and_a_place(first: str, last: str) -> None:
    assert len(initials(first, last)) <= 6
    assert isinstance(name_order(first), str)
