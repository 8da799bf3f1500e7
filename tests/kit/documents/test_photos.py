"""Photos of a record: kept anew, opened by who has the record, and by no other municipality."""

from io import BytesIO

import msgspec
import pytest
from PIL import Image
from pypdf import PdfWriter

from core.api import NotFound
from core.context import Context
from kit.documents import MEGABYTE, FileRefused, KeptPhoto, keep_photo, open_photo


def photo(form: str = "JPEG") -> bytes:
    picture, out, exif = Image.new("RGB", (1200, 900), "olive"), BytesIO(), Image.Exif()
    exif[0x010F] = "SecretPhone"
    picture.save(out, form, exif=exif)
    return out.getvalue()


def pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


async def test_a_photo_is_kept_without_its_traces_and_opened_again(ctx: Context) -> None:
    kept = await keep_photo(ctx, "ครัว.JPEG", photo())
    data, media_type = await open_photo(ctx, kept)
    small, small_type = await open_photo(ctx, kept, small=True)

    assert (kept.name, media_type, small_type) == ("ครัว.jpg", "image/jpeg", "image/jpeg")
    assert b"SecretPhone" not in data
    assert Image.open(BytesIO(data)).size == (1200, 900)
    assert Image.open(BytesIO(small)).size == (480, 360)


async def test_a_photo_in_png_stays_so_and_its_thumbnail_is_a_jpeg(ctx: Context) -> None:
    kept = await keep_photo(ctx, "ป้าย.png", photo("PNG"))

    assert (await open_photo(ctx, kept))[1] == kept.media_type == "image/png"
    assert (await open_photo(ctx, kept, small=True))[1] == "image/jpeg"


async def test_a_record_keeps_a_photo_as_json(ctx: Context) -> None:
    kept = await keep_photo(ctx, "a.jpg", photo())

    assert msgspec.json.decode(msgspec.json.encode(kept), type=KeptPhoto) == kept


async def test_a_photo_is_not_opened_in_another_municipality(ctx: Context, other: Context) -> None:
    kept = await keep_photo(ctx, "a.jpg", photo())

    with pytest.raises(NotFound):
        await open_photo(other, kept)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf(), "only photos are taken"),
        (b"%PDF-1.7 is none", "only photos are taken"),
        (photo()[:-2000], "cannot be opened"),
        (photo() + bytes(20 * MEGABYTE), "at most 20"),
        (b"GIF89a" + bytes(50), "neither a picture"),
        (b"", "is empty"),
    ],
    ids=["pdf", "broken pdf", "broken", "large", "gif", "empty"],
)
async def test_what_is_no_photo_is_refused_in_words_and_nothing_is_kept(
    ctx: Context, data: bytes, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        await keep_photo(ctx, "a.jpg", data)
    assert not (ctx.settings.data / "files").exists()
