"""The search of the fields on a map, as it is answered without a script."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.api import Tenant, Text
from kit.forms import Pin, Place, Plot, read
from kit.geo import Point

SPOT = Pin("spot", Text("จุดเกิดเหตุ", "Place on the map"))
LAND = Plot("land", Text("แปลงที่ดิน", "Land"))
MARKET, TEMPLE = ("ตลาดสดแม่เหียะ", 18.74, 98.955), ("วัดต้นปิน", 18.75, 98.96)


@pytest.fixture
def town(tenant: Tenant, place: Place) -> Place:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for name, lat, lon in (MARKET, TEMPLE)
    ]
    places = json.dumps({"type": "FeatureCollection", "features": features})
    return Place(replace(tenant, settings={"geo": {"places": places}}), place.today)


def test_coordinates_in_the_search_are_the_pin(town: Place) -> None:
    for sought in ("18.7412, 98.95", "https://www.google.com/maps/@18.7412,98.95,17z"):
        reading = read([SPOT], {"spot.find": [sought]}, town)
        assert reading.values == {"spot": {"lat": 18.7412, "lon": 98.95}}
        assert SPOT.drawing(reading.typed, town) == town.map([Point(18.7412, 98.95)])


def test_a_place_that_is_found_is_shown_and_must_be_confirmed(town: Place) -> None:
    reading = read([SPOT], {"spot": [" "], "spot.find": ["วัดต้นปิน"]}, town)

    assert reading.values == {}
    assert reading.problems["spot"].th.startswith("พบ วัดต้นปิน ที่ 18.75000, 98.96000 วางหมุด")
    assert "ยังไม่ได้เลื่อน" in reading.problems["spot"].th
    assert "not moved yet" in reading.problems["spot"].en
    assert SPOT.suggested(reading.typed, town) == "18.75000, 98.96000"
    drawing = SPOT.drawing(reading.typed, town)
    assert drawing is not None
    assert len(drawing.pins) == 1


def test_coordinates_beside_a_search_are_what_counts(town: Place) -> None:
    posted = {"spot": ["18.7412, 98.95"], "spot.find": ["วัดต้นปิน"]}
    reading = read([SPOT], posted, town)

    assert reading.values == {"spot": {"lat": 18.7412, "lon": 98.95}}
    assert SPOT.suggested(reading.typed, town) == ""


@pytest.mark.parametrize(
    ("sought", "th"),
    [
        ("ด", "พบ 2 แห่งที่ตรงกับ “ด” คือ ตลาดสดแม่เหียะ, วัดต้นปิน"),
        ("หางดง", "ตำบลหางดง อำเภอหางดง จังหวัดเชียงใหม่ อยู่นอกเขตของหน่วยงานนี้"),
        ("ซอยลึกลับ", "ไม่พบ “ซอยลึกลับ” บนแผนที่ของหน่วยงานนี้"),
        ("https://maps.app.goo.gl/x", "ลิงก์ย่อนี้ไม่มีพิกัด"),
        ("98.95, 18.74", "ลองจิจูดกับละติจูดสลับกัน"),
        ("0,0 (0.000)", "กรอกละติจูดและลองจิจูดเป็นทศนิยม"),
    ],
)
@pytest.mark.parametrize("field", [SPOT, LAND])
def test_a_search_that_finds_no_one_place_says_so_and_what_to_do(
    field: Pin | Plot, sought: str, th: str, town: Place
) -> None:
    posted = {f"{field.name}.find": [sought]}

    assert th in read([field], posted, town).problems[field.name].th


def test_land_is_not_drawn_by_a_search_but_its_map_goes_there(town: Place) -> None:
    reading = read([LAND], {"land.find": ["ตลาด"]}, town)

    assert "แผนที่อยู่ตรงนั้นแล้ว" in reading.problems["land"].th
    drawing = LAND.drawing(reading.typed, town)
    assert drawing is not None
    assert drawing.metres < 1
    assert drawing.outline == ()


def test_a_search_may_be_left_empty_where_the_pin_may(town: Place) -> None:
    free = Pin("spot", Text("จุด", "Place"), required=False)

    assert read([free], {"spot": [""], "spot.find": [" "]}, town).problems == {}


def test_the_places_that_can_be_found_stand_on_the_page(
    town: Place, render: Callable[..., str]
) -> None:
    html = render(form=(SPOT,), place=town)

    assert '<option value="วัดต้นปิน" data-place="18.75000, 98.96000">' in html
    suggested = render(form=(SPOT,), place=town, typed={"spot.find": ["วัดต้นปิน"]})
    assert 'value="18.75000, 98.96000"' in suggested
    assert "ยังไม่ได้เลื่อนมาที่จุดของท่าน" in suggested
    assert "ยังไม่ได้เลื่อน" not in html
