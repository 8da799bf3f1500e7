"""Sarabun for the pages (small WOFF2) and for the papers (TTF).

The npm package splits the font by script. The parts are merged again, with the tables
that put Thai vowels and tone marks in their places.
"""

from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# What the pages use: Latin with its punctuation, Thai, and the signs in between.
PAGES = [
    *range(0x20, 0x7F),
    *(0xA0, 0xA7, 0xA9, 0xAB, 0xB0, 0xB1, 0xB2, 0xB3, 0xB7, 0xBB, 0xBD, 0xD7, 0xE9, 0xF7),
    *range(0xE01, 0xE3B),
    *range(0xE3F, 0xE5C),
    *(0x200B, 0x200C, 0x200D, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D),
    *(0x2022, 0x2026, 0x2060, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x25CC, 0x2713),
]
FEATURES = ["ccmp", "mark", "mkmk", "kern", "liga"]
WEIGHTS = {"400": "Regular", "600": "SemiBold", "700": "Bold"}
FOR_PAGES = ("400", "600")
LARGEST = 16 * 1024


def write_fonts(modules: Path, target: Path) -> None:
    """Write ``sarabun-<weight>.woff2`` and ``Sarabun-<Style>.ttf`` into ``target``.

    :param modules: npm's folder ``node_modules``.
    :raises ValueError: a page font is larger than 16 KB.
    """
    parts = modules / "@fontsource" / "sarabun" / "files"
    target.mkdir(parents=True, exist_ok=True)
    for weight, style in WEIGHTS.items():
        whole = target / f"Sarabun-{style}.ttf"
        font = Merger().merge(
            [str(parts / f"sarabun-{script}-{weight}-normal.woff2") for script in ("latin", "thai")]
        )
        font.flavor = None
        _name(font, style)
        font.save(whole)
        if weight in FOR_PAGES:
            _write_small(whole, target / f"sarabun-{weight}.woff2")


def _name(font: TTFont, style: str) -> None:
    """Name the font so that Typst finds all weights under one family."""
    for identity, text in {16: "Sarabun", 17: style}.items():
        font["name"].setName(text, identity, 3, 1, 0x409)


def _write_small(whole: Path, small: Path) -> None:
    options = Options(
        flavor="woff2",
        hinting=False,
        layout_features=FEATURES,
        name_IDs=[0, 1, 2, 13],
        desubroutinize=True,
        drop_tables=["gasp"],
    )
    font = TTFont(whole)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=PAGES)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(small)
    if small.stat().st_size > LARGEST:
        raise ValueError(f"{small.name} has {small.stat().st_size} bytes, more than {LARGEST}.")
