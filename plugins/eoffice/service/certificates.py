"""Certificates with which officers sign: kept as their issuers encrypted them.

Law: Electronic Transactions Act B.E. 2544, s. 26 (the key is under the signer's sole control).
"""

from collections.abc import Mapping
from typing import Any

from core.api import Context, NotAllowed, Text, add, audit, need, transaction
from kit.documents import SigningKey, open_key_async
from plugins.eoffice.service.rights import SIGN
from plugins.eoffice.tables.letters import Certificate

LARGEST = 100_000  # bytes
_NOBODY = Text("เข้าสู่ระบบก่อน", "Sign in first.")


async def keep(ctx: Context, raw: bytes, passphrase: str) -> None:
    """Keep one's own certificate, in place of an earlier one.

    :param passphrase: opens it now, to see that it does; it is not kept.
    :raises InvalidInput: for ``certificate`` or ``passphrase``.
    """
    need(ctx, SIGN)
    if ctx.actor.id is None:
        raise NotAllowed(_NOBODY)
    key = await open_key_async(raw[:LARGEST], passphrase, ctx.now)
    row = {
        "tenant_id": ctx.tenant.id,
        "account": ctx.actor.id,
        "file": raw,
        "name": key.name[:200],
        "added_at": ctx.now,
    }
    async with transaction(ctx):
        if not await add(Certificate, row, unless=("tenant_id", "account")):
            await Certificate.update(
                {
                    Certificate.file: raw,
                    Certificate.name: key.name[:200],
                    Certificate.added_at: ctx.now,
                }
            ).where(Certificate.of(ctx), Certificate.account == ctx.actor.id)
        await audit.record(ctx, "eoffice.certificate.kept", f"account/{ctx.actor.id}")


async def own(ctx: Context) -> Mapping[str, Any] | None:
    """Return the certificate of the actor: ``file``, ``name``, ``added_at``; None for none."""
    if ctx.actor.id is None:
        return None
    async with transaction(ctx):
        row: Mapping[str, Any] | None = (
            await Certificate.select()
            .where(Certificate.of(ctx), Certificate.account == ctx.actor.id)
            .first()
        )
    return row


async def opened(ctx: Context, passphrase: str) -> SigningKey | None:
    """Return one's own key for one signing; None where no passphrase is given or none is kept.

    :raises InvalidInput: for ``passphrase``: it is wrong; or the certificate has expired.
    """
    kept = await own(ctx) if passphrase else None
    return await open_key_async(bytes(kept["file"]), passphrase, ctx.now) if kept else None
