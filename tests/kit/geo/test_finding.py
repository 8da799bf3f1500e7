import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import find_subdistricts
from kit.geo.finding import _rows
from kit.geo.subdistricts import every_subdistrict
from kit.thai import thai_digits

MAE_HIA = "500109"


def codes(text: str, limit: int = 20) -> list[str]:
    return [one.code for one in find_subdistricts(text, limit)]


@pytest.mark.parametrize(
    "typed",
    [
        "แม่เหียะ",
        "เเม่เหียะ",
        "ต.แม่เหียะ",
        "ต. แม่เหียะ อ. เมือง",
        "แม่เหียะ เชียงใหม่",
        "เชียงใหม่ แม่เหียะ",
        "ตำบลแม่เหียะอำเภอเมืองเชียงใหม่จังหวัดเชียงใหม่50100",
        "แม่เหียะ ๕๐๑๐๐",
        "แม่เหียะ 50",
        "Mae Hia",
        "mae hia, mueang chiang mai",
        "Tambon Mae Hia, Amphoe Mueang Chiang Mai",
        "Mae Hia Subdistrict, Mueang Chiang Mai District, Chiang Mai 50100",
        "500109",
        "๕๐๐๑๐๙",
    ],
)
def test_a_place_is_found_first_however_it_is_typed(typed: str) -> None:
    assert codes(typed)[0] == MAE_HIA


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ครึ่ง", "ตำบลครึ่ง อำเภอเชียงของ จังหวัดเชียงราย"),
        ("สามตำบล", "ตำบลสามตำบล อำเภอจุฬาภรณ์ จังหวัดนครศรีธรรมราช"),
        ("จ.ป.ร.", "ตำบลจ.ป.ร. อำเภอกระบุรี จังหวัดระนอง"),
        ("คู้ยายหมี สนามชัยเขต", "ตำบลคู้ยายหมี อำเภอสนามชัยเขต จังหวัดฉะเชิงเทรา"),
        ("แขวงอ่อนนุชเขตสวนหลวง กทม", "แขวงอ่อนนุช เขตสวนหลวง กรุงเทพมหานคร"),
        ("อ่อนนุช กรุงเทพฯ", "แขวงอ่อนนุช เขตสวนหลวง กรุงเทพมหานคร"),
        ("Khwaeng On Nut Khet Suan Luang", "แขวงอ่อนนุช เขตสวนหลวง กรุงเทพมหานคร"),
        ("khu yai mi, sanam chai khet", "ตำบลคู้ยายหมี อำเภอสนามชัยเขต จังหวัดฉะเชิงเทรา"),
    ],
)
def test_names_that_look_like_words_of_a_level_are_found(typed: str, name: str) -> None:
    assert find_subdistricts(typed)[0].full_name("th") == name


def test_a_postcode_finds_all_that_have_it_and_no_other() -> None:
    found = find_subdistricts("50100", limit=100)

    assert MAE_HIA in {one.code for one in found}
    assert all("50100" in one.postcodes for one in found)


def test_a_district_finds_all_of_it() -> None:
    found = find_subdistricts("อำเภอเมืองยะลา", limit=100)

    assert {one.code[:4] for one in found} == {"9501"}
    assert len(found) == 14


def test_a_name_that_is_whole_stands_before_longer_ones() -> None:
    assert [one.name.th for one in find_subdistricts("สะเตง")] == ["สะเตง", "สะเตงนอก"]


def test_a_word_with_its_level_is_looked_for_on_that_level_only() -> None:
    assert {one.district.th for one in find_subdistricts("อ.หาดใหญ่")} == {"หาดใหญ่"}
    assert {one.name.th for one in find_subdistricts("ต.หาดใหญ่")} == {"หาดใหญ่"}


@pytest.mark.parametrize("typed", ["", "  ", "ตำบล", "-", "แม่เหียะ ยะลา", "zzz", "99999"])
def test_what_is_nowhere_finds_nothing(typed: str) -> None:
    assert codes(typed) == []


@given(st.integers(0, 7_000), st.sampled_from(["", "50", "๙๕"]))
def test_the_list_is_never_longer_than_wanted_and_never_has_one_twice(at: int, number: str) -> None:
    one = _rows()[at]
    found = codes(f"{one.key[1:3]} {number}", limit=7)

    assert len(found) <= 7
    assert len(set(found)) == len(found)


@given(st.text(max_size=60))
def test_no_text_at_all_is_too_odd(text: str) -> None:
    assert len(find_subdistricts(text, 3)) <= 3


def test_every_sub_district_is_found_first_by_its_own_full_name() -> None:
    elsewhere = [
        one.code
        for one in every_subdistrict()
        if codes(f"{one.full_name('th')} {thai_digits(one.postcodes[-1])}", 1) != [one.code]
    ]

    assert elsewhere == []


def test_every_sub_district_is_found_first_by_its_full_name_in_english() -> None:
    for one in every_subdistrict()[::9]:
        found = find_subdistricts(one.full_name("en"), 1)[0]
        # Some neighbours are written alike in English; then either may be first.
        assert found.full_name("en").casefold() == one.full_name("en").casefold()


@pytest.mark.parametrize(
    "typed",
    ["แม่เหียะ", "เชียงใหม่", "50100", "บ้าน", "ban", "ก", "mae hia", "ต.หนองบัว อ.เมือง", "zzz"],
)
def test_every_question_takes_less_than_five_milliseconds(typed: str) -> None:
    assert _milliseconds(typed) < 5


def _milliseconds(question: str) -> float:
    times = []
    for _ in range(7):
        began = time.thread_time()
        find_subdistricts(question)
        times.append(time.thread_time() - began)
    return min(times) * 1_000


def test_the_country_takes_less_than_fifteen_megabytes() -> None:
    code = (
        "import tracemalloc; from kit.geo import find_subdistricts; tracemalloc.start(); "
        "find_subdistricts('mae hia'); print(tracemalloc.get_traced_memory()[0])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603

    assert 1_000_000 < int(told.stdout) < 15_000_000
