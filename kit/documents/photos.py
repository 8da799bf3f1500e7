"""Photos that belong to a record: written anew and kept, with a small one beside each."""

import msgspec

from core.api import Context
from kit.documents.files import inspect_async, kind_of
from kit.documents.refusals import NO_PHOTO, FileRefused
from kit.documents.store import Store


class KeptPhoto(msgspec.Struct, frozen=True):
    """A photo in the store; a record keeps this of it, also as JSON.

    :param digest: SHA-256 in hexadecimal.
    :param small: digest of its thumbnail, a JPEG.
    :param name: clean, as :class:`kit.documents.Checked` has it.
    """

    digest: str
    small: str
    name: str
    media_type: str


async def keep_photo(ctx: Context, name: str, data: bytes) -> KeptPhoto:
    """Look into a photo, write it anew and keep it.

    :param name: as the browser sent it.
    :raises FileRefused: it is broken, too large, or no picture.
    """
    checked = await inspect_async(data, name) if kind_of(data) == "picture" else None
    if checked is None or checked.thumbnail is None:
        raise FileRefused(NO_PHOTO)
    store = _store(ctx)
    return KeptPhoto(
        digest=await store.put_async(ctx.tenant.id, checked.data),
        small=await store.put_async(ctx.tenant.id, checked.thumbnail),
        name=checked.name,
        media_type=checked.mime,
    )


async def open_photo(ctx: Context, photo: KeptPhoto, *, small: bool = False) -> tuple[bytes, str]:
    """Return a photo, or its thumbnail, and its media type.

    :raises NotFound: this municipality keeps no such photo.
    """
    digest = photo.small if small else photo.digest
    data = await _store(ctx).read_async(ctx.tenant.id, digest)
    return data, "image/jpeg" if small else photo.media_type


def _store(ctx: Context) -> Store:
    return Store(ctx.settings.data / "files")
