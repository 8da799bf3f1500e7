"""Photos that came with a form which is not sent yet: held in the form itself, sealed.

The files are in the store; the form carries what they are known by, so that nobody sends a photo
twice because something else had to be corrected, and nobody asks for a photo of somebody else.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

import msgspec

from core.api import Context
from kit.documents import KeptPhoto

_PURPOSE = "incidents photos"


def hold_photos(ctx: Context, photos: Sequence[KeptPhoto]) -> str:
    """Return photos as a form carries them; empty for none."""
    if not photos:
        return ""
    text = msgspec.json.encode(photos).decode()
    return urlsafe_b64encode(ctx.keys.encrypt(_PURPOSE, text, bound_to=ctx.tenant.id)).decode()


def held_photos(ctx: Context, held: str) -> list[KeptPhoto]:
    """Return the photos that a form carries; none where it was changed."""
    try:
        sealed = urlsafe_b64decode(held.encode())
        text = ctx.keys.decrypt(_PURPOSE, sealed, bound_to=ctx.tenant.id)
        return msgspec.json.decode(text, type=list[KeptPhoto])
    except ValueError:
        return []
