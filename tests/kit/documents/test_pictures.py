import random
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core.pictures import BROKEN_PICTURE, LARGEST_PIXELS, TOO_MANY_PIXELS
from kit.documents.pictures import (
    LONGEST_SIDE,
    THUMBNAIL_BYTES,
    THUMBNAIL_SIDE,
    clean_picture,
)
from kit.documents.refusals import FileRefused

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


def noise(mode: str, size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 80).convert(mode)


def written(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def test_a_photo_loses_its_place_its_time_and_its_device() -> None:
    exif = Image.Exif()
    exif[MAKER] = "SecretPhone"
    exif.get_ifd(PLACE)[1] = "N"
    photo = written(noise("RGB", (800, 600)), "JPEG", exif=exif, comment=b"SecretComment")
    assert b"SecretPhone" in photo

    clean = clean_picture(photo)
    for data in (clean.data, clean.thumbnail):
        assert b"Secret" not in data
        assert not opened(data).getexif()


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    photo = written(noise("RGB", (80, 60)), "PNG") + b"PK\x03\x04<script>alert(1)</script>"

    assert b"script" not in clean_picture(photo).data


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    lying = Image.new("RGB", (400, 200), "white")
    lying.paste("black", (0, 0, 100, 200))

    clean = clean_picture(written(lying, "JPEG", exif=exif))
    assert (clean.width, clean.height) == (200, 400)
    assert opened(clean.data).convert("L").getpixel((100, 20)) == pytest.approx(0, abs=10)


@pytest.mark.parametrize(
    ("mode", "form", "mime"),
    [
        ("RGB", "JPEG", "image/jpeg"),
        ("L", "JPEG", "image/jpeg"),
        ("CMYK", "JPEG", "image/jpeg"),
        ("RGB", "WEBP", "image/jpeg"),
        ("RGBA", "WEBP", "image/png"),
        ("RGB", "PNG", "image/png"),
        ("RGBA", "PNG", "image/png"),
        ("LA", "PNG", "image/png"),
        ("P", "PNG", "image/png"),
        ("1", "PNG", "image/png"),
        ("I;16", "PNG", "image/png"),
    ],
)
def test_every_way_of_writing_a_picture_is_read(mode: str, form: str, mime: str) -> None:
    image = noise("L", (300, 200))
    if mode in {"RGBA", "LA"}:
        image = image.convert("LA")
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    clean = clean_picture(written(image.convert(mode), form))

    assert clean.mime == mime
    assert (clean.width, clean.height) == opened(clean.data).size == (300, 200)
    assert Image.MIME[opened(clean.data).format or ""] == mime


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "green", "blue")]
    moving = written(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)

    kept = opened(clean_picture(moving).data)
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((30, 30)) == pytest.approx((255, 0, 0), abs=8)


@pytest.mark.parametrize("size", [(1, 1), (479, 480), (3000, 2000), (9000, 30), (30, 9000)])
def test_a_thumbnail_is_small_whatever_is_on_it(size: tuple[int, int]) -> None:
    clean = clean_picture(written(noise("RGB", size), "JPEG"))

    assert len(clean.thumbnail) <= THUMBNAIL_BYTES
    assert max(opened(clean.thumbnail).size) <= THUMBNAIL_SIDE
    assert max(clean.width, clean.height) <= LONGEST_SIDE


def test_what_is_see_through_is_white_on_the_thumbnail() -> None:
    clean = clean_picture(written(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG"))

    assert opened(clean.thumbnail).convert("L").getpixel((50, 50)) == 255
    assert opened(clean.data).mode == "RGBA"


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(side: int) -> None:
    bomb = written(Image.new("1", (side, side)), "PNG")
    assert side * side > LARGEST_PIXELS
    assert len(bomb) < 200_000

    with pytest.raises(FileRefused) as refused:
        clean_picture(bomb)
    assert refused.value.sentence == TOO_MANY_PIXELS


def test_a_bomb_of_text_is_refused() -> None:
    whole = written(Image.new("1", (8, 8)), "PNG")
    begin = whole.index(b"IDAT") - 4
    packed = zlib.compress(b"x" * 100_000_000, 9)
    chunk = b"zTXtnote\0\0" + packed
    bomb = len(chunk) - 4
    framed = bomb.to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")

    with pytest.raises(FileRefused) as refused:
        clean_picture(whole[:begin] + framed + whole[begin:])
    assert refused.value.sentence == BROKEN_PICTURE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_read_or_refused_and_never_more(form: str) -> None:
    whole = written(noise("RGB", (48, 48)), form)
    chance = random.Random(form)  # noqa: S311 - damage, not secrets
    refusals = 0
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        cut = damaged[: chance.choice([len(damaged), chance.randrange(16, len(damaged))])]
        try:
            assert clean_picture(bytes(cut)).width > 0
        except FileRefused:
            refusals += 1

    assert refusals > 20
