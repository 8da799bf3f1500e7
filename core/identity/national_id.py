"""Citizens' numbers at rest: encrypted for one row, found by a fingerprint, shown masked."""

from uuid import UUID

from core.context import Context

_PURPOSE = "national-id"


def lock_id(
    ctx: Context, account: UUID, number: str | None
) -> tuple[bytes, bytes] | tuple[None, None]:
    """Return the number encrypted for the row of an account, and its fingerprint."""
    if number is None:
        return None, None
    locked = ctx.keys.encrypt(_PURPOSE, number, bound_to=_row_name(ctx, account))
    return locked, id_key(ctx, number)


def unlock_id(ctx: Context, account: UUID, national_id: bytes) -> str:
    """Return the citizen's number of an account's row. Whoever calls this records why."""
    return ctx.keys.decrypt(_PURPOSE, national_id, bound_to=_row_name(ctx, account))


def masked_id(ctx: Context, account: UUID, national_id: bytes | None) -> str | None:
    """Return ``1-2345-•••••-••-1``: the registry office and the check digit, not the person."""
    if national_id is None:
        return None
    number = unlock_id(ctx, account, national_id)
    return f"{number[0]}-{number[1:5]}-•••••-••-{number[-1]}"


def id_key(ctx: Context, number: str) -> bytes:
    """Return the fingerprint by which a citizen's number is found."""
    return ctx.keys.fingerprint(_PURPOSE, ctx.tenant.id, number)


def _row_name(ctx: Context, account: UUID) -> str:
    return f"core.account/{ctx.tenant.id}/{account}"
