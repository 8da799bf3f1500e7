"""What meters show: one reading for a month, put right until the month is billed."""

from datetime import date
from typing import Any
from uuid import UUID

from core.api import Conflict, Context, InvalidInput, Text, audit, need, new_id, transaction
from kit.treasury import charged
from plugins.waste_fees.rules.months import add_months
from plugins.waste_fees.service.entries import SOURCE
from plugins.waste_fees.service.reference import charge_reference
from plugins.waste_fees.service.rights import REGISTER
from plugins.waste_fees.tables.tariffs import Reading

_PUT = """
INSERT INTO waste_fees.reading (tenant_id, id, point_id, kind, month, before, after, read_on, at,
  actor_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (tenant_id, point_id, kind, month) DO UPDATE SET before = excluded.before,
  after = excluded.after, read_on = excluded.read_on, at = excluded.at,
  actor_name = excluded.actor_name
"""


async def note_reading(
    ctx: Context, point: UUID, kind: str, *, month: date, before: int, after: int
) -> None:
    """Note what a meter showed at both ends of a month.

    :param month: its first day.
    :raises InvalidInput: the meter ran backwards.
    :raises Conflict: the month is billed by another reading.
    """
    need(ctx, REGISTER)
    if after < before:
        raise InvalidInput(
            {
                "after": Text(
                    "เลขครั้งนี้น้อยกว่าเลขครั้งก่อน ถ้าเปลี่ยนมาตร ให้แก้เลขครั้งก่อนเป็นเลขเริ่มของมาตรใหม่",
                    "It shows less than before. If the meter was changed, give the new one's first "
                    "figure as the one before.",
                )
            }
        )
    async with transaction(ctx) as connection:
        if await charged(ctx, SOURCE, [charge_reference(point, kind, month)]):
            raise Conflict(
                Text(
                    "เดือนนี้ออกใบแจ้งแล้ว เลขมาตรจึงแก้ไม่ได้ ถ้าผิด ให้ยกเลิกใบแจ้งที่ฝ่ายการเงิน",
                    "This month is billed, so the reading stays. If it is wrong, have the bill "
                    "cancelled by the finance division.",
                )
            )
        await connection.execute(
            _PUT,
            *(ctx.tenant.id, new_id(), point, kind, month, before, after, ctx.today, ctx.now),
            ctx.actor.name,
        )
        await audit.record(
            ctx,
            "waste_fees.reading.noted",
            f"point/{point}",
            kind=kind,
            month=month.isoformat(),
            before=before,
            after=after,
        )


async def readings_of(ctx: Context, point: UUID) -> list[dict[str, Any]]:
    """Return the readings of a point, the newest month first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Reading.select()
            .where(Reading.of(ctx), Reading.point_id == point)
            .order_by(Reading.month, ascending=False)
        )
    return rows


def next_month(rows: list[dict[str, Any]], kind: str, today: date) -> tuple[date, int | None]:
    """Return which month is read next, and what the meter showed before."""
    own = [row for row in rows if row["kind"] == kind]
    if not own:
        return today.replace(day=1), None
    return add_months(own[0]["month"], 1), own[0]["after"]
