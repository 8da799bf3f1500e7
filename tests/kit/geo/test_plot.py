"""Drawing land on the map, in a real browser: by tapping, by keyboard, and without a script."""

import gzip
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from core.api import Tenant
from kit.geo import Drawing, Landmark, Outline, Point, map_near, map_of
from kit.thai import land_area

Render = Callable[..., str]
Municipality = Callable[..., Tenant]
PIN = Point(18.74, 98.95)
SQUARE = (
    Point(18.74015, 98.94985),
    Point(18.74015, 98.95015),
    Point(18.73985, 98.95015),
    Point(18.73985, 98.94985),
)


class Land:
    """The page in a browser; what went wrong there fails the test that closes it."""

    def __init__(self, page: Page, drawing: Drawing) -> None:
        self.page, self.drawing = page, drawing
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text))

    @property
    def map(self) -> Locator:
        return self.page.locator("geo-plot .map")

    @property
    def corners(self) -> list[Point]:
        lines = self.page.input_value("#land").split("\n")
        return [Point.parse(line) for line in lines if line]

    @property
    def status(self) -> str:
        return self.page.locator("[data-status]").inner_text()

    @property
    def measured(self) -> str:
        """The area that is said; a figure and its unit are kept together there."""
        return self.page.locator("[data-measured]").inner_text().replace("\u00a0", " ")

    def on_screen(self, point: Point) -> tuple[float, float]:
        """Return where ``point`` is on the map now, from its corner in pixels."""
        box = self.page.locator("svg.m").bounding_box()
        view = self.page.locator("svg.m").get_attribute("viewBox") or ""
        assert box
        x, y, w, _ = (float(number) for number in view.split())
        at = self.drawing.place(point)
        share = box["width"] / w
        return (at[0] - x) * share, (at[1] - y) * share

    def tap(self, point: Point) -> None:
        x, y = self.on_screen(point)
        self.page.locator("svg.m").tap(position={"x": x, "y": y}, force=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).tap()

    def drag(self, start: Point, end: Point) -> None:
        box = self.page.locator("svg.m").bounding_box()
        assert box
        (a, b), (c, d) = self.on_screen(start), self.on_screen(end)
        self.page.mouse.move(box["x"] + a, box["y"] + b)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + c, box["y"] + d, steps=8)
        self.page.mouse.up()


def drawn(municipality: Municipality, *pins: Point, land: tuple[Point, ...] = ()) -> Drawing:
    town = municipality("maehia", tiles="/tiles/{z}/{x}/{y}.svg", attribution="© ผู้ทำแผนที่")
    drawing = map_near(town, pins, land) if pins or land else map_of(town)
    assert drawing is not None
    return drawing


@pytest.fixture
def opened(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Any,
    municipality: Municipality,
    render: Render,
) -> Iterator[Land]:
    land = getattr(request, "param", ())
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        has_touch=True,
        geolocation={"latitude": 18.74, "longitude": 98.9502, "accuracy": 12},
        permissions=["geolocation"],
    )
    drawing = drawn(municipality, PIN, land=land)
    site.page = render(land=True, drawing=drawing, value="\n".join(map(str, land)))
    made = Land(context.new_page(), drawing)
    made.page.goto(site.url)
    yield made
    context.close()
    assert made.wrong == []


already = pytest.mark.parametrize("opened", [SQUARE], indirect=True)


def near(found: list[Point], wanted: tuple[Point, ...], degrees: float = 0.00001) -> bool:
    return len(found) == len(wanted) and all(
        abs(one.lat - other.lat) <= degrees and abs(one.lon - other.lon) <= degrees
        for one, other in zip(found, wanted, strict=True)
    )


def test_four_taps_draw_land_and_its_area_is_said_while_it_grows(opened: Land) -> None:
    assert opened.status == "ยังไม่มีมุม แตะมุมแรกของแปลง"
    assert opened.measured == ""

    for number, corner in enumerate(SQUARE, 1):
        opened.tap(corner)
        assert len(opened.corners) == number
    assert near(opened.corners, SQUARE)
    assert opened.status == "มี 4 มุม แตะมุมต่อไป หรือกดปิดแปลงเมื่อครบ"
    outline = Outline(tuple(opened.corners))
    area = land_area(outline.area_m2, "th")
    assert opened.measured == f"พื้นที่ประมาณ {area} รอบแปลง {outline.perimeter_m:.0f} เมตร"


def test_the_first_corner_or_a_button_closes_the_land(opened: Land) -> None:
    for corner in SQUARE:
        opened.tap(corner)
    rest = opened.page.locator("[data-rest]")
    assert (rest.get_attribute("d") or "").startswith("M")
    opened.tap(SQUARE[0])

    assert rest.get_attribute("d") == ""
    assert opened.status.startswith("ปิดแปลงแล้ว 4 มุม")
    assert near(opened.corners, SQUARE)
    line = opened.page.locator("[data-line]").get_attribute("d") or ""
    assert line.endswith("Z")
    opened.tap(PIN)
    assert len(opened.corners) == 4
    opened.press("เพิ่มมุมต่อ")
    opened.tap(PIN)
    assert len(opened.corners) == 5


def test_a_mistake_is_undone_step_by_step(opened: Land) -> None:
    for corner in SQUARE[:3]:
        opened.tap(corner)
    opened.press("ลบมุม")
    assert near(opened.corners, SQUARE[:2])

    opened.press("ย้อนกลับ")
    assert near(opened.corners, SQUARE[:3])
    for _ in range(5):
        opened.press("ย้อนกลับ")
    assert opened.corners == []


@already
def test_a_corner_is_dragged_and_the_map_stays(opened: Land) -> None:
    view = opened.page.locator("svg.m").get_attribute("viewBox")
    there = Point(18.7403, 98.9497)

    assert opened.status.startswith("ปิดแปลงแล้ว 4 มุม")
    opened.drag(SQUARE[0], there)
    assert near(opened.corners, (there, *SQUARE[1:]), 0.00002)
    assert opened.page.locator("svg.m").get_attribute("viewBox") == view
    opened.drag(PIN, Point(18.7401, 98.9501))
    assert opened.page.locator("svg.m").get_attribute("viewBox") != view
    assert near(opened.corners, (there, *SQUARE[1:]), 0.00002)


@already
def test_a_corner_is_chosen_and_removed(opened: Land) -> None:
    opened.tap(SQUARE[1])
    assert opened.status.startswith("เลือกมุมที่ 2")

    opened.press("ลบมุม")
    assert near(opened.corners, (SQUARE[0], *SQUARE[2:]))
    opened.press("ลบมุม")
    assert len(opened.corners) == 2
    assert opened.measured == ""


@already
def test_sides_that_cross_are_said_and_have_no_area(opened: Land) -> None:
    opened.drag(SQUARE[0], Point(18.74, 98.9503))

    assert opened.status == "ด้านที่ 2 กับด้านที่ 4 ตัดกัน ย้ายมุมให้เรียงตามรอบแปลง"
    assert opened.measured == ""


def test_land_is_drawn_with_the_keyboard_alone(opened: Land) -> None:
    opened.map.focus()
    keyboard = opened.page.keyboard
    for way, steps in (("ArrowLeft", 3), ("ArrowUp", 6), ("ArrowRight", 6), ("ArrowDown", 6)):
        for _ in range(steps):
            keyboard.press(way)
        keyboard.press("Enter")

    corners = opened.corners
    assert len(corners) == 4
    assert corners[0].lon == pytest.approx(corners[1].lon, abs=0.00001)
    assert corners[1].lat == pytest.approx(corners[2].lat, abs=0.00001)
    assert corners[2].lat > corners[3].lat
    assert Outline(tuple(corners)).contains(PIN) or Outline(tuple(corners)).distance_m(PIN) < 20

    keyboard.press("Tab")
    while opened.page.evaluate("document.activeElement.dataset.do") != "next":
        keyboard.press("Tab")
    keyboard.press("Enter")
    assert opened.status.startswith("เลือกมุมที่ 1")
    opened.map.focus()
    keyboard.press("Shift+ArrowUp")
    assert opened.corners[0].lat == pytest.approx(corners[0].lat + 0.00001, abs=0.000_001)
    keyboard.press("Delete")
    assert len(opened.corners) == 3


def test_a_tap_on_a_map_of_the_whole_municipality_comes_nearer_first(
    opened: Land, site: Any, municipality: Municipality, render: Render
) -> None:
    opened.drawing = drawn(municipality)
    site.page = render(land=True, drawing=opened.drawing)
    opened.page.reload()

    opened.tap(PIN)
    assert opened.corners == []
    assert opened.status == "ขยายแผนที่ให้แล้ว แตะมุมของแปลงอีกครั้ง"
    for corner in SQUARE:
        opened.tap(corner)
    assert near(opened.corners, SQUARE)


def test_a_corner_is_added_where_one_stands(opened: Land) -> None:
    opened.press("เพิ่มมุมตรงที่ยืนอยู่")
    opened.page.wait_for_function("document.querySelector('#land').value !== ''")

    assert opened.corners == [Point(18.74, 98.9502)]


def test_the_map_follows_the_pin_of_the_same_page(
    opened: Land, site: Any, municipality: Municipality, render: Render
) -> None:
    opened.drawing = drawn(municipality)
    site.page = render(land=True, drawing=opened.drawing)
    opened.page.reload()
    opened.page.fill("#spot", str(PIN))

    x, y = opened.on_screen(PIN)
    box = opened.page.locator("svg.m").bounding_box()
    assert box
    assert (x, y) == pytest.approx((box["width"] / 2, box["height"] / 2), abs=1)
    assert opened.page.locator("[data-pin]").is_visible()


def test_the_map_goes_to_what_is_searched_for(
    opened: Land, site: Any, municipality: Municipality, render: Render
) -> None:
    place = Landmark(municipality("maehia").name, Point(18.745, 98.955))
    site.page = render(land=True, drawing=opened.drawing, places=(place,))
    opened.page.reload()
    find = opened.page.get_by_label("ค้นหาบนแผนที่")
    find.fill("แม่เหียะ")
    find.press("Enter")
    assert opened.status == "แผนที่อยู่ที่ เทศบาลเมืองแม่เหียะ แล้ว แตะมุมของแปลง"

    find.fill("https://www.google.com/maps/@18.746,98.956,17z")
    find.press("Enter")
    assert opened.status.startswith("แผนที่อยู่ที่ 18.74600, 98.95600 แล้ว")
    assert opened.corners == []


@already
def test_what_is_typed_is_drawn_at_once(opened: Land) -> None:
    typed = "๑๘.๗๔๐๑๐, ๙๘.๙๔๙๘๐\n18.74010, 98.95020\n18.73980 98.95000"
    opened.page.fill("#land", typed)

    line = opened.page.locator("[data-line]").get_attribute("d") or ""
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", line)]
    first = opened.drawing.place(Point(18.7401, 98.9498))
    assert numbers[:2] == pytest.approx(first, abs=0.05)
    assert len(numbers) == 6
    opened.page.fill("#land", typed + "\nบ้านฉัน")
    assert "บรรทัดที่ 4 อ่านเป็นพิกัดไม่ได้" in (opened.map.get_attribute("aria-label") or "")


@pytest.mark.parametrize("turn", range(0, 90, 15))
def test_script_and_server_say_the_same_area(opened: Land, turn: int) -> None:
    corners = []
    for x, y in ((-260, -90), (260, -90), (300, 120), (10, -20), (-250, 80)):
        a, b = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        north, east = x * b + y * a, x * a - y * b
        corners.append(Point(round(18.74 + north / 111_000, 5), round(98.95 + east / 105_000, 5)))
    opened.page.fill("#land", "\n".join(map(str, corners)))

    outline = Outline(tuple(corners))
    said = opened.measured
    figure = int(re.findall(r"([\d,]+) ตารางเมตร", said)[0].replace(",", ""))
    assert figure == pytest.approx(outline.area_m2, abs=1)
    assert land_area(figure, "th").partition("(")[2].split()[0] in said
    line = int(re.findall(r"รอบแปลง ([\d,]+) เมตร", said)[0].replace(",", ""))
    assert line == pytest.approx(outline.perimeter_m, abs=1)


def test_without_a_script_the_land_is_drawn_and_its_corners_can_be_typed(
    municipality: Municipality, render: Render, browser: Browser, site: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    drawing = drawn(municipality, PIN, land=SQUARE)
    site.page = render(
        land=True, drawing=drawing, value="\n".join(map(str, SQUARE)), measured="1,000 ตารางเมตร"
    )
    page = context.new_page()
    page.goto(site.url)

    assert page.get_by_role("img", name="1,000 ตารางเมตร").is_visible()
    assert page.locator("[data-line]").is_visible()
    assert page.locator("[data-corners] text").all_text_contents() == ["1", "2", "3", "4"]
    assert page.get_by_label("มุมของแปลง บรรทัดละมุม: ละติจูด, ลองจิจูด").is_editable()
    assert page.get_by_label("ค้นหาบนแผนที่").is_editable()
    assert page.get_by_role("button").count() == 0
    context.close()


def test_a_municipality_without_an_area_has_the_lines_alone(render: Render) -> None:
    html = render(land=True, drawing=None, value=str(PIN))

    assert f"{PIN}</textarea>" in html
    assert "<geo-plot" not in html
    assert "<script" not in html


def test_the_map_speaks_english_without_a_word_of_thai(
    municipality: Municipality, render: Render
) -> None:
    drawing = map_near(municipality("maehia"), outline=SQUARE)
    html = render("en", land=True, drawing=drawing)

    assert re.findall("[\u0e00-\u0e7f]+", html) == []


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1280)])
@pytest.mark.parametrize("look", [False, True])
def test_everybody_can_use_the_map(
    municipality: Municipality, render: Render, browser: Browser, site: Any, theme: str,
    width: int, look: bool,
) -> None:  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    site.page = render(
        land=not look, look=look, drawing=drawn(municipality, PIN, land=SQUARE), theme=theme,
        value="\n".join(map(str, SQUARE)), error="มุมที่ 1 อยู่นอกเขต",
    )  # fmt: skip
    page.goto(site.url)
    page.evaluate(Path("assets/test/axe.min.js").read_text())

    found = page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))")
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    heights = page.locator("geo-plot button").evaluate_all(
        "all => all.map(one => one.offsetHeight)"
    )
    context.close()
    assert found == []
    assert not sideways
    assert all(height >= 44 for height in heights)


def test_the_script_is_light() -> None:
    script = Path("kit/geo/static/plot.js").read_bytes()

    assert len(gzip.compress(script, 9)) < 3_600
