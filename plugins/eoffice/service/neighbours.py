"""Exchange between two municipalities of one installation: the same messages, handed over.

Each side keeps its own rows and its own copy of the files. Who hands over is told by the platform,
so the key of a neighbour is known from its first message on.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from core.api import Context, hand_over, others_here, transaction
from kit.documents import Store
from plugins.eoffice.rules.envelopes import Signed, unpack
from plugins.eoffice.rules.parcels import Read
from plugins.eoffice.service import correspondents
from plugins.eoffice.service.signed import files_named, note_receipt, take_signed
from plugins.eoffice.tables.exchange import Correspondent

TAKE, RECEIPT = "eoffice.take_over", "eoffice.take_receipt"


async def carry(
    ctx: Context, dispatch: Mapping[str, Any], to: Mapping[str, Any], read: Read
) -> None:
    """Hand a signed message over, with copies of its files."""
    store, signed = Store(ctx.settings.data / "files"), unpack(dispatch["message"])
    for digest in files_named(signed):
        await store.put_async(to["neighbour"], await read(digest))
    message = b64encode(dispatch["message"]).decode()
    async with transaction(ctx):
        await hand_over(ctx, TAKE, to=to["neighbour"], message=message)


async def take_over(ctx: Context, sender: str, message: str) -> None:
    """Take a message that a neighbour handed over, and hand the receipt back."""
    signed, store = unpack(b64decode(message)), Store(ctx.settings.data / "files")
    agency = await _agency(ctx, sender, signed)
    files = {
        digest: await store.read_async(ctx.tenant.id, digest) for digest in files_named(signed)
    }
    receipt = await take_signed(ctx, "neighbour", signed, files, sender=agency, own=ctx.tenant.id)
    async with transaction(ctx):
        await hand_over(ctx, RECEIPT, to=sender, receipt=b64encode(receipt).decode())


async def take_receipt(ctx: Context, sender: str, receipt: str) -> None:
    """Keep the receipt that a neighbour signed."""
    raw = b64decode(receipt)
    await note_receipt(ctx, raw, sender=await _agency(ctx, sender, unpack(raw)))


async def _agency(ctx: Context, neighbour: str, signed: Signed) -> Mapping[str, Any]:
    """Return the entry of a neighbour, made where it has none, with its key."""
    known = await correspondents.find(ctx, neighbour=neighbour)
    if known is None:
        name = (await others_here(ctx))[neighbour].th
        entry = correspondents.Entry(
            name=name, channel="neighbour", neighbour=neighbour, key=signed.key
        )
        return await correspondents.get(ctx, await correspondents.keep(ctx, entry))
    if not known["key"]:
        async with transaction(ctx):
            await Correspondent.update({Correspondent.key: signed.key}).where(
                Correspondent.of(ctx), Correspondent.id == known["id"], Correspondent.key == ""
            )
        return {**known, "key": signed.key}
    return known
