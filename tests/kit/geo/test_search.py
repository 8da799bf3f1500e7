"""Searching on the map of a pin, and what a device says of where it is, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from core.api import Tenant, Text
from kit.geo import Landmark, Point, map_of

Render = Callable[..., str]
PLACES = (
    Landmark(Text("ตลาดสดแม่เหียะ", "Mae Hia Fresh Market"), Point(18.74, 98.955)),
    Landmark(Text("วัดต้นปิน", "Wat Ton Pin"), Point(18.75, 98.96)),
    Landmark(Text("วัดต้นปินน้อย", "Wat Ton Pin Noi"), Point(18.73, 98.94)),
)


@pytest.fixture
def opened(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Any,
    municipality: Callable[..., Tenant],
    render: Render,
) -> Iterator[Page]:
    accuracy = getattr(request, "param", 10)
    context = browser.new_context(
        viewport={"width": 360, "height": 900},
        geolocation={"latitude": 18.75, "longitude": 98.95, "accuracy": accuracy},
        permissions=["geolocation"],
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text))
    site.page = render(drawing=map_of(municipality("maehia")), places=PLACES)
    page.goto(site.url)
    yield page
    context.close()
    assert wrong == []


def status(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def middle(page: Page) -> tuple[float, float]:
    view = page.locator("svg.m").get_attribute("viewBox") or ""
    x, y, w, h = (float(number) for number in view.split())
    return x + w / 2, y + h / 2


@pytest.mark.parametrize("typed", ["ตลาดสด", "ตลาดสด แม่เหียะ", "ตลาดสดแม่เหียะ"])
def test_the_map_goes_to_a_place_that_is_searched_for_without_a_pin(
    opened: Page, typed: str, municipality: Callable[..., Tenant]
) -> None:
    opened.get_by_label("ค้นหาบนแผนที่").fill(typed)
    opened.get_by_role("button", name="ค้นหา", exact=True).click()

    drawing = map_of(municipality("maehia"))
    assert drawing is not None
    assert middle(opened) == pytest.approx(drawing.place(PLACES[0].point), abs=0.1)
    assert status(opened) == "แผนที่อยู่ที่ ตลาดสดแม่เหียะ แล้ว แตะแผนที่ตรงจุดของท่านเพื่อวางหมุด"
    assert opened.input_value("#pin") == ""
    assert not opened.locator("[data-pin]").is_visible()


def test_enter_searches_and_does_not_send_the_form(opened: Page) -> None:
    opened.get_by_label("ค้นหาบนแผนที่").fill("วัดต้นปิน")
    opened.keyboard.press("Enter")

    assert "วัดต้นปิน แล้ว" in status(opened)
    assert opened.url.endswith("/")


def test_a_word_that_fits_several_names_them_and_one_that_fits_none_says_so(opened: Page) -> None:
    find = opened.get_by_label("ค้นหาบนแผนที่")
    before = middle(opened)

    find.fill("วัด")
    find.press("Enter")
    assert status(opened) == "พบหลายแห่ง: วัดต้นปิน, วัดต้นปินน้อย พิมพ์ชื่อให้ครบ"
    find.fill("โรงเรียน")
    find.press("Enter")
    assert status(opened).startswith("ไม่พบ “โรงเรียน” บนแผนที่นี้")
    assert middle(opened) == before


@pytest.mark.parametrize(
    "typed",
    [
        "18.75, 98.95",
        "๑๘.๗๕๐๐ ๙๘.๙๕๐๐",
        "18°45'0\"N 98°57'0\"E",
        "https://www.google.com/maps/place/X/@18.7,98.9,17z/data=!8m2!3d18.75!4d98.95",
        "https://www.google.com/maps/@18.75,98.95,17z",
        "https://www.google.com/maps/search/?api=1&query=18.75%2C98.95",
        "https://maps.google.com/?q=18.75,98.95",
    ],
)
def test_coordinates_and_links_put_the_pin(opened: Page, typed: str) -> None:
    find = opened.get_by_label("ค้นหาบนแผนที่")
    find.fill(typed)
    find.press("Enter")

    assert opened.input_value("#pin") == "18.75000, 98.95000"
    assert status(opened) == "หมุดอยู่ในเขต ที่ 18.75000, 98.95000"


def test_what_was_typed_into_the_field_of_coordinates_may_be_a_link_too(opened: Page) -> None:
    opened.fill("#pin", "https://www.google.com/maps/@18.75,98.95,17z")

    assert opened.locator("[data-pin]").is_visible()
    assert "18.75000, 98.95000" in (opened.locator(".map").get_attribute("aria-label") or "")


@pytest.mark.parametrize("opened", [180], indirect=True)
def test_a_device_that_is_not_sure_says_by_how_much_and_what_to_do(opened: Page) -> None:
    opened.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()
    opened.get_by_text("คลาดเคลื่อนได้ประมาณ 180 เมตร ตรวจแล้วเลื่อนให้ตรงจุดจริง").wait_for()

    assert opened.input_value("#pin") == "18.75000, 98.95000"


@pytest.mark.parametrize("opened", [50], indirect=True)
def test_a_device_that_is_sure_is_believed(opened: Page) -> None:
    opened.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()
    opened.wait_for_function("document.querySelector('#pin').value !== ''")

    assert "คลาดเคลื่อน" not in status(opened)


def test_a_pin_that_nobody_moved_is_told_until_it_is_moved(
    opened: Page, site: Any, render: Render, municipality: Callable[..., Tenant]
) -> None:
    drawing = map_of(municipality("maehia"), [PLACES[0].point])
    site.page = render(drawing=drawing, suggested=str(PLACES[0].point))
    opened.reload()
    told = opened.get_by_text("หมุดอยู่ตรงที่ค้นพบ ยังไม่ได้เลื่อนมาที่จุดของท่าน")

    assert told.is_visible()
    assert opened.input_value("#pin") == "18.74000, 98.95500"
    opened.locator(".map").click(position={"x": 150, "y": 100})
    assert told.count() == 0
