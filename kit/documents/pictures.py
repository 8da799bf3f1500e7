"""Pictures that people hand in: written anew by the core, with a small one beside."""

from dataclasses import dataclass

from PIL import Image

from core.api import pictures
from kit.documents.refusals import FileRefused

# Enough to read the small print of an A3 sheet.
LONGEST_SIDE = 4000
THUMBNAIL_SIDE = 480
THUMBNAIL_BYTES = 30 * 1024

_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean picture.

    :param mime: ``image/jpeg``, or ``image/png`` where the source was PNG or see-through.
    :param thumbnail: JPEG, at most 480 pixels a side and 30 KB.
    """

    mime: str
    data: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_picture(raw: bytes) -> Picture:
    """Return the first frame of a JPEG, PNG or WebP file as a new file.

    :raises FileRefused: it has too many pixels, or cannot be opened.
    """
    try:
        image, keep_png = pictures.open_clean(raw, longest=LONGEST_SIDE)
    except pictures.PictureRefused as refused:
        raise FileRefused(refused.sentence) from refused
    return Picture(
        mime="image/png" if keep_png else "image/jpeg",
        data=pictures.write(image, "PNG") if keep_png else _jpeg(image, _QUALITY),
        thumbnail=thumbnail(image),
        width=image.width,
        height=image.height,
    )


def thumbnail(image: Image.Image) -> bytes:
    """Return the picture small, on white where it is see-through, as JPEG of at most 30 KB."""
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    small = on_white(small)
    for quality in (75, 60, 45, 30, 15):
        data = _jpeg(small, quality)
        if len(data) <= THUMBNAIL_BYTES:
            return data
    return _jpeg(small.resize((small.width // 2, small.height // 2)), 15)


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture on white where it is see-through."""
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    return pictures.write(image, "JPEG", quality=quality, optimize=True)
