"""Copies of files from outside that carry something of ours on their first page, such as a stamp.

What was handed in stays as it is; a copy is a new file.
"""

from io import BytesIO
from math import cos, radians, sin
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from core.api import pictures
from kit.documents.pdfs import BREAKS
from kit.documents.pictures import LONGEST_SIDE, on_white
from kit.documents.refusals import BROKEN_PDF, LOCKED_PDF, FileRefused

# Points to the millimetre.
_MM = 72 / 25.4
_A4 = (210 * _MM, 297 * _MM)
# On a small page what is laid over takes no more than this part of either side.
_MOST = 2 / 3


def lay_over(pdf: bytes, small: bytes, *, inset: float = 5) -> bytes:
    """Return a copy of a PDF file with a small one at the top right of its first page.

    Top and right are those of the page as it is shown, turned and cropped. The small page keeps
    its size, unless the other is too small for it.

    :param small: a file of our own with one page.
    :param inset: millimetres from both edges.
    :raises FileRefused: the first file cannot be opened, or has a password.
    """
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted:
            raise FileRefused(LOCKED_PDF)
        writer = PdfWriter(clone_from=reader)
        page = writer.pages[0]
        opens, closes = _levels(page)
        over = PdfReader(BytesIO(small)).pages[0]
        name = _add_form(writer, page, over)
        matrix = _matrix(page, float(over.mediabox.width), float(over.mediabox.height), inset)
        before = _add_stream(writer, "q\n" * opens)
        after = _add_stream(
            writer, f"\n{'Q ' * closes}q /Artifact BMC {matrix} cm {name} Do EMC Q\n"
        )
        page[NameObject("/Contents")] = ArrayObject([before, *_contents(page), after])
        return _written(writer)
    except BREAKS as broken:
        raise FileRefused(BROKEN_PDF) from broken


def pdf_of_picture(raw: bytes) -> bytes:
    """Return a picture as a PDF file of one page that fits A4, upright or across as the picture is.

    :param raw: JPEG, PNG or WebP, as a scanner or a phone gives it.
    :raises pictures.PictureRefused: it has too many pixels, or cannot be opened.
    """
    image, _ = pictures.open_clean(raw, longest=LONGEST_SIDE)
    image = on_white(image)
    short, long = _A4
    limits = (short, long) if image.width <= image.height else (long, short)
    scale = min(limits[0] / image.width, limits[1] / image.height)
    width, height = image.width * scale, image.height * scale

    writer = PdfWriter()
    page = writer.add_blank_page(width, height)
    drawn = DecodedStreamObject()
    drawn.set_data(pictures.write(image, "JPEG", quality=85, optimize=True))
    drawn.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(image.width),
            NameObject("/Height"): NumberObject(image.height),
            NameObject("/ColorSpace"): NameObject(
                "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
            ),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/Filter"): NameObject("/DCTDecode"),
        }
    )
    name = _name_object(writer, page, drawn)
    page[NameObject("/Contents")] = _add_stream(
        writer, f"q {width:.3f} 0 0 {height:.3f} 0 0 cm {name} Do Q\n"
    )
    return _written(writer)


def _levels(page: PageObject) -> tuple[int, int]:
    """Return how often the state is saved before the page's content and restored after it.

    Many a producer forgets one of the two; what comes after would be moved and scaled with it.
    """
    content = page.get_contents()
    level = lowest = 0
    for _, operator in content.operations if content is not None else ():
        level += {b"q": 1, b"Q": -1}.get(operator, 0)
        lowest = min(lowest, level)
    opens = 1 - lowest
    return opens, opens + level


def _matrix(page: PageObject, width: float, height: float, inset: float) -> str:
    """Return where a box of this size goes: to the top right as the page is shown."""
    left, bottom, right, top = _shown(page)
    turned = round(int(page.rotation) / 90) % 4
    # Which way right and up, as it is shown, are on the page.
    across = (round(cos(radians(90 * turned))), round(sin(radians(90 * turned))))
    up = (-across[1], across[0])
    shown = (right - left, top - bottom) if turned % 2 == 0 else (top - bottom, right - left)

    unit = float(page.user_unit)
    edge = inset * _MM / unit
    scale = min(1 / unit, _MOST * shown[0] / width, _MOST * shown[1] / height)
    along, high = shown[0] / 2 - edge - width * scale, shown[1] / 2 - edge - height * scale
    middle = ((left + right) / 2, (bottom + top) / 2)
    start = [middle[at] + across[at] * along + up[at] * high for at in (0, 1)]
    numbers = (*(scale * one for one in (*across, *up)), *start)
    return " ".join(f"{number:.4f}" for number in numbers)


def _shown(page: PageObject) -> tuple[float, float, float, float]:
    """Return what is shown of a page before it is turned: left, bottom, right, top."""
    crop, media = _edges(page.cropbox), _edges(page.mediabox)
    return (
        max(crop[0], media[0]),
        max(crop[1], media[1]),
        min(crop[2], media[2]),
        min(crop[3], media[3]),
    )


def _edges(box: ArrayObject) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a box that may be written from any of its corners."""
    xs, ys = ([float(one) for one in box[at::2]] for at in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def _add_form(writer: PdfWriter, page: PageObject, over: PageObject) -> str:
    """Keep a page of another file as something that ``page`` can draw, and return its name."""
    content = over.get_contents()
    form = DecodedStreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(over.mediabox),
            NameObject("/Resources"): DictionaryObject(_dictionary(over, "/Resources")).clone(
                writer
            ),
        }
    )
    return _name_object(writer, page, form.flate_encode())


def _name_object(writer: PdfWriter, page: PageObject, drawn: Any) -> str:
    """Give the page an object to draw, among resources of its own, under a name that is free."""
    resources = DictionaryObject(_dictionary(page, "/Resources"))
    objects = DictionaryObject(_dictionary(resources, "/XObject"))
    name = next(one for at in range(len(objects) + 1) if (one := f"/Over{at}") not in objects)
    objects[NameObject(name)] = writer._add_object(drawn)
    resources[NameObject("/XObject")] = objects
    page[NameObject("/Resources")] = resources
    return name


def _dictionary(holder: DictionaryObject, key: str) -> dict[Any, Any]:
    """Return what is kept under ``key``, references left as they are."""
    found = holder.get(key)
    inner = found.get_object() if found is not None else None
    if not isinstance(inner, DictionaryObject):
        return {}
    return {one: inner.raw_get(one) for one in inner}


def _contents(page: PageObject) -> list[Any]:
    """Return the streams of a page's content, references left as they are."""
    if "/Contents" not in page:
        return []
    found = page.raw_get("/Contents")
    inner = found.get_object()
    return list(list.__iter__(inner)) if isinstance(inner, ArrayObject) else [found]


def _add_stream(writer: PdfWriter, commands: str) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(commands.encode("ascii"))
    return writer._add_object(stream)


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
