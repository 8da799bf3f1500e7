"""Give a file of a plan out, as what it is."""

from litestar import Response

from core.api import Context
from plugins.permits.service.files import Kept, read_file


async def give(ctx: Context, kept: Kept, *, small: bool = False) -> Response[bytes]:
    """Return the answer with a file: with a name and the kind that was seen in it."""
    data, media_type = await read_file(ctx, kept, small=small)
    end = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[media_type]
    headers = {
        "Content-Disposition": f'inline; filename="{kept.what}-{kept.digest[:8]}.{end}"',
        # A version is never changed, so that a phone need not fetch it twice.
        "Cache-Control": "private, max-age=86400",
    }
    return Response(data, media_type=media_type, headers=headers)
