from hypothesis import given
from hypothesis import strategies as st

from kit.documents.codes import ALPHABET, LENGTH, new_code, read_code
from kit.thai import thai_digits

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH).map(
    lambda signs: "-".join((signs[:4], signs[4:8], signs[8:]))
)


def test_the_alphabet_has_no_sign_that_is_taken_for_another() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_new_codes_are_read_as_they_are_and_differ() -> None:
    codes = [new_code() for _ in range(2_000)]

    assert len(set(codes)) == len(codes)
    assert [read_code(code) for code in codes] == codes
    assert {sign for code in codes for sign in code} == set(ALPHABET) | {"-"}


@given(CODES, st.sampled_from(["", " ", "-", " - ", "\u2013", "\u2011", "_", "\u200b", "\u00a0"]))
def test_a_code_is_read_however_it_is_spaced_and_cased(code: str, gap: str) -> None:
    signs = code.replace("-", "")

    assert read_code(f" {gap.join(signs).lower()}\n") == code


@given(CODES)
def test_look_alikes_thai_digits_and_full_width_signs_are_read(code: str) -> None:
    typed = code.replace("0", "O").replace("1", "l", 1).replace("1", "I")
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in code)

    assert read_code(typed) == code
    assert read_code(thai_digits(code)) == code
    assert read_code(wide) == code


def test_a_hand_scanner_may_type_the_whole_address() -> None:
    assert read_code("https://maehia.go.th/v/MH7K-2Q9D-41TA") == "MH7K-2Q9D-41TA"
    assert read_code("https://maehia.go.th/v/mh7k2q9d41ta/") == "MH7K-2Q9D-41TA"


def test_what_is_too_short_too_long_or_of_other_signs_is_no_code() -> None:
    for typed in ("", "MH7K-2Q9D-41T", "MH7K-2Q9D-41TAA", "MH7K-2Q9D-41TU", "ใบอนุญาตก่อส", "١" * 12):
        assert read_code(typed) is None


@given(st.text(max_size=40))
def test_anything_typed_is_a_code_in_its_one_form_or_none(typed: str) -> None:
    code = read_code(typed)

    assert code is None or read_code(code) == code
