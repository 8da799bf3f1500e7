"""The pictures of payment codes: SVG for pages and papers, PNG for messages and downloads.

A picture is decoration to a screen reader: the page around it shows payee, references and
amount in words, and its element carries ``role="img"`` and a label.
"""

from io import BytesIO

from markupsafe import Markup
from PIL import Image, ImageDraw

from kit.documents import qr_png, qr_svg
from kit.treasury.codes.barcode import barcode_text
from kit.treasury.codes.code128 import bars, widths
from kit.treasury.codes.payments import BillPayment, Transfer
from kit.treasury.codes.thai_qr import build

# In modules; a tenth of the width or more lets a scanner pass at a slant.
BAR_HEIGHT = 60


def payment_svg(payment: BillPayment | Transfer) -> Markup:
    """Return the Thai QR of a payment as an ``<svg>`` that scales, four light modules around it."""
    return qr_svg(build(payment))


def payment_png(payment: BillPayment | Transfer, *, pixels: int = 8) -> bytes:
    """Return the Thai QR of a payment as a PNG, with four light modules around.

    :param pixels: the side of one module.
    """
    return qr_png(build(payment), pixels=pixels)


def barcode_svg(bill: BillPayment) -> str:
    """Return the barcode of a bill as an ``<svg>`` that scales, with ten light modules beside it.

    It needs 0.25 mm a module on paper: some 100 mm for a bill.
    """
    width, dark = bars(barcode_text(bill))
    path = "".join(f"M{at} 0h{bar}v{BAR_HEIGHT}h-{bar}z" for at, bar in dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {BAR_HEIGHT}" '
        'shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        f'<path fill="#fff" d="M0 0h{width}v{BAR_HEIGHT}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def barcode_widths(bill: BillPayment) -> str:
    """Return the barcode of a bill for a paper that draws it: widths of bars and gaps in turn."""
    return widths(barcode_text(bill))


def barcode_png(bill: BillPayment, *, pixels: int = 3) -> bytes:
    """Return the barcode of a bill as a PNG, with ten light modules beside it.

    :param pixels: the width of one module.
    """
    width, dark = bars(barcode_text(bill))
    picture = Image.new("1", (width * pixels, BAR_HEIGHT * pixels), color=1)
    pen = ImageDraw.Draw(picture)
    for at, bar in dark:
        box = (at * pixels, 0, (at + bar) * pixels - 1, BAR_HEIGHT * pixels)
        pen.rectangle(box, fill=0)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
