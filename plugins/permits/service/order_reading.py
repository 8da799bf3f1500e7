"""Orders as they are read: by who signs them, and by the division that serves them."""

from typing import Any
from uuid import UUID

from core.api import Context, NotAllowed, NotFound, Text, transaction
from kit.documents import read_pdf
from plugins.permits.service.rights import ORDER, UNIT
from plugins.permits.tables.orders import Order

_READERS = (ORDER, "casework.as_officer", "casework.as_inspector", "casework.as_director")
_NOT_YOURS = Text(
    "หน้านี้เป็นของผู้ลงนามคำสั่งและเจ้าหน้าที่กองช่าง ถ้าเป็นงานของท่าน แจ้งผู้ดูแลระบบ",
    "This page is for who signs orders and for the works division. If it is your work, ask the "
    "administrator.",
)
_NO_ORDER = Text("ไม่พบคำสั่งนี้ ดูจากรายการคำสั่ง", "There is no such order. See the list.")


def may_read(ctx: Context) -> bool:
    """Return whether the actor signs orders, or works in the division that serves them."""
    return ctx.actor.kind == "system" or any(ctx.actor.may(one, UNIT) for one in _READERS)


def need_to_read(ctx: Context) -> None:
    """Return when the actor may read orders.

    :raises NotAllowed: they are not the actor's work.
    """
    if not may_read(ctx):
        raise NotAllowed(_NOT_YOURS)


async def read_order(ctx: Context, id: UUID) -> dict[str, Any]:
    """Return an order.

    :raises NotAllowed: orders are not the actor's work.
    :raises NotFound: there is none.
    """
    need_to_read(ctx)
    async with transaction(ctx):
        row: dict[str, Any] | None = (
            await Order.select().where(Order.of(ctx), Order.id == id).first().output(load_json=True)
        )
    if row is None:
        raise NotFound(_NO_ORDER)
    return row


async def letter_of(ctx: Context, id: UUID) -> tuple[bytes, str]:
    """Return the letter of an order, and a name for the file."""
    row = await read_order(ctx, id)
    return await read_pdf(ctx, row["paper"], subject=f"order/{id}")
