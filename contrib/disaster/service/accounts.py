"""Accounts of claimants, whose numbers cannot be read in the database."""

from typing import Any
from uuid import UUID

from core.api import Context

_PURPOSE = "disaster account"


def account_columns(
    ctx: Context, claim: UUID, bank: str, account: str, name: str
) -> dict[str, Any]:
    """Return the columns of an account; its number cannot be read in the database."""
    sealed = ctx.keys.encrypt(_PURPOSE, account, bound_to=f"{ctx.tenant.id}/{claim}")
    return {"bank": bank, "account": sealed, "account_end": account[-4:], "account_name": name}


def open_account(ctx: Context, claim: UUID, sealed: bytes) -> str:
    """Return the number of an account."""
    return ctx.keys.decrypt(_PURPOSE, bytes(sealed), bound_to=f"{ctx.tenant.id}/{claim}")
