"""Pictures of the office on its papers: the garuda, drawn from a file that the office supplies."""

from typing import Any

from core.api import Context, InvalidInput, Text, audit, need, pictures, set_settings, transaction
from kit.documents import Store
from plugins.eoffice.service.rights import SETTINGS

GARUDA = "garuda"
LARGEST = 5_000_000  # bytes
_SIDE = 1200  # pixels
_NO_FILE = Text(
    "แนบรูปตราครุฑเป็น PNG หรือ JPEG ไม่เกิน 5 เมกะไบต์",
    "Attach the garuda as PNG or JPEG of at most 5 MB.",
)
DEFAULTS: dict[str, Any] = {GARUDA: ""}


async def of_office(ctx: Context) -> dict[str, bytes]:
    """Return the pictures by the names under which templates ask for them."""
    digest = ctx.tenant.settings.get("eoffice", {}).get(GARUDA, "")
    if not digest:
        return {}
    store = Store(ctx.settings.data / "files")
    return {GARUDA: await store.read_async(ctx.tenant.id, digest)}


async def keep_garuda(ctx: Context, raw: bytes) -> None:
    """Keep the garuda of the office, written anew as PNG.

    :raises InvalidInput: for ``garuda``: it is no picture, or too large.
    """
    need(ctx, SETTINGS)
    if not raw or len(raw) > LARGEST:
        raise InvalidInput({GARUDA: _NO_FILE})
    try:
        image, _ = pictures.open_clean(raw, longest=_SIDE)
    except pictures.PictureRefused as refused:
        raise InvalidInput({GARUDA: refused.sentence}) from refused
    store = Store(ctx.settings.data / "files")
    digest = await store.put_async(ctx.tenant.id, pictures.write(image, "PNG"))
    async with transaction(ctx):
        await set_settings(ctx, plugin="eoffice", settings={GARUDA: digest})
        await audit.record(ctx, "eoffice.garuda.set", "tenant/garuda", digest=digest)
