from typing import get_args
from xml.etree import ElementTree

import pytest

from contrib.catalog.rules.badge import WORTHS, draw_badge
from core.api import Language, catalog

PLACE = "{http://www.w3.org/2000/svg}"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_standing_of_a_tier_has_a_badge() -> None:
    assert WORTHS.keys() == {*get_args(catalog.Standing), "stopped"}


@pytest.mark.parametrize("worth", WORTHS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_badge_says_its_words_to_eyes_and_ears_on_a_ground_that_lets_them_be_read(
    worth: catalog.Standing, language: Language
) -> None:
    root = ElementTree.fromstring(draw_badge(worth, language))  # noqa: S314 - our own

    words = WORTHS[worth].to(language)
    assert [one.text for one in root.iter(f"{PLACE}text")][1] == words
    assert root.attrib["aria-label"].endswith(f": {words}")
    grounds = [one.attrib["fill"] for one in root.iter(f"{PLACE}path")]
    assert all(1.05 / (luminance(ground) + 0.05) >= 4.5 for ground in grounds)


def test_signs_above_and_below_letters_take_no_room() -> None:
    tall = ElementTree.fromstring(draw_badge("gold", "th"))  # noqa: S314 - our own

    assert int(tall.attrib["width"]) < 16 * 2 + 7 * (len("ท้องถิ่น") + len("ระดับทอง"))
