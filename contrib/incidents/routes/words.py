"""Words and tones of codes, as the pages of incidents share them."""

from collections.abc import Mapping
from typing import Any

from contrib.incidents.rules.categories import CATEGORIES
from contrib.incidents.rules.states import IN_WORDS, TONES
from contrib.incidents.service.pictures import SHOWS

WORDS: Mapping[str, Any] = {
    "categories": CATEGORIES,
    "states": IN_WORDS,
    "tones": TONES,
    "shows": SHOWS,
}
