"""Whether two pictures of a page show the same to a person.

Another machine draws the edges of letters a little differently, so pictures are made small and
blurred first, and compared cell by cell: a cell is a word, a tag, a piece of a border.
"""

import io
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter

SCALE = 3  # pixels of the page to one of the picture that is kept
CELL = 8  # pixels of the kept picture
FARTHEST = 8  # levels of 255 by which the colour of a cell may differ, on average
COLOURS = 256


class Difference(NamedTuple):
    """A place of the page where the pictures differ, in its own pixels."""

    left: int
    top: int
    by: int  # levels of 255


def smaller(png: bytes) -> Image.Image:
    """Return the picture as it is kept: a third of the size."""
    with Image.open(io.BytesIO(png)) as whole:
        return whole.convert("RGB").reduce(SCALE)


def kept(picture: Image.Image) -> bytes:
    """Return the small picture as a PNG with a palette."""
    written = io.BytesIO()
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def differences(one: Image.Image, other: Image.Image) -> list[Difference]:
    """Return the cells in which two small pictures differ, from the top on."""
    if one.size != other.size:
        one, other = (_padded(picture, one, other) for picture in (one, other))
    blurred = (
        picture.convert("RGB").filter(ImageFilter.GaussianBlur(1)) for picture in (one, other)
    )
    apart = ImageChops.difference(*blurred)
    # The channel that differs most counts: grey levels would miss a change of hue.
    most = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    cells = most.reduce(CELL)
    return [
        Difference(place % cells.width * CELL * SCALE, place // cells.width * CELL * SCALE, level)
        for place, level in enumerate(cells.tobytes())
        if level > FARTHEST
    ]


def _padded(picture: Image.Image, *both: Image.Image) -> Image.Image:
    """Return the picture on a ground on which both fit, so that what is missing differs."""
    size = max(one.width for one in both), max(one.height for one in both)
    ground = Image.new("RGB", size, (255, 0, 255))
    ground.paste(picture.convert("RGB"))
    return ground
