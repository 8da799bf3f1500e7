"""Files of standard plans: looked into, kept, and given out as what they are."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.api import Context, InvalidInput, Text, add, need, new_id, transaction
from kit.documents import MEGABYTE, Checked, FileRefused, Store, inspect_async
from plugins.permits.rules.library import LARGEST, WHATS, What
from plugins.permits.service.rights import PLANS
from plugins.permits.tables.plans import PlanFile

_NO_PDF = Text(
    "ไฟล์นี้เป็นรูป ช่องนี้รับเฉพาะ PDF บันทึกแบบเป็น PDF แล้วแนบใหม่",
    "This file is a picture and a PDF is needed here. Save the plan as PDF and attach that.",
)
_NO_PICTURE = Text(
    "ไฟล์นี้เป็น PDF ช่องนี้รับเฉพาะรูป JPEG หรือ PNG บันทึกเป็นรูปแล้วแนบใหม่",
    "This file is a PDF and a picture is needed here. Save it as JPEG or PNG and attach that.",
)
_LOST = Text(
    "ไม่พบไฟล์ที่ส่งไว้ แนบไฟล์นี้อีกครั้ง ข้อมูลช่องอื่นยังอยู่",
    "The file that was sent is not here. Attach it again; the rest is still filled in.",
)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a plan.

    :param digest: SHA-256 in hexadecimal; what a permit binds drawings by.
    :param thumbnail: digest of a small JPEG; of a picture only.
    :param size: bytes.
    """

    id: UUID
    what: What
    digest: str
    thumbnail: str | None
    name: str
    media_type: str
    size: int
    pages: int


async def keep(ctx: Context, what: What, name: str, data: bytes) -> Kept:
    """Look into a file and keep it, for a version of a plan that is about to be made.

    :param name: as the browser sent it.
    :raises FileRefused: it is broken, too large, or not what is needed there.
    """
    need(ctx, PLANS)
    checked = await inspect_async(data, name, largest=LARGEST[what] * MEGABYTE)
    _refuse_other_kind(what, checked)
    store = Store(ctx.settings.data / "files")
    small = checked.thumbnail
    kept = Kept(
        id=new_id(),
        what=what,
        digest=await store.put_async(ctx.tenant.id, checked.data),
        thumbnail=await store.put_async(ctx.tenant.id, small) if small else None,
        name=checked.name,
        media_type=checked.mime,
        size=len(checked.data),
        pages=checked.pages,
    )
    row = msgspec.structs.asdict(kept) | {
        "tenant_id": ctx.tenant.id,
        "at": ctx.now,
        "actor_name": ctx.actor.name,
    }
    async with transaction(ctx):
        await add(PlanFile, row)
    return kept


def _refuse_other_kind(what: What, checked: Checked) -> None:
    if what == "picture" and checked.kind != "picture":
        raise FileRefused(_NO_PICTURE)
    if what != "picture" and checked.kind != "pdf":
        raise FileRefused(_NO_PDF)


async def kept_files(ctx: Context, ids: Mapping[What, UUID]) -> dict[What, Kept]:
    """Return files that were kept, each only as what it was kept for; lost ones are missing."""
    async with transaction(ctx):
        rows = await PlanFile.select().where(
            PlanFile.of(ctx), PlanFile.id.is_in(list(ids.values()))
        )
    known = {row["id"]: _kept(row) for row in rows}
    return {
        what: known[ids[what]]
        for what in WHATS
        if what in ids and ids[what] in known and known[ids[what]].what == what
    }


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(**{name: row[name] for name in Kept.__struct_fields__})


async def need_files(ctx: Context, ids: Mapping[What, UUID]) -> None:
    """Return when all files are there.

    :raises InvalidInput: by what they are for, which are not.
    """
    found = await kept_files(ctx, ids)
    lost: dict[str, Text] = {what: _LOST for what in ids if what not in found}
    if lost:
        raise InvalidInput(lost)


async def read_file(ctx: Context, kept: Kept, *, small: bool = False) -> tuple[bytes, str]:
    """Return the bytes of a file, or of its thumbnail, and their media type.

    :raises NotFound: it is not in the store.
    """
    digest, media_type = kept.digest, kept.media_type
    if small and kept.thumbnail:
        digest, media_type = kept.thumbnail, "image/jpeg"
    store = Store(ctx.settings.data / "files")
    return await store.read_async(ctx.tenant.id, digest), media_type
