"""The register of public assets: enter, change, find."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from contrib.incidents.rules.assets import USED, read_code
from contrib.incidents.service.rights import ASSETS
from contrib.incidents.tables.assets import Asset
from core.api import (
    Conflict,
    Context,
    InvalidInput,
    NotFound,
    Text,
    add,
    audit,
    need,
    new_id,
    transaction,
)
from kit.thai import Unreadable

PAGE = 50
_NONE = Text("ไม่พบทรัพย์สินนี้ในทะเบียน", "There is no such asset in the register.")
_NO_CODE = Text(
    "ไม่พบเสาหรือทรัพย์สินของรหัสนี้ สแกน QR อีกครั้ง หรือแจ้งเหตุโดยปักหมุดแทน",
    "This code is of no pole or other asset. Scan it again, or report with a pin instead.",
)
_TWICE = Text("มีรหัสนี้ในทะเบียนแล้ว ใช้รหัสอื่น", "The register has this code already. Use another.")
_CHANGED = Text(
    "มีผู้แก้ทรัพย์สินนี้ไปแล้ว ดูข้อมูลล่าสุดก่อน แล้วบันทึกอีกครั้ง สิ่งที่กรอกยังอยู่",
    "Somebody has changed this asset meanwhile. Look at it first, then save again; what you "
    "filled in is still here.",
)
_FOUND = """
SELECT *, count(*) OVER () AS total FROM incidents.asset
WHERE tenant_id = $1 AND ($2 = '' OR kind = $2) AND ($3 = '' OR owner = $3)
  AND ($4 = '' OR strpos(lower(concat_ws(' ', code, place, lamp)), lower($4)) > 0)
ORDER BY code LIMIT $5 OFFSET $6
"""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for in the register; empty for all.

    :param page: from 1.
    """

    kind: str = ""
    owner: str = ""
    words: str = ""
    page: int = 1


def asset_row(ctx: Context, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of an asset.

    :param facts: code, kind, owner, lamp, place, lat, lon, repaired_on.
    """
    return {
        "tenant_id": ctx.tenant.id,
        "id": new_id(),
        "state": USED,
        "revision": 1,
        "changed_at": ctx.now,
        **facts,
    }


async def enter(ctx: Context, facts: Mapping[str, Any]) -> UUID:
    """Enter an asset, and return what it is known by.

    :raises InvalidInput: its code is none, or the register has it.
    """
    need(ctx, ASSETS)
    row = asset_row(ctx, {**facts, "code": _code(facts["code"])})
    async with transaction(ctx):
        if not await add(Asset, row, unless=("tenant_id", "code")):
            raise InvalidInput({"code": _TWICE})
        subject = f"asset/{row['id']}"
        await audit.record(ctx, "incidents.asset.entered", subject, code=row["code"])
    id: UUID = row["id"]
    return id


async def change(ctx: Context, id: UUID, facts: Mapping[str, Any], *, revision: int) -> None:
    """Change an asset; its code is on its label and stays.

    :param facts: kind, owner, lamp, place, lat, lon, repaired_on, state.
    :param revision: of the asset that the officer had before them.
    :raises Conflict: somebody else has changed it meanwhile.
    :raises NotFound: there is none.
    """
    need(ctx, ASSETS)
    values: dict[Any, Any] = {
        **facts,
        Asset.revision: revision + 1,
        Asset.changed_at: ctx.now,
    }
    async with transaction(ctx):
        before = await get_asset(ctx, id)
        changed = (
            await Asset.update(values)
            .where(Asset.of(ctx), Asset.id == id, Asset.revision == revision)
            .returning(Asset.id)
        )
        if not changed:
            raise Conflict(_CHANGED)
        fields = sorted(name for name, value in facts.items() if before[name] != value)
        await audit.record(ctx, "incidents.asset.changed", f"asset/{id}", fields=fields)


async def get_asset(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return an asset.

    :raises NotFound: there is none.
    """
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Asset.select().where(Asset.of(ctx), Asset.id == id).first()
        )
    if row is None:
        raise NotFound(_NONE)
    return row


async def asset_of_code(ctx: Context, typed: str) -> dict[str, Any]:
    """Return the asset of a code, as it was scanned or typed.

    :raises NotFound: there is none in use.
    """
    try:
        code = _code(typed)
    except InvalidInput:
        raise NotFound(_NO_CODE) from None
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Asset.select()
            .where(Asset.of(ctx), Asset.code == code, Asset.state == USED)
            .first()
        )
    if row is None:
        raise NotFound(_NO_CODE)
    return row


async def find_assets(
    ctx: Context, sought: Sought, *, at_once: int = PAGE
) -> tuple[Sequence[Mapping[str, Any]], int]:
    """Return a page of the assets that fit, by their codes, and how many fit."""
    values = (sought.kind, sought.owner, sought.words[:100].strip())
    skip = (sought.page - 1) * at_once
    async with transaction(ctx) as connection:
        rows = await connection.fetch(_FOUND, ctx.tenant.id, *values, at_once, skip)
    return rows, rows[0]["total"] if rows else 0


def _code(typed: str) -> str:
    try:
        return read_code(typed)
    except Unreadable as refusal:
        raise InvalidInput({"code": refusal.sentence}) from None
