import pytest

from core.api import Text
from kit.forms import Email, Field, Line, Lines, Place, check_fields, read

LABEL = Text("บริเวณกล้อง", "Camera place")


def said(field: Field, text: str, place: Place) -> object:
    reading = read([field], {field.name: [text]}, place)
    problem = reading.problems.get(field.name)
    return problem.en if problem else reading.values.get(field.name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  หน้า   ตลาด\t", "หน้า ตลาด"),
        ("สอง\nบรรทัด", "สอง บรรทัด"),
        ("ซ่อน\u200b\u202eอยู่\ufeff", "ซ่อนอยู่"),
        ("ครึ่ง\ud800ตัว\x00", "ครึ่งตัว"),
        ("๑๒๓", "๑๒๓"),
        ("ก" * 20, "ก" * 20),
    ],
)
def test_a_line_is_kept_clean(typed: str, kept: str, place: Place) -> None:
    assert said(Line("road", LABEL, longest=20), typed, place) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b", "\x00"])
def test_what_shows_nothing_is_empty(typed: str, place: Place) -> None:
    assert said(Line("road", LABEL), typed, place) == "Fill in “Camera place”."
    assert said(Line("road", LABEL, required=False), typed, place) is None


def test_lengths_are_told_with_what_is_taken(place: Place) -> None:
    line = Line("road", LABEL, shortest=3, longest=5)

    assert said(line, "กขค", place) == "กขค"
    assert said(line, "กข", place) == (
        "“Camera place” needs at least 3 characters and has 2. Complete it."
    )
    assert said(line, "กขคงจฉ", place) == (
        "“Camera place” has 6 characters, at most 5 are taken. Shorten it."
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("๐๐๑๒", "0012"), ("00 12", "0012"), ("12-3", None), ("นส.4", None), ("²", None)],
)
def test_a_line_of_digits_keeps_its_zeros(typed: str, kept: str | None, place: Place) -> None:
    answer = said(Line("deed", Text("เลขโฉนด", "Deed no."), digits=True), typed, place)

    wrong = "Fill in “Deed no.” in digits only, for example 12345."
    assert answer == (kept or wrong)


def test_a_sentence_of_its_own_says_what_the_answer_is_for(place: Place) -> None:
    why = Text("กรอกชื่อ เพื่อให้เจ้าหน้าที่เรียกถูก", "Give a name, so that we can call you.")

    assert read([Line("name", LABEL, missing=why)], {}, place).problems == {"name": why}


def test_lines_keep_one_empty_line_between_them(place: Place) -> None:
    typed = "\r\n  หนึ่ง \t ก\r\n\r\n\r\n\r\nสอง\rสาม\n"

    assert said(Lines("story", LABEL), typed, place) == "หนึ่ง ก\n\nสอง\nสาม"


def test_lines_are_counted_with_their_ends(place: Place) -> None:
    lines = Lines("story", LABEL, longest=5)

    assert said(lines, "กก\r\nขข", place) == "กก\nขข"
    assert said(lines, "กก\r\nขขข", place) == (
        "“Camera place” has 6 characters, at most 5 are taken. Shorten it."
    )


def test_twenty_thousand_characters_are_taken_and_one_more_is_not(place: Place) -> None:
    lines = Lines("story", LABEL, longest=20_000)

    assert check_fields([lines]) == []
    assert said(lines, "ก" * 20_000, place) == "ก" * 20_000
    assert "20,001 characters" in str(said(lines, "ก" * 20_001, place))
    assert len(check_fields([Lines("story", LABEL, longest=20_001)])) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Somchai.J@Example.GO.TH ", "Somchai.J@example.go.th"),
        ("a+b@x.co", "a+b@x.co"),
        ("a b@x.co", "ab@x.co"),
        (f"{'a' * 248}@x.com", f"{'a' * 248}@x.com"),
        (f"{'a' * 249}@x.com", None),
        ("a@b", None),
        ("@x.co", None),
        ("a@x..co", None),
        (".a@x.co", None),
        ("a@x.c", None),
        ("สมชาย@example.com", None),
        ("a@b@x.co", None),
    ],
)
def test_an_address_of_e_mail(typed: str, kept: str | None, place: Place) -> None:
    answer = said(Email("mail", Text("อีเมล", "E-mail")), typed, place)

    wrong = "“E-mail” must be an e-mail address with an @, for example somchai@example.com."
    assert answer == (kept or wrong)
