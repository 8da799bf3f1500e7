import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.api import Tenant, Text
from kit.geo import Area, Point, find_landmarks, landmarks_of, read_landmarks
from kit.thai import Unreadable

Municipality = Callable[..., Tenant]


def feature(name: str, at: Any, english: str = "", kind: str = "Point") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name, "name_en": english},
        "geometry": {"type": kind, "coordinates": at},
    }


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


MARKET = feature("ตลาดสดแม่เหียะ", [98.955, 18.74], "Mae Hia Fresh Market")
TEMPLE = feature("วัดต้นปิน", [98.96, 18.75], "Wat Ton Pin")
VILLAGE = feature(
    "บ้านตำหนัก หมู่ที่ 1",
    [[[98.95, 18.73], [98.96, 18.73], [98.96, 18.74], [98.95, 18.74], [98.95, 18.73]]],
    kind="Polygon",
)
PLACES = collection(MARKET, TEMPLE, VILLAGE)


@pytest.fixture
def town(municipality: Municipality) -> Tenant:
    return replace(municipality("maehia", places=PLACES), subdistricts=("500109",))


def found(tenant: Tenant, text: str) -> list[str]:
    return [one.name.th for one in find_landmarks(tenant, text)]


def test_a_municipality_is_found_without_anything_that_was_set(
    municipality: Municipality, shipped: Callable[[str], Area]
) -> None:
    yala = municipality("yala")
    [itself] = landmarks_of(yala)

    assert itself.name == yala.name
    assert shipped("yala").contains(itself.point)
    assert found(yala, "ยะลา") == ["เทศบาลนครยะลา"]
    assert landmarks_of(municipality("nowhere")) == ()


def test_its_only_sub_district_is_found_as_addresses_name_it(town: Tenant) -> None:
    for text in ("ต.แม่เหียะ", "ตำบลแม่เหียะ", "50100", "ต. แม่เหียะ อ.เมือง"):
        assert found(town, text) == ["ตำบลแม่เหียะ"], text
    assert found(town, "หางดง") == []


def test_one_of_several_sub_districts_is_not_guessed(municipality: Municipality) -> None:
    wide = replace(municipality("maehia"), subdistricts=("500109", "500110"))

    assert [one.name for one in landmarks_of(wide)] == [wide.name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ตลาด", ["ตลาดสดแม่เหียะ"]),
        ("ตลาด แม่เหียะ", ["ตลาดสดแม่เหียะ"]),
        ("fresh MARKET", ["ตลาดสดแม่เหียะ"]),
        ("วัดต้นปิน", ["วัดต้นปิน"]),
        ("wat  ton pin", ["วัดต้นปิน"]),
        ("หมู่ที่ ๑", ["บ้านตำหนัก หมู่ที่ 1"]),
        ("โรงเรียน", []),
        ("", []),
        ("  . ", []),
    ],
)
def test_places_that_the_office_named_are_found(town: Tenant, text: str, names: list[str]) -> None:
    assert found(town, text) == names


def test_a_word_that_fits_several_finds_each_place_once(town: Tenant) -> None:
    assert found(town, "แม่เหียะ") == ["เทศบาลเมืองแม่เหียะ", "ตลาดสดแม่เหียะ"]


def test_the_whole_name_leaves_out_longer_ones(municipality: Municipality) -> None:
    near = feature("วัดต้นปินน้อย", [98.951, 18.741])
    town = municipality("maehia", places=collection(TEMPLE, near))

    assert found(town, "วัดต้นปิ") == ["วัดต้นปิน", "วัดต้นปินน้อย"]
    assert found(town, "วัดต้นปิน") == ["วัดต้นปิน"]


def test_the_place_of_an_area_is_its_middle_and_english_falls_back_to_thai() -> None:
    market, _, village = read_landmarks(PLACES)

    assert market.point == Point(18.74, 98.955)
    assert market.name.en == "Mae Hia Fresh Market"
    assert village.point == Point(18.735, 98.955)
    assert village.name == Text("บ้านตำหนัก หมู่ที่ 1", "บ้านตำหนัก หมู่ที่ 1")


@pytest.mark.parametrize(
    "geojson",
    [
        "",
        "[]",
        '{"type": "FeatureCollection"}',
        collection(feature("", [98.9, 18.7])),
        collection(feature(" ", [98.9, 18.7])),
        collection(feature("ก" * 81, [98.9, 18.7])),
        collection(feature("ก", [18.7, 98.9])),
        collection(feature("ก", [98.9])),
        collection(feature("ก", [[[98.9, 18.7]]], kind="Polygon")),
        collection(feature("ก", [[98.9, 18.7], [98.9, 18.8]], kind="LineString")),
        collection(*[feature("ก", [98.9, 18.7])] * 201),
    ],
)
def test_a_file_that_names_no_places_is_refused(geojson: str) -> None:
    with pytest.raises(Unreadable, match="GeoJSON"):
        read_landmarks(geojson)
