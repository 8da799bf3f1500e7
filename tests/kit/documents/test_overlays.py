import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject, NumberObject

from core.api import pictures
from kit.documents import FileRefused, lay_over, pdf_of_picture
from kit.documents.contents import Paper
from kit.documents.refusals import BROKEN_PDF, LOCKED_PDF
from kit.documents.rendering import Press

MM = 72 / 25.4
A4, A5 = (210 * MM, 297 * MM), (148 * MM, 210 * MM)
Box = tuple[float, float, float, float]
Show = Callable[[bytes], Image.Image]


def a_page(
    size: tuple[float, float] = A4,
    *,
    content: bytes = b"",
    media: Box | None = None,
    crop: Box | None = None,
    **keys: Any,
) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(*size)
    for key, box in (("/MediaBox", media), ("/CropBox", crop)):
        if box:
            page[NameObject(key)] = ArrayObject(FloatObject(one) for one in box)
    for key, value in keys.items():
        page[NameObject(f"/{key}")] = value
    if content:
        stream = DecodedStreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


# A red field of 5 by 2.5 cm.
SMALL = a_page((50 * MM, 25 * MM), content=b"1 0 0 rg 0 0 1000 1000 re f")


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Return the first page as a reader shows it, a pixel to the point."""

    def draw(pdf: bytes) -> Image.Image:
        path = tmp_path / "show.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-cropbox", "-r", "72", "-png", "-singlefile", str(path), str(path)]
        subprocess.run(["/usr/bin/env", *command], check=True, capture_output=True)  # noqa: S603
        with Image.open(f"{path}.png") as image:
            return image.convert("RGB")

    return draw


def red_of(image: Image.Image) -> tuple[int, int, int, int]:
    red, green, _ = image.split()
    box = ImageChops.subtract(red, green).point(lambda one: 255 * (one > 200)).getbbox()
    assert box is not None
    return box


def place(image: Image.Image) -> Box:
    """Return millimetres of the red field from right and top, its width and its height."""
    left, top, right, bottom = red_of(image)
    return (
        (image.width - right) / MM,
        top / MM,
        (right - left) / MM,
        (bottom - top) / MM,
    )


STANDARD = pytest.approx((5, 5, 50, 25), abs=0.8)


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("size", [A4, A5, (A4[1], A4[0]), (2384, 3370)], ids=str)
def test_it_stands_at_the_top_right_of_the_page_as_it_is_shown(
    show: Show, turned: int, size: tuple[float, float]
) -> None:
    made = lay_over(a_page(size, Rotate=NumberObject(turned)), SMALL)

    assert place(show(made)) == STANDARD


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        ((-100, -50, 495, 792), None),
        ((595, 842, 0, 0), None),
        ((0, 0, 595, 842), (60, 90, 500, 700)),
        ((0, 0, 595, 842), (-50, -50, 2000, 2000)),
    ],
)
def test_boxes_that_begin_anywhere_are_minded(
    show: Show, media: Box, crop: Box | None, turned: int
) -> None:
    made = lay_over(a_page(media=media, crop=crop, Rotate=NumberObject(turned)), SMALL)

    assert place(show(made)) == STANDARD


def test_on_a_small_page_it_is_smaller(show: Show) -> None:
    image = show(lay_over(a_page((60 * MM, 400)), SMALL))

    assert place(image) == pytest.approx((5, 5, 40, 20), abs=0.8)


@pytest.mark.parametrize(
    "content",
    [
        b"q 3 0 0 3 50 50 cm q 0 0 1 rg 0 0 9 9 re f",
        b"Q Q .2 0 0 .2 0 0 cm",
        b"q Q Q 5 0 0 5 0 0 cm q q 0 0 10 10 re W n",
    ],
)
def test_what_a_sloppy_page_leaves_open_moves_nothing(show: Show, content: bytes) -> None:
    assert place(show(lay_over(a_page(content=content), SMALL))) == STANDARD


def test_the_unit_of_a_page_is_minded() -> None:
    page = PdfReader(BytesIO(lay_over(a_page(UserUnit=FloatObject(2)), SMALL))).pages[0]
    contents = page.get_contents()
    assert contents is not None

    assert b"0.5 0 0 0.5" in contents.get_data().replace(b".5000", b".5").replace(b".0000", b"")


def test_the_rest_of_the_file_stays_and_what_was_given_is_not_touched(
    press: Press, papers: dict[str, Paper], text_of: Callable[[bytes], str]
) -> None:
    given = press.render("documents/guide.typ", papers["guide"])
    kept = bytes(given)

    made = lay_over(given, SMALL)

    assert given == kept
    assert text_of(made) == text_of(given)
    assert len(PdfReader(BytesIO(made)).pages) == len(PdfReader(BytesIO(given)).pages)
    assert lay_over(given, SMALL) == made


def test_laid_over_twice_both_stand(show: Show) -> None:
    blue = a_page((50 * MM, 25 * MM), content=b"0 0 1 rg 0 0 1000 1000 re f")
    image = show(lay_over(lay_over(a_page(), SMALL), blue, inset=40))

    assert place(image) == STANDARD
    assert image.getpixel((int(image.width - 60 * MM), int(50 * MM))) == (0, 0, 255)


def test_a_broken_file_and_one_with_a_password_are_refused() -> None:
    locked = PdfWriter(clone_from=BytesIO(a_page()))
    locked.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    locked.write(out)

    with pytest.raises(FileRefused) as broken:
        lay_over(b"%PDF-1.7 nothing", SMALL)
    with pytest.raises(FileRefused) as closed:
        lay_over(out.getvalue(), SMALL)
    assert broken.value.sentence == BROKEN_PDF
    assert closed.value.sentence == LOCKED_PDF


def a_picture(size: tuple[int, int], mode: str = "RGB", form: str = "PNG", **more: Any) -> bytes:
    colour: Any = {"RGB": (0, 90, 0), "L": 90, "RGBA": (0, 90, 0, 0)}[mode]
    out = BytesIO()
    Image.new(mode, size, colour).save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1654, 2339), (210, 297)),
        ((2339, 1654), (297, 210)),
        ((300, 300), (210, 210)),
        ((200, 1000), (59.4, 297)),
    ],
)
def test_a_picture_becomes_a_page_that_fits_a4(
    size: tuple[int, int], expected: tuple[float, float]
) -> None:
    [page] = PdfReader(BytesIO(pdf_of_picture(a_picture(size)))).pages

    found = (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM)
    assert found == pytest.approx(expected, abs=0.3)


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", (0, 90, 0)), ("L", (90, 90, 90)), ("RGBA", (255, 255, 255))]
)
def test_a_picture_keeps_its_colours_and_takes_what_is_laid_over(
    show: Show, mode: str, colour: tuple[int, int, int]
) -> None:
    image = show(lay_over(pdf_of_picture(a_picture((900, 1200), mode)), SMALL))

    middle: Any = image.getpixel((image.width // 2, image.height // 2))
    assert middle == pytest.approx(colour, abs=3)
    assert place(image) == STANDARD


def test_a_photo_that_lies_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    raw = a_picture((400, 300), form="JPEG", exif=exif)
    [page] = PdfReader(BytesIO(pdf_of_picture(raw))).pages

    assert page.mediabox.width < page.mediabox.height


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(pictures.PictureRefused):
        pdf_of_picture(b"GIF89a nothing")
