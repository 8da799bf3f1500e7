"""A tenant's colours, derived from the one that its administrator picks.

Any colour may be picked, also white, neon or the red that errors have: the hue
is kept, and lightness and chroma are moved until every pair that carries text
has enough contrast. Reckoned in OKLCH, where lightness is what eyes see.
"""

import math
import re
from dataclasses import dataclass
from itertools import count

from core.errors import InvalidInput
from core.text import Text

# The grounds that face.css gives: text in the accent stands on them.
PAGE = "#F4F5F7"
DARK_SURFACE = "#191D24"

# Contrast that the accent reaches on its ground; WCAG 2.2 AA asks for 4.5 only.
ON_PAGE = 7.0
ON_DARK_SURFACE = 8.0

# Red means an error or a danger. A brand near its hue, in degrees, is dulled.
DANGER_HUE = 27.0
DANGER_REACH = 20.0


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one tenant, each ``#RRGGBB``.

    ``accent`` is for links and filled buttons, ``hover`` for both under the
    pointer, ``soft`` for what is selected. The dark ones are used in the dark,
    where ``dark_on`` is the text on the accent and ``dark_band`` the ground of
    the front door.
    """

    accent: str
    hover: str
    soft: str
    dark_accent: str
    dark_hover: str
    dark_on: str
    dark_soft: str
    dark_band: str


def palette(brand: str) -> Palette:
    """Derive the colours of a tenant from its brand.

    :param brand: ``#RRGGBB``, upper or lower case.
    :raises InvalidInput: for the field ``brand``, when it is not such a colour.
    """
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", brand):
        raise InvalidInput(
            {
                "brand": Text(
                    "กรอกสีเป็นเครื่องหมาย # ตามด้วยเลขฐานสิบหก 6 ตัว เช่น #2A4480",
                    "Give the colour as # and six hexadecimal digits, such as #2A4480",
                )
            }
        )
    lightness, chroma, hue = _oklch(brand)
    chroma = min(chroma, 0.12)
    if abs((hue - DANGER_HUE + 180) % 360 - 180) < DANGER_REACH:
        chroma = min(chroma, 0.07)
    start = min(max(lightness, 0.33), 0.60)
    light = _reach(start, -0.005, chroma, hue, ground=PAGE, ratio=ON_PAGE)
    bright = min(chroma, 0.09)
    dark = _reach(0.62, 0.005, bright, hue, ground=DARK_SURFACE, ratio=ON_DARK_SURFACE)
    return Palette(
        accent=_hex(light, chroma, hue),
        hover=_hex(light - 0.07, chroma, hue),
        soft=_hex(0.955, min(chroma, 0.022), hue),
        dark_accent=_hex(dark, bright, hue),
        dark_hover=_hex(dark + 0.06, bright, hue),
        dark_on=_hex(0.20, min(chroma, 0.04), hue),
        dark_soft=_hex(0.30, min(chroma, 0.04), hue),
        dark_band=_hex(0.29, min(chroma, 0.06), hue),
    )


def stylesheet(colours: Palette) -> str:
    """Return the sheet that is linked after face.css: by day, by night, and by choice."""
    day = (
        f"--accent:{colours.accent};--accent-2:{colours.hover};--accent-s:{colours.soft};"
        f"--band:{colours.accent};--band-2:{colours.soft}"
    )
    night = (
        f"--accent:{colours.dark_accent};--accent-2:{colours.dark_hover};"
        f"--accent-on:{colours.dark_on};--accent-s:{colours.dark_soft};"
        f"--band:{colours.dark_band};--band-2:{colours.dark_hover}"
    )
    return (
        f":root{{{day}}}\n"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root:where(:not([data-theme=light])){{{night}}}}}\n"
        f"@media screen{{:root:where([data-theme=dark]){{{night}}}}}\n"
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _reach(
    start: float, step: float, chroma: float, hue: float, *, ground: str, ratio: float
) -> float:
    """Return the first lightness from ``start`` at which the colour has ``ratio`` on ``ground``."""
    return next(
        lightness
        for lightness in (start + step * turn for turn in count())
        if contrast(_hex(lightness, chroma, hue), ground) >= ratio
    )


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the nearest colour a screen has: the chroma gives way, the lightness stays."""
    parts = _rgb(lightness, chroma, hue)
    while chroma > 0 and not all(0 <= part <= 1 for part in parts):
        chroma -= 0.004
        parts = _rgb(lightness, chroma, hue)
    return "#" + "".join(f"{round(255 * _encoded(part)):02X}" for part in parts)


# sRGB to OKLCH and back, with the matrices of OKLab's definition.


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
