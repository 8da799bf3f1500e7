"""Files that go with a request: taken into a draft, then the case's."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar.datastructures import UploadFile

from core.api import Context, NotFound, Text, audit, new_id, transaction
from kit.casework.declaration import Document
from kit.casework.service.drafts import OpenDraft
from kit.casework.tables import Attachment
from kit.documents import FileRefused, Store, inspect_async

_TOO_MANY = Text(
    "“{name}” แนบได้ไม่เกิน {most} ไฟล์ ลบไฟล์ที่ไม่ใช้ก่อน",
    "“{name}” takes at most {most} files. Remove one that is not needed first.",
)
_MISSING = Text("แนบ “{name}” ถ่ายรูปแล้วแนบได้เลย", "Attach “{name}”; a photo will do.")


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file as a page lists it."""

    id: UUID
    document: str
    name: str
    size: int
    media_type: str
    digest: str
    thumbnail: str | None


async def of_draft(ctx: Context, draft: UUID) -> Mapping[str, Sequence[Attached]]:
    """Return the files of a draft by the code of the document they belong to."""
    found: dict[str, list[Attached]] = {}
    for one in await all_of_draft(ctx, draft):
        found.setdefault(one.document, []).append(one)
    return found


async def all_of_draft(ctx: Context, draft: UUID) -> list[Attached]:
    """Return the files of a draft in the order in which they came."""
    async with transaction(ctx):
        rows = (
            await Attachment.select()
            .where(
                Attachment.of(ctx),
                Attachment.draft_id == draft,
                Attachment.removed_at.is_null(),
            )
            .order_by(Attachment.id)
        )
    return [_attached(row) for row in rows]


def _attached(row: Mapping[str, Any]) -> Attached:
    return Attached(**{name: row[name] for name in Attached.__struct_fields__})


async def take(
    ctx: Context,
    draft: OpenDraft,
    *,
    new: Mapping[str, Sequence[UploadFile]],
    drop: Sequence[str],
    leaving: bool,
) -> dict[str, Text]:
    """Keep new files and leave out others; return what is wrong, by document.

    A file that is refused does not keep the others from being taken.

    :param new: files by the code of their document.
    :param drop: ids of files to leave out.
    :param leaving: the person goes away for now, so that nothing is missing yet.
    """
    await _drop(ctx, draft.id, drop)
    problems: dict[str, Text] = {}
    for document in draft.documents:
        for file in new.get(document.code, ()):
            try:
                await attach(ctx, draft.id, document, file.filename, await file.read())
            except FileRefused as refusal:
                problems.setdefault(document.code, refusal.sentence)
    if not leaving:
        problems = await missing(ctx, draft) | problems
    return problems


async def attach(ctx: Context, draft: UUID, document: Document, name: str, data: bytes) -> Attached:
    """Check a file, keep it, and put it into the draft.

    :raises FileRefused: it is not one that can be taken, or there are too many.
    """
    held = (await of_draft(ctx, draft)).get(document.code, ())
    if len(held) >= document.most:
        raise FileRefused(_TOO_MANY.format(name=document.name, most=document.most))
    return await keep(ctx, document.code, name, data, draft_id=draft)


async def keep(
    ctx: Context,
    document: str,
    name: str,
    data: bytes,
    *,
    draft_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Attached:
    """Check a file and keep it with a draft or a case.

    :raises FileRefused: it is not one that can be taken.
    """
    checked = await inspect_async(data, name)
    store = Store(ctx.settings.data / "files")
    digest = await store.put_async(ctx.tenant.id, checked.data)
    thumbnail = (
        await store.put_async(ctx.tenant.id, checked.thumbnail) if checked.thumbnail else None
    )
    row = Attachment(
        tenant_id=ctx.tenant.id,
        id=new_id(),
        draft_id=draft_id,
        case_id=case_id,
        document=document,
        digest=digest,
        thumbnail=thumbnail,
        name=checked.name,
        media_type=checked.mime,
        size=len(checked.data),
        pages=checked.pages,
        at=ctx.now,
    )
    async with transaction(ctx):
        await Attachment.insert(row)
    return _attached(row.to_dict())


async def forget(ctx: Context, ids: Sequence[UUID]) -> None:
    """Forget files that were kept for a case that was not filed after all."""
    if ids:
        async with transaction(ctx):
            await Attachment.delete().where(
                Attachment.of(ctx), Attachment.id.is_in(list(ids)), Attachment.case_id.is_null()
            )


async def _drop(ctx: Context, draft: UUID, ids: Sequence[str]) -> None:
    chosen = []
    for one in ids[:100]:
        try:
            chosen.append(UUID(one))
        except ValueError:
            continue
    if chosen:
        async with transaction(ctx):
            await Attachment.update({Attachment.removed_at: ctx.now}).where(
                Attachment.of(ctx),
                Attachment.draft_id == draft,
                Attachment.case_id.is_null(),
                Attachment.id.is_in(chosen),
            )


async def missing(ctx: Context, draft: OpenDraft) -> dict[str, Text]:
    """Return a sentence for every document that must be attached and is not."""
    held = await of_draft(ctx, draft.id)
    return {
        one.code: _MISSING.format(name=one.name)
        for one in draft.documents
        if one.required and one.way == "upload" and not held.get(one.code)
    }


async def open_attachment(
    ctx: Context, case: UUID, id: UUID, *, small: bool = False, read_by_office: bool = False
) -> tuple[bytes, Attached]:
    """Return a file of a case.

    :param small: its thumbnail, where it has one.
    :param read_by_office: an officer opens it, which is recorded.
    :raises NotFound: the case has no such file.
    """
    async with transaction(ctx):
        row = (
            await Attachment.select()
            .where(Attachment.of(ctx), Attachment.case_id == case, Attachment.id == id)
            .first()
        )
        if row is None:
            raise NotFound(Text("ไม่พบไฟล์นี้", "There is no such file."))
        if read_by_office and not small:
            await audit.record(ctx, "casework.attachment.read", f"case/{case}", file=str(id))
    attached = _attached(row)
    digest = attached.thumbnail if small and attached.thumbnail else attached.digest
    data = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, digest)
    return data, attached
