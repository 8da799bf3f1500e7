"""Keys by which other programs send reports: the office gives them out and withdraws them."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from contrib.incidents.service.rights import KEYS
from contrib.incidents.tables.keys import ApiKey
from core.api import Conflict, Context, Text, add, audit, need, new_id, transaction

_GONE = Text(
    "คีย์นี้ถอนแล้ว ไม่ต้องทำอะไรอีก", "This key was withdrawn already. There is nothing left to do."
)


def _mark(ctx: Context, key: str) -> bytes:
    return ctx.keys.fingerprint("incidents api key", ctx.tenant.id, key)


async def give(ctx: Context, *, holder: str, email: str) -> str:
    """Give out a key, and return it: it is not kept, and cannot be shown again.

    :param holder: which program, and whose.
    """
    need(ctx, KEYS)
    key, id = secrets.token_hex(20), new_id()
    row = {
        "tenant_id": ctx.tenant.id,
        "id": id,
        "holder": holder,
        "email": email,
        "mark": _mark(ctx, key),
        "given_at": ctx.now,
        "given_by_name": ctx.actor.name,
    }
    async with transaction(ctx):
        await add(ApiKey, row)
        await audit.record(ctx, "incidents.key.given", f"api_key/{id}", holder=holder)
    return key


async def withdraw(ctx: Context, id: UUID) -> None:
    """Withdraw a key: from now on nothing is taken by it; what came by it stays.

    :raises Conflict: it was withdrawn already, or there is none.
    """
    need(ctx, KEYS)
    values: dict[Any, Any] = {
        ApiKey.withdrawn_at: ctx.now,
        ApiKey.withdrawn_by_name: ctx.actor.name,
    }
    async with transaction(ctx):
        changed = (
            await ApiKey.update(values)
            .where(ApiKey.of(ctx), ApiKey.id == id, ApiKey.withdrawn_at.is_null())
            .returning(ApiKey.holder)
        )
        if not changed:
            raise Conflict(_GONE)
        holder = changed[0]["holder"]
        await audit.record(ctx, "incidents.key.withdrawn", f"api_key/{id}", holder=holder)


async def all_keys(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """Return the keys that were given out, those that count first, the newest first."""
    need(ctx, KEYS)
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await ApiKey.select().where(ApiKey.of(ctx)).order_by(ApiKey.id, ascending=False)
        )
    return sorted(rows, key=lambda row: row["withdrawn_at"] is not None)


async def key_of(ctx: Context, key: str) -> UUID | None:
    """Return what a key is known by; None where it is none, or was withdrawn."""
    async with transaction(ctx):
        row = (
            await ApiKey.select(ApiKey.id)
            .where(ApiKey.of(ctx), ApiKey.mark == _mark(ctx, key), ApiKey.withdrawn_at.is_null())
            .first()
        )
    return row["id"] if row else None
