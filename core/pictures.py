"""Pictures from outside: opened with care, turned upright, written anew without their traces.

A new file is made of the pixels alone. Place, time and device of the photo, and whatever was
hidden in the file, are gone; only the office's own record says where a picture came from.
"""

from io import BytesIO

from PIL import Image, ImageOps

from core.errors import AppError
from core.text import Text

# What a phone of 50 megapixels takes; decoded, about 150 MB of memory.
LARGEST_PIXELS = 52_000_000

TOO_MANY_PIXELS = Text(
    "รูปนี้ละเอียดเกิน 52 ล้านจุด ลองถ่ายใหม่หรือย่อขนาด",
    "This picture has more than 52 million pixels. Take it again or make it smaller.",
)
BROKEN_PICTURE = Text(
    "เปิดรูปนี้ไม่ได้ ไฟล์อาจเสียหรือส่งมาไม่ครบ ถ่ายใหม่แล้วแนบอีกครั้ง",
    "This picture cannot be opened; it may be damaged or incomplete. Take it again.",
)

_FORMATS = ("JPEG", "PNG", "WEBP")

# Pillow refuses twice this by itself, before anything is decoded.
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS


class PictureRefused(AppError):
    """The picture is not taken; its sentence says why."""

    status_code = 422


def open_clean(raw: bytes, *, longest: int) -> tuple[Image.Image, bool]:
    """Return the first frame of a JPEG, PNG or WebP file, and whether it was PNG or see-through.

    :param longest: pixels of the longer side, to which it is made smaller.
    :raises PictureRefused: it has too many pixels, or cannot be opened.
    """
    try:
        with Image.open(BytesIO(raw), formats=_FORMATS) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise PictureRefused(TOO_MANY_PIXELS)
            opened.draft("RGB", (longest, longest))
            sharp = opened.format == "PNG" or opened.has_transparency_data
            image = ImageOps.exif_transpose(opened).convert(_mode(opened))
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            # Comments and profiles would be written into the new file.
            image.info = {}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureRefused(TOO_MANY_PIXELS) from bomb
    # Broken files make Pillow's decoders raise whatever their parsers meet.
    except (OSError, SyntaxError, ValueError) as broken:
        raise PictureRefused(BROKEN_PICTURE) from broken
    return image, sharp


def _mode(image: Image.Image) -> str:
    if image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "L"} else "RGB"


def write(image: Image.Image, form: str, **options: int) -> bytes:
    """Return the file of a picture in ``PNG`` or ``JPEG``."""
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
