from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.permits.rules.fit import Margin, fit
from plugins.permits.rules.library import faults, figure, is_code
from plugins.permits.service.fitting import fit_on
from tests.plugins.permits.conftest import a_plan

METRES = st.decimals(min_value=1, max_value=200, places=2)


@pytest.mark.parametrize("code", ["a", "dpt-120", "7", "x" * 40])
def test_small_letters_digits_and_hyphens_are_a_code(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize(
    "code", ["", "-a", "a-", "A", "บ้าน", "a b", "a/b", "x" * 41, "new", "own", "other", "a\n"]
)
def test_nothing_else_is_a_code(code: str) -> None:
    assert not is_code(code)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"footprint": Decimal("120.01"), "width": Decimal(13)}, "footprint"),
        ({"area": Decimal("120.01")}, "area"),
        ({"storeys": 2, "area": Decimal("240.01"), "height": Decimal(7)}, "area"),
        ({"width": Decimal("11.99")}, "width"),
        ({"height": Decimal("1.99")}, "height"),
        ({"storeys": 3, "area": Decimal(300), "height": Decimal("5.99")}, "height"),
    ],
)
def test_figures_that_contradict_each_other_are_named(more: dict[str, Any], field: str) -> None:
    assert [name for name, _ in faults(a_plan(**more))] == [field]


def test_a_sentence_about_figures_says_them() -> None:
    [(_, said)] = faults(a_plan(area=Decimal("150.50")))

    assert "1 ชั้น ชั้นละไม่เกิน 120 ตร.ม. รวมได้ไม่เกิน 120 ตร.ม. แต่กรอก 150.5 ตร.ม." in said.th
    assert "150.5 sq m was given" in said.en


@given(METRES, METRES, st.integers(1, 10), st.data())
def test_figures_of_a_house_that_could_stand_are_taken(
    width: Decimal, depth: Decimal, storeys: int, data: st.DataObject
) -> None:
    footprint = data.draw(st.decimals(Decimal("0.5"), width * depth, places=2))
    area = data.draw(st.decimals(footprint, footprint * storeys, places=2))
    height = data.draw(st.decimals(2 * storeys, 200, places=2))
    plan = a_plan(
        storeys=storeys, area=area, footprint=footprint, height=height, width=width, depth=depth
    )

    assert list(faults(plan)) == []


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_figure_is_shown_as_it_is_without_needless_zeros(number: Decimal) -> None:
    shown = figure(number)

    assert Decimal(shown.replace(",", "")) == number
    assert not ("." in shown and shown.endswith("0"))
    assert "E" not in shown


@pytest.mark.parametrize(
    ("width", "depth", "fits", "turned"),
    [
        ("16", "14", True, False),
        ("15.99", "14", False, False),
        ("14", "16", False, True),
        ("14", "15.99", False, False),
        ("100", "13.99", False, False),
    ],
)
def test_a_house_fits_where_its_sides_and_the_room_around_it_lie_on_the_plot(
    width: str, depth: str, fits: bool, turned: bool
) -> None:
    found = fit_on(a_plan(), Decimal(width), Decimal(depth))

    assert found is not None
    assert (found.fits, found.turned) == (fits, turned)
    assert [found.width, found.depth, found.side] == [Decimal(16), Decimal(14), Decimal(2)]


def test_above_nine_metres_more_stays_free_and_a_tower_is_not_looked_at() -> None:
    sides = {
        height: found.side if (found := fit_on(a_plan(height=Decimal(height)), *ROOM)) else None
        for height in ("9", "9.01", "23", "23.01")
    }

    assert sides == {"9": 2, "9.01": 3, "23": 3, "23.01": None}


ROOM = (Decimal(100), Decimal(100))


@given(METRES, METRES, METRES, METRES)
def test_a_plot_that_grows_by_what_is_missing_is_just_enough(
    width: Decimal, depth: Decimal, plot_width: Decimal, plot_depth: Decimal
) -> None:
    plan = a_plan(width=width, depth=depth)
    margins = (Margin(up_to_height=Decimal(9), side=Decimal(2)),)
    found = fit(plan, width=plot_width, depth=plot_depth, margins=margins)
    assert found is not None
    enough = (plot_width + found.short_width, plot_depth + found.short_depth)
    grown = fit(plan, width=enough[0], depth=enough[1], margins=margins)

    assert grown is not None
    assert grown.fits
    assert found.fits == (enough == (plot_width, plot_depth))
