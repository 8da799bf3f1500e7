"""Which carrier takes what to an agency, by its channel."""

from collections.abc import Mapping
from typing import Any

import msgspec

from core.api import Context, NotFound, Text
from plugins.eoffice.rules.parcels import Note, Parcel, Read, Unsent
from plugins.eoffice.service import channels, direct, neighbours

_BY_HAND = Text(
    "หน่วยงานนี้รับหนังสือที่นำส่งเอง พิมพ์แล้วบันทึกการนำส่ง",
    "This agency takes letters by hand or post: print it, and note that it was delivered.",
)


async def carry(
    ctx: Context, dispatch: Mapping[str, Any], to: Mapping[str, Any], read: Read
) -> bytes:
    """Take a letter or a note to an agency, once more or for the first time.

    :param read: gives the bytes of a file by its digest.
    :returns: what the other side signed for it, empty where that comes later or never.
    :raises Unsent: it could not be taken there.
    """
    match dispatch["channel"]:
        case "neighbour":
            await neighbours.carry(ctx, dispatch, to, read)
            return b""
        case "direct":
            return await direct.carry(ctx, dispatch, to, read)
        case "hand":
            raise Unsent(_BY_HAND, again=False)
        case channel:
            return await _by_own(ctx, channel, content_of(dispatch), read)


async def _by_own(ctx: Context, channel: str, content: Parcel | Note, read: Read) -> bytes:
    """Take something over a channel that the office set up for itself."""
    try:
        carrier = await channels.open_carrier(ctx, channel)
    except NotFound as unset:
        raise Unsent(unset.sentence, again=False) from unset
    if isinstance(content, Note):
        return await carrier.tell(content)
    return await carrier.send(content, read)


def content_of(dispatch: Mapping[str, Any]) -> Parcel | Note:
    """Return the letter or the note of a dispatch."""
    kind: Any = Parcel if dispatch["what"] == "letter" else Note
    content: Parcel | Note = msgspec.convert(dispatch["content"], kind)
    return content
