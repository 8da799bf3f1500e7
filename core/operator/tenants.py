"""The municipalities of the installation as the operator sees them; suspend one, resume it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from core import db
from core.context import Context
from core.errors import Conflict, InvalidInput, NotFound
from core.operator.noting import record_both
from core.tenants.directory import announce_everywhere
from core.tenants.tables import Municipality
from core.text import Text

PAGE = 50
LONGEST_WHY = 500

_NOBODY = Text("ไม่พบหน่วยงานนี้ในระบบ", "There is no such tenant.")
_OWN = Text("ระงับหน่วยงานของผู้ดูแลระบบกลางไม่ได้", "The operator's own tenant cannot be suspended.")
_ALREADY = Text(
    "หน่วยงานนี้ถูกระงับอยู่แล้ว ดูสถานะล่าสุดก่อน", "This tenant is suspended already. Look at it anew."
)
_NOT_NOW = Text(
    "หน่วยงานนี้เปิดให้บริการอยู่แล้ว ดูสถานะล่าสุดก่อน", "This tenant is served already. Look at it anew."
)
_WHY = Text(
    "เขียนเหตุผลไม่เกิน {most} ตัวอักษร ประชาชนจะเห็นข้อความนี้",
    "Say why, in at most {most} characters. Citizens see it.",
)

_FOUND = """
SELECT id, kind, code, name_th, name_en, place_th, place_en, created_at, suspended_at,
  count(*) OVER () AS total
FROM core.tenant
WHERE strpos(concat_ws(' ', id, name_th, lower(name_en), place_th, code), $1) > 0
  AND ($2 = '' OR (suspended_at IS NOT NULL) = ($2 = 'suspended'))
ORDER BY id = $3 DESC, place_th, name_th LIMIT $4 OFFSET $5
"""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A municipality of the installation in a list."""

    id: str
    kind: str
    code: str
    name: Text
    place: Text
    created_at: datetime
    suspended_at: datetime | None


async def served(
    ctx: Context, *, search: str = "", state: str = "", page: int = 1
) -> tuple[list[Served], int]:
    """Return a page of the municipalities, the operator's own first, and how many are sought.

    :param search: a part of id, name, place or code.
    :param state: ``served``, ``suspended``, or "" for both.
    """
    words = " ".join(search.split()).lower()[:100]
    async with db.transaction(ctx) as connection:
        rows = await connection.fetch(
            _FOUND, words, state, ctx.tenant.id, PAGE, (max(page, 1) - 1) * PAGE
        )
    return [_served(row) for row in rows], rows[0]["total"] if rows else 0


def _served(row: Mapping[str, Any]) -> Served:
    return Served(
        id=row["id"],
        kind=row["kind"],
        code=row["code"],
        name=Text(row["name_th"], row["name_en"]),
        place=Text(row["place_th"], row["place_en"]),
        created_at=row["created_at"],
        suspended_at=row["suspended_at"],
    )


async def get_served(ctx: Context, tenant: str) -> Municipality:
    """Return the row of a municipality.

    :raises NotFound: there is none.
    """
    async with db.transaction(ctx):
        row = await Municipality.objects().where(Municipality.id == tenant).first()
    if row is None:
        raise NotFound(_NOBODY)
    return row


def check_why(typed: Mapping[str, str]) -> Text:
    """Return the reason in both languages.

    :param typed: ``why_th`` and ``why_en``.
    :raises InvalidInput: one is missing or too long.
    """
    words = {name: " ".join(typed.get(name, "").split()) for name in ("why_th", "why_en")}
    problems = {
        name: _WHY.format(most=LONGEST_WHY)
        for name, text in words.items()
        if not 0 < len(text) <= LONGEST_WHY
    }
    if problems:
        raise InvalidInput(problems)
    return Text(words["why_th"], words["why_en"])


async def suspend(ctx: Context, tenant: str, typed: Mapping[str, str]) -> None:
    """Put a whole municipality to rest: nothing is taken, its officers read, its jobs wait.

    :raises Conflict: it is suspended already, or the operator's own.
    :raises InvalidInput: no reason is given.
    """
    why = check_why(typed)
    if tenant == ctx.tenant.id:
        raise Conflict(_OWN)
    values: dict[Any, Any] = {
        Municipality.suspended_at: ctx.now,
        Municipality.suspended_why_th: why.th,
        Municipality.suspended_why_en: why.en,
    }
    await get_served(ctx, tenant)
    async with db.transaction(ctx):
        changed = (
            await Municipality.update(values)
            .where(Municipality.id == tenant, Municipality.suspended_at.is_null())
            .returning(Municipality.id)
        )
        if not changed:
            raise Conflict(_ALREADY)
        await record_both(
            ctx, "core.tenant.suspended", f"tenant/{tenant}", other=tenant, why=why.th
        )
        await announce_everywhere([tenant])


async def resume(ctx: Context, tenant: str) -> None:
    """Serve a municipality again, from the next request on; what waited is done.

    :raises Conflict: it is served already.
    """
    await get_served(ctx, tenant)
    values: dict[Any, Any] = {
        Municipality.suspended_at: None,
        Municipality.suspended_why_th: None,
        Municipality.suspended_why_en: None,
    }
    async with db.transaction(ctx):
        changed = (
            await Municipality.update(values)
            .where(Municipality.id == tenant, Municipality.suspended_at.is_not_null())
            .returning(Municipality.id)
        )
        if not changed:
            raise Conflict(_NOT_NOW)
        await record_both(ctx, "core.tenant.resumed", f"tenant/{tenant}", other=tenant)
        await announce_everywhere([tenant])
