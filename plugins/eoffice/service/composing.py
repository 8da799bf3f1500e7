"""What stands on paper of a document before it is signed, and what it is signed with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.api import Context, posts
from kit.documents import Signer, Store, print_at_once, stamp
from plugins.eoffice.rules import drafts
from plugins.eoffice.rules.kinds import KINDS
from plugins.eoffice.service import pictures
from plugins.eoffice.service.access import open_letter
from plugins.eoffice.service.files import files_of


async def preview(ctx: Context, letter: UUID) -> bytes:
    """Return a document that is not signed as it will be printed, without number."""
    row = await open_letter(ctx, letter)
    if (raw := await own_file(ctx, letter)) is not None:
        return raw
    held = {one.post.key: one for one in await posts.held_posts(ctx)}
    post = held.get(row["signer"])
    title = post.title.th if post else ""
    made = contents(ctx, row, number="", signer=Signer(name="(ร่าง)", post=title), verify=None)
    template = KINDS[row["kind"]].template
    return await print_at_once(ctx, template, made, await pictures.of_office(ctx))


async def own_file(ctx: Context, letter: UUID) -> bytes | None:
    """Return the file that a document came as, None of one that is written here."""
    main = next((one for one in await files_of(ctx, letter) if one["role"] == "main"), None)
    if main is None:
        return None
    return await Store(ctx.settings.data / "files").read_async(ctx.tenant.id, main["digest"])


def contents(
    ctx: Context, row: Mapping[str, Any], *, number: str, signer: Signer, verify: Any
) -> Any:
    """Return what is printed on a document of this moment."""
    return drafts.document(
        row["kind"],
        row["content"]["fields"],
        number=number,
        at=ctx.now.astimezone(ctx.tenant.zone),
        office=stamp(ctx, number=number, verify=None)["office"],
        signer=signer,
        speed=row["speed"],
        secrecy="secret" if row["secrecy"] != "normal" else "normal",
        verify=verify,
    )
