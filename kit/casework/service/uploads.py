"""Files that go with a request: listed, taken with a form, left out, opened."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from litestar.datastructures import UploadFile

from core.api import Context, NotFound, Text, audit, transaction
from kit.casework.service.attaching import Attached, Holder, attach, listed
from kit.casework.service.drafts import OpenDraft
from kit.casework.tables import Attachment
from kit.documents import FileRefused, Store, Upload, discard, forget_results, unfinished

_MISSING = Text("แนบ “{name}” ถ่ายรูปแล้วแนบได้เลย", "Attach “{name}”; a photo will do.")
_MOST_DROPPED = 100


def holder_of(draft: OpenDraft) -> Holder:
    """Return the draft as what takes files."""
    return Holder(draft.id, draft.documents)


async def of_draft(ctx: Context, draft: UUID) -> Mapping[str, Sequence[Attached]]:
    """Return the files of a draft by the code of the document they belong to."""
    found: dict[str, list[Attached]] = {}
    for one in await all_of_draft(ctx, draft):
        found.setdefault(one.document, []).append(one)
    return found


async def all_of_draft(ctx: Context, draft: UUID) -> list[Attached]:
    """Return the files of a draft, or those not yet handed in of a case, as they came."""
    async with transaction(ctx):
        rows = (
            await Attachment.select()
            .where(
                Attachment.of(ctx),
                Attachment.draft_id == draft,
                Attachment.case_id.is_null(),
                Attachment.removed_at.is_null(),
            )
            .order_by(Attachment.id)
        )
    return [listed(row) for row in rows]


async def broken_off(ctx: Context, holder: Holder) -> Mapping[str, Sequence[Upload]]:
    """Return the files that have come in part, by the code of their document."""
    found: dict[str, list[Upload]] = {}
    for one in await unfinished(ctx, holder.owner):
        found.setdefault(one.begun.document, []).append(one)
    return found


async def take(
    ctx: Context,
    holder: Holder,
    *,
    new: Mapping[str, Sequence[UploadFile]],
    drop: Sequence[str] = (),
    throw_away: Sequence[str] = (),
) -> dict[str, Text]:
    """Keep new files and leave out others; return what is wrong, by document.

    A file that is refused does not keep the others from being taken.

    :param new: files by the code of their document.
    :param drop: ids of files to leave out.
    :param throw_away: ids of uploads that broke off.
    """
    await _drop(ctx, holder, drop)
    for key in throw_away[:_MOST_DROPPED]:
        await discard(ctx, holder.owner, key)
    problems: dict[str, Text] = {}
    for document in holder.documents:
        for file in new.get(document.code, ()):
            try:
                await attach(ctx, holder, document, file.filename, await file.read())
            except FileRefused as refusal:
                problems.setdefault(document.code, refusal.sentence)
    return problems


async def _drop(ctx: Context, holder: Holder, ids: Sequence[str]) -> None:
    chosen = []
    for one in ids[:_MOST_DROPPED]:
        try:
            chosen.append(UUID(one))
        except ValueError:
            continue
    if chosen:
        async with transaction(ctx):
            await Attachment.update({Attachment.removed_at: ctx.now}).where(
                Attachment.of(ctx),
                Attachment.draft_id == holder.id,
                Attachment.case_id.is_null(),
                Attachment.id.is_in(chosen),
            )
        await forget_results(ctx, holder.owner, {str(one) for one in chosen})


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
    attached = listed(row)
    digest = attached.thumbnail if small and attached.thumbnail else attached.digest
    data = await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, digest)
    return data, attached
