from dataclasses import replace

from core.api import Tenant, Text
from kit.forms import Pin, Place, describe, fill, read, read_json

SPOT = Pin("spot", Text("จุดเกิดเหตุ", "Place on the map"))


def test_a_pin_inside_is_kept_in_degrees(place: Place) -> None:
    values = read([SPOT], {"spot": ["๑๘.๗๔๑๒๐ 98.95"]}, place).values

    assert values == {"spot": {"lat": 18.7412, "lon": 98.95}}
    assert fill([SPOT], values) == {"spot": ["18.74120, 98.95000"]}
    assert describe([SPOT], values, "en")[0].text == "18.74120, 98.95000"


def test_a_pin_outside_is_told_how_far_and_which_way(place: Place) -> None:
    problem = read([SPOT], {"spot": ["18.70, 98.90"]}, place).problems["spot"]

    assert "นอกเขตเทศบาลเมืองแม่เหียะประมาณ" in problem.th
    assert "กิโลเมตร" in problem.th
    assert "north-east" in problem.en


def test_a_pin_may_lie_outside_where_the_form_says_so(place: Place) -> None:
    anywhere = Pin("spot", Text("จุดเกิดเหตุ", "Place"), inside=False)

    assert read([anywhere], {"spot": ["18.70, 98.90"]}, place).problems == {}


def test_without_limits_nobody_is_told_to_be_outside(tenant: Tenant, place: Place) -> None:
    unknown = Place(replace(tenant, id="nowhere"), place.today)

    assert unknown.area is None
    assert SPOT.drawing({}, unknown) is None
    assert read([SPOT], {"spot": ["6.5, 101.2"]}, unknown).problems == {}


def test_what_a_device_gives_beyond_a_metre_is_rounded_away(place: Place) -> None:
    document = {"spot": {"lat": 18.741203333, "lon": 98.95000001}}

    assert read_json([SPOT], document, place).values == {"spot": {"lat": 18.7412, "lon": 98.95}}


def test_not_a_number_is_no_place(place: Place) -> None:
    for lat in (float("nan"), float("inf"), 1e300, True):
        document = {"spot": {"lat": lat, "lon": 98.95}}
        assert list(read_json([SPOT], document, place).problems) == ["spot"]
    assert read([SPOT], {"spot": ["หน้าตลาด"]}, place).problems["spot"].th.startswith("กรอกละติจูด")


def test_the_map_shows_the_pin_that_was_typed(place: Place) -> None:
    with_pin = SPOT.drawing({"spot": ["18.7412, 98.95"]}, place)
    without = SPOT.drawing({"spot": ["x"]}, place)

    assert with_pin is not None
    assert without is not None
    assert len(with_pin.pins) == 1
    assert len(without.pins) == 0
