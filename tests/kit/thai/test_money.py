import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.thai import LARGEST_AMOUNT, Unreadable, amount, baht, baht_text, parse_baht, thai_digits

AMOUNTS = st.integers(0, LARGEST_AMOUNT)
DIGITS = {
    word: number
    for number, word in enumerate(
        ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"), start=1
    )
}
POWERS = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}


def number_spelt(words: str) -> int:
    """Read Thai number words by eating them from the left, apart from how they are written."""
    if "ล้าน" in words:
        millions, _, below = words.rpartition("ล้าน")
        return number_spelt(millions) * 1_000_000 + number_spelt(below)
    total, digit = 0, None
    known = DIGITS | {"เอ็ด": 1, "ยี่": 2, "ศูนย์": 0}
    while words:
        word = next(word for word in (*known, *POWERS) if words.startswith(word))
        words = words.removeprefix(word)
        if word in POWERS:
            total, digit = total + (1 if digit is None else digit) * POWERS[word], None
        else:
            assert digit is None
            digit = known[word]
    return total + (digit or 0)


def satang_spelt(text: str) -> int:
    whole, unit, rest = text.rpartition("บาท")
    if rest == "ถ้วน":
        return number_spelt(whole) * 100
    assert rest.endswith("สตางค์")
    return (number_spelt(whole) * 100 if unit else 0) + number_spelt(rest.removesuffix("สตางค์"))


@pytest.mark.parametrize(
    ("satang", "text"),
    [
        (125_025, "หนึ่งพันสองร้อยห้าสิบบาทยี่สิบห้าสตางค์"),
        (0, "ศูนย์บาทถ้วน"),
        (1, "หนึ่งสตางค์"),
        (11, "สิบเอ็ดสตางค์"),
        (25, "ยี่สิบห้าสตางค์"),
        (100, "หนึ่งบาทถ้วน"),
        (101, "หนึ่งบาทหนึ่งสตางค์"),
        (1_000, "สิบบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (2_100, "ยี่สิบเอ็ดบาทถ้วน"),
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (11_100, "หนึ่งร้อยสิบเอ็ดบาทถ้วน"),
        (1_000_100, "หนึ่งหมื่นเอ็ดบาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (2_100_000_000, "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (10_100_000_000, "หนึ่งร้อยเอ็ดล้านบาทถ้วน"),
        (100_000_000_000_000, "หนึ่งล้านล้านบาทถ้วน"),
        (100_000_100_000_000, "หนึ่งล้านเอ็ดล้านบาทถ้วน"),
        (123_456_789_012, "หนึ่งพันสองร้อยสามสิบสี่ล้านห้าแสนหกหมื่นเจ็ดพันแปดร้อยเก้าสิบบาทสิบสองสตางค์"),
    ],
)
def test_an_amount_is_spelt_as_a_cheque_spells_it(satang: int, text: str) -> None:
    assert baht_text(satang) == text


@given(AMOUNTS | st.integers(0, 10**20) | st.integers(0, 100_000))
def test_an_amount_in_words_is_read_back(satang: int) -> None:
    assert satang_spelt(baht_text(satang)) == satang


def test_less_than_nothing_is_not_spelt() -> None:
    with pytest.raises(ValueError, match="-1"):
        baht_text(-1)


def test_a_figure_has_commas_and_two_decimals() -> None:
    assert baht(125_025) == "1,250.25"
    assert baht(5) == "0.05"
    assert baht(-125_025) == "-1,250.25"
    assert amount(6_000, "th") == "60.00 บาท"
    assert amount(6_000, "en") == "60.00 baht"


@given(AMOUNTS)
def test_a_figure_is_read_back_in_every_dress(satang: int) -> None:
    figure = baht(satang)

    for typed in (
        figure,
        figure.replace(",", ""),
        thai_digits(figure),
        amount(satang, "th"),
        amount(satang, "en"),
        f" ฿{figure} ",
    ):
        assert parse_baht(typed) == satang


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("1250", 125_000),
        ("1,250.5", 125_050),
        ("1,250.-", 125_000),
        ("1,250.- บาท", 125_000),
        ("๑,๒๕๐บาท", 125_000),
        ("0", 0),
        ("007", 700),
        ("7.", 700),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, satang: int) -> None:
    assert parse_baht(typed) == satang


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("ห้าบาท", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("12 บาท 50", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("1.2.3", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("12 50", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("٥", "กรอกจำนวนเงินเป็นตัวเลข เช่น 1,250.25"),
        ("12,50", "เครื่องหมาย , คั่นทุก 3 หลักเท่านั้น และใช้จุดคั่นสตางค์ เช่น 1,250.25"),
        ("1.250,25", "เครื่องหมาย , คั่นทุก 3 หลักเท่านั้น และใช้จุดคั่นสตางค์ เช่น 1,250.25"),
        ("1250,000", "เครื่องหมาย , คั่นทุก 3 หลักเท่านั้น และใช้จุดคั่นสตางค์ เช่น 1,250.25"),
        ("0.125", "จำนวนเงินมีทศนิยมได้ไม่เกิน 2 ตำแหน่ง ตอนนี้มี 3 ตำแหน่ง"),
        ("-5", "จำนวนเงินต้องไม่ติดลบ"),
        ("1" + "0" * 12, "จำนวนเงินมากเกินกว่าที่รับได้ ตรวจตัวเลขอีกครั้ง"),
        ("9" * 9_999, "จำนวนเงินมากเกินกว่าที่รับได้ ตรวจตัวเลขอีกครั้ง"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_baht(typed)

    assert refused.value.sentence.th == sentence


@given(st.text(alphabet="0123456789๑๒๓.,- บาท฿", max_size=12))
def test_what_is_read_at_all_is_an_amount_in_range(typed: str) -> None:
    try:
        satang = parse_baht(typed)
    except Unreadable:
        return
    assert 0 <= satang <= LARGEST_AMOUNT
