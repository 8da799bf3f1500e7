"""The badge of a plugin: a picture that others show on their pages, in one language."""

import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Literal

from core.api import Language, Text, catalog

Worth = catalog.Standing | Literal["stopped"]

WORTHS: Mapping[str, Text] = {**catalog.STANDINGS, "stopped": Text("ถูกระงับ", "Stopped")}
NAME = Text("ท้องถิ่น", "Thongthin")
# White is read on each of them, at 4.5 to 1 or better.
_COLOURS: dict[Worth, str] = {
    "bronze": "#8a5524",
    "silver": "#5b6673",
    "gold": "#7a5b00",
    "platinum": "#0b5568",
    "fallen": "#6b6b6b",
    "stopped": "#a7221c",
}
_HEIGHT, _LETTER, _ROOM = 20, 7, 16


def draw_badge(worth: Worth, language: Language) -> str:
    """Return the picture, as SVG."""
    left, right = NAME.to(language), WORTHS[worth].to(language)
    first, second = _width(left), _width(right)
    words = escape(f"{left}: {right}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{first + second}" height="{_HEIGHT}" '
        f'role="img" aria-label="{words}" lang="{language}"><title>{words}</title>'
        f'<path fill="#2b333d" d="M0 0h{first}v{_HEIGHT}H0z"/>'
        f'<path fill="{_COLOURS[worth]}" d="M{first} 0h{second}v{_HEIGHT}H{first}z"/>'
        '<g fill="#fff" font-family="Sarabun,Noto Sans Thai,Thonburi,Tahoma,sans-serif" '
        'font-size="12" text-anchor="middle">'
        f'<text x="{first / 2:g}" y="14">{escape(left)}</text>'
        f'<text x="{first + second / 2:g}" y="14">{escape(right)}</text></g></svg>\n'
    )


def _width(words: str) -> int:
    """Return the room for words; vowels and tones above and below letters take none."""
    letters = sum(unicodedata.category(one) != "Mn" for one in words)
    return letters * _LETTER + _ROOM
