"""QR codes as vector paths for pages and papers, as pixels for messages and downloads.

The mask is fixed: every reader takes any of the eight, and choosing the best one
costs six times the time of the code itself.
"""

from functools import lru_cache
from io import BytesIO

from markupsafe import Markup
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# ISO/IEC 18004 asks for four light modules around the code.
QUIET_MODULES = 4
_MASK = 3


@lru_cache(maxsize=512)
def qr_path(text: str) -> tuple[int, str]:
    """Return the side in modules, quiet zone included, and the dark modules as one SVG path.

    :param text: what a reader gets, up to 2,331 bytes of UTF-8 (error correction M).
    """
    rows = _matrix(text)
    runs = (
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in _dark_runs(row)
    )
    return len(rows), "".join(runs)


def qr_svg(text: str) -> Markup:
    """Return the code as an ``<svg>`` that scales, dark on a white field of its own.

    It is decoration to a screen reader: the element around it carries ``role="img"`` and
    the label, and the page shows the same in words.
    """
    side, path = qr_path(text)
    return Markup(  # noqa: S704 - of our own figures
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        'shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def qr_png(text: str, *, pixels: int = 8) -> bytes:
    """Return the code as a picture in black and white, for where no vectors are taken.

    :param pixels: the side of one module.
    """
    rows = _matrix(text)
    side = len(rows)
    picture = Image.new("1", (side, side), color=1)
    picture.putdata([not dark for row in rows for dark in row])
    file = BytesIO()
    picture.resize((side * pixels, side * pixels)).save(file, "PNG")
    return file.getvalue()


def _matrix(text: str) -> list[list[bool]]:
    """Return the modules row by row, the dark ones true, with the quiet zone around them."""
    code = QRCode(error_correction=ERROR_CORRECT_M, mask_pattern=_MASK, border=QUIET_MODULES)
    code.add_data(text)
    code.make()
    return code.get_matrix()


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where each run of dark modules begins, and its length."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
