from dataclasses import replace
from typing import Any

import pytest

from core.api import Tenant, Text
from kit.forms import (
    Choice,
    Form,
    Line,
    Option,
    Pin,
    Place,
    Plot,
    When,
    check_fields,
    describe,
    fill,
    read,
    read_json,
)

LAND = Plot("land", Text("แปลงที่ดิน", "Land"))
SPOT = Pin("spot", Text("จุดเกิดเหตุ", "Place on the map"))
SQUARE = "18.7410, 98.9498\n18.7414, 98.9498\n18.7414, 98.9502\n18.7410, 98.9502"


def problem(place: Place, land: str, field: Plot = LAND, **more: list[str]) -> Text:
    return read([field], {"land": [land], **more}, place).problems["land"]


def test_corners_are_kept_in_their_order_in_degrees(place: Place) -> None:
    values = read([LAND], {"land": [SQUARE]}, place).values

    assert values["land"] == [
        {"lat": 18.741, "lon": 98.9498},
        {"lat": 18.7414, "lon": 98.9498},
        {"lat": 18.7414, "lon": 98.9502},
        {"lat": 18.741, "lon": 98.9502},
    ]
    assert read([LAND], fill([LAND], values), place).values == values


def test_a_line_is_read_like_a_pin_and_empty_lines_are_nothing(place: Place) -> None:
    typed = (
        "๑๘.๗๔๑๐, ๙๘.๙๔๙๘\r\n\r\n"
        "https://www.google.com/maps/@18.7414,98.9498,20z\r\n"
        "18°44'29.04\"N 98°57'00.72\"E\r\n(18.7410 98.9502)\n"
    )

    assert (
        read([LAND], {"land": [typed]}, place).values
        == read([LAND], {"land": [SQUARE]}, place).values
    )


def test_a_line_that_comes_back_to_its_first_corner_is_closed_all_the_same(place: Place) -> None:
    closed = f"{SQUARE}\n18.7410, 98.9498"

    assert len(read([LAND], {"land": [closed]}, place).values["land"]) == 4


@pytest.mark.parametrize(
    ("typed", "th", "en"),
    [
        ("18.7410, 98.9498", "แปลงต้องมีอย่างน้อย 3 มุม ตอนนี้มี 1 มุม", "Add the others"),
        (f"{SQUARE}\nหน้าตลาด", "บรรทัดที่ 5: กรอกละติจูด", "Line 5: Give latitude"),
        (f"{SQUARE}\n\n98.95, 18.741", "บรรทัดที่ 6: ลองจิจูดกับละติจูดสลับกัน", "Line 6: Longitude and"),
        (f"{SQUARE}\n0, 0", "บรรทัดที่ 5: พิกัด 0.00000, 0.00000 อยู่นอกประเทศไทย", "outside Thailand"),
        (f"{SQUARE}\n8.0, 99.9", "มุมที่ 5 อยู่นอกเขตเทศบาลเมืองแม่เหียะประมาณ", "Corner 5 is about"),
        (
            f"{SQUARE}\n18.7414, 98.9498",
            "มุมที่ 2 กับมุมที่ 5 อยู่ที่เดียวกัน",
            "Corners 2 and 5 are the same place",
        ),
        (
            "18.7410, 98.9498\n18.7414, 98.9502\n18.7414, 98.9498\n18.7410, 98.9502",
            "ด้านที่ 1 (มุม 1–2) กับด้านที่ 3 (มุม 3–4) ตัดหรือทับกัน",
            "Side 1 (corners 1–2) and side 3 (corners 3–4) cross",
        ),
        (
            "18.74, 98.95\n18.74001, 98.95\n18.74001, 98.95001",
            "แปลงที่วาดมีพื้นที่ 1 ตารางเมตร (0.1 ตารางวา) ต้องไม่น้อยกว่า 20 ตารางเมตร (5 ตารางวา)",
            "at least 20 square metres",
        ),
        (
            "18.73, 98.94\n18.75, 98.94\n18.75, 98.96\n18.73, 98.96",
            "ต้องไม่เกิน 1,000,000 ตารางเมตร (625 ไร่)",
            "at most 1,000,000 square metres (625 rai)",
        ),
    ],
)
def test_land_that_cannot_be_is_told_what_is_wrong_and_what_to_do(
    typed: str, th: str, en: str, place: Place
) -> None:
    said = problem(place, typed)

    assert th in said.th
    assert en in said.en


def test_more_corners_than_forty_are_refused(place: Place) -> None:
    up = [f"{18.74 + at * 0.0001:.5f}, 98.95" for at in range(21)]
    down = [f"{18.742 - at * 0.0001:.5f}, 98.951" for at in range(20)]

    assert "ไม่เกิน 40 มุม ตอนนี้มี 41 มุม" in problem(place, "\n".join(up + down)).th
    assert read([LAND], {"land": ["\n".join(up + down[1:])]}, place).problems == {}


def test_the_limits_of_a_field_are_those_of_its_land(place: Place) -> None:
    small = Plot("land", Text("แปลง", "Land"), least=1_900, most=5_000)
    exact = Plot("land", Text("แปลง", "Land"), least=1_868, most=1_868)

    assert (
        "1,868 ตารางเมตร (1 ไร่ 66.9 ตารางวา) ต้องไม่น้อยกว่า 1,900" in problem(place, SQUARE, small).th
    )
    assert read([exact], {"land": [SQUARE]}, place).problems == {}


def test_land_may_lie_outside_where_the_form_says_so(tenant: Tenant, place: Place) -> None:
    far = SQUARE.replace("18.74", "18.84")
    anywhere = Plot("land", Text("แปลง", "Land"), inside=False)

    assert "มุมที่ 1 อยู่นอกเขต" in problem(place, far).th
    assert read([anywhere], {"land": [far]}, place).problems == {}
    unknown = Place(replace(tenant, id="nowhere"), place.today)
    assert LAND.drawing({}, unknown) is None
    assert read([LAND], {"land": [far]}, unknown).problems == {}


AROUND: Form = (SPOT, Plot("land", Text("แปลง", "Land"), around="spot"))


@pytest.mark.parametrize(
    ("pin", "far"),
    [
        ("18.7412, 98.95", ""),
        ("18.7412, 98.94979", ""),
        ("18.7412, 98.9490", "80 เมตร"),
        ("18.7500, 98.9500", "960 เมตร"),
    ],
)
def test_a_pin_outside_its_land_is_told_how_far(pin: str, far: str, place: Place) -> None:
    problems = read(AROUND, {"spot": [pin], "land": [SQUARE]}, place).problems

    assert list(problems) == (["land"] if far else [])
    if far:
        assert f"อยู่นอกแปลงที่วาดประมาณ {far}" in problems["land"].th


def test_the_pin_of_a_page_before_and_of_json_is_held_against_too(place: Place) -> None:
    pin = {"spot": {"lat": 18.75, "lon": 98.95}}
    land = read([LAND], {"land": [SQUARE]}, place).values

    later = read(AROUND[1:], {"land": [SQUARE]}, place, known=pin)
    assert "อยู่นอกแปลง" in later.problems["land"].th
    assert later.values == {}
    assert list(read_json(AROUND, pin | land, place).problems) == ["land"]
    assert read(AROUND[1:], {"land": [SQUARE]}, place).problems == {}


@pytest.mark.parametrize("before", [(), (Line("spot", Text("คำ", "Word")),)])
def test_a_form_whose_land_lies_around_no_pin_is_faulty(before: Form) -> None:
    assert check_fields(AROUND) == []
    [fault] = check_fields((*before, AROUND[1]))
    assert "ปักหมุด" in fault.th


@pytest.mark.parametrize(("least", "most"), [(0, 5), (10, 9), (1, 1_000_001)])
def test_limits_that_cannot_be_kept_are_faults(least: int, most: int) -> None:
    assert len(check_fields([Plot("a", Text("ก", "A"), least=least, most=most)])) == 1


def test_what_a_device_gives_beyond_a_metre_is_rounded_and_no_corner_is_lost(place: Place) -> None:
    corners = [{"lat": c["lat"] + 1e-7, "lon": c["lon"]} for c in _square(place)]

    assert read_json([LAND], {"land": corners}, place).values == {"land": _square(place)}
    closed = {"land": [*corners, corners[0]]}
    assert "JSON Schema" in read_json([LAND], closed, place).problems["land"].th


def _square(place: Place) -> list[dict[str, float]]:
    return list(read([LAND], {"land": [SQUARE]}, place).values["land"])


@pytest.mark.parametrize(
    "land", [{}, "18.7,98.9", [1], [{"lat": 18.741}], [{"lat": float("nan"), "lon": 98.95}] * 4]
)
def test_json_that_is_no_land_is_refused(land: Any, place: Place) -> None:
    assert list(read_json([LAND], {"land": land}, place).problems) == ["land"]


def test_land_is_said_with_its_area_and_sides_and_masked_where_personal(place: Place) -> None:
    values = {"land": _square(place)}
    own = Plot("land", Text("แปลง", "Land"), personal=True)

    [said] = describe([LAND], values, "en")
    assert said.text == (
        "About 1,868 square metres (1 rai 66.9 square wa), 173 metres around, sides of "
        "44, 42, 44, 42 metres, corners 18.74100, 98.94980; 18.74140, 98.94980; "
        "18.74140, 98.95020; 18.74100, 98.95020"
    )
    assert describe([own], values, "th")[0].text == "•••••"
    assert "ไร่" in describe([own], values, "th", masked=False)[0].text


def test_the_map_shows_the_land_the_pin_or_the_whole_municipality(place: Place) -> None:
    field = AROUND[1]
    assert isinstance(field, Plot)
    land = field.drawing({"land": [SQUARE], "spot": ["18.7412, 98.95"]}, place)
    pin = field.drawing({"spot": ["18.7412, 98.95"]}, place)
    bad = field.drawing({"land": ["18.7, 98.9\nx"]}, place)
    whole = field.drawing({}, place)

    assert land is not None
    assert pin is not None
    assert (len(land.outline), len(land.pins)) == (4, 1)
    assert (len(pin.outline), len(pin.pins)) == (0, 1)
    assert land.metres < 1 > pin.metres
    assert bad == whole == place.map([])
    assert field.measured({"land": [SQUARE]}, "th") == "1,868 ตารางเมตร (1 ไร่ 66.9 ตารางวา)"
    assert field.measured({"land": ["18.7, 98.9"]}, "th") == field.measured({}, "th") == ""


def test_land_that_is_not_asked_is_left_alone(place: Place) -> None:
    form: Form = (
        Choice(
            "own",
            Text("มีที่ดิน", "Land"),
            options=(Option("y", Text("มี", "Yes")), Option("n", Text("ไม่", "No"))),
        ),
        Plot("land", Text("แปลง", "Land"), when=When("own", ("y",))),
    )

    assert read(form, {"own": ["n"], "land": ["x"]}, place).problems == {}
    assert list(read(form, {"own": ["y"]}, place).problems) == ["land"]
