from collections import Counter

import pytest

from core.api import Text
from kit.geo import Subdistrict, subdistrict, subdistricts_of
from kit.geo.subdistricts import every_subdistrict


@pytest.mark.parametrize(
    ("code", "name", "english", "district", "province", "postcode"),
    [
        ("500109", "แม่เหียะ", "Mae Hia", "เมืองเชียงใหม่", "เชียงใหม่", "50100"),
        ("570303", "ครึ่ง", "Khrueng", "เชียงของ", "เชียงราย", "57140"),
        ("950101", "สะเตง", "Sateng", "เมืองยะลา", "ยะลา", "95000"),
        (
            "100101",
            "พระบรมมหาราชวัง",
            "Phra Borom Maha Ratchawang",
            "พระนคร",
            "กรุงเทพมหานคร",
            "10200",
        ),
    ],
)
def test_a_code_is_known_with_its_names_and_its_postcode(
    code: str, name: str, english: str, district: str, province: str, postcode: str
) -> None:
    found = subdistrict(code)

    assert found is not None
    assert found.name == Text(name, english)
    assert (found.district.th, found.province.th) == (district, province)
    assert postcode in found.postcodes


@pytest.mark.parametrize("code", ["", "5001", "500199", "999999", "แม่เหียะ"])
def test_a_code_that_is_not_in_use_is_nobody(code: str) -> None:
    assert subdistrict(code) is None


def test_a_district_gives_its_sub_districts_in_the_order_of_their_codes() -> None:
    found = subdistricts_of("5001")

    codes = [one.code for one in found]
    assert codes == sorted(codes)
    assert len(codes) == 16
    assert {one.district.th for one in found} == {"เมืองเชียงใหม่"}
    assert subdistricts_of("0000") == []


def test_the_country_is_whole_and_every_row_complete() -> None:
    everyone = every_subdistrict()

    assert len(everyone) > 7_400
    assert len({one.code for one in everyone}) == len(everyone)
    assert len({one.code[:4] for one in everyone}) == 928
    assert len({one.code[:2] for one in everyone}) == 77
    assert [one.code for one in everyone if not _complete(one)] == []


def _complete(one: Subdistrict) -> bool:
    names = (one.name, one.district, one.province)
    return (
        one.code.isdecimal()
        and len(one.code) == 6
        and all(name.th and name.en.isascii() for name in names)
        and bool(one.postcodes)
        and all(len(code) == 5 and code.isdecimal() for code in one.postcodes)
    )


def test_some_sub_districts_have_more_than_one_postcode() -> None:
    counts = Counter(len(one.postcodes) > 1 for one in every_subdistrict())

    assert counts[True] > 100


def test_a_full_name_says_the_levels_as_the_place_calls_them() -> None:
    country, capital = subdistrict("500109"), subdistrict("103402")

    assert country is not None
    assert capital is not None
    assert country.full_name("th") == "ตำบลแม่เหียะ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่"
    assert country.full_name("en") == "Mae Hia Subdistrict, Mueang Chiang Mai District, Chiang Mai"
    assert capital.full_name("th") == "แขวงอ่อนนุช เขตสวนหลวง กรุงเทพมหานคร"
    assert capital.full_name("en") == "On Nut Subdistrict, Suan Luang District, Bangkok"
