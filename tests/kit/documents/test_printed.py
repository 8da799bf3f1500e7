import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.contents import Paper
from kit.documents.printed import MISSING, MOST_SIGNS, paper_digits, printable, snapshot

LATIN = frozenset(range(0x20, 0x7F))
THAI = frozenset(range(0xE01, 0xE5C))


def shown(text: str, signs: frozenset[int] = LATIN | THAI) -> str:
    printed: str = printable({"text": text}, signs)["text"]
    return printed.replace("\u2060", "").replace("\u00a0", " ").replace("\u200b", "")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("หมู่ 5 เวลา 10.42 น.", "หมู่ ๕ เวลา ๑๐.๔๒ น."),
        ("1,250.25 บาท", "๑,๒๕๐.๒๕ บาท"),
        ("ชม 52001.3/1234", "ชม ๕๒๐๐๑.๓/๑๒๓๔"),
        ("กระดาษA4จำนวน2แผ่น", "กระดาษA4จำนวน๒แผ่น"),
        ("MH7K-2Q9D-41TA", "MH7K-2Q9D-41TA"),
        ("saraban_04500101@dla.go.th", "saraban_04500101@dla.go.th"),
        ("https://maehia.go.th/v/12", "https://maehia.go.th/v/12"),
    ],
)
def test_digits_are_thai_except_in_what_holds_latin_letters(typed: str, printed: str) -> None:
    assert paper_digits(typed) == printed


@given(st.text())
def test_digits_that_are_thai_already_stay(text: str) -> None:
    assert paper_digits(paper_digits(text)) == paper_digits(text)


def test_a_snapshot_is_plain_data_and_its_own_snapshot(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        kept = snapshot(paper)
        assert snapshot(kept) == kept
        assert kept["issued_at"] == "2026-11-20T03:42:00Z"
        assert kept["office"]["accent"] == "#2A4480"


def test_a_snapshot_has_the_digits_of_the_paper(papers: dict[str, Paper]) -> None:
    kept = snapshot(papers["receipt"])

    assert kept["number"] == "๑๒๕๔/๒๕๖๙"
    assert kept["rows"][2]["value"].endswith("๑๔๙.๕๐ ตารางเมตร")
    assert kept["verify"]["code"] == "MH7K-2Q9D-41TA"


def test_signs_without_a_shape_are_shown_to_be_missing() -> None:
    assert shown("ชื่อ 🙂 မောင် ดี") == f"ชื่อ {MISSING} {MISSING} ดี"


def test_signs_that_turn_the_direction_of_reading_are_left_out() -> None:
    assert shown("\u202e้าจ\u2066\ufeff\u200d") == "้าจ"
    assert shown("a\x00b\x07c\td") == "a b c d"


def test_letters_and_marks_are_put_together_where_the_font_has_them_together() -> None:
    assert shown("cafe\u0301", LATIN | {0xE9}) == "café"


def test_marks_are_not_heaped_up() -> None:
    assert shown("ก" + "่" * 500) == "ก่่่"


def test_empty_lines_are_not_heaped_up() -> None:
    assert shown("ก\r\n\r\n \n\n\nข\nค") == "ก\n\nข\nค"


@pytest.mark.parametrize("text", ["x" * 500, "ก" * 500, "๕" * 500, "5" * 500])
def test_a_line_can_break_in_what_has_no_end(text: str) -> None:
    printed: str = printable({"text": text}, LATIN | THAI)["text"]
    longest = max(len(part.replace("\u2060", "")) for part in printed.split("\u200b"))

    assert longest <= 90


def test_compound_words_are_joined_for_the_paper_alone() -> None:
    printed: str = printable({"text": "ขอใบอนุญาต"}, LATIN | THAI)["text"]

    assert "\u2060" in printed
    assert "\u2060" not in snapshot({"text": "ขอใบอนุญาต"})["text"]


def test_names_of_places_are_joined_as_the_office_says() -> None:
    contents = {"office": {"places": ["บ้านไร่กองขิง"]}, "text": "ถึงบ้านไร่กองขิง"}

    assert "\u2060" in printable(contents, LATIN | THAI)["text"]


def test_contents_of_a_whole_book_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        printable({"text": "ก" * MOST_SIGNS}, LATIN | THAI)


@given(st.text())
def test_whatever_is_typed_only_signs_of_the_font_are_printed(text: str) -> None:
    assert {ord(sign) for sign in shown(text)} <= LATIN | THAI | {ord("\n")}
