"""The key with which the office signs what it exchanges: made at first use, never shown."""

from typing import Any

from core.api import Context, add, transaction
from plugins.eoffice.rules.envelopes import new_key, public_of
from plugins.eoffice.tables.exchange import Seal

_PURPOSE = "eoffice.seal"


async def seal(ctx: Context) -> str:
    """Return the private key of the office, in hexadecimal."""
    async with transaction(ctx):
        row = await Seal.select().where(Seal.of(ctx)).first()
        if row is None:
            made = _made(ctx)
            # Of two who come first one finds the key of the other.
            await add(Seal, made, unless=("tenant_id",))
            row = await Seal.select().where(Seal.of(ctx)).first() or made
    return ctx.keys.decrypt(_PURPOSE, row["private"], bound_to=f"{ctx.tenant.id}/{row['key']}")


def _made(ctx: Context) -> dict[str, Any]:
    private = new_key()
    public = public_of(private)
    locked = ctx.keys.encrypt(_PURPOSE, private, bound_to=f"{ctx.tenant.id}/{public}")
    return {
        "tenant_id": ctx.tenant.id,
        "key": public,
        "private": locked,
        "made_at": ctx.now,
    }


async def public_key(ctx: Context) -> str:
    """Return the public key of the office, which others know it by."""
    return public_of(await seal(ctx))
