import unicodedata

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity import passwords


async def test_a_password_is_known_again_and_another_is_not() -> None:
    kept = await passwords.hash_password("แมวเดินข้ามถนน")

    assert kept.startswith("$argon2id$")
    assert await passwords.is_password(kept, "แมวเดินข้ามถนน")
    assert not await passwords.is_password(kept, "แมวเดินข้ามสะพาน")


async def test_a_password_may_be_typed_in_another_form_of_the_same_letters() -> None:
    kept = await passwords.hash_password("น้ำใสไหลเย็นดี")

    assert await passwords.is_password(kept, unicodedata.normalize("NFKD", "น้ำใสไหลเย็นดี"))


async def test_where_there_is_no_account_no_password_is_right() -> None:
    assert not await passwords.is_password("", "nobody has this password")
    assert not await passwords.is_password("", "")


def test_a_weaker_hash_is_outdated() -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x" * 12)

    assert passwords.is_outdated(weak)


@pytest.mark.parametrize(
    "password",
    ["short", "ก" * 12, "1234567890", "abcabcabcabc", "zyxwvutsrq", "สมหญิงคนดี", "0812345678pp"],
)
def test_a_password_that_is_easy_to_guess_is_refused(password: str) -> None:
    assert passwords.problem_of(password, known=["สมหญิง", "812345678"]) is not None


def test_a_password_of_several_words_is_taken() -> None:
    assert passwords.problem_of("แมว บันได น้ำปลา", known=["สมหญิง", ""]) is None


def test_a_password_beyond_measure_is_refused() -> None:
    assert passwords.problem_of("ab1 " * 100) is not None


@given(st.text(max_size=300))
def test_every_text_is_judged(password: str) -> None:
    problem = passwords.problem_of(password)
    assert problem is None or (problem.th and problem.en)
