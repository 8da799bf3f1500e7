"""What people paste from a map: other ways to write coordinates, and addresses of its pages."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.geo import Point
from kit.thai import Unreadable, thai_digits

HERE = Point(18.7412, 98.9231)
points = st.builds(Point, st.floats(5.1, 20.9), st.floats(97.1, 105.9))
# Each has the place in the figures {0} and {1}, and other figures beside them.
LINKS = [
    "https://www.google.com/maps/place/X/@18.1,98.1,17z/data=!3m1!4b1!8m2!3d{0}!4d{1}?entry=ttu",
    "https://www.google.com/maps/@{0},{1},17z?entry=ttu&g_ep=EgoyMDI2",
    "https://maps.google.com/?q={0},{1}",
    "https://maps.google.com/maps?z=12&q=loc:{0}+{1}",
    "https://www.google.com/maps/search/?api=1&query={0}%2C{1}",
    "https://www.google.com/maps/search/{0},+{1}?shorturl=1",
    "https://www.google.com/maps/dir/?api=1&destination={0},{1}",
    "https://maps.apple.com/?ll={0},{1}&q=Dropped%20Pin",
    "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/18.1/98.1",
    "https://www.openstreetmap.org/#map=17/{0}/{1}",
    "https://www.bing.com/maps?cp={0}~{1}&lvl=15",
    "geo:{0},{1}?z=17",
    "google.com/maps?q={0},{1}",
    "บ้านอยู่ตรงนี้ https://maps.google.com/maps?q={0},{1} ครับ",
]


@pytest.mark.parametrize(
    "typed",
    [
        "lat: 18.7412, lon: 98.9231",
        "Latitude 18.7412 Longitude 98.9231",
        "lat=18.7412, lng=98.9231",
        "ละติจูด ๑๘.๗๔๑๒ ลองจิจูด ๙๘.๙๒๓๑",
        "พิกัด 18.7412, 98.9231",
        "N18.7412 E98.9231",
        "N 18.7412, E 98.9231",
        "18.7412N 98.9231E",
        "18.7412N98.9231E",
        "18.7412 N, 98.9231 E",
        "18°44.472'N 98°55.386'E",
        "N 18° 44.472' E 98° 55.386'",
        "N 18°44'28.32\" E 98°55'23.16\"",
    ],
)
def test_coordinates_are_read_as_instruments_and_apps_write_them(typed: str) -> None:
    assert Point.parse(typed) == HERE


@pytest.mark.parametrize("link", LINKS)
@given(point=points)
def test_the_place_is_found_in_the_address_of_a_map(link: str, point: Point) -> None:
    typed = link.format(f"{point.lat:.6f}", f"{point.lon:.6f}")

    assert Point.parse(typed) == Point(
        round(float(f"{point.lat:.6f}"), 5), round(float(f"{point.lon:.6f}"), 5)
    )


def test_the_place_itself_counts_and_not_the_middle_of_the_view() -> None:
    typed = "https://www.google.com/maps/place/วัด/@18.70,98.90,17z/data=!3d18.7412!4d98.9231"

    assert Point.parse(typed) == HERE


@pytest.mark.parametrize(
    "link",
    ["https://maps.app.goo.gl/AbCdEf123", "ดูที่ https://goo.gl/maps/abc", "https://bit.ly/3abc"],
)
def test_a_short_link_is_told_to_have_no_coordinates_and_how_to_get_them(link: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        Point.parse(link)

    assert refusal.value.sentence.th.startswith("ลิงก์ย่อนี้ไม่มีพิกัด")
    assert "18.74120, 98.92310" in refusal.value.sentence.en


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.google.com/maps/place/ตลาดแม่เหียะ",
        "https://example.com/",
        "https://example.com/?page=18.7412",
        "lat lon",
        "18.7412, 98.9231 บ้านฉัน",
        "เลขที่ 18.7412 ซอย 98.9231",
        "x" * 100_000,
        "https://" + "18.7412," * 20_000,
    ],
)
def test_what_has_no_place_in_it_is_refused_at_once(typed: str) -> None:
    with pytest.raises(Unreadable):
        Point.parse(typed)


def test_the_address_of_a_place_abroad_is_refused_as_coordinates_are() -> None:
    with pytest.raises(Unreadable) as refusal:
        Point.parse("https://www.google.com/maps/@35.6812,139.7671,17z")
    assert "35.68120, 139.76710" in refusal.value.sentence.th


@given(st.text(max_size=60))
def test_nothing_that_is_pasted_breaks_the_reader(text: str) -> None:
    for typed in (text, f"https://{text}", f"https://x/?q={text}", thai_digits(text)):
        with contextlib.suppress(Unreadable):
            assert Point.parse(typed).in_thailand
