import re
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.http.theme import DARK_SURFACE, PAGE, contrast, luminance, palette, stylesheet

FACE = Path("core/http/static/face.css").read_text()

brands = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def tokens(rule: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):(#[0-9A-Fa-f]{6})", rule))


def mixed(ground: str, share: float) -> str:
    parts = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)


@pytest.mark.parametrize(
    ("brand", "expected"),
    [
        ("#2A4480", "#2A4480 #19316B #EAF0FD #98B4EE #ADC7FE #0D1528 #242E42 #1C2A49"),
        ("#0E7A4B", "#036039 #014A2B #E5F5EA #7EC199 #91D5AC #041B0F #1C3426 #0A341F"),
        ("#B4570F", "#863E04 #6B2F00 #FDECE3 #E5A581 #F9B894 #241005 #3E281B #42210C"),
        ("#D0021B", "#784540 #63332E #FFEBE8 #DFA59E #F3B8B1 #250E0C #402623 #451E1B"),
    ],
)
def test_a_brand_always_gives_the_same_eight_colours(brand: str, expected: str) -> None:
    assert " ".join(astuple(palette(brand))) == expected


@given(brands)
@example("#FFFFFF")
@example("#000000")
@example("#39FF14")
@example("#FFFF00")
@example("#FF00FF")
@example("#FF0000")
@example("#808080")
def test_whatever_is_picked_every_text_can_be_read(brand: str) -> None:
    colours = palette(brand)
    ink, ink_2, dark_ink, dark_ink_2 = "#1A212B", "#4A5461", "#E9EDF3", "#AEB7C3"
    weave = 0.07  # face.css weaves white of 7 % into the band

    assert contrast(colours.accent, PAGE) >= 7.0
    assert contrast(colours.accent, colours.soft) >= 5.5
    assert contrast(colours.hover, PAGE) >= 7.0
    assert contrast(ink, colours.soft) >= 7.0
    assert contrast(ink_2, colours.soft) >= 5.5
    assert contrast("#FFFFFF", colours.accent) >= 7.6
    assert contrast("#FFFFFF", mixed(colours.accent, weave)) >= 5.5
    assert contrast(colours.soft, mixed(colours.accent, weave)) >= 5.5

    assert contrast(colours.dark_accent, DARK_SURFACE) >= 8.0
    assert contrast(colours.dark_accent, colours.dark_soft) >= 5.5
    assert contrast(colours.dark_on, colours.dark_accent) >= 8.4
    assert contrast(colours.dark_on, colours.dark_hover) >= 8.4
    assert contrast(dark_ink, colours.dark_soft) >= 7.0
    assert contrast(dark_ink_2, colours.dark_soft) >= 5.5
    assert contrast("#EEF1F6", mixed(colours.dark_band, weave)) >= 5.5
    assert contrast(colours.dark_hover, mixed(colours.dark_band, weave)) >= 5.5


@given(brands)
def test_the_sheet_names_nothing_that_the_face_does_not_have(brand: str) -> None:
    sheet = stylesheet(palette(brand))

    assert set(re.findall(r"--[\w-]+", sheet)) <= set(re.findall(r"--[\w-]+", FACE))
    assert len(sheet.strip().split("\n")) == 3
    assert len(sheet) < 800


def test_the_face_wears_the_first_brand_of_the_table_when_no_tenant_is_known() -> None:
    day, night, chosen = stylesheet(palette("#2A4480")).strip().split("\n")
    root = {name: value.upper() for name, value in tokens(FACE.split("@media")[0]).items()}

    assert tokens(day).items() <= root.items()
    assert tokens(night) == tokens(chosen)


def test_the_grounds_are_those_of_the_face() -> None:
    assert f"--page:{PAGE.lower()}" in FACE
    assert f"--surface:{DARK_SURFACE.lower()}" in FACE


def test_contrast_is_the_one_that_wcag_defines() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "brand", ["", "2A4480", "#2A448", "#2A44800", "#GG4480", "indigo", "#2A4480;"]
)
def test_what_is_no_colour_is_refused_with_an_example(brand: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        palette(brand)

    assert "#2A4480" in refusal.value.problems["brand"].en
