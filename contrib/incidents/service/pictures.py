"""Photos of reports, and who may see which: the crew's are for everybody, a sender's are not."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.incidents.service.rights import READ
from contrib.incidents.tables.reports import Photo
from core.api import Context, NotFound, Text, need, transaction
from kit.documents import KeptPhoto, open_photo

SHOWS: Mapping[str, Text] = {
    "sent": Text("รูปที่แจ้ง", "Sent with the report"),
    "before": Text("ก่อนทำ", "Before the work"),
    "after": Text("หลังทำ", "After the work"),
}
_NONE = Text("ไม่พบรูปนี้", "There is no such photo.")

Row = Mapping[str, Any]


async def photos_of(ctx: Context, report: UUID, *, voice: UUID | None = None) -> Sequence[Row]:
    """Return the photos of the crew, and of a voice where one is given, in their order."""
    return [row for row in await all_photos(ctx, report) if row["voice_id"] in (None, voice)]


async def all_photos(ctx: Context, report: UUID) -> Sequence[Row]:
    """Return all photos of a report, for officers, in their order."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Photo.select().where(Photo.of(ctx), Photo.report_id == report).order_by(Photo.id)
        )
    return rows


async def read_for_officer(
    ctx: Context, report: UUID, id: UUID, *, small: bool
) -> tuple[bytes, str]:
    """Return any photo of a report, or its thumbnail, and its media type.

    :raises NotFound: there is none.
    :raises NotAllowed: the actor may not read reports.
    """
    need(ctx, READ)
    return await _read(ctx, await all_photos(ctx, report), id, small=small)


async def read_for_all(
    ctx: Context, report: UUID, id: UUID, *, voice: UUID | None = None, small: bool
) -> tuple[bytes, str]:
    """Return a photo of the crew or of a voice, or its thumbnail, and its media type.

    :raises NotFound: there is none, or it is somebody else's.
    """
    return await _read(ctx, await photos_of(ctx, report, voice=voice), id, small=small)


async def _read(ctx: Context, photos: Sequence[Row], id: UUID, *, small: bool) -> tuple[bytes, str]:
    row = next((one for one in photos if one["id"] == id), None)
    if row is None:
        raise NotFound(_NONE)
    photo = KeptPhoto(**{name: row[name] for name in KeptPhoto.__struct_fields__})
    return await open_photo(ctx, photo, small=small)
