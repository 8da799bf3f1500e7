"""Numbers people quote: unbroken, unique, drawn by counting in the database."""

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from core import db
from core.context import Context


class Counter(db.OfTenant, Table, tablename="counter", schema="core"):
    """How far a series has been counted."""

    series = Varchar(length=80, primary_key=True, **db.MUST)
    last = BigInt(**db.MUST)


_DRAW = """
INSERT INTO core.counter (tenant_id, series, last) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, series) DO UPDATE SET last = core.counter.last + excluded.last
RETURNING last
"""


async def draw(ctx: Context, series: str) -> int:
    """Draw the next number of a series, starting at 1.

    The next to draw waits until this transaction ends, so draw late; a
    rolled-back change gives its number back. Who draws often joins ``host.batches``.

    :param series: up to 80 characters, e.g. ``casework/2569``.
    """
    return (await draw_some(ctx, series, 1))[0]


async def draw_some(ctx: Context, series: str, count: int) -> range:
    """Draw so many numbers that follow each other, as :func:`draw`."""
    async with db.transaction(ctx) as connection:
        last: int = await connection.fetchval(_DRAW, ctx.tenant.id, series, count)
    return range(last - count + 1, last + 1)


async def give_back(ctx: Context, series: str, count: int) -> None:
    """Put back the last numbers that this transaction drew and did not use, so many of them."""
    await draw_some(ctx, series, -count)
