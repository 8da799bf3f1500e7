import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import Address

MAE_HIA = Address(
    house_no="88/12", moo="5", road="เชียงใหม่–หางดง", subdistrict="500109", postcode="50100"
)


def test_an_address_stands_in_one_line_as_an_office_writes_it() -> None:
    assert MAE_HIA.one_line("th") == (
        "88/12 หมู่ที่ 5 ถนนเชียงใหม่–หางดง ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่ 50100"
    )
    assert MAE_HIA.one_line("en") == (
        "88/12 Moo 5, เชียงใหม่–หางดง Road, Mae Hia Subdistrict, Mueang Chiang Mai District, "
        "Chiang Mai 50100"
    )


def test_bangkok_has_parts_of_its_own_and_is_no_province() -> None:
    address = Address(
        house_no="9", village="อาคารสุขใจ", soi="อ่อนนุช 17", subdistrict="103402", postcode="10250"
    )

    assert address.one_line("th") == (
        "9 อาคารสุขใจ ซอยอ่อนนุช 17 แขวงอ่อนนุช เขตสวนหลวง กรุงเทพมหานคร 10250"
    )
    assert address.one_line("en") == (
        "9, อาคารสุขใจ, Soi อ่อนนุช 17, On Nut Subdistrict, Suan Luang District, Bangkok 10250"
    )


@pytest.mark.parametrize(
    ("soi", "written"), [("3", "ซอย 3"), ("สุขใจ", "ซอยสุขใจ"), ("ตรอกข้าวสาร", "ตรอกข้าวสาร")]
)
def test_a_lane_is_written_by_its_number_its_name_or_its_own_word(soi: str, written: str) -> None:
    assert Address(soi=soi).one_line("th") == written


def test_what_the_label_says_already_is_taken_off_and_digits_become_arabic() -> None:
    address = Address.read(
        house_no=" ๘๘/๑๒ ",
        moo="หมู่ที่ ๕",
        soi="ซ.สุขใจ",
        road="ถนน  เชียงใหม่–หางดง",
        subdistrict="500109",
        postcode="",
    )

    assert address == Address(
        house_no="88/12",
        moo="5",
        soi="สุขใจ",
        road="เชียงใหม่–หางดง",
        subdistrict="500109",
        postcode="50100",
    )
    assert address.problems() == {}


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("moo", "ห้า", "กรอกหมู่ที่เป็นตัวเลข เช่น 5"),
        ("moo", "0", "กรอกหมู่ที่เป็นตัวเลข เช่น 5"),
        ("moo", "100", "กรอกหมู่ที่เป็นตัวเลข เช่น 5"),
        ("subdistrict", "", "เลือกตำบล อำเภอ จังหวัดจากรายการ"),
        ("subdistrict", "500199", "เลือกตำบล อำเภอ จังหวัดจากรายการ"),
        ("postcode", "57140", "รหัสไปรษณีย์ 57140 ไม่ตรงกับตำบลที่เลือก ซึ่งใช้ 50100"),
        ("postcode", "5010", "รหัสไปรษณีย์ 5010 ไม่ตรงกับตำบลที่เลือก ซึ่งใช้ 50100"),
        ("village", "ก" * 101, "ยาวเกิน 100 ตัวอักษร ย่อให้สั้นลง"),
    ],
)
def test_each_part_that_is_wrong_has_its_sentence(part: str, typed: str, sentence: str) -> None:
    right = {"moo": "5", "subdistrict": "500109", "postcode": "50100"}

    problems = Address(**(right | {part: typed})).problems()

    assert {name: text.th for name, text in problems.items()} == {part: sentence}


def test_a_postcode_of_the_same_province_is_taken_for_the_lists_lag_behind() -> None:
    assert Address(subdistrict="500109", postcode="50230").problems() == {}


@given(st.builds(dict, house_no=st.text(), moo=st.text(), soi=st.text(), road=st.text()))
def test_any_text_is_read_and_written_in_one_line(typed: dict[str, str]) -> None:
    address = Address.read(subdistrict="500109", **typed)

    for language in ("th", "en"):
        line = address.one_line(language)
        assert "\n" not in line
        assert line.endswith("50100")
