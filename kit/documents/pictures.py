"""Pictures from outside: opened with care, turned upright, written anew without their traces.

A new file is made of the pixels alone. Place, time and device of the photo, and whatever was
hidden in the file, are gone; only the office's own record says where a picture came from.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from kit.documents.refusals import BROKEN_PICTURE, TOO_MANY_PIXELS, FileRefused

# What a phone of 50 megapixels takes; decoded, about 150 MB of memory.
LARGEST_PIXELS = 52_000_000
# Enough to read the small print of an A3 sheet.
LONGEST_SIDE = 4000
THUMBNAIL_SIDE = 480
THUMBNAIL_BYTES = 30 * 1024

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85

# Pillow refuses twice this by itself, before anything is decoded.
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS


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
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise FileRefused(TOO_MANY_PIXELS)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            keep_png = opened.format == "PNG" or opened.has_transparency_data
            image = ImageOps.exif_transpose(opened).convert(_mode(opened))
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            # Comments and profiles would be written into the new file.
            image.info = {}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused(TOO_MANY_PIXELS) from bomb
    # Broken files make Pillow's decoders raise whatever their parsers meet.
    except (OSError, SyntaxError, ValueError) as broken:
        raise FileRefused(BROKEN_PICTURE) from broken
    return Picture(
        mime="image/png" if keep_png else "image/jpeg",
        data=_written(image, "PNG") if keep_png else _jpeg(image, _QUALITY),
        thumbnail=thumbnail(image),
        width=image.width,
        height=image.height,
    )


def thumbnail(image: Image.Image) -> bytes:
    """Return the picture small, on white where it is see-through, as JPEG of at most 30 KB."""
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")
    for quality in (75, 60, 45, 30, 15):
        data = _jpeg(small, quality)
        if len(data) <= THUMBNAIL_BYTES:
            return data
    return _jpeg(small.resize((small.width // 2, small.height // 2)), 15)


def _mode(image: Image.Image) -> str:
    if image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "L"} else "RGB"


def _jpeg(image: Image.Image, quality: int) -> bytes:
    return _written(image, "JPEG", quality=quality, optimize=True)


def _written(image: Image.Image, form: str, **options: int) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
