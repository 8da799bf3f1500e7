"""How a file comes to a draft or a case: whole with a form, or in pieces beforehand.

What is sent while a request is being put right waits under the id of its case, as it does under
that of a draft, until it is handed in.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from core.api import Conflict, Context, NotFound, Text, new_id, transaction
from kit.casework.declaration import Document
from kit.casework.tables import Attachment
from kit.documents import (
    MEGABYTE,
    Begun,
    FileRefused,
    Store,
    Upload,
    inspect_async,
    owner_of,
    unfinished,
)

# Of one draft, those included that were taken out again: their bytes stay until it ends.
MOST_FILES = 100
MOST_BYTES = 400 * MEGABYTE

# What is handed in after the record of what is missing.
FURTHER = Document("other", Text("เอกสารเพิ่ม", "Further documents"), required=False, most=20)

_TOO_MANY = Text(
    "“{name}” แนบได้ไม่เกิน {most} ไฟล์ ลบไฟล์ที่ไม่ใช้ก่อน",
    "“{name}” takes at most {most} files. Remove one that is not needed first.",
)
_FULL = Text(
    "เรื่องนี้แนบไฟล์ครบจำนวนที่รับได้แล้ว นำไฟล์ที่เหลือมาที่สำนักงาน หรือติดต่อเจ้าหน้าที่",
    "This request has all the files it can take. Bring the rest to the office, or ask there.",
)
_FILED = Text(
    "ยื่นเรื่องนี้ไปแล้ว จึงแนบไฟล์เพิ่มในร่างไม่ได้ ดูได้ที่หน้าติดตามเรื่อง",
    "This was filed already, so that its draft takes no more files. Look at its tracking page.",
)
_NO_DOCUMENT = Text(
    "เรื่องนี้ไม่ได้ขอเอกสารนี้แล้ว โหลดหน้าใหม่",
    "This document is not asked for any more. Reload the page.",
)

_LOCK_DRAFT = "SELECT case_id FROM casework.draft WHERE tenant_id = $1 AND id = $2 FOR UPDATE"
_LOCK_CASE = 'SELECT NULL FROM casework."case" WHERE tenant_id = $1 AND id = $2 FOR UPDATE'
_HELD = """
SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes,
  count(*) FILTER (WHERE document = $3 AND removed_at IS NULL AND case_id IS NULL) AS here
FROM casework.attachment WHERE tenant_id = $1 AND draft_id = $2
"""


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file as a page lists it."""

    id: UUID
    document: str
    name: str
    size: int
    pages: int
    media_type: str
    digest: str
    thumbnail: str | None


class Holder(msgspec.Struct, frozen=True):
    """What takes files before they are a case's: a draft, or a case that is being put right."""

    id: UUID
    documents: tuple[Document, ...]
    mending: bool = False

    @property
    def owner(self) -> str:
        """The name under which its unfinished files are kept."""
        return owner_of("case" if self.mending else "draft", self.id)

    def document(self, code: str) -> Document:
        """Return what a file is meant for.

        :raises FileRefused: it is not asked for.
        """
        for one in self.documents:
            if one.code == code and one.way == "upload":
                return one
        raise FileRefused(_NO_DOCUMENT)


def listed(row: Mapping[str, Any]) -> Attached:
    """Return a row of the table as pages list it."""
    return Attached(**{name: row[name] for name in Attached.__struct_fields__})


async def refuse_early(ctx: Context, holder: Holder, begun: Begun) -> Document:
    """Refuse a file before it is sent that could not be kept; return what it is meant for.

    :raises FileRefused: it is not asked for, or there are too many.
    """
    document = holder.document(begun.document)
    coming = sum(
        one.begun.total for one in await unfinished(ctx, holder.owner) if one.begun != begun
    )
    async with transaction(ctx) as connection:
        held = await connection.fetchrow(_HELD, ctx.tenant.id, holder.id, document.code)
    _refuse_too_many(document, held, coming + begun.total)
    return document


def _refuse_too_many(document: Document, held: Mapping[str, Any], size: int) -> None:
    if held["here"] >= document.most:
        raise FileRefused(_TOO_MANY.format(name=document.name, most=document.most))
    if held["files"] >= MOST_FILES or held["bytes"] + size > MOST_BYTES:
        raise FileRefused(_FULL)


async def attach_upload(ctx: Context, holder: Holder, upload: Upload) -> dict[str, str]:
    """Check a file that has come in pieces, keep it, and say what it is now."""
    document = holder.document(upload.begun.document)
    kept = await attach(ctx, holder, document, upload.begun.name, upload.path)
    return {"id": str(kept.id), "name": kept.name, "size": str(kept.size)}


async def attach(
    ctx: Context, holder: Holder, document: Document, name: str, data: Path | bytes
) -> Attached:
    """Check a file, keep it, and put it into a draft; the same file again is the one before.

    :raises FileRefused: it is not one that can be taken, or there are too many.
    :raises Conflict: the draft was filed meanwhile.
    """
    row = await _checked(ctx, document, name, data)
    row.draft_id = holder.id
    async with transaction(ctx) as connection:
        lock = _LOCK_CASE if holder.mending else _LOCK_DRAFT
        found = await connection.fetchrow(lock, ctx.tenant.id, holder.id)
        if found is None:
            raise NotFound(_NO_DOCUMENT)
        if found[0] is not None:
            raise Conflict(_FILED)
        before = (
            await Attachment.select()
            .where(
                Attachment.of(ctx),
                Attachment.draft_id == holder.id,
                Attachment.document == document.code,
                Attachment.digest == row.digest,
                Attachment.removed_at.is_null(),
                Attachment.case_id.is_null(),
            )
            .first()
        )
        if before is not None:
            return listed(before)
        held = await connection.fetchrow(_HELD, ctx.tenant.id, holder.id, document.code)
        _refuse_too_many(document, held, row.size)
        await Attachment.insert(row)
    return listed(row.to_dict())


async def keep(ctx: Context, document: str, name: str, data: bytes) -> Attached:
    """Check a file and keep it for a case that is about to be filed.

    :raises FileRefused: it is not one that can be taken.
    """
    row = await _checked(ctx, Document(document, Text("", "")), name, data)
    async with transaction(ctx):
        await Attachment.insert(row)
    return listed(row.to_dict())


async def _checked(ctx: Context, document: Document, name: str, data: Path | bytes) -> Attachment:
    checked = await inspect_async(data, name, largest=document.megabytes * MEGABYTE)
    store = Store(ctx.settings.data / "files")
    digest = await store.put_async(ctx.tenant.id, checked.data)
    thumbnail = (
        await store.put_async(ctx.tenant.id, checked.thumbnail) if checked.thumbnail else None
    )
    return Attachment(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        draft_id=None,
        case_id=None,
        document=document.code,
        digest=digest,
        thumbnail=thumbnail,
        name=checked.name,
        media_type=checked.mime,
        size=len(checked.data),
        pages=checked.pages,
        at=ctx.now,
    )


async def forget(ctx: Context, ids: Sequence[UUID]) -> None:
    """Forget files that were kept for a case that was not filed after all."""
    if ids:
        async with transaction(ctx):
            await Attachment.delete().where(
                Attachment.of(ctx), Attachment.id.is_in(list(ids)), Attachment.case_id.is_null()
            )


async def hand_in(ctx: Context, case: UUID, *, replacing: bool) -> None:
    """Make what was sent while a case was put right a part of it, in its own transaction.

    :param replacing: what came of a document takes the place of what was there of it.
    """
    async with transaction(ctx):
        if replacing:
            sent = Attachment.select(Attachment.document).where(
                Attachment.of(ctx),
                Attachment.draft_id == case,
                Attachment.case_id.is_null(),
                Attachment.removed_at.is_null(),
                Attachment.document != FURTHER.code,
            )
            await Attachment.update({Attachment.removed_at: ctx.now}).where(
                Attachment.of(ctx),
                Attachment.case_id == case,
                Attachment.removed_at.is_null(),
                Attachment.document.is_in(sent),
            )
        await Attachment.update({Attachment.case_id: case}).where(
            Attachment.of(ctx),
            Attachment.draft_id == case,
            Attachment.case_id.is_null(),
            Attachment.removed_at.is_null(),
        )
