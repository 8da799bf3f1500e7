"""Orders about food premises as they are read, one, of a place, and as a letter."""

from typing import Any
from uuid import UUID

from core.api import Context, NotFound, Text, need, transaction
from kit.documents import read_pdf
from plugins.food_cert.service.rights import READ
from plugins.food_cert.tables.orders import Order

_NO_ORDER = Text("ไม่พบคำสั่งนี้ ดูจากรายการคำสั่ง", "There is no such order. See the list.")


def subject_of(id: UUID) -> str:
    """Return by what the letter of an order is opened."""
    return f"order/{id}"


async def find_order(ctx: Context, id: UUID) -> dict[str, Any] | None:
    """Return an order, None where there is none."""
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Order.select().where(Order.of(ctx), Order.id == id).first().output(load_json=True)
        )
    return row


async def read_order(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return an order.

    :raises NotAllowed: orders are not the actor's work.
    :raises NotFound: there is none.
    """
    need(ctx, READ)
    row = await find_order(ctx, id)
    if row is None:
        raise NotFound(_NO_ORDER)
    return row


async def orders_about(ctx: Context, place: UUID) -> list[dict[str, Any]]:
    """Return the orders about a place, the oldest first."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = (
            await Order.select()
            .where(Order.of(ctx), Order.place_id == place)
            .order_by(Order.issued_at)
            .order_by(Order.id)
            .output(load_json=True)
        )
    return rows


async def followed_by(ctx: Context, id: UUID) -> list[dict[str, Any]]:
    """Return the orders that were made because another was not obeyed."""
    async with transaction(ctx):
        rows: list[dict[str, Any]] = await Order.select(Order.id, Order.number, Order.kind).where(
            Order.of(ctx), Order.follows == id
        )
    return rows


async def letter_of(ctx: Context, id: UUID) -> tuple[bytes, str]:
    """Return the letter of an order, and a name for the file."""
    row = await read_order(ctx, id)
    return await read_pdf(ctx, row["paper"], subject=subject_of(id))
