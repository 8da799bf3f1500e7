"""Who sits at which counter today."""

from core.api import Conflict, Context, InvalidInput, Text, audit, transaction
from plugins.oss.service import chosen
from plugins.oss.tables.counter import Seat

_SIT = """
INSERT INTO oss.seat (tenant_id, counter, officer, officer_name, sits_on)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, counter) DO UPDATE
SET officer = excluded.officer, officer_name = excluded.officer_name, sits_on = excluded.sits_on
"""


async def sit(ctx: Context, counter: int) -> None:
    """Seat the actor at a counter for today; who sat there before leaves it.

    :raises InvalidInput: the office has no counter of this number.
    """
    if not 1 <= counter <= chosen.counters(ctx).count:
        raise InvalidInput({"counter": Text("เลือกช่องบริการจากรายการ", "Choose a counter.")})
    async with transaction(ctx) as connection:
        # Two who change places at once take turns: each seat is somebody's own row.
        await connection.execute(
            "SELECT 1 FROM oss.seat WHERE tenant_id = $1 ORDER BY counter FOR UPDATE", ctx.tenant.id
        )
        await Seat.delete().where(Seat.of(ctx), Seat.officer == ctx.actor.id)
        await connection.execute(
            _SIT, ctx.tenant.id, counter, ctx.actor.id, ctx.actor.name, ctx.today
        )
        await audit.record(ctx, "oss.counter.taken", f"counter/{counter}")


async def find_counter(ctx: Context) -> int | None:
    """Return the counter at which the actor sits today; None when at none."""
    async with transaction(ctx):
        row = (
            await Seat.select(Seat.counter)
            .where(Seat.of(ctx), Seat.officer == ctx.actor.id, Seat.sits_on == ctx.today)
            .first()
        )
    return row["counter"] if row else None


async def my_counter(ctx: Context) -> int:
    """Return the counter at which the actor sits today.

    :raises Conflict: at none.
    """
    counter = await find_counter(ctx)
    if counter is None:
        raise Conflict(
            Text("เลือกช่องบริการที่ท่านนั่งก่อนเรียกคิว", "Choose your counter before you call the next.")
        )
    return counter


async def count_staffed(ctx: Context) -> int:
    """Return at how many counters somebody sits today."""
    async with transaction(ctx):
        staffed: int = await Seat.count().where(Seat.of(ctx), Seat.sits_on == ctx.today)
    return staffed


async def taken(ctx: Context) -> dict[int, str]:
    """Return who sits at the counters today: names by number."""
    async with transaction(ctx):
        rows = await Seat.select(Seat.counter, Seat.officer_name).where(
            Seat.of(ctx), Seat.sits_on == ctx.today
        )
    return {row["counter"]: row["officer_name"] for row in rows}
