"""Cells of registers as people and programs fill them in."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.api import Text
from kit.geo import Subdistrict, subdistrict
from kit.geo.subdistricts import every_subdistrict
from kit.registers import (
    code_of_cell,
    company_id_of_cell,
    needed_of_cell,
    phone_of_cell,
    pin_of_cells,
    subdistrict_of_cell,
    text_of_cell,
)
from kit.thai import Unreadable, parse_juristic_id, parse_phone, thai_digits

KINDS = {"pole": Text("เสาไฟ", "Light pole"), "hydrant": Text("หัวดับเพลิง", "Hydrant")}
NAMES = {"เสา": "pole", "pole": "pole", "หัวดับเพลิง": "hydrant"}
EVERYWHERE = every_subdistrict()
PHONES = st.from_regex(r"0([689][0-9]{8}|[2-57][0-9]{7})", fullmatch=True)


def of_code(code: str) -> Subdistrict:
    found = subdistrict(code)
    assert found is not None
    return found


MAE_HIA, NONG_HOI, SATENG = of_code("500109"), of_code("500111"), of_code("950101")

READERS: dict[str, Callable[[str], Any]] = {
    "text": text_of_cell,
    "needed": needed_of_cell,
    "code": lambda text: code_of_cell(text, NAMES, KINDS.values()),
    "phone": phone_of_cell,
    "company": company_id_of_cell,
    "lat": lambda text: pin_of_cells(text, "98.93"),
    "lon": lambda text: pin_of_cells("18.74", text),
    "subdistrict": lambda text: subdistrict_of_cell(text, [MAE_HIA, NONG_HOI]),
    "province": lambda text: subdistrict_of_cell("แม่เหียะ", [MAE_HIA, NONG_HOI], text),
}


@pytest.mark.parametrize("kind", READERS)
@given(text=st.text(max_size=300) | st.integers().map(str) | st.floats().map(str))
def test_any_cell_is_read_or_refused_in_both_languages(kind: str, text: str) -> None:
    refused: list[Text] = []
    try:
        READERS[kind](text)
    except Unreadable as refusal:
        refused.append(refusal.sentence)
    assert all(one.th and one.en for one in refused)


@given(st.text(max_size=12))
def test_a_text_fits_or_is_too_long_and_only_what_is_needed_may_not_be_empty(text: str) -> None:
    if len(text) > 8:
        with pytest.raises(Unreadable, match="8 characters"):
            text_of_cell(text, 8)
    else:
        assert text_of_cell(text, 8) == text
    if 0 < len(text) <= 8:
        assert needed_of_cell(text, 8) == text
    else:
        with pytest.raises(Unreadable):
            needed_of_cell(text, 8)


def test_a_kind_is_known_by_any_of_its_names_and_another_one_is_told_which_there_are() -> None:
    assert code_of_cell("POLE", NAMES, KINDS.values()) == "pole"
    with pytest.raises(Unreadable, match=r"“วัด” is not known\. Use Light pole, Hydrant"):
        code_of_cell("วัด", NAMES, KINDS.values())


@given(PHONES)
def test_a_number_that_a_program_took_for_a_figure_gets_its_zero_back(phone: str) -> None:
    assert phone_of_cell(str(int(phone))) == phone_of_cell(phone) == parse_phone(phone)
    assert phone_of_cell(thai_digits(str(int(phone)))) == parse_phone(phone)


def test_the_number_of_a_company_gets_its_zero_back_too() -> None:
    assert company_id_of_cell("505550000003") == parse_juristic_id("0-5055-50000-00-3")
    assert (company_id_of_cell(""), phone_of_cell("")) == ("", "")


def test_a_place_needs_both_of_its_figures_or_none() -> None:
    assert pin_of_cells("", "") is None
    assert pin_of_cells("18.74121", "98.9231") == {"lat": 18.74121, "lon": 98.9231}
    for lat, lon in (("18.74", ""), ("", "98.92"), ("98.92", "18.74"), ("51.5", "0.1")):
        with pytest.raises(Unreadable):
            pin_of_cells(lat, lon)


@given(st.sampled_from(EVERYWHERE), st.sampled_from(["", "ตำบล", "ต. ", "แขวง ", "Tambon "]))
def test_every_sub_district_is_found_by_what_it_is_called(one: Subdistrict, before: str) -> None:
    own = [MAE_HIA, one]

    assert subdistrict_of_cell(one.code, own) == one
    assert subdistrict_of_cell(f"{before}{one.name.th}", [one]) == one
    assert subdistrict_of_cell(f"{before}{one.name.en}".upper(), [one]) == one
    assert subdistrict_of_cell(one.name.th, [one], f"จังหวัด{one.province.th}") == one


def test_who_has_one_sub_district_need_not_name_it_and_who_has_several_must() -> None:
    assert subdistrict_of_cell("", [MAE_HIA]) == MAE_HIA
    with pytest.raises(Unreadable, match="Add one of Mae Hia, Nong Hoi"):
        subdistrict_of_cell("", [MAE_HIA, NONG_HOI])


@pytest.mark.parametrize(
    ("typed", "province"), [("สะเตง", ""), ("แม่เหียะ", "ลำพูน"), ("950101", ""), ("แม่", "")]
)
def test_ground_that_is_not_the_offices_own_is_refused(typed: str, province: str) -> None:
    with pytest.raises(Unreadable, match="no sub-district of the municipality"):
        subdistrict_of_cell(typed, [MAE_HIA, NONG_HOI], province)
