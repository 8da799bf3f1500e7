import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from core.api import Tenant
from kit.geo import Drawing, Point, map_of
from kit.geo.mercator import to_world

Render = Callable[..., str]
Municipality = Callable[..., Tenant]

OUTSIDE = Point(18.7412, 98.9231)
INSIDE = Point(18.75, 98.95)


def drawn(municipality: Municipality, *pins: Point, tiles: str = "") -> Drawing:
    drawing = map_of(municipality("maehia", tiles=tiles, attribution="© ผู้ทำแผนที่"), pins)
    assert drawing is not None
    return drawing


class Map:
    """The page in a browser; what went wrong there fails the test that closes it."""

    def __init__(self, page: Page, site: Any, drawing: Drawing, html: str) -> None:
        self.page, self.drawing, self.site = page, drawing, site
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text))
        site.page = html
        page.goto(site.url)

    @property
    def map(self) -> Locator:
        return self.page.locator("geo-pin .map")

    @property
    def value(self) -> str:
        return self.page.input_value("#pin")

    @property
    def view(self) -> list[float]:
        box = self.page.locator("svg.m").get_attribute("viewBox")
        return [float(number) for number in (box or "").split()]

    @property
    def pin(self) -> tuple[float, float]:
        transform = self.page.locator("[data-pin]").get_attribute("transform") or ""
        x, y = re.findall(r"-?[\d.]+", transform)[:2]
        return float(x), float(y)

    @property
    def status(self) -> str:
        return self.page.locator("[data-status]").inner_text()

    def click(self, point: Point) -> None:
        """Click where the server's drawing has ``point``."""
        box = self.map.bounding_box()
        assert box
        x, y = self.drawing.place(point)
        share = (box["width"] - 2) / self.drawing.width
        self.map.click(position={"x": x * share, "y": y * share})

    def drag(self, dx: float, dy: float) -> None:
        box = self.map.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y + dy, steps=6)
        self.page.mouse.up()


@pytest.fixture
def shown(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Any,
    municipality: Municipality,
    render: Render,
) -> Iterator[Map]:
    context = browser.new_context(
        viewport={"width": getattr(request, "param", 360), "height": 900},
        geolocation={"latitude": 18.75, "longitude": 98.95},
        permissions=["geolocation"],
    )
    drawing = drawn(municipality, OUTSIDE, tiles="/tiles/{z}/{x}/{y}.svg")
    html = render(drawing=drawing, value=str(OUTSIDE))
    opened = Map(context.new_page(), site, drawing, html)
    yield opened
    context.close()
    assert opened.wrong == []


on_phone_and_desk = pytest.mark.parametrize("shown", [360, 1280], indirect=True)


def near(typed: str, point: Point, degrees: float) -> bool:
    found = Point.parse(typed)
    return abs(found.lat - point.lat) < degrees and abs(found.lon - point.lon) < degrees


@on_phone_and_desk
def test_a_tap_puts_the_pin_where_the_server_has_that_place(shown: Map) -> None:
    for point in (INSIDE, Point(18.73, 98.96), Point(18.7575, 98.9301)):
        shown.click(point)
        assert near(shown.value, point, 0.0003)
        assert shown.pin == pytest.approx(shown.drawing.place(Point.parse(shown.value)), abs=0.05)


@on_phone_and_desk
def test_script_and_server_agree_on_the_place_of_every_pin(shown: Map) -> None:
    for point in (OUTSIDE, INSIDE, Point(18.70001, 98.99999), Point(18.76543, 98.91234)):
        shown.page.fill("#pin", str(point))
        assert shown.pin == pytest.approx(shown.drawing.place(point), abs=0.02)


def test_the_map_says_where_the_pin_is_and_whether_that_is_inside(shown: Map) -> None:
    assert shown.map.get_attribute("aria-label") == (
        "แผนที่เทศบาลเมืองแม่เหียะ: หมุดอยู่นอกเขต ที่ 18.74120, 98.92310 เลื่อนหมุดเข้ามาในเส้นประ"
    )

    shown.click(INSIDE)
    assert shown.status == f"หมุดอยู่ในเขต ที่ {shown.value}"
    assert shown.map.get_attribute("aria-label") == f"แผนที่เทศบาลเมืองแม่เหียะ: {shown.status}"


def test_what_is_typed_moves_the_pin_and_what_cannot_be_read_takes_it_away(shown: Map) -> None:
    shown.page.fill("#pin", "๑๘.๗๕๐๐๐, ๙๘.๙๕๐๐๐")
    assert shown.pin == pytest.approx(shown.drawing.place(INSIDE), abs=0.02)

    shown.page.fill("#pin", "บ้านฉัน")
    assert shown.page.locator("[data-pin]").get_attribute("visibility") == "hidden"
    assert shown.map.get_attribute("aria-label") == "แผนที่เทศบาลเมืองแม่เหียะ: ยังไม่มีหมุด"


@on_phone_and_desk
def test_a_drag_moves_the_map_and_not_the_pin(shown: Map) -> None:
    before, value = shown.view, shown.value

    shown.drag(60, 30)
    assert shown.value == value
    assert shown.view[0] < before[0] - 20
    assert shown.view[1] < before[1] - 10
    assert shown.view[2:] == before[2:]


@on_phone_and_desk
def test_a_tap_after_a_drag_and_a_zoom_still_means_the_ground_below_it(shown: Map) -> None:
    shown.click(INSIDE)
    there = Point.parse(shown.value)
    shown.page.click("[data-do=in]")
    shown.drag(40, -25)
    box = shown.page.locator("[data-pin] path").bounding_box()
    assert box
    shown.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 1)

    assert near(shown.value, there, 0.0004)


def test_buttons_zoom_around_the_pin_and_out_again(shown: Map) -> None:
    shown.click(INSIDE)
    pin, width = shown.pin, shown.view[2]

    shown.page.click("[data-do=in]")
    x, _, w, _ = shown.view
    assert w == width / 2
    assert x <= pin[0] <= x + w
    shown.page.click("[data-do=out]")
    assert shown.view[2] == width
    for _ in range(12):
        shown.page.click("[data-do=out]")
    assert shown.view[2] == width * 4


@on_phone_and_desk
def test_the_bar_of_the_scale_keeps_telling_the_truth(shown: Map) -> None:
    for _ in range(4):
        figure, unit = (shown.page.locator("[data-bar] text").text_content() or "").split()
        long = shown.page.locator("[data-bar] path").evaluate(
            "path => path.getBBox().width * path.getScreenCTM().a"
        )
        box = shown.map.bounding_box()
        assert box
        metres = float(figure) * (1_000 if unit == "กิโลเมตร" else 1)
        pixel = shown.drawing.metres * shown.view[2] / (box["width"] - 2)
        assert long == pytest.approx(metres / pixel, rel=0.02)
        shown.page.click("[data-do=in]")


def test_arrow_keys_move_the_pin_when_the_map_has_the_focus(shown: Map) -> None:
    shown.map.focus()
    before = Point.parse(shown.value)

    shown.page.keyboard.press("ArrowRight")
    east = Point.parse(shown.value)
    assert east.lon > before.lon
    assert east.lat == pytest.approx(before.lat, abs=0.00002)
    shown.page.keyboard.press("Shift+ArrowUp")
    north = Point.parse(shown.value)
    assert 0 < north.lat - east.lat < east.lon - before.lon
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.dataset.do") == "in"


def test_without_a_pin_the_first_arrow_puts_one_into_the_middle(shown: Map) -> None:
    shown.page.fill("#pin", "")
    shown.map.focus()
    shown.page.keyboard.press("ArrowLeft")

    assert shown.pin == pytest.approx((240, 160), abs=0.2)


def test_the_device_can_say_where_it_is(shown: Map) -> None:
    shown.page.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()
    shown.page.wait_for_function("document.querySelector('#pin').value.startsWith('18.75')")

    assert shown.value == "18.75000, 98.95000"
    assert shown.status == "หมุดอยู่ในเขต ที่ 18.75000, 98.95000"


def test_a_device_that_does_not_know_says_what_to_do_instead(shown: Map) -> None:
    shown.page.context.clear_permissions()
    shown.page.get_by_role("button", name="ใช้ตำแหน่งของฉัน").click()
    shown.page.get_by_text("หาตำแหน่งไม่ได้ แตะแผนที่หรือกรอกพิกัดแทน").wait_for()

    assert shown.value == str(OUTSIDE)


@on_phone_and_desk
def test_tiles_are_fetched_only_after_a_tap_and_are_those_of_the_place(shown: Map) -> None:
    shown.click(INSIDE)
    shown.page.click("[data-do=in]")
    assert shown.site.tiles == []

    shown.page.get_by_role("button", name="แสดงแผนที่").click()
    wanted = shown.page.locator("image").evaluate_all("all => all.map(one => one.dataset.tile)")
    zoom = int(wanted[0].split("/")[2])
    x, y = (int(part * 2**zoom) for part in to_world(Point.parse(shown.value)))
    assert f"/tiles/{zoom}/{x}/{y}.svg" in wanted
    assert 1 <= len(wanted) <= 30
    assert shown.page.get_by_text("© ผู้ทำแผนที่").is_visible()

    tile = shown.page.locator(f'image[href="/tiles/{zoom}/{x}/{y}.svg"]').bounding_box()
    pin = shown.page.locator("[data-pin] path").bounding_box()
    assert tile
    assert pin
    assert tile["x"] <= pin["x"] + pin["width"] / 2 <= tile["x"] + tile["width"]
    assert tile["y"] <= pin["y"] + pin["height"] <= tile["y"] + tile["height"] + 2


def test_two_fingers_zoom(shown: Map) -> None:
    width = shown.view[2]
    box = shown.map.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    devtools = shown.page.context.new_cdp_session(shown.page)

    def touch(kind: str, *spread: float) -> None:
        points = [
            {"x": middle[0] + side * apart, "y": middle[1], "id": at}
            for apart in spread
            for at, side in enumerate((-1, 1))
        ]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 30)
    for apart in (40, 50, 60):
        touch("touchMove", apart)
    touch("touchEnd")
    assert shown.view[2] == pytest.approx(width / 2, rel=0.2)
    assert shown.value == str(OUTSIDE)


def test_without_a_script_the_pin_is_drawn_and_the_coordinates_can_be_typed(
    municipality: Municipality, render: Render, browser: Browser, site: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    site.page = render(drawing=drawn(municipality, OUTSIDE), value=str(OUTSIDE))
    page = context.new_page()
    page.goto(site.url)

    assert page.get_by_role("img", name="หมุดอยู่ที่ 18.74120, 98.92310").is_visible()
    assert page.locator("[data-pin]").is_visible()
    assert page.get_by_label("ละติจูด, ลองจิจูด").is_editable()
    assert page.get_by_role("button").count() == 0
    context.close()


def test_the_error_belongs_to_the_field_and_the_field_has_the_id_of_its_name(
    municipality: Municipality, render: Render
) -> None:
    html = render(drawing=drawn(municipality), error="หมุดอยู่นอกเขต")

    assert 'id="pin-error"' in html
    field = re.search(r'<input[^>]*id="pin"[^>]*>', html)
    assert field
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="pin-error"' in field[0]


def test_a_municipality_without_an_area_has_the_coordinates_alone(render: Render) -> None:
    html = render(drawing=None, value=str(INSIDE))

    assert f'value="{INSIDE}"' in html
    assert "<geo-pin" not in html
    assert "<script" not in html


def test_the_map_speaks_english_without_a_word_of_thai(
    municipality: Municipality, render: Render
) -> None:
    html = render("en", drawing=drawn(municipality, OUTSIDE), value=str(OUTSIDE))

    assert re.findall("[\u0e00-\u0e7f]+", html) == []


@pytest.mark.parametrize(
    ("theme", "width", "look"), [("light", 360, False), ("dark", 1280, False), ("light", 360, True)]
)
def test_everybody_can_use_the_maps(
    municipality: Municipality, render: Render, browser: Browser, site: Any, theme: str,
    width: int, look: bool,
) -> None:  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    site.page = render(
        drawing=drawn(municipality, OUTSIDE), value=str(OUTSIDE), error="นอกเขต", theme=theme,
        look=look,
    )  # fmt: skip
    page.goto(site.url)
    page.evaluate(Path("assets/test/axe.min.js").read_text())

    found = page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))")
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert found == []
    assert not sideways


def test_the_script_is_light() -> None:
    script = Path("kit/geo/static/pin.js").read_bytes()

    assert len(gzip.compress(script, 9)) < 4_500
