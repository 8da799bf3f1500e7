"""Rows of documents after they were dealt with, and whose they are to keep.

A document has no row until somebody keeps it in some way; until then it is with its owner.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.api import EVERYWHERE, Context, NotAllowed, Text, transaction
from kit.law import Limits, limits_on
from plugins.eoffice.rules.book import BOOK
from plugins.eoffice.service.rights import KEEP
from plugins.eoffice.tables.keeping import Kept

_NOT_YOURS = Text(
    "ท่านไม่มีสิทธิในหนังสือของส่วนราชการนี้ ให้เจ้าหน้าที่สารบรรณของส่วนราชการนั้นดำเนินการ",
    "You have no right over documents of this division. Ask its registry.",
)
_NOT_WHOLE = Text(
    "ทำได้เฉพาะผู้มีสิทธิทั้งหน่วยงาน", "Only who has the right over the whole office may do this."
)
# Of a letter l: nobody sent it over a line, so that what came is paper. $1 tenant.
PAPER = """(l.way = 'in' AND NOT EXISTS (SELECT FROM eoffice.arrival a
  WHERE a.tenant_id = $1 AND a.letter_id = l.id))"""
HELD = """EXISTS (SELECT FROM eoffice.hold h
  WHERE h.tenant_id = $1 AND h.letter_id = l.id AND h.lifted_at IS NULL)"""
LENT = """EXISTS (SELECT FROM eoffice.loan b
  WHERE b.tenant_id = $1 AND b.letter_id = l.id AND b.state IN ('asked', 'lent'))"""
RECEIVED = """(SELECT e.number || '/' || e.year FROM eoffice.entry e
  WHERE e.tenant_id = $1 AND e.letter_id = l.id AND e.register LIKE 'receive%'
  ORDER BY e.entered_at LIMIT 1)"""
_ADD = f"""
INSERT INTO eoffice.kept (tenant_id, letter_id, stage, paper, why, keeper, file_code, place)
SELECT l.tenant_id, l.id, 'finished', {PAPER}, '', '', '', '' FROM eoffice.letter l
WHERE l.tenant_id = $1 AND l.id = ANY ($2) ON CONFLICT (tenant_id, letter_id) DO NOTHING
"""  # noqa: S608 - our own words


async def limits_today(ctx: Context) -> Limits:
    """Return the figures of keeping that hold in the office today."""
    return await limits_on(ctx, BOOK, ctx.today)


def demand_unit(ctx: Context, permission: str, unit: str) -> None:
    """Return where the actor holds a permission over a division.

    :raises NotAllowed: not there.
    """
    if ctx.actor.kind != "system" and not ctx.actor.may(permission, unit):
        raise NotAllowed(_NOT_YOURS)


def is_everywhere(ctx: Context, permission: str) -> bool:
    """Return whether the actor holds a permission over the whole office."""
    held = ctx.actor.permissions.get(permission, frozenset())
    return ctx.actor.kind == "system" or held is EVERYWHERE


def demand_office(ctx: Context, permission: str) -> None:
    """Return where the actor holds a permission over the whole office.

    :raises NotAllowed: only over some divisions, or not at all.
    """
    if not is_everywhere(ctx, permission):
        raise NotAllowed(_NOT_WHOLE)


def units_kept(ctx: Context) -> list[str]:
    """Return the divisions whose documents the actor keeps."""
    return [unit for unit in ctx.tenant.units if is_keeper(ctx, unit)]


def is_keeper(ctx: Context, unit: str) -> bool:
    """Return whether the actor keeps the documents of a division."""
    return ctx.actor.kind == "system" or ctx.actor.may(KEEP, unit)


async def kept_of(ctx: Context, letter: UUID) -> dict[str, Any] | None:
    """Return the row of a document; None while it is with its owner and nothing was noted."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Kept.select().where(Kept.of(ctx), Kept.letter_id == letter).first()
        )
    return row


async def ensure(ctx: Context, letters: Sequence[UUID]) -> None:
    """Give documents their rows where they have none, in the transaction that is open."""
    async with transaction(ctx) as connection:
        await connection.execute(_ADD, ctx.tenant.id, list(letters))


async def move(
    ctx: Context, letters: Sequence[UUID], stages: Sequence[str], change: dict[Any, Any]
) -> list[UUID]:
    """Change the rows of documents that are in one of some stages; return which they were.

    One that is on a list that it leaves by stays as it is.
    """
    moved: list[dict[str, Any]] = (
        await Kept.update(change)
        .where(
            Kept.of(ctx),
            Kept.letter_id.is_in(list(letters)),
            Kept.stage.is_in([str(one) for one in stages]),
            Kept.disposal.is_null(),
        )
        .returning(Kept.letter_id)
    )
    return [row["letter_id"] for row in moved]
