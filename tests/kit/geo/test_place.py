import re
from collections.abc import Callable

from core.api import Tenant
from kit.geo import Point, map_of


def test_officers_see_every_pin_and_the_same_in_writing(
    municipality: Callable[..., Tenant], render: Callable[..., str]
) -> None:
    pins = [Point(18.75, 98.95), Point(18.7412, 98.9231)]
    drawing = map_of(municipality("maehia"), pins)
    assert drawing is not None
    html = render(drawing=drawing, value="; ".join(map(str, pins)), look=True)

    places = re.findall(r'data-at="([\d.]+) ([\d.]+)" transform="[^"]+"><path', html)
    assert [(float(x), float(y)) for x, y in places] == [drawing.place(pin) for pin in pins]
    assert "<figcaption" in html
    assert "18.74120, 98.92310" in html
    assert 'role="img" aria-label="แผนที่"' in html
    assert "<script" not in html


def test_a_map_without_pins_shows_the_area_alone(
    municipality: Callable[..., Tenant], render: Callable[..., str]
) -> None:
    html = render(drawing=map_of(municipality("khrueng")), look=True)

    assert "เทศบาลตำบลครึ่ง" in html
    assert "scale(1.3)" not in html
